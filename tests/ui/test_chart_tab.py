"""图表: the charts of the period chosen, each number leading to its rows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from river_chief.papers.charts.shapes import Spot
from river_chief.papers.month_closing import close_month
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.verbs import patrols
from tests.ui.desk import CLERK, Filler
from ui.charts.view import ChartView
from ui.forms.period import PeriodKind
from ui.pages.chart_tab import ChartTab
from ui.pages.figures import FiguresPage
from ui.pages.page import Chosen
from ui.workspace import Workspace


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, filler: Filler) -> ChartTab:
    filler.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=1,
        reach_ids=(1,),
        started_at="2025-03-12 09:00",
        minutes=40,
    )
    page = FiguresPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    made = page.show_tab("图表")
    assert isinstance(made, ChartTab)
    qtbot.waitUntil(lambda: all(view.chart is not None for view in made.views.values()))
    made.setProperty("page", page)
    return made


def page_of(tab: ChartTab) -> FiguresPage:
    page = tab.property("page")
    assert isinstance(page, FiguresPage)
    return page


def spot(view: ChartView, name: str) -> Spot:
    assert view.drawing is not None
    return next(each for each in view.drawing.spots if each.name == name)


def asked_by(tab: ChartTab) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    page_of(tab).go.connect(lambda key, asked: heard.append((key, asked)))
    return heard


def click(view: ChartView, name: str) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(spot(view, name)).toPoint())


def title(tab: ChartTab, key: str) -> str:
    chart = tab.views[key].chart
    return "" if chart is None else chart.title


def test_a_point_leads_to_the_problems_it_counts(tab: ChartTab, workspace: Workspace) -> None:
    heard = asked_by(tab)
    view = tab.views["stock"]
    click(view, "2025年3月新增")
    ((key, asked),) = heard
    assert key == "problems"
    assert isinstance(asked, Chosen)
    assert asked.words == "2025年3月新增"
    with workspace.read() as session:
        assert PROBLEM_LEDGER.count(session, asked.filter) == spot(view, "2025年3月新增").datum.value == 8


def test_a_village_a_state_and_a_layer_lead_to_theirs(tab: ChartTab, workspace: Workspace) -> None:
    heard = asked_by(tab)
    for key, name in (("village-stock", "柳塘村"), ("states", "待核实"), ("groups", "2025年3月乱堆")):
        click(tab.views[key], name)
        _, asked = heard[-1]
        with workspace.read() as session:
            assert PROBLEM_LEDGER.count(session, asked.filter) == spot(tab.views[key], name).datum.value
    assert [asked.words for _, asked in heard] == ["柳塘村", "待核实", "2025年3月乱堆"]


def test_a_day_leads_to_its_patrols(tab: ChartTab) -> None:
    heard = asked_by(tab)
    click(tab.views["patrols"], "2025-03-12")
    ((key, asked),) = heard
    assert key == "patrols"
    assert isinstance(asked, PatrolFilter)
    assert asked.days is not None
    assert [str(day) for day in asked.days] == ["2025-03-12", "2025-03-12"]
    click(tab.views["patrols"], "2025-03-13")
    assert len(heard) == 1


def test_the_charts_follow_the_period(tab: ChartTab, qtbot: QtBot) -> None:
    page = page_of(tab)
    assert title(tab, "villages") == "整改销号率（按村，2025年3月）"
    page.period.set_month((2025, 2))
    qtbot.waitUntil(lambda: "2025年2月" in title(tab, "villages"))
    page.period.set_kind(PeriodKind.YEAR)
    qtbot.waitUntil(lambda: "2025年）" in title(tab, "villages"))


def test_the_charts_follow_the_ledger(
    tab: ChartTab, qtbot: QtBot, workspace: Workspace, filler: Filler
) -> None:
    before = spot(tab.views["patrols"], "2025-03-13").datum.value
    changes = filler.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=1,
        reach_ids=(1,),
        started_at="2025-03-13 09:00",
        minutes=40,
    )
    workspace.changed.emit(changes)
    qtbot.waitUntil(lambda: spot(tab.views["patrols"], "2025-03-13").datum.value == (before or 0) + 1)


def test_a_closed_month_leads_to_the_rows_it_froze(
    tab: ChartTab, qtbot: QtBot, workspace: Workspace, filler: Filler
) -> None:
    with workspace.database.write(by=CLERK, today=workspace.today()) as writer:
        changes = close_month(writer, 2025, 2)
    workspace.changed.emit(changes)
    heard = asked_by(tab)
    qtbot.waitUntil(lambda: "已月结" in getattr(tab.views["stock"].chart, "note", ""))
    click(tab.views["stock"], "2025年3月期末存量")
    (_, asked) = heard[-1]
    with workspace.read() as session:
        assert (
            PROBLEM_LEDGER.count(session, asked.filter)
            == spot(tab.views["stock"], "2025年3月期末存量").datum.value
        )


def test_nothing_is_cut_off_at_the_smallest_window(tab: ChartTab) -> None:
    page = page_of(tab)
    page.resize(1366 - 132, 600)
    bar = tab.area.horizontalScrollBar()
    inner = tab.area.widget()
    assert not bar.isVisible()
    assert inner.width() <= tab.area.viewport().width()
    assert inner.minimumSizeHint().width() <= 1100
    for view in tab.views.values():
        assert view.drawing is not None
        assert view.height() >= view.minimumHeight()
