"""The monthly report as a workbook that reckons: its counts are sums over 计数明细, its rates quotients of counts.

The tables stay as they are printed; what they state gets the formula that comes to the same, and the sheets the
formulas reckon with stand behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from river_chief.figures.breakdown import Line
from river_chief.figures.counted_rounds import counted_rounds
from river_chief.figures.measures import DEADLINES, STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY, RATES
from river_chief.papers.document import Block, Cell, DataSheet, Document, Table
from river_chief.papers.formulas import Formula, Ref, decimals, rank_of, same_as, sum_of
from river_chief.papers.kinds.figure_rates import MEAN, PART, WORKINGS, Scope, Workings, rate_key, scopes
from river_chief.papers.kinds.figure_rows import Detail, detail_of
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.patrol_book import PatrolBook
from river_chief.papers.kinds.reckoned import with_formulas
from river_chief.queries.dimensions import Dimension
from river_chief.rules.ranking import NO_TASK

MOST_ROWS = 25_000
MOST_SUMS = 30_000_000
"""Rows times sums over them in one workbook: what an office's computer reckons in some seconds."""
_COUNTS = {measure.name: measure.key for measure in (*STOCK, *DEADLINES)}
_SUMS_EACH = len(_COUNTS) + 2 * len(RATES) + 2
_RANK = "排名"
_TABLES = {
    "表三": (Dimension.VILLAGE, "by_village"),
    "表四（1）": (Dimension.GROUP, "by_category"),
    "表四（2）": (Dimension.SEVERITY, "by_severity"),
    "表五": (Dimension.SOURCE, "by_source"),
    "表六": (Dimension.CAMPAIGN, "by_campaign"),
}
_TOO_MANY = ("问题较多，计数明细不随表导出：分子、分母和各项件数是导出时的数，比率、合计和排名由公式计算。",)
_SETTLED = (
    "统计数字已经固定，台账后来有改动，因此不附计数明细：分子、分母和各项件数是固定的数，比率、合计和排名由公式计算。",
)


def with_workings(document: Document, facts: MonthlyFacts) -> Document:
    """The report with its formulas and, behind it, the sheets they reckon with."""
    book = _Book.of(document, facts)
    patrols = PatrolBook.of(document, facts)
    blocks = tuple(
        patrols.reckoned(book.reckoned(block)) if isinstance(block, Table) else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks, workings=(*book.sheets(), *patrols.sheets()))


@dataclass(frozen=True)
class _Book:
    """The tables of problems with what they are reckoned from; ``notes`` say why there is no detail."""

    facts: MonthlyFacts
    workings: Workings
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document, facts: MonthlyFacts) -> _Book:
        """The book of a report, with the detail where it is not too large and says what the report says."""
        figures, settings = facts.figures, facts.settings
        lines = [
            pair
            for table, dimension, lines in _tables(document.blocks, figures)
            for pair in scopes(table, dimension, lines)
        ]
        workings = Workings(figures, None, settings.rate_digits, settings.official_rate, lines)
        rounds = counted_rounds(facts.wanted.session, figures.window, MOST_ROWS)
        if rounds is None or len(rounds) * len(lines) * _SUMS_EACH > MOST_SUMS:
            return cls(facts, workings, _TOO_MANY)
        detail = detail_of(figures, rounds)
        if not all(_agrees(scope, line, figures, detail) for scope, line in lines):
            return cls(facts, workings, _SETTLED)
        return cls(facts, replace(workings, detail=detail))

    def sheets(self) -> tuple[Table | DataSheet, ...]:
        """The sheets behind the tables of problems."""
        if not self.workings.scopes:
            return ()
        table = replace(self.workings.table(), notes=self.notes)
        return (table,) if self.workings.detail is None else (table, self.workings.detail.sheet)

    def reckoned(self, table: Table) -> Table:
        """*table* with its formulas."""
        lines = {scope.row: scope for scope, _ in self.workings.scopes if scope.caption == table.caption}
        if not lines:
            return table
        name = table.columns[0].label
        rates = {self.facts.words.of(rate.name): rate.name for rate in RATES}
        every = len(lines) - (None in lines) == len([*table.cell_rows])

        def attach(row: int | None, label: str, cell: Cell) -> Formula | None:
            if row is None and label in _COUNTS:
                return sum_of(label) if _adds_up(table, label) else None
            at = self.workings.row(table.caption, row)
            if at is None:
                return None
            if label in _COUNTS:
                return self._count(lines[row], _COUNTS[label], name)
            if label in rates:
                shown = f"{decimals(self.workings.digits)}%"
                return same_as(Ref(rate_key(rates[label]), at, WORKINGS), shown)
            if label == MEAN:
                return same_as(Ref(MEAN, at, WORKINGS), decimals(1))
            if label == _RANK and row is not None and every:
                return self._rank(table.caption, at)
            return None

        return with_formulas(table, attach)

    def _count(self, scope: Scope, key: str, name: str) -> Formula | None:
        detail = self.workings.detail
        return None if detail is None else scope.sum(detail.labels[key], Ref(name))

    def _rank(self, caption: str, at: int) -> Formula:
        first, last = self.workings.ranked(caption)
        ascending = bool(BY_KEY[self.workings.official].words.less_is_better)
        among = Ref(PART, first, WORKINGS, last)
        return rank_of(Ref(PART, at, WORKINGS), among, NO_TASK, ascending=ascending)


def _tables(
    blocks: Sequence[Block], figures: MonthFigures
) -> Iterator[tuple[Table, Dimension, Sequence[Line]]]:
    """The tables of problems among *blocks*, each with what it is broken down by and the lines there may be."""
    for block in blocks:
        mark = block.caption.partition("　")[0] if isinstance(block, Table) else ""
        if isinstance(block, Table) and mark in _TABLES and block.rows:
            dimension, lines = _TABLES[mark]
            yield block, dimension, getattr(figures, lines)


def _agrees(scope: Scope, line: Line | None, figures: MonthFigures, detail: Detail) -> bool:
    """Whether the detail comes to what the line (None: the whole office) states."""
    sums = scope.counted(detail)
    told: Line | MonthFigures = figures if line is None else line
    stated = {measure.key: getattr(told.stock, measure.key) for measure in STOCK}
    for figure in told.rates:
        stated[f"{figure.key}.numerator"] = figure.ratio.numerator
        stated[f"{figure.key}.denominator"] = figure.ratio.denominator
    return all(sums[detail.labels[key]] == count for key, count in stated.items())


def _adds_up(table: Table, label: str) -> bool:
    at = [column.label for column in table.columns].index(label)
    return str(sum(int(row[at].text) for row in table.cell_rows)) == table.total[at].text
