"""Every number of the report page, clicked: as many rows as it says, or in words why fewer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from tests.ui.desk import CLERK
from ui.dialogs.definitions import DefinitionsDialog
from ui.dialogs.duty_rows import MISSING, PERSONS, DutyRowsDialog
from ui.forms.period import PeriodKind
from ui.pages.figures import FiguresPage
from ui.pages.month_tab import MonthTab
from ui.pages.page import Chosen
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
NO, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LINK = re.compile(r"<a href='([^']+)'[^>]*>([\d,]+)</a>")
WORDED = re.compile(r"<a href='([^']+)'>\D+ (\d+) [件个]</a>")
TIMES = re.compile(r"　(\d+) 件次，一个问题计几次只列一行，共 (\d+) 个问题$")


class Listener:
    """Hears where the page leads, and counts the rows there."""

    def __init__(self, page: FiguresPage) -> None:
        self.page = page
        self.heard: list[tuple[str, Any]] = []
        page.go.connect(lambda key, asked: self.heard.append((key, asked)))

    def rows(self) -> int:
        """How many rows the last number led to; a count of rounds is taken at its word, if it says so."""
        ((key, asked),) = self.heard
        self.heard.clear()
        with self.page.workspace.read() as session:
            if key == "patrols":
                assert isinstance(asked, PatrolFilter)
                return PATROL_LEDGER.count(session, asked)
            assert isinstance(asked, Chosen)
            count = PROBLEM_LEDGER.count(session, asked.filter)
        if told := TIMES.search(asked.words):
            assert int(told[2]) == count
            return int(told[1])
        return count


@pytest.fixture(scope="module")
def township_workspace(township: Path) -> Iterator[Workspace]:
    opened = Workspace(Database.open(township), clerk=CLERK, day=date(2026, 3, 31))
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, township_workspace: Workspace) -> FiguresPage:
    made = FiguresPage(township_workspace)
    qtbot.addWidget(made)
    made.resize(1366 - 132, 700)
    made.period.set_month((2026, 3))
    made.show()
    settled(qtbot, made)
    return made


def settled(qtbot: QtBot, page: FiguresPage) -> MonthTab:
    tab = page.month
    qtbot.waitUntil(lambda: tab.figures is not None and tab.figures.window.span == page.period.span())
    return tab


def click_cells(table: FigureTable, key: str) -> Iterator[tuple[str, Any, Any]]:
    """Click each number of *table* that leads somewhere; *key* "asks", or "beside" with Shift held."""
    rows = table.rows
    for row in range(rows.rowCount()):
        for place, column in enumerate(rows.columns):
            line = rows.line_at(row)
            asks = column.asks if key == "asks" else column.beside
            if not column.has_rows(line, asks):
                continue
            index = rows.index(row, place)
            table.scrollTo(index)
            held = SHIFT if key == "beside" else NO
            QTest.mouseClick(table.viewport(), LEFT, held, table.visualRect(index).center())
            yield asks, line, str(rows.data(index))


@pytest.mark.parametrize("key", ["asks", "beside"])
@pytest.mark.parametrize(
    "field", ["villages", "groups", "severities", "sources", "campaigns", "units", "chiefs"]
)
def test_every_cell_of_a_breakdown(qtbot: QtBot, page: FiguresPage, field: str, key: str) -> None:
    tab, listener = page.month, Listener(page)
    table = table_of(qtbot, tab, field)
    clicked = 0
    for asks, line, text in click_cells(table, key):
        rate, _, part = asks.partition(".")
        if part:
            ratio = line.rate(rate).ratio
            assert listener.rows() == getattr(ratio, part), (line.name, asks)
        elif asks == "rectified":
            assert listener.rows() > 0
        else:
            assert listener.rows() == int(text.replace(",", "")), (line.name, asks)
        clicked += 1
    assert clicked > 4


def table_of(qtbot: QtBot, tab: MonthTab, field: str) -> FigureTable:
    """The table by *field*, in sight and filled."""
    if field not in tab.tabs.tables:
        tab.tabs.show_more(field)
    table = tab.tabs.tables[field]
    tab.tabs.setCurrentWidget(table)
    qtbot.waitUntil(lambda: table.rows.rowCount() > 1)
    return table


@pytest.mark.parametrize("kind", [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR, PeriodKind.DAYS])
def test_every_number_of_the_head(qtbot: QtBot, page: FiguresPage, kind: PeriodKind) -> None:
    if kind is PeriodKind.DAYS:
        page.period.set_days(Span(date(2025, 6, 10), date(2026, 1, 20)))
    else:
        page.period.set_kind(kind)
    assert page.minimumSizeHint().width() <= 1366 - 132
    tab, listener = settled(qtbot, page), Listener(page)
    for card in tab.stock.cards.values():
        number = int(card.number.text().replace(",", ""))
        QTest.mouseClick(card, LEFT)
        assert (listener.rows() if number else len(listener.heard)) == number
    for href, number in WORDED.findall(tab.handling.text()):
        tab.handling.linkActivated.emit(href)
        assert listener.rows() == int(number)
    for label in (tab.sentence, tab.sums):
        found = LINK.findall(label.text())
        assert len(found) > 4
        for href, number in found:
            label.linkActivated.emit(href)
            assert listener.rows() == int(number.replace(",", "")), href
    for rate in tab.rates.cards.values():
        for button in (rate.numerator, rate.denominator):
            if button.isEnabled():
                QTest.mouseClick(button, LEFT)
                assert listener.rows() == int(button.text().replace(",", "")), rate.rate.name
        if rate.numerator.isEnabled():
            QTest.mouseClick(rate.figure, LEFT)
            assert listener.rows() == int(rate.numerator.text().replace(",", ""))


def test_comparisons_lead_to_the_rows_of_the_other_period(page: FiguresPage) -> None:
    figures, listener = page.month.figures, Listener(page)
    assert figures is not None
    for prefix, against in (
        ("before:", figures.comparisons.before),
        ("last_year:", figures.comparisons.last_year),
    ):
        for change in against.rates:
            for part in ("numerator", "denominator"):
                page.month.lead(f"{prefix}{change.key}.{part}")
                number = getattr(change.before.ratio, part)
                assert (listener.rows() if number else len(listener.heard)) == number


def test_patrol_duty_names_the_chiefs_that_make_a_number(qtbot: QtBot, page: FiguresPage) -> None:
    page.show_asked("duty")
    tab, listener = settled(qtbot, page), Listener(page)
    for table in (tab.tabs.duty.levels, tab.tabs.duty.villages):
        for asks, line, _ in click_cells(table, "asks"):
            number = getattr(line, asks)
            if asks in ("patrols", "found"):
                assert listener.rows() == number
                continue
            dialog = duty_dialog()
            counted = (
                len(dialog.lines) if asks in PERSONS else sum(getattr(each, asks) for each in dialog.lines)
            )
            assert counted == number, (line.name, asks)
            dialog.reject()


def duty_dialog() -> DutyRowsDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DutyRowsDialog)
    return dialog


def test_who_owes_and_their_logs(qtbot: QtBot, page: FiguresPage) -> None:
    page.show_asked("duty")
    tab, listener = settled(qtbot, page), Listener(page)
    ((href, number),) = LINK.findall(tab.tabs.duty.words.text())
    assert href == MISSING
    tab.tabs.duty.words.linkActivated.emit(href)
    dialog = duty_dialog()
    assert sum(each.missing for each in dialog.lines) == int(number)
    dialog.logs.click()
    ((key, asked),) = listener.heard
    assert key == "patrols"
    assert set(asked.tenures) == {each.tenure_id for each in dialog.lines}


def test_a_cell_has_a_menu(page: FiguresPage) -> None:
    listener, table = Listener(page), page.month.tabs.tables["villages"]
    column = [each.name for each in table.rows.columns].index("整改销号率")
    index = table.rows.index(0, column)
    table.setCurrentIndex(index)
    actions = {action.text(): action for action in table.menu_of(index).actions()}
    assert list(actions) == ["看分子", "看分母", "看定义", "复制"]
    ratio = table.rows.line_at(0).rate("closing_rate_cumulative").ratio
    for words, number in (("看分子", ratio.numerator), ("看分母", ratio.denominator)):
        actions[words].trigger()
        assert listener.rows() == number
    actions["复制"].trigger()
    assert QApplication.clipboard().text() == ratio.text
    QTest.keyClick(table, Qt.Key.Key_Return, SHIFT)
    assert listener.rows() == ratio.denominator


def test_definitions_lead_to_both_counts(page: FiguresPage) -> None:
    listener = Listener(page)
    page.month.define("on_time_rate")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DefinitionsDialog)
    entry = dialog.entries["closing_rate_cumulative"]
    found = LINK.findall(entry.counts.text())
    entry.counts.linkActivated.emit(found[1][0])
    assert listener.rows() == int(found[1][1])
