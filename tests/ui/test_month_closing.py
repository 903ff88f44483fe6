from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.storage.database import Database
from river_chief.terms import Action
from tests.ui.desk import CLERK, Filler, write
from ui.dialogs.month_closing import MonthClosingDialog
from ui.dialogs.paper_preview import PaperPreview
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import TextField
from ui.pages.closing_tab import EARLIER, EDITIONS, NOW, ClosingTab
from ui.pages.correction_view import CorrectionView
from ui.pages.figures import CLOSINGS, FiguresPage
from ui.pages.workbench import WorkbenchPage
from ui.workspace import Workspace

APRIL_2 = date(2025, 4, 2)


@pytest.fixture
def april(ledger: Any, qapp: QApplication) -> Any:
    """The desk's ledger on 2025-04-02, when March is over."""
    opened = Workspace(Database.open(ledger), clerk=CLERK, day=APRIL_2)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, april: Workspace) -> FiguresPage:
    made = FiguresPage(april)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.period.set_month((2025, 3))
    made.show()
    qtbot.waitUntil(lambda: made.month.figures is not None)
    return made


def dialog_of(qtbot: QtBot, page: FiguresPage) -> MonthClosingDialog:
    page.badge.close_button.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MonthClosingDialog)
    qtbot.waitUntil(lambda: dialog.prospect is not None)
    return dialog


def close_march(qtbot: QtBot, page: FiguresPage) -> None:
    dialog = dialog_of(qtbot, page)
    QTest.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.badge.closing is not None, timeout=20_000)
    qtbot.waitUntil(lambda: page.month.figures is not None and page.month.figures.closing is not None)


def tab_of(qtbot: QtBot, page: FiguresPage) -> ClosingTab:
    tab = page.show_tab(CLOSINGS)
    assert isinstance(tab, ClosingTab)
    qtbot.waitUntil(lambda: tab.told is not None)
    return tab


def texts(view: CorrectionView) -> list[tuple[str, ...]]:
    return view.table.rows.rows


def test_the_dialog_says_what_is_frozen_and_what_is_open(qtbot: QtBot, page: FiguresPage) -> None:
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    dialog = dialog_of(qtbot, page)
    assert "整改销号率 <b>12.5%</b>（1÷8）" in dialog.figures.text()
    assert dialog.balance.text().endswith("期初0＋新增8＋反弹0－销号1－不属实0－移交0－并案0－作废0＝期末7")
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "5 个问题还没有核实，按在账统计。" in said
    dialog.checks.itemAt(0).widget().findChildren(type(page.badge.badge))[0].click()
    assert [(key, asked.words) for key, asked in heard] == [("problems", "2025年3月　月结前核对")]
    with page.workspace.read() as session:
        assert PROBLEM_LEDGER.count(session, heard[0][1].filter) == 5
    assert page.badge.closing is None


def test_the_page_fits_a_small_screen_with_its_badge(qtbot: QtBot, page: FiguresPage) -> None:
    close_march(qtbot, page)
    assert page.minimumSizeHint().width() <= 1366 - 132


def test_a_closed_month_stays_and_tells_what_differs(
    qtbot: QtBot, page: FiguresPage, april: Workspace
) -> None:
    close_march(qtbot, page)
    assert page.badge.badge.text() == f"已月结 第1版　2025-04-02 {CLERK}"
    filler = Filler(april.database, APRIL_2)
    april.changed.emit(filler.step(Action.REFUTE, 4, words="现场未见", happened_at="2025-03-20"))
    qtbot.waitUntil(lambda: page.month.figures is not None)
    assert page.month.stock.cards["unfounded"].number.text() == "0"
    tab = tab_of(qtbot, page)
    assert "不属实 0 → " in tab.views[NOW].words.text()
    numbers = [row[1] for row in texts(tab.views[NOW])]
    assert numbers[0].endswith("004")
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    tab.views[NOW].table.setCurrentIndex(tab.views[NOW].table.rows.index(0, 0))
    QTest.keyClick(tab.views[NOW].table, Qt.Key.Key_Return)
    tab.views[NOW].words.linkActivated.emit("0:before:ending")
    tab.views[NOW].words.linkActivated.emit("0:after:ending")
    assert heard[0] == ("problems", 4)
    with april.read() as session:
        assert [PROBLEM_LEDGER.count(session, asked.filter) for _, asked in heard[1:]] == [7, 6]
    page.period.set_month((2025, 4))
    page.show_tab("月报")
    qtbot.waitUntil(page.month.corrections.isVisible)
    assert "2025年3月有 1 处" in page.month.corrections.text()


def test_a_closed_number_leads_to_the_rows_it_was_frozen_with(
    qtbot: QtBot, page: FiguresPage, april: Workspace
) -> None:
    close_march(qtbot, page)
    filler = Filler(april.database, APRIL_2)
    april.changed.emit(filler.step(Action.REFUTE, 4, words="现场未见", happened_at="2025-03-20"))
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    QTest.keyClick(page.month.stock.cards["ending"], Qt.Key.Key_Return)
    QTest.keyClick(
        page.month.rates.cards["closing_rate_cumulative"],
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ShiftModifier,
    )
    with april.read() as session:
        assert [PROBLEM_LEDGER.count(session, asked.filter) for _, asked in heard] == [7, 8]


def test_reopening_asks_for_the_reason_and_the_next_edition_tells_it(
    qtbot: QtBot, page: FiguresPage, april: Workspace
) -> None:
    close_march(qtbot, page)
    page.badge.reopen()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VerbDialog)
    dialog.submit()
    assert page.badge.closing is not None
    reason = dialog.form.fields["reason"]
    assert isinstance(reason, TextField)
    write(reason, "漏登一个问题")
    dialog.submit()
    assert page.badge.close_button.isVisible()
    april.changed.emit(
        Filler(april.database, APRIL_2).step(Action.REFUTE, 4, words="现场未见", happened_at="2025-03-20")
    )
    close_march(qtbot, page)
    assert page.badge.closing is not None
    assert (page.badge.closing.edition, page.badge.closing.reason) == (2, "漏登一个问题")
    tab = tab_of(qtbot, page)
    qtbot.waitUntil(lambda: bool(texts(tab.views[EDITIONS])))
    assert [row[1:2] + row[4:5] for row in tab.list.rows.rows] == [("第2版", "现行"), ("第1版", "已重开")]
    assert texts(tab.views[EDITIONS])[0][1].endswith("004")
    assert not tab.views[EARLIER].corrections
    tab.list.setCurrentIndex(tab.list.rows.index(1, 0))
    qtbot.waitUntil(lambda: tab.told is not None and tab.told.now is None)
    assert not tab.reopen_button.isEnabled()


def test_the_paper_of_an_edition(qtbot: QtBot, page: FiguresPage) -> None:
    close_march(qtbot, page)
    tab = tab_of(qtbot, page)
    tab.papers["monthly"].click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview))
    (dialog,) = tab.findChildren(PaperPreview)
    assert "河长制工作月报" in dialog.paper.name


def test_what_breaks_the_identity_is_shown(qtbot: QtBot, page: FiguresPage, april: Workspace) -> None:
    with april.database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE problem_round SET exit = NULL WHERE problem_id = 2")
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    dialog = dialog_of(qtbot, page)
    assert not dialog.accept_button.isEnabled()
    assert "账目不平" in dialog.balance.text()
    dialog.balance.linkActivated.emit("broken")
    assert [(key, asked.filter.ids) for key, asked in heard] == [("problems", (2,))]


def test_a_running_month_can_not_be_closed(page: FiguresPage) -> None:
    page.period.set_month((2025, 4))
    assert not page.badge.close_button.isEnabled()
    assert page.badge.close_button.toolTip() == "统计期到 2025-04-30 才结束"


def test_the_workbench_tells_that_last_month_is_open(
    qtbot: QtBot, page: FiguresPage, april: Workspace
) -> None:
    desk = WorkbenchPage(april)
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitUntil(desk.unclosed.isVisible)
    heard: list[tuple[str, Any]] = []
    desk.go.connect(lambda key, asked: heard.append((key, asked)))
    assert desk.unclosed.text() == "3月尚未月结"
    desk.unclosed.click()
    assert heard == [("figures", (2025, 3))]
    close_march(qtbot, page)
    qtbot.waitUntil(lambda: not desk.unclosed.isVisible())
