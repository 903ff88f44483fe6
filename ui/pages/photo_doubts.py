"""The quick list of problems whose photos the clerk should look at; there only while there are any."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from river_chief.changes import Changes
from river_chief.queries.photos import doubtful
from river_chief.queries.problems import ProblemFilter
from ui import jobs
from ui.pages.page import Chosen
from ui.workspace import Workspace

WATCH = frozenset(("attachment", "problem", "problem_round", "setting"))


class PhotoDoubts(QPushButton):
    """照片存疑 3, counted in the background.   ``asked(Chosen)``  show those problems."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.ids: tuple[int, ...] = ()
        self._asks = 0
        self.setProperty("role", "chip")
        self.setToolTip("整改后或回头看的照片与已有照片相同、拍摄过早、位置不符或用在几个问题上，请核对。")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.hide()
        self.toggled.connect(self._show_or_hide)
        self.clicked.connect(self._ask)
        workspace.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Count anew."""
        self._asks += 1
        jobs.fetch(self, self.workspace, partial(_doubtful, self.workspace), partial(self._draw, self._asks))

    def _draw(self, asked: int, ids: tuple[int, ...]) -> None:
        if asked == self._asks:
            self.ids = ids
            self.setText(f"照片存疑 {len(ids)}")
            self._show_or_hide()

    def _show_or_hide(self, _on: bool = False) -> None:
        self.setVisible(bool(self.ids) or self.isChecked())

    def _ask(self) -> None:
        self.asked.emit(Chosen(ProblemFilter(ids=self.ids), "照片存疑的问题"))

    def _on_changed(self, changes: Changes) -> None:
        if changes.ledgers & WATCH:
            self.refresh()


def _doubtful(workspace: Workspace) -> tuple[int, ...]:
    with workspace.read() as session:
        return tuple(doubtful(session, workspace.today()))
