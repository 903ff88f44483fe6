"""The panel beside the problems: one problem in full, and the buttons of what may be done next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.errors import NotFound
from river_chief.fields.problems import PROBLEMS
from river_chief.queries.photos import AttachmentRow
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.rules.proof import SHOWN_BY, WITH_THE_STEP
from river_chief.rules.workflow import REMINDERS
from river_chief.terms import Action, Phase, Proof, State
from river_chief.verbs.steps.merged import Chain, label
from ui.buttons import push
from ui.dialogs.photo_pairs import PhotoPairs
from ui.dialogs.photo_settle import SettleDialog
from ui.forms.missing import MissingList
from ui.forms.photos import PhotoStrip
from ui.pages import problem_sheets
from ui.pages.reminder_menu import add_reminders
from ui.workspace import Workspace

# Beside the main action there is room for one more; the others are in the menu.
BESIDE = 1
PHASES = (Phase.BEFORE, Phase.DURING, Phase.AFTER, Phase.LOOK_BACK, Phase.SCAN, Phase.EVIDENCE)
# What a photo dropped on a problem shows, by the problem's state.
PHASE_IN = {
    State.RECTIFYING: Phase.AFTER,
    State.TO_ACCEPT: Phase.AFTER,
    State.TO_CLOSE: Phase.AFTER,
    State.CLOSED: Phase.LOOK_BACK,
}
# Never the first thing offered, and never one key away.
GRAVE = (Action.VOID,)


class ProblemPanel(QFrame):
    """Shows the problem ``show_problem`` was given, and shows it anew when something changed.

    ``acted(Action)``  a button was pressed.   ``acted_alone(Action)``  without what the office merges with it.
    ``edit_asked()``  修改.   ``sweep_asked()``  举一反三.   ``link_asked(id)``  another problem this one belongs to.
    ``patch_asked(number)``  the patch it was.
    """

    acted = Signal(object)
    acted_alone = Signal(object)
    link_asked = Signal(int)
    patch_asked = Signal(str)
    edit_asked = Signal()
    sweep_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.detail: ProblemDetail | None = None
        self.actions_shown: tuple[Action, ...] = ()
        self.setProperty("role", "panel")
        self.number = QLabel()
        self.number.setProperty("role", "heading")
        self.state = QLabel()
        self.clock = QLabel()
        self.line = QLabel()
        self.line.setProperty("role", "muted")
        self.line.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._button_box = QWidget()
        self._button_place = QVBoxLayout()
        self._button_place.addWidget(self._button_box)
        self.facts, self.course, self.papers, self.history = (_browser() for _ in range(4))
        self.facts.anchorClicked.connect(self._on_link)
        self.photos = PhotoStrip(workspace, PHASES)
        self.photos.pairs_asked.connect(self._show_pairs)
        self.photos.settle_asked.connect(lambda row: SettleDialog(self, workspace, row).open())
        self.missing = MissingList()
        self.missing.asked.connect(self.make_good)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget, name in (
            (self.facts, "情况"),
            (self.course, "流转"),
            (self.photos, "照片"),
            (self.papers, "文书"),
            (self.history, "修改记录"),
        ):
            self.tabs.addTab(widget, name)
        self._lay_out()
        self.setMinimumWidth(320)
        self.show_problem(0)
        workspace.changed.connect(self._on_changed)

    def show_problem(self, id: int) -> None:
        """Show the problem *id*; 0 shows that none is chosen."""
        self.detail = None
        if id:
            try:
                with self.workspace.read() as session:
                    self.detail = problem_detail(session, id, self.workspace.today())
            except NotFound:
                self.detail = None
        self._draw()

    def trigger(self, action: Action) -> None:
        """Do as if the button of *action* was pressed, if it is open to the problem."""
        if action in self.actions_shown:
            self.acted.emit(action)

    def trigger_main(self) -> None:
        """Do as if the first button was pressed."""
        if self.buttons and self.detail is not None:
            self.buttons[0].click()

    def make_good(self, proof: Proof) -> None:
        """Lead the clerk to where *proof* is entered: the photos, the problem itself, or the next step."""
        if proof in SHOWN_BY:
            self.tabs.setCurrentWidget(self.photos)
            self.photos.phase = SHOWN_BY[proof]
            self.photos.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif proof in WITH_THE_STEP:
            self.trigger_main()
        else:
            self.edit_asked.emit()

    def _draw(self) -> None:
        detail = self.detail
        for browser in (self.facts, self.course, self.papers, self.history):
            browser.clear()
        self.tabs.setVisible(detail is not None)
        self.missing.show_missing(detail.missing if detail is not None else ())
        self._draw_buttons(detail)
        if detail is None:
            self.number.setText("")
            self.line.setText("在左边选一个问题，这里显示它的情况和下一步可以办理的事项。")
            self.state.hide()
            self.clock.hide()
            return
        row = detail.row
        self.number.setText(str(row["number"]))
        self.state.setText(row.text(PROBLEMS["state"]))
        late = row["rectified_on"] is None and (row["overdue_days"] or 0) > 0
        _set_role(self.state, "state-alert" if late else "state")
        self.state.show()
        waits = str(row["waiting"] or "") if not late else ""
        self.clock.setText(f"⚠ {waits}" if waits else _clock_words(row["days_left"]))
        self.clock.setToolTip(detail.deadline_why.current)
        _set_role(self.clock, "alert" if late or waits else "muted")
        self.clock.setVisible(bool(self.clock.text()))
        self.line.setText(
            "　".join(str(row[key]) for key in ("water_name", "village_name", "brief") if row[key])
        )
        self.facts.setHtml(problem_sheets.facts(detail))
        self.course.setHtml(problem_sheets.course(detail))
        self.papers.setHtml(problem_sheets.papers(detail))
        self.history.setHtml(problem_sheets.history(detail.history))
        self.photos.show_photos(
            {"problem_id": row.id}, detail.attachments, PHASE_IN.get(detail.state, Phase.BEFORE)
        )
        photos = len(detail.attachments)
        self.tabs.setTabText(2, f"照片 {photos}" if photos else "照片")
        self.tabs.setTabText(3, f"文书 {len(detail.papers)}" if detail.papers else "文书")

    def _draw_buttons(self, detail: ProblemDetail | None) -> None:
        self._button_box.hide()
        self._button_box.deleteLater()
        self._button_box = QWidget()
        self._button_place.addWidget(self._button_box)
        row = QHBoxLayout(self._button_box)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons = []
        self.actions_shown = detail.actions if detail is not None else ()
        if detail is None:
            return
        offered = [action for action in detail.actions if action not in GRAVE]
        for place, action in enumerate(offered[: BESIDE + 1]):
            self.buttons.append(self._button(action, place))
        for button in self.buttons:
            row.addWidget(button)
        rest = [action for action in detail.actions if action not in offered[: BESIDE + 1]]
        row.addStretch()
        row.addWidget(self._more(rest))

    def _button(self, action: Action, place: int) -> QPushButton:
        words = label(self._chain(action))
        button = push(
            f"{words}(&{place + 1})",
            lambda: self.acted.emit(action),
            part="main" if place == 0 else "plain",
        )
        button.setToolTip(f"{words}，Ctrl+Enter" if place == 0 else words)
        return button

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() == problem_sheets.LINK:
            self.link_asked.emit(int(url.path()))
        elif url.scheme() == problem_sheets.PATCH:
            self.patch_asked.emit(url.path())

    def _chain(self, action: Action) -> Chain:
        return self.detail.chains.get(action, (action,)) if self.detail is not None else (action,)

    def _more(self, actions: list[Action]) -> QPushButton:
        button = push("更多(&M)")
        menu = QMenu(button)
        # The keys are the page's; a second shortcut of the same keys would make both ambiguous.
        edit = QAction("修改内容(&E)\tCtrl+E", menu)
        edit.triggered.connect(lambda _on: self.edit_asked.emit())
        menu.addAction(edit)
        sweep = QAction("举一反三(&J)…\tCtrl+J", menu)
        sweep.triggered.connect(lambda _on: self.sweep_asked.emit())
        menu.addAction(sweep)
        merged = [action for action in self.actions_shown if len(self._chain(action)) > 1]
        for action in merged:
            menu.addAction(f"只{action.label}", partial(self.acted_alone.emit, action))
        if actions:
            menu.addSeparator()
        add_reminders(menu, actions, self.acted.emit)
        for action in actions:
            if action not in REMINDERS:
                menu.addAction(action.label, partial(self.acted.emit, action))
        button.setMenu(menu)
        return button

    def _show_pairs(self, rows: Sequence[AttachmentRow]) -> None:
        PhotoPairs(self, self.workspace, self.number.text(), rows).open()

    def _on_changed(self, _changes: Changes) -> None:
        if self.detail is not None:
            self.show_problem(self.detail.row.id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addWidget(self.state)
        head.addWidget(self.clock)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 6)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.line)
        layout.addLayout(self._button_place)
        layout.addWidget(self.missing)
        layout.addWidget(self.tabs, 1)
        layout.addStretch()


def _browser() -> QTextBrowser:
    browser = QTextBrowser()
    browser.setOpenLinks(False)
    browser.setFrameShape(QFrame.Shape.NoFrame)
    browser.setTabChangesFocus(True)
    browser.setStyleSheet("border: none; padding: 2px;")
    return browser


def _clock_words(days: int | None) -> str:
    if days is None:
        return ""
    if days < 0:
        return f"⚠ 逾期{-days}天"
    return "今天到期" if days == 0 else f"还有{days}天"


def _set_role(label: QLabel, role: str) -> None:
    label.setProperty("role", role)
    label.style().unpolish(label)
    label.style().polish(label)
