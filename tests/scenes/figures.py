"""Scenes of the report page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, scene
from ui.pages.breakdowns import BREAKDOWNS
from ui.pages.figures import FiguresPage
from ui.pages.month_tab import MonthTab

MONTH = (2025, 3)


def figures_of(stage: Stage) -> MonthTab:
    page = stage.page("figures", MONTH)
    assert isinstance(page, FiguresPage)
    tab = page.month
    stage.until(lambda: tab.figures is not None and tab.figures.window.span == page.period.span())
    return tab


def tab_scene(key: str, place: int) -> None:
    @scene(f"figures-{key}")
    def show(stage: Stage) -> QWidget:
        figures_of(stage).tabs.setCurrentIndex(place)
        return stage.window


for _place, _key in enumerate((*BREAKDOWNS, "duty")):
    tab_scene(_key, _place)


@scene("figures-definition")
def definition(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    tab.tabs.setCurrentIndex(0)
    tab.rates.cards["rectification_rate"].setFocus()
    return stage.window


@scene("figures-rows")
def rows(stage: Stage) -> QWidget:
    figures_of(stage).stock.cards["closed"].opened.emit()
    return stage.window
