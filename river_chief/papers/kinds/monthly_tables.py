"""表一 and 表三 to 表七 of the monthly report: the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple

from river_chief.figures.breakdown import Line
from river_chief.figures.rates import RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.stock import Stock
from river_chief.papers.document import Cell, Cells, Column, FormCell, FormTable, Kind, Table
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_notes import (
    campaign_notes,
    kind_notes,
    rate_name,
    shown_rates,
    village_notes,
)
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Level, Role, WorkKind

_RANK_COLUMNS = (
    Column("排名", 3, Kind.ORDER),
    Column("位次变化", 2.6, Kind.ORDER),
    Column("等次", 3, Kind.ORDER),
)
_FOUR = ("LZ", "LC", "LD", "LJ")
_STOCK = {
    "opening": "期初",
    "found": "新增",
    "relapsed": "反弹",
    "closed": "销号",
    "unfounded": "不属实",
    "handed_over": "移交",
    "merged": "并案",
    "voided": "作废",
    "ending": "期末",
}


def basic_table(facts: MonthlyFacts) -> FormTable:
    """表一 基本情况."""
    own = facts.basics
    chiefs = [(f"{level.label}河长", f"{own.chiefs.get(level, 0)}人") for level in Level]
    pairs = [
        ("河湖", f"{own.waters}条（个）"),
        ("河段", f"{own.reaches}段"),
        ("河段总长", f"{half_up(own.length_km, 1)}km"),
        *chiefs[:3],
        chiefs[3],
        ("河长合计", f"{own.persons}人"),
        ("村（社区）", f"{own.villages}个"),
        ("巡查员", f"{own.helpers.get(Role.PATROLLER, 0)}人"),
        ("保洁员", f"{own.helpers.get(Role.CLEANER, 0)}人"),
        ("人口", f"{own.population}人" if own.population else NOTHING),
    ]
    cells = [(FormCell(label, label=True), FormCell(text)) for label, text in pairs]
    rows = tuple(
        tuple(cell for pair in cells[at : at + 3] for cell in pair) for at in range(0, len(cells), 3)
    )
    return FormTable(widths=(4, 5) * 3, rows=rows, caption="表一　基本情况")


def village_table(facts: MonthlyFacts) -> Table:
    """表三 问题整改, by village with its rank."""
    return _line_table(
        facts,
        "表三　问题整改情况（按村）",
        "村（社区）",
        facts.figures.by_village,
        ranked=True,
        notes=village_notes(facts),
    )


def kind_tables(facts: MonthlyFacts) -> tuple[Table, ...]:
    """表四 by category and severity, 表五 by source, 表六 by campaign."""
    figures = facts.figures
    groups = [line for line in figures.by_category if not line.is_empty or line.key in _FOUR]
    sources = [line for line in figures.by_source if not line.is_empty]
    campaigns = [line for line in figures.by_campaign if line.due or any(astuple(line.stock))]
    return (
        _line_table(facts, "表四（1）　问题整改情况（按类型）", "问题类型", groups),
        _line_table(
            facts,
            "表四（2）　问题整改情况（按严重程度）",
            "严重程度",
            figures.by_severity,
            notes=kind_notes(),
        ),
        _line_table(facts, "表五　问题整改情况（按来源）", "问题来源", sources, notes=kind_notes()),
        _line_table(facts, "表六　专项行动情况", "专项", campaigns, total=False, notes=campaign_notes()),
    )


def work_table(facts: MonthlyFacts) -> Table:
    """表七 工作量: the month, the month before, the year so far."""
    lines = [(facts.period, facts.figures.work)]
    if facts.work_before is not None:
        lines.append((facts.words.earlier, facts.work_before))
    if facts.period != "全年":
        lines.append(("本年累计", facts.work_year))
    columns = (
        Column("时段", 5),
        *(Column(f"{kind.label}({kind.unit})", 5.5, Kind.NUMBER) for kind in WorkKind),
    )
    rows = tuple(
        (Cell(name), *(amount(work.get(kind, 0), kind) for kind in WorkKind)) for name, work in lines
    )
    return Table(columns, rows, caption="表七　整改工作量")


def number(count: int) -> Cell:
    """A count."""
    return Cell(str(count), count)


def amount(value: float, kind: WorkKind) -> Cell:
    """An amount of work, with as many decimals as its unit needs."""
    exact = half_up(value, {"km": 2, "万元": 2, "人次": 0}.get(kind.unit, 1))
    return Cell(str(exact), exact)


def rate_cell(ratio: Ratio) -> Cell:
    """A rate, with the part of one behind it."""
    return Cell(ratio.text, None if ratio.value is None else ratio.value / 100)


def _line_table(
    facts: MonthlyFacts,
    caption: str,
    name: str,
    lines: Iterable[Line],
    *,
    ranked: bool = False,
    total: bool = True,
    notes: tuple[str, ...] = (),
) -> Table:
    shown = shown_rates(facts)
    columns = (
        Column(name, 7),
        *(Column(label, 2.2, Kind.NUMBER, "存量与增减") for label in _STOCK.values()),
        *(Column(label, 2.2, Kind.NUMBER, "整改时限") for label in ("到期", "按期", "逾期")),
        *(Column(rate_name(facts, key), 4.6, Kind.NUMBER, "比率") for key in shown),
        Column("平均整改天数", 3.2, Kind.NUMBER),
        *(_RANK_COLUMNS if ranked else ()),
    )
    rows = [
        (
            *_line_cells(
                line.name,
                line.stock,
                (line.due, line.on_time, line.overdue),
                line.rates,
                line.average_days,
                shown,
            ),
            *(rank_cells(line) if ranked else ()),
        )
        for line in lines
    ]
    figures = facts.figures
    due = figures.rate("on_time_rate").ratio
    counts = (due.denominator, due.numerator, len(figures.overdue))
    whole = _line_cells("合计", figures.stock, counts, figures.rates, figures.average_days, shown)
    return Table(
        columns,
        tuple(rows),
        total=(*whole, *((Cell(),) * len(_RANK_COLUMNS) if ranked else ())) if total and rows else (),
        caption=caption,
        notes=notes,
    )


def _line_cells(
    name: str,
    stock: Stock,
    deadlines: Sequence[int],
    rates: Iterable[RateFigure],
    days: float | None,
    shown: Sequence[str],
) -> Cells:
    by_key = {each.key: each for each in rates}
    mean = Cell(NOTHING) if days is None else Cell(str(half_up(days, 1)), half_up(days, 1))
    return (
        Cell(name),
        *(number(getattr(stock, key)) for key in _STOCK),
        *map(number, deadlines),
        *(rate_cell(by_key[key].ratio) for key in shown),
        mean,
    )


def rank_cells(line: Line) -> Cells:
    """Rank, its change, and the light of the official rate."""
    rank = Cell(line.rank_words) if line.rank is None else number(line.rank)
    return rank, Cell(line.change_words), Cell(line.light_words)
