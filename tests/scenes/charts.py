"""Scenes of the charts: the tab, further down, and a chart read by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, scene
from ui.pages.chart_tab import ChartTab
from ui.pages.figures import FiguresPage


def charts_of(stage: Stage, month: tuple[int, int] = (2026, 2)) -> ChartTab:
    page = stage.page("figures", month)
    assert isinstance(page, FiguresPage)
    tab = page.show_tab("图表")
    assert isinstance(tab, ChartTab)
    title = f"{month[0]}年{month[1]}月"
    stage.until(
        lambda: any(view.chart is not None and title in view.chart.title for view in tab.views.values())
    )
    stage.settle()
    return tab


@scene("figures-charts")
def charts(stage: Stage) -> QWidget:
    charts_of(stage)
    return stage.window


@scene("figures-charts-villages")
def villages(stage: Stage) -> QWidget:
    tab = charts_of(stage)
    tab.area.verticalScrollBar().setValue(tab.views["villages"].y() - 8)
    return stage.window


@scene("figures-charts-patrols")
def patrols(stage: Stage) -> QWidget:
    tab = charts_of(stage)
    tab.area.verticalScrollBar().setValue(tab.area.verticalScrollBar().maximum())
    view = tab.views["patrols"]
    view.setFocus()
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right)
    return stage.window
