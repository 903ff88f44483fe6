"""A page of tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.pages.page import Page
from ui.workspace import Workspace


class TabbedPage(Page):
    """*makers* give the content of each tab by its name; ``show_asked`` takes a tab's name.

    A tab that has ``refresh`` is refreshed with the page.
    """

    def __init__(self, workspace: Workspace, title: str, makers: Mapping[str, Callable[[], QWidget]]) -> None:
        super().__init__(workspace, title)
        self._makers = dict(makers)
        self.made: dict[str, QWidget] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for name in self._makers:
            self.tabs.addTab(QWidget(), name)
        self.body.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda _place: self._make_current())
        self._make_current()

    def show_tab(self, name: str) -> QWidget:
        """Show the tab called *name* and return what is in it."""
        self.tabs.setCurrentIndex(list(self._makers).index(name))
        return self.made[name]

    def show_asked(self, asked: object) -> None:
        if isinstance(asked, str):
            self.show_tab(asked)

    def refresh(self) -> None:
        for tab in self.made.values():
            refresh = getattr(tab, "refresh", None)
            if callable(refresh):
                refresh()

    def take_focus(self) -> None:
        self.tabs.tabBar().setFocus()

    def tab_made(self) -> None:
        """A tab was made as it was first shown; have it drawn."""
        self.refresh()

    def _make_current(self) -> None:
        """Put the tab's content in place of its empty page the first time it is shown."""
        place = self.tabs.currentIndex()
        name = list(self._makers)[place]
        if name in self.made:
            return
        self.made[name] = self._makers[name]()
        blocked = self.tabs.blockSignals(True)
        empty = self.tabs.widget(place)
        self.tabs.removeTab(place)
        empty.deleteLater()
        self.tabs.insertTab(place, self.made[name], name)
        self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(blocked)
        self.tab_made()
