"""The file of a person beside the table: tenures over time, reaches, duty of the year, problems."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu

from river_chief.figures.person_duty import PersonDuty
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.person_file import PersonFile, ReachHeld, TenureFile
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.masking import mask_phone
from river_chief.rules.periods import Span
from ui.buttons import push
from ui.pages.detail_panel import DetailPanel
from ui.pages.patrol_panel import HISTORY_SHOWN, act_line

ACTS = (
    ("end", "结束任职…"),
    ("take", "增加河段…"),
    ("leave", "交出河段…"),
    ("delegate", "委托巡河…"),
    ("begin", "新增任职…"),
    ("edit", "修改人员资料…"),
    ("retire", "停用人员…"),
)


class PersonPanel(DetailPanel):
    """``asked(what)``: succeed or one of ``ACTS``; ``go(page, asked)`` leads elsewhere."""

    asked = Signal(str)
    go = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("在左边选一个人，这里显示任职、河段和履职情况。")
        self.file: PersonFile | None = None
        self.tenure: TenureFile | None = None
        self.duty_line = QLabel()

    def show_none(self) -> None:
        """Nobody is chosen."""
        self.file = self.tenure = None
        self.nothing()

    def show_person(self, file: PersonFile, tenure: TenureFile, today: date) -> None:
        """Show *file*, with the buttons working on *tenure*."""
        self.file, self.tenure = file, tenure
        retired = [("已停用", "state-alert")] if file.retired_on else []
        self.start(str(file.values["name"]), retired)
        self.line(
            "　".join(each.words for each in file.tenures if each.is_in_force(today)) or "现无任职", "muted"
        )
        self._offer_acts(tenure, today)
        self._show_person()
        self._show_year(today)
        self._show_problems()
        self.heading("任职经历")
        for each in file.tenures:
            self._show_tenure(each, today)
        self.heading("修改记录")
        for act in file.history[:HISTORY_SHOWN]:
            self.line(act_line(act), "muted")
        self.finish()

    def show_duty(self, duty: PersonDuty) -> None:
        """Show what was owed and walked this year, when it has been reckoned."""
        owed = f"应巡 {duty.owed} 次，达标 {duty.compliance.numerator} 次，达标率 {duty.compliance.text}。"
        self.duty_line.setText(
            f"{owed if duty.owed else '无应巡次数。'}实巡 {duty.done} 次，发现问题 {duty.found} 次。"
        )

    def _offer_acts(self, tenure: TenureFile, today: date) -> None:
        more = push("更多(&M)")
        menu = QMenu(more)
        for what, label in ACTS:
            action = menu.addAction(label)
            action.triggered.connect(lambda _on, what=what: self.asked.emit(what))
            action.setEnabled(tenure.is_in_force(today) or what in ("begin", "edit", "retire", "end"))
        more.setMenu(menu)
        succeed = push("更换(&C)…", lambda: self.asked.emit("succeed"), sign="user-check")
        succeed.setEnabled(tenure.is_in_force(today))
        succeed.setToolTip(f"由他人接任{tenure.words}，河段一并接管")
        self.act(succeed, more)

    def _show_person(self) -> None:
        if self.file is None:
            return
        values = self.file.values
        gender = values["gender"].label if values["gender"] else ""
        self.facts(
            (
                ("单位", values["unit"]),
                ("职务", values["title"]),
                ("性别", gender),
                ("行政区域", self.file.area),
                ("人员编码", values["code"]),
                ("备注", values["note"]),
            )
        )
        phone = str(values["phone"])
        if not phone:
            self.line("没有登记电话", "warn")
            return
        button = self.link(f"电话 {mask_phone(phone)}　点击显示", lambda: button.setText(f"电话 {phone}"))

    def _show_year(self, today: date) -> None:
        self.heading(f"{today.year}年履职")
        self.duty_line = self.line("正在计算……")
        if self.file is not None:
            tenures = tuple(each.id for each in self.file.tenures)
            asked = PatrolFilter(tenures=tenures, days=Span(date(today.year, 1, 1), today))
            self.link("查看巡河记录", lambda: self.go.emit("patrols", asked))

    def _show_problems(self) -> None:
        file = self.file
        if file is None or not file.reach_ids:
            return
        self.heading("名下河段的问题")
        asked = ProblemFilter(reaches=file.reach_ids, in_stock=True)
        overdue = f"，其中逾期 {file.overdue} 个" if file.overdue else ""
        self.link(f"在办 {file.in_stock} 个{overdue}", lambda: self.go.emit("problems", asked))

    def _show_tenure(self, tenure: TenureFile, today: date) -> None:
        last = tenure.last.isoformat() if tenure.last else "今"
        self.line(f"{tenure.first.isoformat()} 至{last}　{tenure.words}{_titled(tenure)}")
        for reach in tenure.reaches:
            self.line(f"　· {_reach_line(reach, tenure)}", "muted")
        if tenure.delegate and tenure.delegate_from and tenure.delegate_to:
            days = f"{tenure.delegate_from.isoformat()} 至 {tenure.delegate_to.isoformat()}"
            over = "（已结束）" if tenure.delegate_to < today else ""
            self.line(f"　委托{tenure.delegate}巡河：{days}{over}", "warn")


def _titled(tenure: TenureFile) -> str:
    return f"（{tenure.title}）" if tenure.title else ""


def _reach_line(reach: ReachHeld, tenure: TenureFile) -> str:
    """The reach, with its days where they are not those of the tenure."""
    if (reach.first, reach.last) == (tenure.first, tenure.last):
        return reach.name
    last = reach.last.isoformat() if reach.last else "今"
    return f"{reach.name}（{reach.first.isoformat()} 至{last}）"
