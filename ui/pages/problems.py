"""The problem page: quick lists, the ledger, and the panel of the problem that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter

from river_chief.changes import Changes
from river_chief.queries import choices
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.worklist import WorkList, work_lists
from river_chief.rules.workflow import REMINDERS
from river_chief.storage.database import Snapshot
from river_chief.terms import Action, Disposal, Severity, Source
from river_chief.verbs.steps.reminding import PAPERS
from ui import window_state
from ui.buttons import push
from ui.dialogs.bulk import BulkDialog
from ui.dialogs.letters import letter_dialog
from ui.dialogs.problem_dialog import edit_problem, new_problem
from ui.dialogs.saved_report import keep_list
from ui.dialogs.steps import step_dialog
from ui.dialogs.sweeps import AskDialog
from ui.messages import Notice
from ui.pages.page import Chosen, Page
from ui.pages.photo_doubts import PhotoDoubts
from ui.pages.problem_panel import ProblemPanel
from ui.pages.reminder_menu import add_reminders
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.tables.looks import problem_look
from ui.workspace import Workspace

QUICK = (
    "all in_stock to_verify to_assign to_sign rectifying to_accept to_close reported lacks_proof due_soon overdue "
    "suspended unanswered closed draft"
).split()
COLUMNS = (
    "number:6 state:9 village_name:5 brief:15 deadline:7 category_name:8 unit:8 found_on severity".split()
)
# In pixels: what the head has room for beside its buttons, 1366 wide.
MOST_CHOSEN = 640
WATCH = ("problem_round", "water", "reach", "area", "category", "tenure", "tenure_reach", "campaign")


class ProblemsPage(Page):
    """The ledger of problems.

    Keys: Enter or Ctrl+Enter does the next step of the chosen problem, Ctrl+E changes it, Ctrl+N registers
    a new one, Ctrl+J asks its question everywhere (举一反三), Ctrl+PgUp and Ctrl+PgDn go through the quick lists.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "问题")
        self.view = LedgerView(
            workspace,
            PROBLEM_LEDGER,
            ProblemFilter(),
            name="problems",
            columns=COLUMNS,
            choices=(
                Choose(
                    "villages", "村", lambda session: [(c.id, c.label) for c in choices.villages(session)]
                ),
                Choose("groups", "类型", _groups),
                Choose("severities", "程度", terms_of(Severity)),
                Choose("sources", "来源", terms_of(Source)),
                Choose("disposals", "处置", terms_of(Disposal)),
            ),
            watch=WATCH,
            look=problem_look,
            hint="搜编号、地点、描述",
            empty="这里没有问题。新问题按 Ctrl+N 登记，或点“导入”读入县里的表格。",
        )
        self.panel = ProblemPanel(workspace)
        self.lists: dict[str, WorkList] = {}
        self.quick: dict[str, QPushButton] = {}
        self.doubts = PhotoDoubts(workspace)
        self.chosen = _chip("")
        self.chosen.hide()
        self.new_button = push("登记问题", self.register, sign="plus", part="main")
        self.new_button.setToolTip("登记问题 (Ctrl+N)")
        self.bulk_button = push("批量办理", sign="list-check")
        self.bulk_button.setMenu(QMenu(self.bulk_button))
        self.bulk_button.setToolTip("选中几件（Ctrl 或 Shift 加点击）再点，或办理全部筛选结果")
        self.head.insertWidget(1, self.chosen)
        self.keep_button = push("存为报表…", self.keep_report, sign="report-analytics")
        self.keep_button.setToolTip("把现在的条件、列和次序存为一张自定义报表")
        self.head.addWidget(self.doubts)
        self.head.addWidget(self.keep_button)
        self.head.addWidget(self.bulk_button)
        self.head.addWidget(push("导入…", partial(self.go.emit, "import", None), sign="file-import"))
        self.head.addWidget(self.new_button)
        self.body.addLayout(self._quick_row())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        if not window_state.restore_splitter(self.splitter, "problems"):
            self.splitter.setSizes([780, 400])
        self.splitter.splitterMoved.connect(lambda: window_state.save_splitter(self.splitter, "problems"))
        self.body.addWidget(self.splitter, 1)
        self._connect()
        self.choose("in_stock")

    # For the window and other pages

    def show_asked(self, asked: object) -> None:
        """A key of a quick list, ``Chosen`` or a plain ``ProblemFilter``, the id of one problem, or "new"."""
        if asked == "new":
            self.register()
        elif isinstance(asked, str):
            self.choose(asked)
        elif isinstance(asked, ProblemFilter):
            self._show_chosen(Chosen(asked, "所选问题"))
        elif isinstance(asked, Chosen):
            self._show_chosen(asked)
        elif isinstance(asked, int):
            self.choose("all")
            self.view.select(asked)

    def show_patch(self, number: str) -> None:
        """Show the patch a problem was; one that was never entered is said to be missing."""
        with self.workspace.read() as session:
            ids = PATCH_LEDGER.ids(session, PatchFilter(numbers=(number,)))
        if ids:
            self.go.emit("campaigns", Chosen(PatchFilter(ids=tuple(ids)), f"图斑{number}"))
        else:
            self.workspace.noticed.emit(Notice(f"图斑核查里没有登记图斑{number}。"))

    def choose(self, key: str) -> None:
        """Show the quick list *key*."""
        self.lists = self._lists()
        self.view.bar.reset()
        self.view.set_filter(self.lists[key].filter)
        self.quick[key].setChecked(True)
        self.chosen.hide()
        self.view.select_first()

    def take_focus(self) -> None:
        self.view.table.setFocus()

    # What is done here

    def register(self) -> None:
        """Register a new problem and show it."""
        dialog = new_problem(self, self.workspace)
        dialog.done_well.connect(self._show_new)
        dialog.open()

    def edit(self) -> None:
        """Change what the ledger says of the chosen problem."""
        if self.panel.detail is not None:
            edit_problem(self, self.workspace, self.panel.detail).open()

    def sweep(self) -> None:
        """Turn the chosen problem into the same question for every village or reach, and show the answers."""
        if self.panel.detail is not None:
            dialog = AskDialog(self, self.workspace, self.panel.detail)
            dialog.done_well.connect(lambda done: self.go.emit("follow_up", f"举一反三:{done.id}"))
            dialog.open()

    def act(self, action: Action, *, alone: bool = False) -> None:
        """Open the dialog of *action* for the chosen problem, with what the office merges with it or *alone*."""
        detail = self.panel.detail
        if detail is None:
            return
        if action is Action.REGISTER:
            self.edit()
        elif action in REMINDERS:
            self.write_to([detail.row.id], action)
        else:
            step_dialog(self, self.workspace, detail, action, alone=alone).open()

    def write_to(self, ids: list[int], action: Action) -> None:
        """Open the one letter of *action* about the problems of *ids*."""
        letter_dialog(self, self.workspace, PAPERS[action], ids).open()

    def do_many(self, ids: list[int]) -> None:
        """Open the dialog that does one action on many problems."""
        BulkDialog(self, self.workspace, ids).open()

    def keep_report(self) -> None:
        """Keep what is listed as a saved report."""
        keep_list(self, self.workspace, self.view)

    def refresh(self) -> None:
        """Quick lists of days (临期, 逾期) follow the calendar."""
        self.lists = self._lists()

    def _lists(self) -> dict[str, WorkList]:
        return work_lists(self.workspace.today(), self.workspace.settings.due_soon_days)

    def _choose_beside(self, step: int) -> None:
        chosen = next((place for place, key in enumerate(QUICK) if self.quick[key].isChecked()), 0)
        self.choose(QUICK[(chosen + step) % len(QUICK)])

    def _show_chosen(self, chosen: Chosen) -> None:
        """List what another page asked for; a button beside the title says what it is."""
        fits = self.chosen.fontMetrics().elidedText(chosen.words, Qt.TextElideMode.ElideRight, MOST_CHOSEN)
        self.chosen.setText(fits)
        self.chosen.setToolTip(chosen.words)
        self.chosen.show()
        self.chosen.setChecked(True)
        self.view.bar.reset()
        self.view.set_filter(chosen.filter)
        self.view.select_first()

    def _show_doubts(self, chosen: Chosen) -> None:
        """List the problems whose photos are to be looked at, under their own quick list."""
        self._show_chosen(chosen)
        self.doubts.setChecked(True)
        self.chosen.hide()

    def _show_new(self, changes: Changes) -> None:
        if not self.view.select(changes.id):
            self.show_asked(changes.id)
        self.take_focus()

    def _quick_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for key in QUICK:
            self.quick[key] = _chip(self._lists()[key].label, partial(self.choose, key))
        for button in self.quick.values():
            row.addWidget(button)
        row.addStretch()
        return row

    def _connect(self) -> None:
        self.view.selected.connect(self.panel.show_problem)
        self.doubts.asked.connect(self._show_doubts)
        self.doubts.refresh()
        self.view.activated.connect(lambda _id: self.panel.trigger_main())
        self.view.fill_menu = self._fill_menu
        self.bulk_button.menu().aboutToShow.connect(self._fill_bulk_menu)
        self.panel.acted.connect(self.act)
        self.panel.acted_alone.connect(partial(self.act, alone=True))
        self.panel.link_asked.connect(self.show_asked)
        self.panel.patch_asked.connect(self.show_patch)
        self.panel.edit_asked.connect(self.edit)
        self.panel.sweep_asked.connect(self.sweep)
        for keys, work in (
            ("Ctrl+N", self.register),
            ("Ctrl+E", self.edit),
            ("Ctrl+J", self.sweep),
            ("Ctrl+Return", self.panel.trigger_main),
            ("Ctrl+PgUp", partial(self._choose_beside, -1)),
            ("Ctrl+PgDown", partial(self._choose_beside, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(work)

    def _fill_bulk_menu(self) -> None:
        """What was selected, or everything listed."""
        menu, chosen, listed = self.bulk_button.menu(), self.view.selected_ids(), self.view.model.total
        menu.clear()
        selected = menu.addAction(f"选中的 {len(chosen)} 件…", partial(self.do_many, chosen))
        selected.setEnabled(bool(chosen))
        every = menu.addAction(f"全部筛选结果 {listed} 件…", self._do_all_listed)
        every.setEnabled(bool(listed))

    def _do_all_listed(self) -> None:
        with self.workspace.read() as session:
            ids = PROBLEM_LEDGER.ids(session, self.view.filter())
        self.do_many(ids)

    def _fill_menu(self, menu: QMenu, ids: list[int]) -> None:
        if len(ids) > 1:
            menu.addAction(f"批量办理 {len(ids)} 件…", partial(self.do_many, ids))
            add_reminders(menu, REMINDERS, partial(self.write_to, ids))
        if len(ids) != 1 or self.panel.detail is None:
            return
        for action in self.panel.detail.actions:
            if action not in REMINDERS:
                menu.addAction(action.label, partial(self.act, action))
        add_reminders(menu, self.panel.detail.actions, self.act)
        menu.addAction("修改内容", self.edit)
        menu.addAction("举一反三…", self.sweep)


def _chip(text: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    button = push(text, clicked)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    button.setAutoExclusive(True)
    return button


def _groups(session: Snapshot) -> list[tuple[str, str]]:
    return [(choice.code, choice.label) for choice in choices.categories(session) if choice.parent is None]
