"""The panel beside the patches: one in full, with its photos and the buttons of what may be done next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.errors import NotFound
from river_chief.fields.patches import PATCHES
from river_chief.queries.patches import PatchDetail, patch_detail
from river_chief.terms import Phase, Verdict
from ui.buttons import push
from ui.dialogs import patches
from ui.dialogs.patches import headline
from ui.forms.photos import PhotoStrip
from ui.pages.detail_panel import DetailPanel
from ui.pages.patrol_panel import HISTORY_SHOWN, act_line
from ui.workspace import Workspace

_HANDED = "campaign handed_on due_on suspected area_m2".split()
_PLACE = "village_name water_name reach_name place lon lat datum note".split()
_CHECK = "verdict checked_on checker shows words exception".split()
SECTIONS = (("下发", _HANDED), ("位置", _PLACE), ("核查", _CHECK))


class PatchPanel(QFrame):
    """Shows the patch ``show_patch`` was given, and shows it anew when something changed.

    ``go(key, asked)`` asks for another page.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.detail: PatchDetail | None = None
        self.setProperty("role", "panel")
        self.setMinimumWidth(320)
        self.number = QLabel()
        self.number.setProperty("role", "heading")
        self.state = QLabel()
        self.state.setProperty("role", "state")
        self.line = QLabel()
        self.line.setProperty("role", "muted")
        self.line.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._row = QWidget()
        self._place = QVBoxLayout()
        self._place.addWidget(self._row)
        self.facts = DetailPanel("")
        self.facts.setProperty("role", "")
        self.photos = PhotoStrip(workspace, (Phase.EVIDENCE,))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.facts, "情况")
        self.tabs.addTab(self.photos, "照片")
        self._lay_out()
        self.show_patch(0)
        workspace.changed.connect(self._on_changed)

    def show_patch(self, id: int) -> None:
        """Show the patch *id*; 0 shows that none is chosen."""
        self.detail = None
        if id:
            try:
                with self.workspace.read() as session:
                    self.detail = patch_detail(session, id, self.workspace.today())
            except NotFound:
                self.detail = None
        self._draw()

    # What is done

    def trigger_main(self) -> None:
        """Do as if the first button was pressed."""
        if self.buttons and self.detail is not None:
            self.buttons[0].click()

    def check(self) -> None:
        """Enter what was found on the spot."""
        self._open(patches.check_dialog)

    def register(self) -> None:
        """Register the real patch as a problem."""
        self._open(patches.register_dialog)

    def link(self) -> None:
        """Name the problem that was registered for it before."""
        self._open(patches.link_dialog)

    def edit(self) -> None:
        """Correct what was handed down."""
        self._open(patches.patch_dialog)

    def void(self) -> None:
        """Void the patch."""
        self._open(patches.void_dialog)

    def show_problem(self) -> None:
        """Show the problem the patch became."""
        if self.detail is not None and self.detail.problem_id is not None:
            self.go.emit("problems", self.detail.problem_id)

    def _open(self, dialog: Callable[..., object]) -> None:
        if self.detail is not None:
            made = dialog(self, self.workspace, self.detail)
            getattr(made, "open")()  # noqa: B009 - dialogs of several inputs

    # Drawing

    def _draw(self) -> None:
        detail = self.detail
        self.tabs.setVisible(detail is not None)
        self.state.setVisible(detail is not None)
        self._draw_buttons(detail)
        if detail is None:
            self.number.setText("")
            self.line.setText("在左边选一个图斑，这里显示下发的内容、核查结论和照片。")
            return
        row = detail.row
        self.number.setText(str(row["number"]))
        verdict: Verdict | None = row["verdict"]
        words = "作废" if row["voided_on"] else verdict.label if verdict is not None else "未核查"
        self.state.setText(words)
        self.line.setText(headline(detail).partition("　")[2])
        self._draw_facts(detail)
        self.photos.show_photos({"patch_id": row.id}, detail.attachments, Phase.EVIDENCE)
        count = len(detail.attachments)
        self.tabs.setTabText(1, f"照片 {count}" if count else "照片")

    def _draw_facts(self, detail: PatchDetail) -> None:
        panel, row = self.facts, detail.row
        panel.begin()
        for title, keys in SECTIONS:
            pairs = [(PATCHES[key].heading, row.text(PATCHES[key])) for key in keys]
            if any(text for _, text in pairs):
                panel.heading(title)
                panel.facts(pairs)
        if row["voided_on"]:
            panel.line(f"{row['voided_on']} 作废：{row['void_reason']}", "alert")
        if detail.problem_id is not None:
            panel.heading("登记的问题")
            panel.link(f"{row['problem_number']}　{row['problem_state']}", self.show_problem)
        panel.heading("修改记录")
        for act in detail.history[:HISTORY_SHOWN]:
            panel.line(act_line(act), "muted")
        panel.finish()

    def _draw_buttons(self, detail: PatchDetail | None) -> None:
        self._row.hide()
        self._row.deleteLater()
        self._row = QWidget()
        self._place.addWidget(self._row)
        layout = QHBoxLayout(self._row)
        layout.setContentsMargins(0, 0, 0, 0)
        self.buttons = []
        if detail is None or detail.row["voided_on"]:
            return
        real = detail.row["verdict"] is Verdict.REAL
        if real and detail.problem_id is None:
            self.buttons.append(push("登记为问题(&1)", self.register, sign="plus", part="main"))
            self.buttons.append(push("重新核查(&2)", self.check))
        elif real:
            self.buttons.append(push("看问题(&1)", self.show_problem, sign="eye", part="main"))
        else:
            words = "核查(&1)" if detail.row["verdict"] is None else "重新核查(&1)"
            self.buttons.append(push(words, self.check, sign="check", part="main"))
        for button in self.buttons:
            layout.addWidget(button)
        layout.addStretch()
        layout.addWidget(self._more(real and detail.problem_id is None))

    def _more(self, may_link: bool) -> QPushButton:
        button = push("更多(&M)")
        menu = QMenu(button)
        menu.addAction("修改下发内容(&E)\tCtrl+E", self.edit)
        if may_link:
            menu.addAction("关联问题(&L)…", self.link)
        menu.addSeparator()
        menu.addAction("作废…", self.void)
        button.setMenu(menu)
        return button

    def _on_changed(self, changes: Changes) -> None:
        if self.detail is not None and changes.ledgers & {"patch", "attachment", "problem"}:
            self.show_patch(self.detail.row.id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addWidget(self.state)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 6)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.line)
        layout.addLayout(self._place)
        layout.addWidget(self.tabs, 1)
        layout.addStretch()
