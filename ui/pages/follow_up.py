"""跟踪: what follows a problem after it was dealt with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.pages.look_back_tab import LookBackTab
from ui.pages.tabbed import TabbedPage
from ui.workspace import Workspace


class FollowUpPage(TabbedPage):
    """``show_asked`` takes a tab's name."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "跟踪", {"回头看": self._look_back})

    def _look_back(self) -> QWidget:
        tab = LookBackTab(self.workspace)
        tab.go.connect(self.go)
        return tab
