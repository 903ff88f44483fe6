"""专项: how far the campaigns have come, and the patches that are checked for them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.queries.patches import PatchFilter
from ui.pages.campaign_tab import CampaignTab
from ui.pages.page import Chosen
from ui.pages.patch_tab import PatchTab
from ui.pages.tabbed import TabbedPage
from ui.workspace import Workspace

PROGRESS, PATCHES = "专项进度", "图斑核查"


class CampaignsPage(TabbedPage):
    """``show_asked`` takes a tab's name, or ``Chosen`` patches."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "专项", {PROGRESS: self._progress, PATCHES: self._patches})

    def show_asked(self, asked: object) -> None:
        if isinstance(asked, Chosen) and isinstance(asked.filter, PatchFilter):
            tab = self.show_tab(PATCHES)
            if isinstance(tab, PatchTab):
                tab.show_chosen(asked)
        else:
            super().show_asked(asked)

    def _progress(self) -> QWidget:
        tab = CampaignTab(self.workspace)
        tab.go.connect(self.go)
        tab.patches_asked.connect(self.show_asked)
        return tab

    def _patches(self) -> QWidget:
        tab = PatchTab(self.workspace)
        tab.go.connect(self.go)
        return tab
