"""One patrol log beside the table: what was walked, the nine items, what was found, its history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from river_chief.fields.patrol_items import PATROL_ITEMS
from river_chief.fields.patrols import PATROLS
from river_chief.queries.history import ActRow
from river_chief.queries.patrol_detail import PatrolDetail
from river_chief.queries.problems import ProblemFilter
from river_chief.terms import Answer
from ui.buttons import push
from ui.forms.checklist import summed_up
from ui.pages.detail_panel import DetailPanel

FACTS = (
    ("started_at", "ended_at", "minutes", "km"),
    ("from_place", "to_place", "performer", "companions", "mode", "weather", "entry", "note", "voided_on"),
)
HISTORY_SHOWN = 8


class PatrolPanel(DetailPanel):
    """``asked(what)``: edit, void or problem, for the log shown; ``go(page, asked)`` leads elsewhere."""

    asked = Signal(str)
    go = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("在左边选一条记录，这里显示巡河日志全文。")
        self.detail: PatrolDetail | None = None

    def show_none(self) -> None:
        """No log is chosen."""
        self.detail = None
        self.nothing()

    def show_patrol(self, detail: PatrolDetail) -> None:
        """Show the log *detail*."""
        self.detail = detail
        row = detail.row
        self.start(f"{row['person_name']}　{row['started_at']:%Y-%m-%d}", _badges(detail))
        self.line(f"{row['area_name']}{row['level'].label}{row['role'].label}", "muted")
        if row["voided_on"] is None:
            self._offer_acts()
        self.facts((("河段", row["reach_names"]), *_facts(detail, FACTS[0])))
        self._show_checks()
        self._show_finding()
        self.heading("其他")
        self.facts(_facts(detail, FACTS[1]))
        self.heading("修改记录")
        for act in detail.history[:HISTORY_SHOWN]:
            self.line(act_line(act), "muted")
        self.finish()

    def _offer_acts(self) -> None:
        self.act(
            push("修改(&E)", lambda: self.asked.emit("edit"), sign="pencil"),
            push("登记为问题(&P)", lambda: self.asked.emit("problem"), sign="alert-triangle"),
            push("作废…", lambda: self.asked.emit("void"), part="danger"),
        )

    def _show_checks(self) -> None:
        detail = self.detail
        if detail is None:
            return
        self.heading("巡查项目")
        self.line(summed_up({item: answer for item, (answer, _) in detail.checks.items()}))
        for item in PATROL_ITEMS:
            answer, note = detail.checks.get(item.number, (Answer.YES, ""))
            if answer is not Answer.YES or note:
                words = {Answer.NO: "有问题", Answer.UNCHECKED: "未查", Answer.YES: "正常"}[answer]
                self.line(f"{item.number}. {item.name}：{words}{f'，{note}' if note else ''}", "warn")

    def _show_finding(self) -> None:
        detail = self.detail
        if detail is None or not (detail.row["has_finding"] or detail.problems):
            return
        self.heading("发现的问题")
        self.line(detail.row["finding"] or "（未写明）")
        if detail.row["handling"]:
            self.line(f"处理：{detail.row['handling']}")
        for problem in detail.problems:
            asked = ProblemFilter(ids=(problem.id,))
            self.link(
                f"{problem.number}　{problem.state.label}",
                partial(self.go.emit, "problems", asked),
            )


def act_line(act: ActRow) -> str:
    """One act in a line: when, who, what; in local time."""
    gone = "（已撤销）" if act.undone else ""
    return f"{act.at.astimezone():%Y-%m-%d %H:%M}　{act.by}　{act.sentence}{gone}"


def _badges(detail: PatrolDetail) -> list[tuple[str, str]]:
    row = detail.row
    if row["voided_on"] is not None:
        return [("已作废", "state-alert")]
    badges = [("发现问题", "state-alert")] if row["has_finding"] else []
    if row["valid"] is not None:
        badges.append(("有效", "state") if row["valid"] else ("无效", "state-alert"))
    return badges


def _facts(detail: PatrolDetail, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    found = []
    for field in PATROLS.pick(*keys):
        text = detail.row.text(field)
        if text and field.key == "started_at":
            text = text.removesuffix(" 00:00")
        found.append((field.label, f"{text} {field.unit}".strip() if text else ""))
    return found
