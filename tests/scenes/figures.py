"""Scenes of the report page."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from river_chief.figures.rates import RATES
from river_chief.rules.periods import Span
from tests.scenes.stage import Stage, scene
from ui.forms.period import PeriodKind
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


@scene("figures-quarter")
def quarter(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    tab.period.set_kind(PeriodKind.QUARTER)
    stage.until(lambda: tab.figures is not None and tab.figures.window.span == tab.period.span())
    return stage.window


@scene("figures-days")
def days(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    tab.period.set_days(Span(date(2025, 2, 10), date(2025, 3, 20)))
    stage.until(lambda: tab.figures is not None and tab.figures.window.span == tab.period.span())
    return stage.window


@scene("figures-by-chief")
def by_chief(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    tab.tabs.show_more("chiefs")
    stage.until(lambda: tab.tabs.tables["chiefs"].rows.rowCount() > 1)
    return stage.window


@scene("figures-all-rates")
def all_rates(stage: Stage) -> QWidget:
    """A head as an office sees it that shows every rate."""
    tab = figures_of(stage)
    tab.rates.arrange([rate.key for rate in RATES])
    if tab.figures is not None:
        tab.rates.show_figures(tab.figures)
    tab.tabs.setCurrentIndex(0)
    return stage.window


@scene("figures-definitions")
def definitions(stage: Stage) -> QWidget:
    figures_of(stage).define("on_time_rate")
    return stage.dialog()


@scene("figures-who-owes")
def who_owes(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    tab.show_duty()
    tab.tabs.duty.asked.emit("missing", None)
    return stage.dialog()


@scene("figures-who-walked")
def who_walked(stage: Stage) -> QWidget:
    tab = figures_of(stage)
    if tab.figures is not None:
        tab.tabs.duty.asked.emit("done", tab.figures.patrols.by_level[-1])
    return stage.dialog()
