"""表一 to 表七 of the monthly report: the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple

from river_chief.figures.breakdown import Line
from river_chief.figures.duty import DutyFigures, DutyLine
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.stock import Stock
from river_chief.papers.document import Cell, Cells, Column, FormCell, FormTable, Kind, Table
from river_chief.papers.kinds.list_table import NUMBERING
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Level, Role, WorkKind

NO_TASK = "无任务"
SHOWN_RATES = ("rectification_rate", "on_time_rate", "closing_rate_cumulative")
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


def patrol_tables(facts: MonthlyFacts) -> tuple[Table, Table]:
    """表二 巡河情况, by level and by village."""
    now, before = facts.figures.patrols, facts.duty_before
    return (
        _patrol_table(facts, "表二（1）　巡河情况（按层级）", "层级", now.by_level, now.total, before),
        _patrol_table(
            facts, "表二（2）　村级河长巡河情况（按村）", "村（社区）", now.by_village, None, before
        ),
    )


def missing_table(facts: MonthlyFacts) -> Table:
    """表二, its end: who owes which patrols."""
    columns = (
        NUMBERING,
        Column("河长", 5),
        Column("层级", 4),
        Column("行政区", 7),
        Column("河段", 12),
        Column("应巡次数", 4, Kind.NUMBER),
        Column("达标次数", 4, Kind.NUMBER),
        Column("欠巡次数", 4, Kind.NUMBER),
    )
    missing = facts.figures.patrols.missing
    rows = tuple(
        (
            number(at),
            Cell(each.name),
            Cell(each.level.label),
            Cell(each.area),
            Cell(each.reach or "全部河段"),
            number(each.owed),
            number(each.compliant),
            number(each.missing),
        )
        for at, each in enumerate(missing, 1)
    )
    total = (
        Cell("合计"),
        Cell(f"共{len({each.tenure_id for each in missing})}人"),
        *(Cell(),) * 3,
        number(sum(each.owed for each in missing)),
        number(sum(each.compliant for each in missing)),
        number(sum(each.missing for each in missing)),
    )
    return Table(
        columns,
        rows,
        total=total if rows else (),
        caption="表二（3）　巡河未达标人员名单",
        empty="本期应巡任务全部达标",
    )


def village_table(facts: MonthlyFacts) -> Table:
    """表三 问题整改, by village with its rank."""
    return _line_table(
        facts, "表三　问题整改情况（按村）", "村（社区）", facts.figures.by_village, ranked=True
    )


def kind_tables(facts: MonthlyFacts) -> tuple[Table, ...]:
    """表四 by category and severity, 表五 by source, 表六 by campaign."""
    figures = facts.figures
    groups = [line for line in figures.by_category if not line.is_empty or line.key in _FOUR]
    sources = [line for line in figures.by_source if not line.is_empty]
    campaigns = [line for line in figures.by_campaign if line.due or any(astuple(line.stock))]
    return (
        _line_table(facts, "表四（1）　问题整改情况（按类型）", "问题类型", groups),
        _line_table(facts, "表四（2）　问题整改情况（按严重程度）", "严重程度", figures.by_severity),
        _line_table(facts, "表五　问题整改情况（按来源）", "问题来源", sources),
        _line_table(facts, "表六　专项行动情况", "专项", campaigns, total=False),
    )


def work_table(facts: MonthlyFacts) -> Table:
    """表七 工作量: the month, the month before, the year so far."""
    lines = [(facts.period, facts.figures.work)]
    if facts.work_before is not None:
        lines.append(("上月", facts.work_before))
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


def _rate(ratio: Ratio) -> Cell:
    return Cell(ratio.text, None if ratio.value is None else ratio.value / 100)


def _patrol_table(
    facts: MonthlyFacts,
    caption: str,
    name: str,
    lines: Sequence[DutyLine],
    total: DutyLine | None,
    before: DutyFigures | None,
) -> Table:
    duty, walked = "应巡任务（周期在统计期内结束的）", "统计期内巡河"
    columns = (
        Column(name, 6),
        Column("河长数", 3.4, Kind.NUMBER),
        *(Column(label, 3.4, Kind.NUMBER, duty) for label in ("应巡次数", "达标次数")),
        Column("达标率", 4.6, Kind.NUMBER, duty),
        *([Column("环比(百分点)", 4.6, Kind.NUMBER, duty)] if before else []),
        Column("达标人数", 3.4, Kind.NUMBER, duty),
        *(
            Column(label, 3.4, Kind.NUMBER, walked)
            for label in ("实巡次数", "有效次数", "未巡人数", "发现问题次数", "零发现人数")
        ),
    )
    earlier = {} if before is None else {_key(line): line for line in (*before.by_level, *before.by_village)}
    if before is not None:
        earlier[_key(before.total)] = before.total

    def cells(line: DutyLine) -> Cells:
        change = [_points(line, earlier.get(_key(line)), facts)] if before else []
        walked = (line.met, line.done, line.valid, line.idle, line.found, line.zero_finding)
        return (
            Cell(line.name),
            *map(number, (line.chiefs, line.owed, line.compliant)),
            _rate(line.compliance),
            *change,
            *map(number, walked),
        )

    return Table(
        columns,
        tuple(cells(line) for line in lines),
        total=cells(total) if total is not None else (),
        caption=caption,
    )


def _key(line: DutyLine) -> tuple[Level | None, int | None]:
    return line.level, line.area_id


def _points(line: DutyLine, before: DutyLine | None, facts: MonthlyFacts) -> Cell:
    """The change of 达标率 against the month before, in percentage points: +1.2."""
    now, then = line.compliance.exact, None if before is None else before.compliance.exact
    if now is None or then is None:
        return Cell(NOTHING)
    points = half_up(float(100 * (now - then)), facts.settings.rate_digits)
    return Cell(f"{points:+}" if points else str(abs(points)), points)


def _line_table(
    facts: MonthlyFacts,
    caption: str,
    name: str,
    lines: Iterable[Line],
    *,
    ranked: bool = False,
    total: bool = True,
) -> Table:
    columns = (
        Column(name, 7),
        *(Column(label, 2.2, Kind.NUMBER, "存量与增减") for label in _STOCK.values()),
        *(Column(label, 2.2, Kind.NUMBER, "整改时限") for label in ("到期", "按期", "逾期")),
        *(Column(BY_KEY[key].name, 4.6, Kind.NUMBER, "比率") for key in SHOWN_RATES),
        Column("平均整改天数", 3.2, Kind.NUMBER),
        *([Column("排名", 3, Kind.ORDER)] if ranked else []),
    )
    rows = [
        (
            *_line_cells(
                line.name, line.stock, (line.due, line.on_time, line.overdue), line.rates, line.average_days
            ),
            *([_rank(line.rank)] if ranked else []),
        )
        for line in lines
    ]
    figures = facts.figures
    due = figures.rate("on_time_rate").ratio
    counts = (due.denominator, due.numerator, len(figures.overdue))
    whole = _line_cells("合计", figures.stock, counts, figures.rates, figures.average_days)
    return Table(
        columns,
        tuple(rows),
        total=(*whole, *([Cell()] if ranked else [])) if total and rows else (),
        caption=caption,
    )


def _line_cells(
    name: str,
    stock: Stock,
    deadlines: Sequence[int],
    rates: Iterable[RateFigure],
    days: float | None,
) -> Cells:
    shown = {each.key: _rate(each.ratio) for each in rates}
    mean = Cell(NOTHING) if days is None else Cell(str(half_up(days, 1)), half_up(days, 1))
    return (
        Cell(name),
        *(number(getattr(stock, key)) for key in _STOCK),
        *map(number, deadlines),
        *(shown[key] for key in SHOWN_RATES),
        mean,
    )


def _rank(rank: int | None) -> Cell:
    return Cell(NO_TASK) if rank is None else number(rank)
