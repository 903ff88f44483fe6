"""表二 of the monthly report: patrols by level and by village, and who still owes some."""

from __future__ import annotations

from collections.abc import Sequence

from river_chief.figures.duty import DutyFigures, DutyLine, Missing
from river_chief.papers.document import Cell, Cells, Column, Kind, Table
from river_chief.papers.formulas import Formula, Ref, sum_of
from river_chief.papers.kinds.list_table import NUMBERING
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_notes import patrol_notes
from river_chief.papers.kinds.monthly_tables import number, rate_cell
from river_chief.papers.kinds.reckoned import reckoned
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Level

_OWING = Formula("{0}-{1}", (Ref("应巡次数"), Ref("达标次数")))


def patrol_tables(facts: MonthlyFacts) -> tuple[Table, Table]:
    """表二 巡河情况, by level and by village."""
    now, before = facts.figures.patrols, facts.duty_before
    return (
        _patrol_table(
            facts,
            "表二（1）　巡河情况（按层级）",
            "层级",
            now.by_level,
            now.total,
            before,
            patrol_notes(facts),
        ),
        _patrol_table(
            facts, "表二（2）　村级河长巡河情况（按村）", "村（社区）", now.by_village, None, before
        ),
    )


def missing_table(facts: MonthlyFacts) -> Table:
    """表二, its end: who owes which patrols."""
    return missing_rows(
        facts,
        facts.figures.patrols.missing,
        "表二（3）　巡河未达标人员名单",
        f"{facts.period}应巡任务全部达标",
    )


def missing_rows(facts: MonthlyFacts, missing: Sequence[Missing], caption: str, empty: str) -> Table:
    """Who owes how many patrols for which reach; one who made none at all is marked 未巡."""
    made = {each.tenure_id: each.done for each in facts.figures.patrols.chiefs}
    columns = (
        NUMBERING,
        Column("河长", 5),
        Column("层级", 4),
        Column("行政区", 7),
        Column("河段", 12),
        Column("应巡次数", 4, Kind.NUMBER),
        Column("达标次数", 4, Kind.NUMBER),
        Column("欠巡次数", 4, Kind.NUMBER),
        Column("情况", 5),
    )
    rows = tuple(
        (
            number(at),
            Cell(each.name),
            Cell(each.level.label),
            Cell(each.area),
            Cell(each.reach or "全部河段"),
            number(each.owed),
            number(each.compliant),
            reckoned(number(each.missing), _OWING),
            Cell("未巡" if made.get(each.tenure_id) == 0 else "次数不足"),
        )
        for at, each in enumerate(missing, 1)
    )
    total = (
        Cell("合计"),
        Cell(f"共{len({each.tenure_id for each in missing})}人"),
        *(Cell(),) * 3,
        reckoned(number(sum(each.owed for each in missing)), sum_of("应巡次数")),
        reckoned(number(sum(each.compliant for each in missing)), sum_of("达标次数")),
        reckoned(number(sum(each.missing for each in missing)), sum_of("欠巡次数")),
        Cell(),
    )
    return Table(columns, rows, total=total if rows else (), caption=caption, empty=empty)


def _patrol_table(
    facts: MonthlyFacts,
    caption: str,
    name: str,
    lines: Sequence[DutyLine],
    total: DutyLine | None,
    before: DutyFigures | None,
    notes: tuple[str, ...] = (),
) -> Table:
    duty, walked = "应巡任务（周期在统计期内结束的）", "统计期内巡河"
    change_name = "环比" if facts.is_month else "同比"
    columns = (
        Column(name, 6),
        Column("河长数", 3.4, Kind.NUMBER),
        *(Column(label, 3.4, Kind.NUMBER, duty) for label in ("应巡次数", "达标次数")),
        Column("达标率", 4.6, Kind.NUMBER, duty),
        *([Column(f"{change_name}(百分点)", 4.6, Kind.NUMBER, duty)] if before else []),
        *(Column(label, 3.4, Kind.NUMBER, duty) for label in ("达标人数", "达标河段")),
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
        walked = (line.met, line.reaches_met, line.done, line.valid, line.idle, line.found, line.zero_finding)
        return (
            Cell(line.name),
            *map(number, (line.chiefs, line.owed, line.compliant)),
            rate_cell(line.compliance),
            *change,
            *map(number, walked),
        )

    return Table(
        columns,
        tuple(cells(line) for line in lines),
        total=cells(total) if total is not None else (),
        caption=caption,
        notes=notes,
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
