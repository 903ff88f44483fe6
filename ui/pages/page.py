"""What every page of the window is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.changes import Changes

if TYPE_CHECKING:
    from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chosen:
    """Records another page asks to be shown: the filter, and in words what it lets through."""

    filter: Any
    words: str


class Page(QWidget):
    """A page: a head with its title and buttons, and a body below.

    ``go(key, asked)``  emitted to show another page; *asked* is handed to its ``show_asked``.

    A page that draws figures itself overrides ``refresh``: it is called when the page is shown after
    something changed, and at once when it is in sight. Tables refresh themselves.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace, title: str) -> None:
        super().__init__()
        self.workspace = workspace
        self._stale = True
        self.title = QLabel(title)
        self.title.setProperty("role", "title")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addStretch()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)
        workspace.changed.connect(self._on_changed)

    def show_asked(self, asked: object) -> None:
        """Show what another page asked for (a filter, an id); None: simply as it is."""

    def refresh(self) -> None:
        """Read and draw anew what the page shows itself."""

    def take_focus(self) -> None:
        """Put the focus where work on this page begins."""
        self.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_stale()

    def _on_changed(self, changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_stale()

    def _refresh_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
