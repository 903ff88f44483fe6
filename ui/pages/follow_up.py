"""跟踪: what follows a problem after it was dealt with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.pages.letters_tab import LettersTab
from ui.pages.look_back_tab import LookBackTab
from ui.pages.sweeps_tab import SweepsTab
from ui.pages.tabbed import TabbedPage
from ui.pages.zero_tab import ZeroTab
from ui.workspace import Workspace


class FollowUpPage(TabbedPage):
    """``show_asked`` takes a tab's name; "督促:unanswered" also the quick list of its letters.

    "举一反三:overdue" is a quick list, too, "举一反三:7" the sweep with that id.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            workspace,
            "跟踪",
            {
                "回头看": self._look_back,
                "督促": self._letters,
                "举一反三": self._sweeps,
                "零报告": self._zero,
            },
        )

    def show_asked(self, asked: object) -> None:
        name, _, key = asked.partition(":") if isinstance(asked, str) else ("", "", "")
        super().show_asked(name or asked)
        tab = self.made.get(name)
        if key and isinstance(tab, LettersTab):
            tab.choose(key)
        if key and isinstance(tab, SweepsTab):
            tab.show_asked(int(key) if key.isdecimal() else key)

    def _look_back(self) -> QWidget:
        tab = LookBackTab(self.workspace)
        tab.go.connect(self.go)
        return tab

    def _letters(self) -> QWidget:
        tab = LettersTab(self.workspace)
        tab.go.connect(self.go)
        return tab

    def _sweeps(self) -> QWidget:
        tab = SweepsTab(self.workspace)
        tab.go.connect(self.go)
        return tab

    def _zero(self) -> QWidget:
        tab = ZeroTab(self.workspace)
        tab.go.connect(self.go)
        return tab
