"""图斑核查: the patches handed down, by verdict, and the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.queries import choices
from river_chief.queries.ledger_query import Row
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter
from river_chief.terms import Verdict
from ui import window_state
from ui.buttons import push
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.dialogs.patches import CheckManyDialog, patch_dialog
from ui.pages.page import Chosen
from ui.pages.patch_panel import PatchPanel
from ui.style import Tone
from ui.tables.filter_bar import Choose
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.workspace import Workspace

COLUMNS = (
    "number:6 village_name:5 suspected:6 verdict:5 shows:6 checked_on:6 photos:5 problem_number:7"
).split()
ALL = "全部"


class PatchTab(QWidget):
    """``go(key, asked)`` asks for another page.

    Keys: Enter or Ctrl+Enter does the next thing with the chosen patch, Ctrl+E corrects it, Ctrl+N adds one,
    Ctrl+B checks the selected ones together.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.chips: dict[str, QPushButton] = {}
        self.chosen = _chip("")
        self.chosen.hide()
        self.view = LedgerView(
            workspace,
            PATCH_LEDGER,
            PatchFilter(),
            name="patches",
            columns=COLUMNS,
            choices=(
                Choose(
                    "villages", "村", lambda session: [(c.id, c.label) for c in choices.villages(session)]
                ),
                Choose(
                    "campaigns", "专项", lambda session: [(c.id, c.label) for c in choices.campaigns(session)]
                ),
            ),
            watch=("area", "campaign", "reach", "problem", "attachment"),
            look=_look,
            hint="搜编号、位置、类型",
            empty="这里没有图斑。点“导入”读入县里下发的图斑表，或点“新增图斑”逐个登记。",
        )
        self.panel = PatchPanel(workspace)
        self.many_button = push("批量核查(&B)…", self.check_many, sign="list-check")
        self.many_button.setToolTip("先选中几行：按住 Ctrl 或 Shift 点，或按 Ctrl+A 全选")
        self.paper_button = push("核查表(&P)…", self.make_paper, sign="file-text")
        self.add_button = push("新增图斑(&N)", self.add, sign="plus", part="main")
        self._lay_out()
        self._connect()
        self.count()

    # What is listed

    def lists(self) -> Mapping[str, PatchFilter]:
        """The quick lists by their names."""
        today = self.workspace.today()
        return {
            ALL: PatchFilter(),
            "未核查": PatchFilter(verdicts=(None,)),
            "逾期未核查": PatchFilter(overdue_on=today),
            **{verdict.label: PatchFilter(verdicts=(verdict,)) for verdict in Verdict},
            "属实未登记": PatchFilter(unregistered=True),
        }

    def choose(self, name: str) -> None:
        """Show the quick list *name*."""
        self.chips[name].setChecked(True)
        self.chosen.hide()
        self._show(self.lists()[name])

    def show_chosen(self, chosen: Chosen) -> None:
        """List what another page asked for; a chip says what it is."""
        self.chosen.setText(chosen.words)
        self.chosen.show()
        self.chosen.setChecked(True)
        self._show(chosen.filter)

    def count(self) -> None:
        """Say on the chips how many there are of each."""
        with self.workspace.read() as session:
            for name, filter in self.lists().items():
                count = PATCH_LEDGER.count(session, filter)
                self.chips[name].setText(f"{name} {count}")

    def _show(self, filter: PatchFilter) -> None:
        self.view.bar.reset()
        self.view.set_filter(filter)
        self.view.select_first()

    # What is done

    def add(self) -> None:
        """Add a patch and show it."""
        dialog = patch_dialog(self, self.workspace)
        dialog.done_well.connect(self._show_new)
        dialog.open()

    def check_many(self) -> None:
        """Give the selected patches the same verdict, as one batch."""
        rows = self._selected()
        if rows:
            CheckManyDialog(self, self.workspace, rows).open()

    def make_paper(self) -> None:
        """Preview the check table of the patches listed."""
        preview_paper(self, self.workspace, PaperAsked("patches", filter=self.view.filter()))

    def _selected(self) -> list[Row]:
        """The selected rows that may still be checked."""
        with self.workspace.read() as session:
            rows = PATCH_LEDGER.rows(session, self.view.selected_ids(), self.workspace.today())
        return [row for row in rows if row["problem_number"] is None and row["voided_on"] is None]

    def _show_new(self, changes: Changes) -> None:
        if not self.view.select(changes.id):
            self.choose(ALL)
            self.view.select(changes.id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.ledgers & {"patch", "problem"}:
            self.count()

    def _fill_menu(self, menu: QMenu, ids: list[int]) -> None:
        if len(ids) > 1:
            menu.addAction(f"批量核查 {len(ids)} 个…", self.check_many)
        elif self.panel.detail is not None:
            for button in self.panel.buttons:
                menu.addAction(button.text().partition("(")[0], button.click)
            menu.addAction("修改下发内容", self.panel.edit)

    # Parts

    def _connect(self) -> None:
        self.workspace.changed.connect(self._on_changed)
        self.view.selected.connect(self.panel.show_patch)
        self.view.activated.connect(lambda _id: self.panel.trigger_main())
        self.view.fill_menu = self._fill_menu
        self.view.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.panel.go.connect(self.go)
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("Ctrl+N", self.add),
            ("Ctrl+B", self.check_many),
            ("Ctrl+E", self.panel.edit),
            ("Ctrl+Return", self.panel.trigger_main),
            ("Ctrl+P", self.make_paper),
        )
        for sequence, work in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(work)
        self._enable()

    def _enable(self) -> None:
        self.many_button.setEnabled(self.view.table.selectionModel().hasSelection())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        for name in self.lists():
            self.chips[name] = _chip(name, partial(self.choose, name))
            top.addWidget(self.chips[name])
        self.chips[ALL].setChecked(True)
        top.addWidget(self.chosen)
        top.addStretch()
        for button in (
            self.many_button,
            self.paper_button,
            push("导入…", partial(self.go.emit, "import", None), sign="file-import"),
            self.add_button,
        ):
            top.addWidget(button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        if not window_state.restore_splitter(splitter, "patches"):
            splitter.setSizes([800, 390])
        splitter.splitterMoved.connect(lambda: window_state.save_splitter(splitter, "patches"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)


def _chip(text: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    button = push(text, clicked)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    button.setAutoExclusive(True)
    return button


def _look(row: Row, key: str) -> Look | None:
    if row["voided_on"] is not None:
        return Look(Tone.MUTED)
    if key == "verdict" and row["verdict"] is Verdict.REAL:
        return Look(Tone.ALERT)
    if key == "problem_number" and row["verdict"] is Verdict.REAL:
        return Look(Tone.ACCENT)
    return None
