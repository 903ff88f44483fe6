"""The window: navigation on the left, the page beside it, menus and the status bar. No business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from river_chief.errors import EnvironmentFault
from ui import messages, window_state
from ui.buttons import push
from ui.dialogs.import_source import dropped_workbook
from ui.dialogs.manual import ManualDialog
from ui.notice_bar import NoticeBar
from ui.pages import COMMANDS, PAGES, CommandEntry, PageEntry
from ui.pages.page import Page
from ui.style import Tone, icon

# What opens and writes ledgers is imported where it is first used, so that the window shows at once.
if TYPE_CHECKING:
    from ui.workspace import Workspace

NAVIGATION_WIDTH = 132
NAVIGATION_HEIGHT = 42
SIZE = QSize(1320, 720)
PROGRAM = "河长台账"


class MainWindow(QMainWindow):
    """Shows itself empty at once; ``open_folder`` then fills it with a ledger."""

    def __init__(self, *, day: date | None = None) -> None:
        """*day* stands in for the clock's day."""
        super().__init__()
        self.workspace: Workspace | None = None
        self._day = day
        self._pages: dict[str, Page] = {}
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self.navigation = _navigation()
        self.navigation.currentRowChanged.connect(self._on_navigated)
        for chosen in (self.navigation.itemClicked, self.navigation.itemActivated):
            chosen.connect(self._enter_page)
        self.notices = NoticeBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._welcome())
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(middle)
        self._status = [QLabel() for _ in range(3)]
        self._make_status_bar()
        self._make_menus()
        self._make_shortcuts()
        self._enable(False)
        if not window_state.restore_geometry(self, "main"):
            self.resize(SIZE.boundedTo(self.screen().availableSize()))

    # The ledger

    def open_folder(self, path: Path) -> None:
        """Open the ledger in *path*, asking for its password if it has one."""
        from ui.dialogs.open_ledger import open_ledger

        open_ledger(self, path, self.show_ledger, day=self._day)

    def show_ledger(self, workspace: Workspace) -> None:
        """Close the ledger that is open and show this one."""
        self.close_ledger()
        self.workspace = workspace
        workspace.noticed.connect(self.notices.show_notice)
        place = workspace.settings.place_name
        self.setWindowTitle(f"{place}{PROGRAM}")
        folder = workspace.database.folder.path
        words = (f"台账：{folder}", f"经办人：{workspace.clerk}", f"今天：{workspace.today():%Y-%m-%d}")
        for label, text in zip(self._status, words, strict=True):
            label.setText(text)
        self._enable(True)
        self.show_page(PAGES[0].key)

    def close_ledger(self) -> None:
        """Leave the open ledger as one file and show the welcome again."""
        if self.workspace is None:
            return
        self.stack.setCurrentIndex(0)
        self.notices.hide()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        workspace, self.workspace = self.workspace, None
        workspace.close()
        workspace.deleteLater()
        self._enable(False)

    # Pages

    def show_page(self, key: str, asked: object = None) -> None:
        """Show the page *key*, made when it is first shown; *asked* is what it is to show.

        The key of a command carries out that command; what is *asked* is handed to it.
        """
        if self.workspace is None:
            return
        for command in COMMANDS:
            if command.key == key:
                self._running(command, asked)()
                return
        page = self._pages.get(key)
        if page is None:
            page = self._make_page(_entry(key), self.workspace)
        self.navigation.blockSignals(True)
        self.navigation.setCurrentRow([entry.key for entry in PAGES].index(key))
        self.navigation.blockSignals(False)
        self.stack.setCurrentWidget(page)
        if asked is not None:
            page.show_asked(asked)
        if not self.navigation.hasFocus():
            page.take_focus()

    def page(self, key: str) -> Page:
        """The page *key*, shown before."""
        return self._pages[key]

    def _make_page(self, entry: PageEntry, workspace: Workspace) -> Page:
        page = _named(entry.where)(workspace)
        if not isinstance(page, Page):
            raise TypeError(f"{entry.where} is no page")
        page.go.connect(self.show_page)
        self._pages[entry.key] = page
        self.stack.addWidget(page)
        return page

    def _on_navigated(self, row: int) -> None:
        """Arrow keys go through the pages; Enter or a click also goes into the page."""
        if row >= 0:
            self.show_page(PAGES[row].key)

    def _enter_page(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.take_focus()

    # Parts of the frame

    def _make_menus(self) -> None:
        names = ("文件", "编辑", "帮助")
        self._menus = {
            name: self.menuBar().addMenu(f"{name}(&{letter})")
            for name, letter in zip(names, "FEH", strict=True)
        }
        self._ledger_actions: list[QAction] = []
        file, edit, help = self._menus.values()
        self._add(file, "打开台账(&O)…", self.ask_folder, "Ctrl+O")
        self._add(file, "新建台账(&N)…", self.ask_new, "Ctrl+Shift+N")
        file.addSeparator()
        self._ledger_actions.append(self._add(edit, "撤销上一步(&U)", self.undo, "Ctrl+Z"))
        self._ledger_actions.append(self._add(edit, "恢复撤销的(&R)", self.redo, "Ctrl+Y"))
        for command in COMMANDS:
            action = self._add(
                self._menus[command.menu], command.label, self._running(command), command.shortcut
            )
            self._ledger_actions.append(action)
        file.addSeparator()
        self._add(file, "退出(&X)", self.close, "Ctrl+Q")
        self._add(help, "用户手册(&M)", self.manual, "F1")
        self._add(help, f"关于{PROGRAM}(&A)", self.about)

    def _add(self, menu: QMenu, text: str, work: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self)
        action.setAutoRepeat(False)  # Ctrl+Z held down takes back one step, not all of them
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on: work())
        menu.addAction(action)
        return action

    def _running(self, command: CommandEntry, asked: object = None) -> Callable[[], object]:
        given = () if asked is None else (asked,)
        return lambda: _named(command.where)(self, self.workspace, *given)

    def _make_shortcuts(self) -> None:
        for place, entry in enumerate(PAGES, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(lambda key=entry.key: self.show_page(key))

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._status[0], 1)
        for label in self._status[1:]:
            bar.addPermanentWidget(label)
        for label in self._status:
            label.setProperty("role", "muted")
            label.setContentsMargins(8, 0, 8, 0)

    def _welcome(self) -> QWidget:
        words = QLabel("还没有打开台账")
        words.setProperty("role", "title")
        more = QLabel("台账是一个文件夹。打开已有的台账，或为本乡镇新建一本。")
        more.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(push("打开台账…", self.ask_folder, sign="folder-open", part="main"))
        row.addWidget(push("新建台账…", self.ask_new, sign="plus"))
        row.addStretch()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(14)
        layout.addWidget(words)
        layout.addWidget(more)
        layout.addLayout(row)
        layout.addStretch()
        return page

    def _enable(self, on: bool) -> None:
        self.navigation.setEnabled(on)
        for action in self._ledger_actions:
            action.setEnabled(on)
        if not on:
            self.setWindowTitle(PROGRAM)
            for label in self._status:
                label.clear()

    # What the menus do

    def ask_folder(self) -> None:
        """Let the clerk choose a ledger's folder."""
        chosen = QFileDialog.getExistingDirectory(self, "选择台账文件夹")
        if chosen:
            self.open_folder(Path(chosen))

    def ask_new(self) -> None:
        """Let the clerk make a new ledger."""
        from ui.dialogs.new_ledger import NewLedgerDialog

        NewLedgerDialog(self, self.show_ledger, day=self._day).open()

    def undo(self) -> None:
        """Take back the last act."""
        from ui import jobs

        if self.workspace is not None:
            jobs.undo(self, self.workspace)

    def redo(self) -> None:
        """Bring back what was taken back last."""
        from ui import jobs

        if self.workspace is not None:
            jobs.redo(self, self.workspace)

    def manual(self) -> None:
        """Show the manual beside the work."""
        try:
            ManualDialog(self).show()
        except EnvironmentFault as error:
            messages.show_error(self, error)

    def about(self) -> None:
        """Say what this program is."""
        messages.tell(self, f"关于{PROGRAM}", f"{PROGRAM}\n\n乡镇河长办的问题闭环、巡河和报表台账。")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.workspace is not None and dropped_workbook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A workbook dropped on the window is to be imported."""
        event.acceptProposedAction()
        self.show_page("import", dropped_workbook(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        window_state.save_geometry(self, "main")
        self.close_ledger()
        super().closeEvent(event)


def _navigation() -> QListWidget:
    listing = QListWidget()
    listing.setObjectName("navigation")
    listing.setAccessibleName("导航")
    listing.setFixedWidth(NAVIGATION_WIDTH)
    listing.setIconSize(QSize(20, 20))
    listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for place, entry in enumerate(PAGES, 1):
        item = QListWidgetItem(icon(entry.icon, Tone.ACCENT), entry.label, listing)
        item.setToolTip(f"{entry.label} (Ctrl+{place})")
        item.setSizeHint(QSize(NAVIGATION_WIDTH, NAVIGATION_HEIGHT))
    return listing


def _entry(key: str) -> PageEntry:
    return next(entry for entry in PAGES if entry.key == key)


def _named(where: str) -> Callable[..., Any]:
    module, _, name = where.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
