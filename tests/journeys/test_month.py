"""The end of a month: the county's messy workbook, the loop, the figures, the papers on a stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from river_chief.intake.plan import RowState
from river_chief.sample.county_sheet import FILE
from river_chief.sample.workbooks import write_workbooks
from river_chief.terms import State
from tests.journeys.typist import CTRL, Typist, at_the_desk
from tests.ui.desk import Shown, drop
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.paper_preview import PaperPreview
from ui.pages.figures import FiguresPage
from ui.pages.problems import ProblemsPage

BROUGHT = 12
"""Rows of the workbook that are taken in: ten as they are, one mended, one with its village added."""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The county's workbook of March 2025."""
    write_workbooks(tmp_path / "books")
    return tmp_path / "books" / FILE


def test_a_month_from_the_countys_workbook_to_the_papers(
    qtbot: QtBot, township_copy: Path, workbook: Path, tmp_path: Path, shown: Shown
) -> None:
    with at_the_desk(qtbot, township_copy) as typist:
        before = counted(typist)
        take_in(typist, workbook)
        page = typist.window.page("problems")
        assert isinstance(page, ProblemsPage)
        assert page.view.model.total == BROUGHT
        send_on(typist, page)
        after = counted(typist)
        assert after["found"] == before["found"] + BROUGHT
        assert after["ending"] == before["ending"] + BROUGHT
        report = typist.window.page("figures")
        assert isinstance(report, FiguresPage)
        check_papers(typist, report, after, tmp_path)
    assert not shown.texts


def counted(typist: Typist) -> dict[str, int]:
    """The stock of the month as the report page shows it."""
    page = typist.window
    page.show_page("figures")
    report = page.page("figures")
    assert isinstance(report, FiguresPage)
    report.month.figures = None
    report.refresh()
    typist.qtbot.waitUntil(lambda: report.month.figures is not None)
    return {key: int(card.number.text()) for key, card in report.month.stock.cards.items()}


def take_in(typist: Typist, workbook: Path) -> None:
    """Drop the workbook on the window, mend a date, add a village, import, and look at the rows."""
    window, qtbot = typist.window, typist.qtbot
    assert drop(window, workbook)
    (wizard,) = window.findChildren(ImportWizard)
    qtbot.waitUntil(lambda: wizard.seen is not None)
    current = wizard.table.current()
    assert current is not None
    assert [cell.address for cell in current.cells] == ["C10"]
    line = wizard.panel.corrections["found_on"]
    focus(typist, line)
    typist.press(Qt.Key.Key_A, CTRL)
    typist.type("2025.3.5")
    typist.press(Qt.Key.Key_Return)
    planned(typist, wizard, BROUGHT - 1)
    (tick,) = wizard.answers.ticks.values()
    focus(typist, tick)
    typist.press(Qt.Key.Key_Space)
    planned(typist, wizard, BROUGHT)
    typist.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(window.notices.isVisible)
    typist.no_dialog()
    assert f"新增 {BROUGHT} 条" in window.notices.text.text()
    window.notices.buttons[0].click()


def focus(typist: Typist, widget: QWidget) -> None:
    """Put the focus on *widget*, in front of the clerk as a window manager would."""
    widget.window().activateWindow()
    widget.setFocus()
    typist.qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def planned(typist: Typist, wizard: ImportWizard, new: int) -> None:
    typist.qtbot.waitUntil(lambda: wizard.seen is not None and wizard.seen.plan.counts[RowState.NEW] == new)
    assert wizard.apply_button.text() == f"导入 {new} 行(&Y)"


def send_on(typist: Typist, page: ProblemsPage) -> None:
    """Verify and assign the first of them by keyboard."""
    page.view.select_first()
    focus(typist, page.view.table)
    for reached in (State.TO_ASSIGN, State.TO_SIGN):
        typist.press(Qt.Key.Key_Return, CTRL)
        typist.dialog()
        typist.press(Qt.Key.Key_Return, CTRL)
        typist.no_dialog()
        assert page.panel.detail is not None
        assert page.panel.detail.state is reached


def check_papers(typist: Typist, report: FiguresPage, stock: dict[str, int], folder: Path) -> None:
    """The list saved from its preview has a row for each problem; the report says the same numbers."""
    in_month = stock["opening"] + stock["found"] + stock["relapsed"]
    report.papers.by_kind["issue"].trigger()
    saved(typist, Qt.Key.Key_E, folder / "问题清单.xlsx")
    rows = list(load_workbook(folder / "问题清单.xlsx").worksheets[0].values)
    assert sum(isinstance(row[0], int) for row in rows) == in_month
    typist.press(Qt.Key.Key_Escape)
    typist.no_dialog()
    QTest.keyClick(report, Qt.Key.Key_P, CTRL)
    saved(typist, Qt.Key.Key_S, folder / "月报.pdf")
    text = "".join(PdfReader(folder / "月报.pdf").pages[0].extract_text().split())
    assert f"月初存量问题{stock['opening']}个，本月新增{stock['found']}个" in text
    typist.press(Qt.Key.Key_Escape)
    typist.no_dialog()


def saved(typist: Typist, key: Qt.Key, place: Path) -> None:
    """Wait for the preview, press *key*, and choose *place* in the file dialog."""
    typist.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview))
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PaperPreview)
    focus(typist, preview.sheets)
    QTest.keyClick(preview.sheets, key, CTRL)
    asking = preview.findChild(QFileDialog)
    assert asking is not None
    asking.selectFile(str(place))
    asking.accept()
    typist.qtbot.waitUntil(preview.notices.isVisible)
    focus(typist, preview.sheets)
