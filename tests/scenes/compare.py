"""Scenes of 四比."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, scene
from ui.pages.compare_tab import CompareTab
from ui.pages.figures import FiguresPage

MONTH = (2025, 9)


def compare_of(stage: Stage) -> CompareTab:
    page = stage.page("figures", MONTH)
    assert isinstance(page, FiguresPage)
    tab = page.show_tab("四比")
    assert isinstance(tab, CompareTab)
    stage.until(lambda: tab.four is not None and tab.four.window.span == page.period.span())
    return tab


@scene("figures-compare")
def compare(stage: Stage) -> QWidget:
    compare_of(stage)
    return stage.window


@scene("figures-compare-effect")
def effect(stage: Stage) -> QWidget:
    compare_of(stage).tabs.setCurrentIndex(3)
    return stage.window
