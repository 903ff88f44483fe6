"""四比 on the report page: what it shows, and that every number leads to exactly its rows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from river_chief.figures.four_rows import BEHIND, Rows, number_of
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.verbs import office as offices
from river_chief.verbs.input import understood
from tests.ui.desk import CLERK, TODAY
from ui.dialogs.duty_rows import DutyRowsDialog
from ui.dialogs.paper_preview import PaperPreview
from ui.pages.compare_columns import WHOLE
from ui.pages.compare_tab import CompareTab
from ui.pages.figures import FiguresPage
from ui.pages.page import Chosen
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> FiguresPage:
    made = FiguresPage(workspace)
    qtbot.addWidget(made)
    made.resize(1250, 720)
    made.show()
    return made


@pytest.fixture
def tab(qtbot: QtBot, page: FiguresPage) -> CompareTab:
    made = page.show_tab("四比")
    assert isinstance(made, CompareTab)
    qtbot.waitUntil(lambda: made.four is not None)
    return made


def texts(table: FigureTable, name: str) -> dict[str, str]:
    """The cells of the line called *name*, by their heads."""
    rows = table.rows
    line = next(at for at in range(rows.rowCount()) if rows.line_at(at).name == name)
    return {column.name: str(rows.data(rows.index(line, at))) for at, column in enumerate(rows.columns)}


def test_the_ranks_stand_above_the_figures_of_each_comparison(tab: CompareTab) -> None:
    four = tab.four
    assert four is not None
    assert [column.name for column in tab.places.rows.columns][1::3] == [
        "问题比数量自查发现",
        "检查比质量巡河达标率",
        "整改比速度按期整改率",
        "成效比高度整改销号率",
    ]
    assert [tab.tabs.tabText(at) for at in range(4)] == [side.name for side in four.sides]
    for village in four.villages:
        shown = texts(tab.sides["effect"], village.name)
        place = village.places["effect"]
        lit = f"{place.light.mark}　" if place.light is not None else ""
        assert shown["整改销号率★"] == f"{lit}{village.figures['closing_rate_cumulative'].text}"
        assert (shown["位次"], shown["变化"]) == (place.rank_words, place.change_words)
        assert shown["累计排查"] == village.figures["ever_found"].text
    assert texts(tab.places, "合计")["位次"] == ""
    assert "四项分别按自查发现、巡河达标率、按期整改率、整改销号率排名" in tab.words.text()
    assert "整改销号率＝" in tab.notes["effect"].text()


def test_every_number_leads_to_exactly_its_rows(tab: CompareTab, page: FiguresPage) -> None:
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    four, led = tab.four, 0
    assert four is not None
    for village in (*four.villages, four.total):
        for key, behind in BEHIND.items():
            for whole in (False, True)[: 2 if behind.whole else 1]:
                number = number_of(village, key, whole=whole)
                if not number or behind.rows is Rows.PERSONS:
                    continue
                heard.clear()
                tab.lead(f"{key}{WHOLE}" if whole else key, village)
                ((ledger, asked),) = heard
                led += 1
                with tab.workspace.read() as session:
                    if behind.rows is Rows.LOGS:
                        assert (ledger, PATROL_LEDGER.count(session, asked)) == ("patrols", number)
                    else:
                        assert isinstance(asked, Chosen)
                        assert (ledger, PROBLEM_LEDGER.count(session, asked.filter)) == ("problems", number)
                        assert "2025年3月" in asked.words
    assert led > 10


def test_a_click_on_the_leading_figure_shows_its_rows(
    qtbot: QtBot, tab: CompareTab, page: FiguresPage
) -> None:
    rows = tab.places.rows
    place = next(
        rows.index(row, 1)
        for row in range(1, rows.rowCount())
        if rows.line_at(row).figures["own_found"].value
    )
    with qtbot.waitSignal(page.go) as led:
        QTest.mouseClick(
            tab.places.viewport(), Qt.MouseButton.LeftButton, pos=tab.places.visualRect(place).center()
        )
    assert led.args is not None
    assert (led.args[0], "自查发现" in led.args[1].words) == ("problems", True)


def test_the_persons_behind_patrol_duty(qtbot: QtBot, tab: CompareTab, page: FiguresPage) -> None:
    four = tab.four
    assert four is not None
    owing = next(each for each in four.villages if each.figures["owed"].value)
    tab.lead("owed", owing)
    dialog = tab.findChildren(DutyRowsDialog)[-1]
    assert sum(line.owed for line in dialog.lines) == owing.figures["owed"].value
    with qtbot.waitSignal(page.go) as led:
        dialog.logs_asked.emit(dialog.lines[0].tenures)
    assert led.args is not None
    assert isinstance(led.args[1], PatrolFilter)
    dialog.close()


def test_it_follows_the_period_and_the_settings(qtbot: QtBot, tab: CompareTab, page: FiguresPage) -> None:
    page.period.set_month((2025, 2))
    qtbot.waitUntil(lambda: tab.four is not None and tab.four.name == "2025年2月")
    with page.workspace.database.write(by=CLERK, today=TODAY) as writer:
        values = {"values": {"lead_speed": "average_days", "lead_effect": "change"}}
        changes = writer.do(offices.change_settings, understood(offices.SettingChange, values))
    page.workspace.changed.emit(changes)
    qtbot.waitUntil(lambda: tab.four is not None and tab.four.leads["speed"] == "average_days")
    assert "整改比速度平均整改天数" in [column.name for column in tab.places.rows.columns]
    assert "平均整改天数★" in [column.name for column in tab.sides["speed"].rows.columns]
    assert "存量变化★" in [column.name for column in tab.sides["effect"].rows.columns]


def test_the_paper_of_the_period(qtbot: QtBot, tab: CompareTab) -> None:
    tab.paper.click()
    qtbot.waitUntil(lambda: bool(tab.findChildren(PaperPreview)))
    dialog = tab.findChildren(PaperPreview)[-1]
    qtbot.waitUntil(lambda: "四比情况表" in dialog.windowTitle())
    dialog.close()


def test_nothing_leads_nowhere(tab: CompareTab) -> None:
    rows = tab.sides["effect"].rows
    change = [column.name for column in rows.columns].index("存量变化")
    assert not any(rows.is_link(rows.index(row, change)) for row in range(rows.rowCount()))
    assert not rows.is_link(rows.index(0, 0, QModelIndex()))
