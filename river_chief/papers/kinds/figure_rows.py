"""计数明细: the rounds behind the figures as rows of a workbook, one 0/1 column for every count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from river_chief.figures.breakdown import Line
from river_chief.figures.counted_rounds import CountedRound
from river_chief.figures.measures import DEADLINES, STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RATES
from river_chief.figures.rows import filters
from river_chief.figures.window import Window
from river_chief.papers.document import Column, DataSheet, Kind
from river_chief.queries.dimensions import Dimension
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.periods import day_text

SHEET = "计数明细"
DAYS, CLOCK = "整改天数", "计天数"
_FACTS = (
    Column("问题编号", 9, Kind.CODE),
    Column("轮次", 2.5, Kind.ORDER),
    Column(Dimension.VILLAGE.label, 7),
    Column(Dimension.GROUP.label, 5),
    Column(Dimension.SEVERITY.label, 4.5),
    Column(Dimension.SOURCE.label, 8),
    Column("来由", 3),
    Column("期末情况", 5),
    Column("列入日期", 5.6, Kind.DATE),
    Column("交办日期", 5.6, Kind.DATE),
    Column("整改时限", 5.6, Kind.DATE),
    Column("整改完成", 5.6, Kind.DATE),
    Column("退出存量", 5.6, Kind.DATE),
)
DIMENSIONS = (Dimension.VILLAGE, Dimension.GROUP, Dimension.SEVERITY, Dimension.SOURCE)
_TOLD = (
    "一行是一个问题的一轮（反弹后重新整改的另列一行）；数字列填 1 的计入该数，空白的不计；验收次数按次计。"
    "各统计表的数由本表求和，按列筛选可以看到每个数包含哪些问题。",
    "“到期”“按期”即按期整改率的分母、分子，“逾期”即逾期率的分子；平均整改天数＝“整改天数”之和÷“计天数”之和。",
)


@dataclass(frozen=True)
class Detail:
    """The rows behind the figures, and what their columns add up to."""

    sheet: DataSheet
    labels: Mapping[str, str]

    @cached_property
    def whole(self) -> Counter[str]:
        """The sums of all rows, by label of the column."""
        return self._sums(range(len(self.sheet.rows)))

    def of(self, label: str, value: str | int) -> Counter[str]:
        """The sums of the rows that hold *value* in the column *label*."""
        if label not in self._rows:
            at = [column.label for column in self.sheet.columns].index(label)
            held: dict[str | int, list[int]] = defaultdict(list)
            for number, row in enumerate(self.sheet.rows):
                cell = row[at]
                if isinstance(cell, str | int):
                    held[cell].append(number)
            self._rows[label] = held
        return self._sums(self._rows[label].get(value, ()))

    @cached_property
    def _rows(self) -> dict[str, Mapping[str | int, Sequence[int]]]:
        return {}

    def _sums(self, numbers: Sequence[int]) -> Counter[str]:
        found: Counter[str] = Counter()
        for at, column in enumerate(self.sheet.columns):
            if column.kind is Kind.NUMBER:
                cells = (self.sheet.rows[number][at] for number in numbers)
                found[column.label] = sum(cell for cell in cells if isinstance(cell, int))
        return found


def detail_of(figures: MonthFigures, rounds: Sequence[CountedRound]) -> Detail:
    """The detail sheet of *figures*, made of the *rounds* behind them."""
    labels = count_labels(figures.window)
    shown = tuple(dict.fromkeys(labels.values()))
    columns = (
        *_FACTS,
        *(Column(label, 3, Kind.NUMBER) for label in shown),
        Column(DAYS, 3, Kind.NUMBER),
        Column(CLOCK, 3, Kind.NUMBER),
        *(Column(campaign_label(line.name), 4, Kind.NUMBER) for line in figures.by_campaign),
    )
    names = _Names(figures)
    keys = {label: key for key, label in reversed(labels.items())}
    rows: tuple[tuple[str | int | float | date | None, ...], ...] = tuple(
        (
            *names.facts(each),
            *(each.counts.get(keys[label]) for label in shown),
            each.days,
            None if each.days is None else 1,
            *(1 if line.key in each.campaigns else None for line in figures.by_campaign),
        )
        for each in rounds
    )
    cut = f"统计截至{day_text(figures.window.cut)}。"
    return Detail(
        DataSheet(name=SHEET, columns=columns, rows=rows, notes=(cut + _TOLD[0], *_TOLD[1:])), labels
    )


def campaign_label(name: str) -> str:
    """The column of a campaign."""
    return f"专项：{name}"


def count_labels(window: Window) -> dict[str, str]:
    """The label of the column each count (a key of ``rows.filters``) stands in; equal filters share one."""
    names = {measure.key: measure.name for measure in (*STOCK, *DEADLINES)}
    names["rectified"] = "本期完成"
    for rate in RATES:
        names[f"{rate.key}.denominator"] = f"{rate.name}分母"
        names[f"{rate.key}.numerator"] = f"{rate.name}分子"
    first: dict[RoundFilter, str] = {}
    return {key: first.setdefault(filter, names[key]) for key, filter in filters(window).items()}


class _Names:
    """What the tables call the values of a round."""

    def __init__(self, figures: MonthFigures) -> None:
        self._names = [
            _by_key(lines)
            for lines in (figures.by_village, figures.by_category, figures.by_severity, figures.by_source)
        ]

    def facts(self, each: CountedRound) -> tuple[str | int | float | date | None, ...]:
        """The cells of the first columns."""
        own = each.facts
        values = (own.village, own.group, own.severity, own.source)
        return (
            own.number,
            own.ordinal,
            *(names.get(value, "") for names, value in zip(self._names, values, strict=True)),
            own.origin.label,
            _ending(each),
            own.opened_on,
            own.assigned_on,
            own.deadline,
            own.rectified_on,
            own.exit_on,
        )


def _by_key(lines: Sequence[Line]) -> dict[object, str]:
    return {line.key: line.name for line in lines}


def _ending(each: CountedRound) -> str:
    if each.facts.exit is not None:
        return each.facts.exit.label
    return "未完成" if each.facts.rectified_on is None else "已完成整改"
