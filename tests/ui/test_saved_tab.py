"""自定义报表 in the window: set up by hand, run for the page's days, clicked, printed, exported, kept from a list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.saved_reports import saved_reports
from river_chief.terms import Grouping, ReportLedger, ReportShape, ReportSpan, State
from river_chief.verbs import saved_reports as verbs
from river_chief.verbs.report_definition import Definition
from tests.ui.desk import Filler, Shown, write
from ui.dialogs.paper_preview import PaperPreview
from ui.dialogs.saved_report import ReportDialog
from ui.forms.period import Period
from ui.messages import Notice
from ui.pages.figures import FiguresPage
from ui.pages.page import Chosen
from ui.pages.problems import ProblemsPage
from ui.pages.saved_tab import NONE, SAVED, SavedTab
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace

UNITS: dict[str, Any] = {
    "by": ["unit"],
    "columns": ["found", "closed", "overdue", "due", "on_time", "on_time_rate"],
}


class Went:
    """Where the tab led."""

    def __init__(self) -> None:
        self.page = ""
        self.asked: Any = None

    def __call__(self, page: str, asked: object) -> None:
        self.page, self.asked = page, asked


@pytest.fixture
def went() -> Went:
    return Went()


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace, filler: Filler, went: Went) -> Callable[..., SavedTab]:
    """Shows the tab with reports of these names and values."""

    def shown(**reports: dict[str, Any]) -> SavedTab:
        for name, values in reports.items():
            filler.do(verbs.save, verbs.NewReport, name=name, **{**UNITS, **values})
        tab = SavedTab(workspace, Period(workspace), went)
        qtbot.addWidget(tab)
        tab.resize(1100, 600)
        tab.show()
        tab.refresh()
        if reports:
            settle(qtbot, tab)
        return tab

    return shown


def settle(qtbot: QtBot, tab: SavedTab) -> None:
    qtbot.waitUntil(lambda: tab.view.ran is not None)


def click(table: FigureTable, row: int, head: str, *, shift: bool = False) -> None:
    column = [each.name for each in table.rows.columns].index(head)
    index = table.rows.index(row, column)
    table.scrollTo(index)
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    place: QPoint = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)


def texts(table: FigureTable) -> list[list[str]]:
    rows, columns = table.rows.rowCount(), table.rows.columnCount()
    return [[str(table.rows.data(table.rows.index(row, at))) for at in range(columns)] for row in range(rows)]


def numbers(workspace: Workspace, filter: ProblemFilter) -> int:
    with workspace.read() as session:
        return PROBLEM_LEDGER.count(session, filter)


def test_without_reports_it_says_what_to_do(make: Callable[..., SavedTab]) -> None:
    tab = make()
    assert tab.view.words.text() == NONE
    assert not tab.view.table.isVisible()
    assert not any(
        tab.buttons[key].isEnabled() for key in ("edit", "copy", "retire", "print", "export", "all")
    )


def test_every_number_leads_to_its_rows(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab], went: Went
) -> None:
    tab = make(单位={})
    table = tab.view.table
    assert texts(table) == [
        ["合计", "8", "1", "1", "2", "1", "50.0%"],
        ["柳塘村", "1", "1", "0", "1", "1", "100.0%"],
        ["石桥村", "1", "0", "1", "1", "0", "0.0%"],
        ["未填", "6", "0", "0", "0", "0", "—"],
    ]
    for row, head, shift in (
        (0, "新增", False),
        (1, "销号", False),
        (3, "新增", False),
        (2, "按期整改率", True),
    ):
        went.page = ""
        click(table, row, head, shift=shift)
        assert went.page == "problems"
        assert isinstance(went.asked, Chosen)
        shown = 1 if shift else int(texts(table)[row][[each.name for each in table.rows.columns].index(head)])
        assert numbers(workspace, went.asked.filter) == shown
    assert went.asked.words == "2025年3月　按期整改率的分母　石桥村"
    went.page = ""
    click(table, 3, "销号")
    assert went.page == ""


def test_the_days_are_those_of_the_report_or_of_the_page(qtbot: QtBot, make: Callable[..., SavedTab]) -> None:
    tab = make(累计={"span": "this_year", "days_of": "registered"})
    assert tab.view.words.text().startswith("2025年一季度，截至 2025-03-31。")
    tab.period.set_month((2025, 2))
    tab.refresh()
    qtbot.waitUntil(lambda: tab.view.ran is not None and tab.view.ran.span == "2025年1—2月")
    tab.as_chosen.click()
    qtbot.waitUntil(lambda: tab.view.ran is not None and tab.view.ran.span == "2025年2月")


def test_a_list_leads_to_its_records(qtbot: QtBot, make: Callable[..., SavedTab], went: Went) -> None:
    tab = make(
        明细={
            "shape": "list",
            "by": ["unit"],
            "columns": ["number", "state"],
            "conditions": {"in_stock": True},
        }
    )
    table = tab.view.table
    assert [row[0] for row in texts(table)] == [
        "石桥村（1）",
        "砚2025-001",
        "未填（6）",
        *(f"砚2025-00{n}" for n in range(3, 9)),
    ]
    click(table, 0, "问题编号")
    assert went.page == ""
    click(table, 1, "问题编号")
    assert (went.page, went.asked) == ("problems", 1)
    QTest.mouseClick(tab.buttons["all"], Qt.MouseButton.LeftButton)
    assert (went.asked.words, went.asked.filter.in_stock) == ("明细", True)


def test_patrols_lead_to_the_patrols(make: Callable[..., SavedTab], went: Went, filler: Filler) -> None:
    from river_chief.verbs import patrols

    filler.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=1,
        reach_ids=[1],
        started_at="2025-03-05",
        minutes=30,
    )
    tab = make(巡河={"ledger": "patrols", "by": ["walker"], "columns": ["logs", "minutes"]})
    assert texts(tab.view.table) == [["合计", "1", "30"], ["赵春", "1", "30"]]
    click(tab.view.table, 1, "巡河次数")
    assert went.page == "patrols"
    assert isinstance(went.asked, PatrolFilter)
    assert went.asked.persons == (1,)


def test_a_report_that_can_not_be_read_says_so(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab], filler: Filler, shown: Shown
) -> None:
    tab = make(单位={})
    with workspace.database.engine.begin() as connection:
        connection.exec_driver_sql("""UPDATE saved_report SET definition = '{"form": 9}'""")
    tab.refresh()
    qtbot.waitUntil(lambda: "较新的程序" in tab.view.words.text())
    assert not tab.buttons["print"].isEnabled()
    tab.edit()
    assert "较新的程序" in shown.last
    dialog = asked()
    assert dialog.form.fields["name"].value() == "单位"


def asked() -> ReportDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReportDialog)
    return dialog


def choose(field: Any, value: Any) -> None:
    """Choose as the clerk does: the field says that it has changed."""
    field.set_value(value)
    field.changed.emit()


def pick(line: QWidget, words: str) -> None:
    """Type *words* and take what is offered first."""
    line.setFocus()
    write(line, words)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Return)


def test_a_report_is_set_up_by_hand(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab]
) -> None:
    tab = make()
    QTest.mouseClick(tab.buttons["new"], Qt.MouseButton.LeftButton)
    dialog = asked()
    assert "至少要有 1 项" in dialog.view.words.text()
    form, parts = dialog.form, dialog.parts
    name = form.fields["name"]
    assert isinstance(name, QWidget)
    name.setFocus()
    write(name, "乱堆统计")
    choose(form.fields["span"], ReportSpan.THIS_YEAR)
    choose(parts.conditions.picks["groups"], ("LD",))
    parts.conditions.flags["in_stock"].click()
    choose(parts.by, (Grouping.VILLAGE,))
    for label in ("问题数", "逾期"):
        pick(parts.columns.line, label)
    qtbot.waitUntil(lambda: dialog.view.ran is not None)
    assert texts(dialog.view.table)[0] == ["合计", "7", "1"]
    choose(parts.sort, "overdue")
    dialog.submit()
    qtbot.waitUntil(lambda: tab.view.ran is not None)
    with workspace.read() as session:
        (kept,) = saved_reports(session)
    assert kept.stored == {
        "form": 1,
        "span": "this_year",
        "conditions": {"in_stock": True, "groups": ["LD"]},
        "by": ["village"],
        "columns": ["problems", "overdue"],
        "sort": "overdue",
    }
    assert tab.names.currentItem().text() == "乱堆统计"


def test_the_choices_follow_ledger_and_shape(qtbot: QtBot, make: Callable[..., SavedTab]) -> None:
    make().make()
    dialog = asked()
    fields, parts = dialog.form.fields, dialog.parts
    choose(fields["shape"], ReportShape.LIST)
    assert "问题编号" in [choice.label for choice in parts.columns.line.choices]
    choose(fields["ledger"], ReportLedger.PATROLS)
    assert set(parts.conditions.picks) == {"levels", "areas", "persons", "reaches", "entries"}
    assert "开始时间" in [choice.label for choice in parts.columns.line.choices]
    days = fields["days_of"]
    assert isinstance(days, QWidget)
    assert not days.isVisible()
    first = fields["first"]
    assert isinstance(first, QWidget)
    assert not first.isVisible()
    choose(fields["span"], ReportSpan.FIXED)
    assert first.isVisible()
    pick(parts.columns.line, "开始时间")
    dialog.submit()
    assert "请填写名称" in dialog.form._errors["name"].text()
    dialog.form.fields["name"].set_value("固定")
    dialog.submit()
    assert dialog.complaint.text() == "固定日期要填开始日期和结束日期"


def test_a_template_is_a_beginning(qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab]) -> None:
    tab = make()
    tab.make()
    dialog = asked()
    for action in dialog.templates.actions():
        action.trigger()
        qtbot.waitUntil(lambda: dialog.view.ran is not None)
        assert dialog.form.fields["name"].value() == action.text()
    dialog.templates.actions()[0].trigger()
    dialog.submit()
    with workspace.read() as session:
        assert [kept.name for kept in saved_reports(session)] == ["按责任单位统计今年登记的问题"]


def test_a_report_is_changed_copied_and_retired(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab]
) -> None:
    tab = make(单位={"conditions": {"found": ["2025-03-01", None]}, "signatures": ["制表人"]})
    QTest.mouseClick(tab.buttons["edit"], Qt.MouseButton.LeftButton)
    dialog = asked()
    assert "发现时间" in dialog.parts.conditions._told.text()
    choose(dialog.form.fields["note"], "每月打印")
    dialog.submit()
    settle(qtbot, tab)
    QTest.mouseClick(tab.buttons["copy"], Qt.MouseButton.LeftButton)
    asked().submit()
    qtbot.waitUntil(lambda: tab.names.count() == 2)
    with workspace.read() as session:
        first, second = saved_reports(session)
    assert (first.note, first.version, second.name) == ("每月打印", 2, "单位（副本）")
    assert first.definition == second.definition
    tab.select(second.id)
    QTest.mouseClick(tab.buttons["retire"], Qt.MouseButton.LeftButton)
    tab.refresh()
    assert tab.names.count() == 1
    tab.with_retired.click()
    assert [tab.names.item(row).text() for row in range(2)] == ["单位", "单位（副本）（停用）"]
    tab.select(second.id)
    assert tab.buttons["retire"].text() == "恢复使用"
    QTest.mouseClick(tab.buttons["retire"], Qt.MouseButton.LeftButton)
    with workspace.read() as session:
        assert [kept.retired_on for kept in saved_reports(session)] == [None, None]


def test_a_dialog_given_up_is_not_drawn_any_more(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab]
) -> None:
    tab = make(单位={})
    tab.edit()
    dialog = asked()
    dialog.look()
    dialog.reject()
    qtbot.waitUntil(lambda: workspace.pool.waitForDone(0))
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None


def test_a_name_that_is_taken_is_told_beside_its_field(make: Callable[..., SavedTab]) -> None:
    tab = make(单位={})
    tab.copy()
    dialog = asked()
    dialog.form.fields["name"].set_value("单位")
    dialog.submit()
    assert "已经有了" in dialog.form._errors["name"].text()


def test_it_is_printed_and_exported(
    qtbot: QtBot, workspace: Workspace, make: Callable[..., SavedTab], tmp_path: Path
) -> None:
    tab = make(单位={})
    QTest.mouseClick(tab.buttons["print"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview), timeout=20_000)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PaperPreview)
    assert preview.paper.name == "砚溪镇单位（2025年3月）"
    preview.reject()
    told: list[Notice] = []
    workspace.noticed.connect(told.append)
    for suffix in (".json", ".xlsx", ".docx", ".pdf"):
        tab.export_to(suffix, tmp_path / "单位")
        qtbot.waitUntil((tmp_path / f"单位{suffix}").exists, timeout=20_000)
    qtbot.waitUntil(lambda: len(told) == 4)
    document = json.loads((tmp_path / "单位.json").read_text("utf-8"))
    assert document["total"]["found"] == 8


def test_the_problem_page_keeps_what_it_lists(qtbot: QtBot, workspace: Workspace, shown: Shown) -> None:
    page = ProblemsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.choose("rectifying")
    QTest.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    dialog = asked()
    qtbot.waitUntil(lambda: dialog.view.ran is not None)
    dialog.form.fields["name"].set_value("整改中")
    dialog.submit()
    with workspace.read() as session:
        (kept,) = saved_reports(session)
    definition = kept.definition
    assert isinstance(definition, Definition)
    assert definition.conditions.states == (State.RECTIFYING,)
    assert definition.columns[:3] == ("number", "state", "village_name")
    page.show_asked(Chosen(ProblemFilter(ids=(1, 2)), "挑出来的"))
    QTest.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    assert "不能存为报表" in shown.last


def test_it_is_a_tab_of_the_report_page(qtbot: QtBot, workspace: Workspace, filler: Filler) -> None:
    filler.do(verbs.save, verbs.NewReport, name="单位", **UNITS)
    page = FiguresPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_asked(SAVED)
    tab = page.made[SAVED]
    assert isinstance(tab, SavedTab)
    settle(qtbot, tab)
    page.period.step(-1)
    qtbot.waitUntil(lambda: tab.view.ran is not None and tab.view.ran.span == "2025年2月")
