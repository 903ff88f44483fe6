"""The patrol tables of the monthly report as sums over 巡河明细: one row for each chief's post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from river_chief.figures.duty import ChiefDuty, DutyFigures, DutyLine, line_of
from river_chief.papers.document import Cell, Cells, Column, DataSheet, Document, Kind, Table
from river_chief.papers.formulas import Formula, Ref, count_where, points_between, rate_of, sum_of
from river_chief.papers.kinds.figure_rates import is_plain
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.reckoned import reckoned, with_formulas
from river_chief.terms import Level

SHEET = "巡河明细"
OWED, COMPLIANT, RATE = "应巡次数", "达标次数", "达标率"
_NAME, _LEVEL, _AREA = "河长", "层级", "行政区"
_TIMES: dict[str, Callable[[ChiefDuty], int]] = {
    OWED: lambda each: each.owed,
    COMPLIANT: lambda each: each.compliance.numerator,
    "实巡次数": lambda each: each.done,
    "有效次数": lambda each: each.valid,
    "发现问题次数": lambda each: each.found,
}
_PERSONS: dict[str, Callable[[DutyLine], int]] = {
    "河长数": lambda line: line.chiefs,
    "达标人数": lambda line: line.met,
    "未巡人数": lambda line: line.idle,
    "零发现人数": lambda line: line.zero_finding,
}
_REACHES = "达标河段"
_MARKED = (*_PERSONS, _REACHES)
_SCOPES: dict[str, Callable[[ChiefDuty], Hashable]] = {
    "按层级": lambda each: each.level,
    "按村": lambda each: (each.level, each.area_id),
    "合计": lambda each: None,
}
_NOTES = (
    "一行是一名河长的一个任职；次数列是该任职名下各河段之和。同一人有几个任职的，人数列只在其中一行填 1（达标河段同样只在一行计），"
    "按层级、按村、合计三种口径分别计。",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a patrol table: the figures now and before, and the rows of the detail it adds up.

    ``where`` are the columns that tell the rows, with the cell or text each must hold; None for what can only be
    stated; ``scope`` is how its persons are counted.
    """

    caption: str
    row: int | None
    now: DutyLine
    before: DutyLine | None
    scope: str
    where: dict[str, Ref | str] | None


@dataclass(frozen=True)
class PatrolBook:
    """The patrol tables of one report with what they are reckoned from."""

    sheet: DataSheet
    lines: tuple[_Line, ...]
    earlier: str
    digits: int

    @classmethod
    def of(cls, document: Document, facts: MonthlyFacts) -> PatrolBook:
        """The book of the report's patrols."""
        before = facts.duty_before
        lines = tuple(
            line
            for block in document.blocks
            if isinstance(block, Table)
            for line in _lines(block, facts.figures.patrols, before)
        )
        earlier = "" if before is None else f"{facts.words.earlier}巡河"
        return cls(_detail(facts.figures.patrols), lines, earlier, facts.settings.rate_digits)

    def sheets(self) -> tuple[Table | DataSheet, ...]:
        """巡河明细 and, where the tables compare, what they compare with."""
        if not self.lines:
            return ()
        return (self.sheet, self._before()) if self.earlier else (self.sheet,)

    def reckoned(self, table: Table) -> Table:
        """*table* with its formulas."""
        lines = {line.row: line for line in self.lines if line.caption == table.caption}
        if not lines:
            return table

        def attach(row: int | None, label: str, cell: Cell) -> Formula | None:
            line = lines.get(row)
            if line is None:
                return None
            if label == RATE:
                return rate_of(Ref(COMPLIANT), Ref(OWED), self.digits)
            if label.endswith("(百分点)") and line.before is not None:
                at = self.lines.index(line)
                then = (Ref(COMPLIANT, at, self.earlier), Ref(OWED, at, self.earlier))
                return points_between((Ref(COMPLIANT), Ref(OWED)), then, self.digits)
            return _sum(line, label)

        return with_formulas(table, attach)

    def _before(self) -> Table:
        """The owed and made patrols of the period before, for every line of the tables."""
        columns = (
            Column("统计表", 8),
            Column("名称", 7),
            *(Column(label, 5, Kind.NUMBER) for label in (OWED, COMPLIANT, RATE)),
        )
        return Table(columns, tuple(self._cells(line) for line in self.lines), caption=self.earlier)

    def _cells(self, line: _Line) -> Cells:
        front = (Cell(line.caption.partition("　")[0]), Cell(line.now.name))
        if line.before is None:
            return (*front, Cell(), Cell(), Cell())
        counts = (line.before.owed, line.before.compliant)
        rate = reckoned(Cell(line.before.compliance.text), rate_of(Ref(COMPLIANT), Ref(OWED), self.digits))
        return (*front, *(Cell(str(count), count) for count in counts), rate)


def _lines(table: Table, now: DutyFigures, before: DutyFigures | None) -> Iterator[_Line]:
    """The lines of *table*, if it is one of patrols by level or by village."""
    match table.caption.partition("　")[0]:
        case "表二（1）":
            lines, scope = now.by_level, "按层级"
        case "表二（2）":
            lines, scope = now.by_village, "按村"
        case _:
            return
    names = [line.name for line in lines]
    earlier = {} if before is None else {_key(line): line for line in (*before.by_level, *before.by_village)}
    for row, line in enumerate(lines):
        where: dict[str, Ref | str] | None = {_LEVEL: Ref(table.columns[0].label)}
        if scope == "按村":
            name = {_AREA: Ref(table.columns[0].label)}
            where = {_LEVEL: Level.VILLAGE.label, **name} if is_plain(line.name, names) else None
        yield _Line(table.caption, row, line, earlier.get(_key(line)), scope, where)
    if table.total:
        yield _Line(table.caption, None, now.total, None if before is None else before.total, "合计", {})


def _key(line: DutyLine) -> tuple[Level | None, int | None]:
    return line.level, line.area_id


def _sum(line: _Line, label: str) -> Formula | None:
    """The sum of the line's rows in the column *label* of the detail."""
    column = f"{label}（{line.scope}）" if label in _MARKED else label
    if line.where is None or label not in {*_TIMES, *_MARKED}:
        return None
    return count_where(SHEET, column, line.where) if line.where else sum_of(column, table=SHEET)


def _detail(duty: DutyFigures) -> DataSheet:
    """A row for each post of a chief; who holds several is counted in one of them."""
    marks = {
        scope: {**_persons(duty.chiefs, key), **_reaches_met(duty.chiefs, key)}
        for scope, key in _SCOPES.items()
    }
    columns = (
        Column(_NAME, 5),
        Column(_LEVEL, 4),
        Column(_AREA, 8),
        *(Column(label, 4, Kind.NUMBER) for label in _TIMES),
        *(Column(f"{label}（{scope}）", 4.5, Kind.NUMBER) for scope in _SCOPES for label in _MARKED),
    )
    rows = tuple(
        (
            each.name,
            each.level.label,
            each.area,
            *(count(each) for count in _TIMES.values()),
            *(marks[scope].get((each.tenure_id, label)) for scope in _SCOPES for label in _MARKED),
        )
        for each in duty.chiefs
    )
    return DataSheet(name=SHEET, columns=columns, rows=rows, notes=_NOTES)


def _persons(chiefs: Iterable[ChiefDuty], key: Callable[[ChiefDuty], Hashable]) -> dict[tuple[int, str], int]:
    """By tenure and label: 1 on the first post of a person in a scope, where the person counts there."""
    held: dict[tuple[Hashable, int], list[ChiefDuty]] = {}
    for each in chiefs:
        held.setdefault((key(each), each.person_id), []).append(each)
    return {
        (own[0].tenure_id, label): 1
        for own in held.values()
        for label, count in _PERSONS.items()
        if count(line_of("", own, 1))
    }


def _reaches_met(
    chiefs: Iterable[ChiefDuty], key: Callable[[ChiefDuty], Hashable]
) -> dict[tuple[int, str], int]:
    """By tenure and label: how many reaches met in a scope are marked on this post, the first that owes for them."""
    first: dict[tuple[Hashable, int], int] = {}
    short = set()
    for each in chiefs:
        for reach, is_met in each.reaches:
            first.setdefault((key(each), reach), each.tenure_id)
            if not is_met:
                short.add((key(each), reach))
    return dict(Counter((tenure, _REACHES) for at, tenure in first.items() if at not in short))
