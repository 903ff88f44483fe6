from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from river_chief.figures.month import MonthFigures, monthly
from river_chief.queries.patrols import PATROL_LEDGER
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.storage.database import Database
from river_chief.terms import Action
from river_chief.verbs import office, patrols
from tests.ui.desk import CLERK, TODAY, Filler
from ui.dialogs.paper_preview import PaperPreview
from ui.dialogs.report_text import ReportTextDialog
from ui.main_window import MainWindow
from ui.pages.behind import logs_behind, problems_behind
from ui.pages.figure_words import count_words
from ui.pages.figures import FiguresPage
from ui.pages.page import Chosen
from ui.pages.problems import ProblemsPage
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> FiguresPage:
    made = FiguresPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    qtbot.waitUntil(lambda: made.month.figures is not None)
    return made


def plain(html: str) -> str:
    """What a label with links says."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def asked_by(page: FiguresPage) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    page.go.connect(lambda key, asked: heard.append((key, asked)))
    return heard


def cell(page: FiguresPage, table: str, head: str, name: str) -> tuple[str, Any]:
    """The text and the index of a cell, by its head and the name of its line."""
    rows = page.month.tabs.tables[table].rows
    column = [each.name for each in rows.columns].index(head)
    line = next(row for row in range(rows.rowCount()) if rows.line_at(row).name == name)
    index = rows.index(line, column)
    return str(rows.data(index)), index


def test_it_shows_the_month_in_numbers_and_words(page: FiguresPage) -> None:
    assert {key: card.number.text() for key, card in page.month.stock.cards.items()} == {
        "opening": "0",
        "found": "8",
        "relapsed": "0",
        "closed": "1",
        "unfounded": "0",
        "handed_over": "0",
        "merged": "0",
        "voided": "0",
        "ending": "7",
    }
    assert plain(page.month.sentence.text()) == (
        "期初在账 0 个，本期新增 8 个（上月 0 个），反弹 0 个（上月 0 个）；销号 1 个（上月 0 个）；"
        "期末在账 7 个（上月 0 个），其中逾期 1 个，下月到期 0 个。"
    )
    card = page.month.rates.cards["closing_rate_cumulative"]
    assert (card.figure.text(), card.numerator.text(), card.denominator.text()) == ("12.5%", "1", "8")
    assert page.month.rates.cards["relapse_rate"].figure.text() == "0.0%"
    assert page.month.rates.cards["rejection_rate"].denominator.text() == "1"


def test_a_village_has_its_line_and_the_first_line_is_all(page: FiguresPage) -> None:
    assert cell(page, "villages", "新增", "合计")[0] == "8"
    assert cell(page, "villages", "新增", "柳塘村")[0] == "4"
    assert cell(page, "villages", "销号", "柳塘村")[0] == "1"
    assert cell(page, "villages", "排名", "柳塘村")[0] == "1"
    assert cell(page, "villages", "排名", "石桥村")[0] == "2"
    assert cell(page, "groups", "期末", "乱堆")[0] == "7"


def test_a_number_leads_to_its_rows(qtbot: QtBot, page: FiguresPage, workspace: Workspace) -> None:
    heard = asked_by(page)
    _, index = cell(page, "villages", "新增", "柳塘村")
    table = page.month.tabs.tables["villages"]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(page.month.rates.cards["overdue_rate"], Qt.Key.Key_Return)
    QTest.keyClick(page.month.rates.cards["overdue_rate"], Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(page.month.stock.cards["closed"], Qt.Key.Key_Return)
    assert [(key, asked.words) for key, asked in heard] == [
        ("problems", "2025年3月　新增　柳塘村"),
        ("problems", "2025年3月　新增　柳塘村"),
        ("problems", "2025年3月　逾期率的分子"),
        ("problems", "2025年3月　逾期率的分母"),
        ("problems", "2025年3月　销号"),
    ]
    with workspace.read() as session:
        found = [PROBLEM_LEDGER.count(session, asked.filter) for _, asked in heard]
    assert found == [4, 4, 1, 7, 1]


def test_nothing_leads_nowhere(page: FiguresPage) -> None:
    heard = asked_by(page)
    _, index = cell(page, "villages", "期初", "柳塘村")
    table = page.month.tabs.tables["villages"]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, table.viewport().height() - 5)
    )
    assert not page.month.rates.cards["relapse_rate"].numerator.isEnabled()
    QTest.keyClick(page.month.rates.cards["relapse_rate"], Qt.Key.Key_Return)
    assert heard == []


def test_a_rate_tells_its_definition_while_it_is_looked_at(page: FiguresPage) -> None:
    card = page.month.rates.cards["on_time_rate"]
    page.activateWindow()
    card.setFocus()
    assert page.month.definition.text() == card.rate.sentence
    page.month.tabs.setFocus()
    assert "点数字看对应的问题" in page.month.definition.text()


def test_heads_sort_below_the_total(page: FiguresPage) -> None:
    table = page.month.tabs.tables["villages"]
    QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    column = [each.name for each in table.rows.columns].index("逾期")

    def names() -> list[str]:
        return [table.rows.line_at(row).name for row in range(table.rows.rowCount())]

    assert names() == ["合计", "柳塘村", "石桥村"]
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 8, 8)
    orders = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append(names())
    assert orders == [
        ["合计", "石桥村", "柳塘村"],
        ["合计", "柳塘村", "石桥村"],
        ["合计", "柳塘村", "石桥村"],
    ]


def test_a_table_is_copied_with_its_heads(page: FiguresPage) -> None:
    table = page.month.tabs.tables["severities"]
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].startswith("严重程度\t期初\t新增")
    assert len(lines) == table.rows.rowCount() + 1


def test_months_are_gone_through_but_not_those_to_come(qtbot: QtBot, page: FiguresPage) -> None:
    assert not page.picker.after.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_PageDown, CONTROL)
    assert page.period.month == (2025, 3)
    QTest.keyClick(page, Qt.Key.Key_PageUp, CONTROL)
    assert page.period.month == (2025, 2)
    qtbot.waitUntil(lambda: page.month.stock.cards["found"].number.text() == "0")
    assert page.picker.after.isEnabled()
    assert page.month.rates.cards["on_time_rate"].figure.text() == "—"
    assert page.month.rates.cards["on_time_rate"].note.text() == "本月无到期问题"
    page.show_asked("duty")
    assert page.period.month == (2025, 3)
    assert page.month.tabs.tabText(page.month.tabs.currentIndex()) == "巡河履职"


def test_it_follows_changes(qtbot: QtBot, page: FiguresPage, workspace: Workspace, filler: Filler) -> None:
    workspace.changed.emit(filler.step(Action.REFUTE, 4, words="现场未见"))
    qtbot.waitUntil(lambda: page.month.stock.cards["unfounded"].number.text() == "1")
    assert page.month.stock.cards["ending"].number.text() == "6"
    assert "不属实 1 个" in plain(page.month.sentence.text())


def test_patrol_duty_leads_to_the_logs(
    qtbot: QtBot, page: FiguresPage, workspace: Workspace, filler: Filler
) -> None:
    heard = asked_by(page)
    walk = {"tenure_id": 1, "reach_ids": (1,), "minutes": 35, "km": 1.2}
    for day, found in (("2025-03-05 09:30", ""), ("2025-03-12 08:00", "岸坡有秸秆")):
        changes = filler.do(
            patrols.record_patrol,
            patrols.NewPatrol,
            started_at=day,
            has_finding=bool(found),
            finding=found,
            **walk,
        )
    workspace.changed.emit(changes)
    table = page.month.tabs.duty.villages
    qtbot.waitUntil(lambda: table.rows.rowCount() > 0 and table.rows.line_at(0).patrols == 2)
    for head in ("日志", "发现"):
        column = [each.name for each in table.rows.columns].index(head)
        table.setCurrentIndex(table.rows.index(0, column))
        QTest.keyClick(table, Qt.Key.Key_Return)
    with workspace.read() as session:
        found_rows = [PATROL_LEDGER.count(session, asked) for _, asked in heard]
    assert [key for key, _ in heard] == ["patrols", "patrols"]
    assert found_rows == [2, 1]


@pytest.fixture
def window(qtbot: QtBot, ledger: Path) -> Iterator[MainWindow]:
    opened = MainWindow(day=TODAY)
    qtbot.addWidget(opened)
    opened.show()
    opened.show_ledger(Workspace(Database.open(ledger), clerk=CLERK, day=TODAY))
    yield opened
    opened.close()


def test_the_rows_are_shown_on_their_page(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("figures")
    page = window.page("figures")
    assert isinstance(page, FiguresPage)
    qtbot.waitUntil(lambda: page.month.figures is not None)
    QTest.keyClick(page.month.stock.cards["closed"], Qt.Key.Key_Return)
    problems = window.page("problems")
    assert isinstance(problems, ProblemsPage)
    assert window.stack.currentWidget() is problems
    assert problems.view.model.total == 1
    assert problems.chosen.isVisible()
    assert problems.chosen.isChecked()
    assert problems.chosen.text() == "2025年3月　销号"
    problems.show_asked(Chosen(ProblemFilter(ids=(1,)), "2025年3月整改销号率的分母" * 9))
    assert problems.chosen.text().endswith("…")
    assert problems.chosen.toolTip().endswith("整改销号率的分母")
    assert window.minimumSizeHint().width() <= 1366
    problems.quick["all"].click()
    assert not problems.chosen.isVisible()
    assert problems.view.model.total == 8


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("issue", "问题清单"),
        ("responsibility", "责任清单"),
        ("rectification", "整改清单"),
        ("circular", "通报"),
        ("compare", "四比"),
        ("half-year", "半年小结"),
        ("year", "年终总结"),
    ],
)
def test_the_papers_of_the_month(qtbot: QtBot, page: FiguresPage, kind: str, title: str) -> None:
    page.papers.by_kind[kind].trigger()
    assert title in opened_preview(qtbot, page)


def test_the_monthly_report(qtbot: QtBot, page: FiguresPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    assert "河长制工作月报" in opened_preview(qtbot, page)


def test_the_monthly_report_with_the_numbers_of_its_problems(qtbot: QtBot, page: FiguresPage) -> None:
    page.papers.appendix.trigger()
    page.papers.main.click()
    opened_preview(qtbot, page)
    (dialog,) = page.findChildren(PaperPreview)
    assert any("砚2025-002" in str(section) for section in dialog.paper.document.sections)


def test_the_words_of_a_report_are_edited(qtbot: QtBot, page: FiguresPage) -> None:
    names = [action.text() for action in page.papers.texts.actions()]
    assert names == ["河长制工作月报…", "通报…", "半年小结…", "年终总结…"]
    page.papers.texts.actions()[0].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReportTextDialog))


def test_the_circular_of_a_village(page: FiguresPage) -> None:
    page.papers.sheets.aboutToShow.emit()
    assert [action.text() for action in page.papers.sheets.actions()] == ["柳塘村", "石桥村"]


def test_the_sign_off_list_of_a_village(qtbot: QtBot, page: FiguresPage) -> None:
    menu = page.papers.villages
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [
        "全部村（社区）",
        "",
        "柳塘村　本期销号 1 个",
    ]
    menu.actions()[2].trigger()
    assert opened_preview(qtbot, page) == "砚溪镇河湖问题销号签收单柳塘村（2025年3月）"


def opened_preview(qtbot: QtBot, page: FiguresPage) -> str:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview))
    (dialog,) = page.findChildren(PaperPreview)
    return dialog.paper.name


@pytest.fixture(scope="module")
def march(township: Path) -> Iterator[tuple[Workspace, MonthFigures]]:
    opened = Workspace(Database.open(township), clerk=CLERK, day=date(2026, 3, 31))
    with opened.read() as session:
        figures = monthly(session, opened.settings, opened.settings.month(2025, 3), opened.today())
    yield opened, figures
    opened.close()


def test_every_number_of_the_township_has_its_rows(march: tuple[Workspace, MonthFigures]) -> None:
    workspace, figures = march
    with workspace.read() as session:
        for line in figures.by_village:
            filter = problems_behind(figures, "found", villages=(line.key,))
            assert PROBLEM_LEDGER.count(session, filter) == line.stock.found
        for duty in (figures.patrols.total, *figures.patrols.by_level, *figures.patrols.by_village):
            for key in ("patrols", "found"):
                assert PATROL_LEDGER.count(session, logs_behind(figures, key, duty)) == getattr(duty, key)


def test_counts_are_told_in_words() -> None:
    assert count_words("ending") == "期末"
    assert count_words("on_time_rate.denominator") == "按期整改率的分母"


def test_columns_of_rates_hold_a_full_hundred(page: FiguresPage) -> None:
    for table in page.findChildren(FigureTable):
        bold = table.font()
        bold.setBold(True)
        widest = QFontMetrics(bold).horizontalAdvance("100.00%") + 10
        for place, column in enumerate(table.rows.columns):
            if column.name.endswith("率"):
                assert table.columnWidth(place) > widest, (table.accessibleName(), column.name)


def test_the_sums_of_the_year_and_ever_lead_to_their_rows(page: FiguresPage) -> None:
    heard, tab = asked_by(page), page.month
    assert plain(tab.sums.text()) == (
        "本年累计新增 8 个，反弹 0 个，销号 1 个，到期 2 件、按期 1 件；"
        "历年累计新增 8 个，反弹 0 个，销号 1 个，到期 2 件、按期 1 件。"
    )
    for key, number in (("year:found", 8), ("ever:closed", 1), ("ever:due", 2)):
        tab.lead(key)
        ledger, asked = heard[-1]
        assert ledger == "problems"
        assert ("本年累计" if key.startswith("year") else "历年累计") in asked.words
        with page.workspace.read() as session:
            assert PROBLEM_LEDGER.count(session, asked.filter) == number


def test_the_office_chooses_the_rates_that_stand_first(
    qtbot: QtBot, page: FiguresPage, workspace: Workspace, filler: Filler
) -> None:
    chosen = {"official_rate": "on_time_rate", "shown_rates": ["overdue_rate", "relapse_rate"]}
    workspace.changed.emit(filler.do(office.change_settings, office.SettingChange, values=chosen))
    qtbot.waitUntil(lambda: next(iter(page.month.rates.cards)) == "on_time_rate")
    full = [key for key, card in page.month.rates.cards.items() if not card.slim]
    assert full == ["on_time_rate", "overdue_rate", "relapse_rate"]
    heads = [column.name for column in page.month.tabs.tables["villages"].rows.columns]
    assert [head for head in heads if head.endswith("率")] == ["按期整改率", "逾期率", "反弹率"]
    assert cell(page, "villages", "排名", "柳塘村")[0] == "1"
    card = page.month.rates.cards["on_time_rate"]
    assert [action.text() for action in card.menu().actions()][:2] == ["看分子", "看分母"]
