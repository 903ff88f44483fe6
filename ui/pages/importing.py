"""导入: opens the import of workbooks from the menu, from a page, or by dropping a file on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from river_chief.changes import Changes
from river_chief.intake.import_apply import Applied
from river_chief.progress import Progress
from river_chief.queries.patches import PatchFilter
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.storage.undo import undo_batch
from river_chief.terms import ImportKind
from ui import jobs
from ui.dialogs.import_wizard import ImportWizard
from ui.messages import Notice
from ui.pages.page import Chosen
from ui.workspace import Workspace

PAGE_OF = {
    ImportKind.AREAS: "waters",
    ImportKind.WATERS: "waters",
    ImportKind.REACHES: "waters",
    ImportKind.CHIEFS: "chiefs",
    ImportKind.PATROLS: "patrols",
    ImportKind.PROBLEMS: "problems",
    ImportKind.PATCHES: "campaigns",
}


class PageWindow(Protocol):
    """The window, as far as an import needs it."""

    def show_page(self, key: str, asked: object = None) -> None:
        """Show a page."""


def import_workbook(window: PageWindow, workspace: Workspace, asked: object = None) -> ImportWizard:
    """Open the import; *asked* is the path of a workbook to begin with, or None."""
    if not isinstance(window, QWidget):
        raise TypeError("an import needs a window")
    wizard = ImportWizard(window, workspace)

    def tell(applied: Applied, kind: ImportKind, name: str) -> None:
        workspace.noticed.emit(_notice(window, workspace, applied, kind, name))

    wizard.imported.connect(tell)
    wizard.open()
    if isinstance(asked, Path):
        wizard.open_file(asked)
    return wizard


def undo_import(window: QWidget, workspace: Workspace, batch_id: int) -> None:
    """Take a batch back, beside the window."""

    def work(_progress: Progress) -> Changes:
        return workspace.database.run(
            lambda writer: undo_batch(writer, batch_id), by=workspace.clerk, today=workspace.today()
        )

    def tell(changes: Changes) -> None:
        workspace.noticed.emit(Notice(f"已{changes.sentence}。"))

    jobs.start(window, workspace, "正在撤销导入", work, done=tell)


def _notice(
    window: PageWindow, workspace: Workspace, applied: Applied, kind: ImportKind, name: str
) -> Notice:
    counts = applied.counts
    left = f"，留下 {counts['left_out']} 行没有导入" if counts["left_out"] else ""
    words = f"已导入“{name}”：新增 {counts['new']} 条，变更 {counts['changed']} 条{left}。"

    def undo() -> None:
        if isinstance(window, QWidget):
            undo_import(window, workspace, applied.batch_id)

    undoing = ("撤销本次导入", undo)

    def show() -> None:
        window.show_page(PAGE_OF[kind], _rows_of(kind, applied.batch_id))
        workspace.noticed.emit(Notice(words, (undoing,)))

    return Notice(words, (("查看", show), undoing))


def _rows_of(kind: ImportKind, batch_id: int) -> object:
    """What the page of *kind* is asked to show: the rows of the batch, where it can."""
    match kind:
        case ImportKind.PROBLEMS:
            return Chosen(ProblemFilter(batch=batch_id), "本次导入")
        case ImportKind.PATROLS:
            return PatrolFilter(batch=batch_id)
        case ImportKind.PATCHES:
            return Chosen(PatchFilter(batch=batch_id), "本次导入")
        case _:
            return None
