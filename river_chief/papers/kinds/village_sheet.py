"""A village's own sheet of the 通报: its figures, what is overdue and due next, and whose patrols are missing."""

from __future__ import annotations

from collections.abc import Iterator

from river_chief.errors import Refusal
from river_chief.fields.problems import PROBLEMS
from river_chief.figures.breakdown import Line
from river_chief.figures.duty import DutyLine
from river_chief.papers.document import (
    Document,
    FormCell,
    FormTable,
    Level,
    Orientation,
    Paragraph,
    Style,
    Table,
)
from river_chief.papers.kinds.list_table import Columns, Values
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_patrols import missing_rows
from river_chief.papers.kinds.report_frame import signed
from river_chief.papers.kinds.village_words import official, official_name, ranked
from river_chief.rules.periods import days_text
from river_chief.rules.rounding import NOTHING, half_up

_KEYS = "number water_name brief severity officer deadline state".split()
_WIDTHS = {"number": 6, "brief": 16, "officer": 5}
_LABELS = {"deadline": "整改时限"}


def village_sheet(facts: MonthlyFacts, village: int) -> Document:
    """The sheet of one village; ``Refusal`` where it has no line in the figures."""
    line = next((line for line in facts.figures.by_village if line.key == village), None)
    if line is None:
        raise Refusal("统计里没有这个村（社区），请在村一级选择。")
    settings, when = facts.settings, facts.wanted.span_text()
    return Document(
        title=f"{line.name}{when}河长制工作情况",
        subtitle=f"统计期：{days_text(facts.figures.window.span)}",
        office=settings.office_name,
        dated=facts.wanted.today,
        blocks=(
            Paragraph(f"{line.name}：", Level.ADDRESS),
            Paragraph(_told(facts, line)),
            _figures(facts, line, _duty(facts, village)),
            _problems("逾期未完成整改的问题", _of(facts.overdue, line.name), "没有逾期问题"),
            _problems(
                f"{facts.after}到期的问题", _of(facts.due_next, line.name), f"{facts.after}没有到期问题"
            ),
            *_patrols(facts, line.name),
            signed(facts.wanted),
        ),
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )


def _told(facts: MonthlyFacts, line: Line) -> str:
    stock, rate = line.stock, official(facts, line)
    text = f"{facts.period}你村（社区）新增问题{stock.found}个，销号{stock.closed}个，{facts.ending}存量{stock.ending}个。"
    if line.rank is None:
        return f"{text}没有可计算{official_name(facts)}的问题，不参加排名。"
    return (
        f"{text}{official_name(facts)}{rate.text}（{rate.numerator}/{rate.denominator}），"
        f"在{len(ranked(facts))}个参加排名的村（社区）中列第{line.rank}位。"
    )


def _figures(facts: MonthlyFacts, line: Line, duty: DutyLine | None) -> FormTable:
    stock, on_time = line.stock, line.rate("on_time_rate").ratio
    days = NOTHING if line.average_days is None else f"{half_up(line.average_days, 1)}天"
    pairs = (
        ("期初存量", stock.opening),
        ("新增", stock.found),
        ("反弹", stock.relapsed),
        ("销号", stock.closed),
        ("期末存量", stock.ending),
        ("逾期", line.overdue),
        ("到期", line.due),
        ("按期", line.on_time),
        ("按期整改率", on_time.text),
        ("平均整改天数", days),
        ("名次", line.rank_words),
        ("位次变化", line.change_words),
        ("等次", line.light_words),
        ("村级河长应巡", "" if duty is None else f"{duty.owed}次"),
        ("巡河达标率", "" if duty is None else duty.compliance.text),
    )
    cells = [(FormCell(label, label=True), FormCell(str(value))) for label, value in pairs]
    rows = tuple(
        tuple(cell for pair in cells[at : at + 3] for cell in pair) for at in range(0, len(cells), 3)
    )
    return FormTable(widths=(6, 4) * 3, rows=rows, caption="主要数字")


def _duty(facts: MonthlyFacts, village: int) -> DutyLine | None:
    return next((line for line in facts.figures.patrols.by_village if line.area_id == village), None)


def _of(rows: tuple[Values, ...], village: str) -> list[Values]:
    return [row for row in rows if row["village_name"] == village]


def _problems(caption: str, rows: list[Values], empty: str) -> Table:
    table = Columns(PROBLEMS, _KEYS, _LABELS, _WIDTHS).table(rows, f"共{len(rows)}个")
    return Table(table.columns, table.rows, total=table.total, caption=caption, empty=empty)


def _patrols(facts: MonthlyFacts, village: str) -> Iterator[Table]:
    missing = [each for each in facts.figures.patrols.missing if each.area == village]
    yield missing_rows(facts, missing, "没有完成应巡任务的河长", "应巡任务全部完成")
