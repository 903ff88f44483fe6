"""Scenes of the campaigns and of the patches."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, scene
from ui.pages.campaigns import PATCHES
from ui.pages.patch_tab import PatchTab
from ui.pages.tabbed import TabbedPage


def patches(stage: Stage) -> PatchTab:
    page = stage.page("campaigns", PATCHES)
    assert isinstance(page, TabbedPage)
    tab = page.made[PATCHES]
    assert isinstance(tab, PatchTab)
    tab.view.select_first()
    return tab


@scene("campaigns-patches")
def listed(stage: Stage) -> QWidget:
    patches(stage)
    return stage.window


@scene("patch-new")
def new(stage: Stage) -> QWidget:
    patches(stage).add()
    return stage.dialog()


@scene("patch-check")
def check(stage: Stage) -> QWidget:
    patches(stage).panel.check()
    return stage.dialog()


@scene("patch-check-many")
def check_many(stage: Stage) -> QWidget:
    tab = patches(stage)
    tab.view.table.selectAll()
    tab.check_many()
    return stage.dialog()


@scene("patch-void")
def void(stage: Stage) -> QWidget:
    patches(stage).panel.void()
    return stage.dialog()
