from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from river_chief.queries.office_tables import OfficeFilter, values_of
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rule_tables import DEADLINE_TABLE, LIGHT_TABLE, light_table
from river_chief.rules.lights import Limits
from river_chief.terms import Action, DeadlineKind, State
from river_chief.verbs.input import understood
from river_chief.verbs.rule_rows import DeadlineDefaultRow, put
from tests.intake.books import write_book
from tests.ui.desk import Filler, Shown
from ui.dialogs.deadline_review import ReviewDialog
from ui.dialogs.holidays import YearDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.holiday_tab import HolidayTab
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage
from ui.workspace import Workspace

YEAR = """元旦：1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
清明节：4月3日（周六）至5日（周一）放假，共3天。"""


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> SettingsPage:
    made = SettingsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def press(tab: RegisterTab, text: str) -> None:
    next(button for _, button in tab.buttons if button.text().startswith(text)).click()


def opened(page: SettingsPage) -> VerbDialog[Any]:
    return page.findChildren(VerbDialog)[-1]


def holiday_tab(page: SettingsPage) -> HolidayTab:
    tab = page.show_tab("节假日")
    assert isinstance(tab, HolidayTab)
    return tab


def test_a_deadline_is_added_changed_and_retired(page: SettingsPage) -> None:
    tab = page.show_tab("时限")
    assert isinstance(tab, RegisterTab)
    before = tab.view.model.total
    press(tab, "新增时限")
    dialog = opened(page)
    dialog.load({"severity": "serious", "amount": 20.0, "note": "县里要求"})
    dialog.submit()
    assert tab.view.model.total == before + 1
    with page.workspace.read() as session:
        id = max(DEADLINE_TABLE.ids(session, OfficeFilter()))
        kept = values_of(session, "deadline_default", id)
    assert (kept["amount"], kept["kind"], kept["rolls"]) == (20, DeadlineKind.NATURAL_DAYS, True)
    assert tab.view.select(id)
    press(tab, "修改")
    opened(page).load({"amount": 30.0})
    opened(page).submit()
    with page.workspace.read() as session:
        assert DEADLINE_TABLE.rows(session, [id], date(2025, 3, 31))[0]["length"] == "30日"
    press(tab, "停用")
    assert any("停用“整改30日”？" in label.text() for label in opened(page).findChildren(QLabel))
    opened(page).submit()
    assert tab.view.model.total == before


def test_a_fixed_date_takes_no_number(page: SettingsPage) -> None:
    tab = page.show_tab("时限")
    assert isinstance(tab, RegisterTab)
    press(tab, "新增时限")
    dialog = opened(page)
    fields: Any = dialog.form.fields
    assert fields["amount"].isEnabled()
    assert not fields["on_day"].isEnabled()
    fields["kind"].set_value(DeadlineKind.FIXED_DATE)
    fields["kind"].changed.emit()
    assert not fields["amount"].isEnabled()
    assert fields["on_day"].isEnabled()
    dialog.submit()
    assert dialog.complaint.text() == "固定日期的时限要填写日期"
    dialog.load({"on_day": date(2025, 8, 31)})
    dialog.submit()
    assert dialog.is_over


def test_a_year_is_pasted_and_counted_while_typing(page: SettingsPage) -> None:
    tab = holiday_tab(page)
    assert "2004—2026 年" in tab.years.text()
    assert "2027 年还没有" in tab.years.text()
    press(tab.register, "录入一年")
    dialog = opened(page)
    assert isinstance(dialog, YearDialog)
    assert dialog.form.values()["year"] == 2027
    dialog.load({"text": "1月1日（周四）放假"})
    dialog.look_again()
    assert "2027-01-01 是周五" in dialog.read_words.text()
    dialog.load({"text": YEAR})
    dialog.look_again()
    assert dialog.read_words.text() == (
        "读出放假 13 天（元旦、春节、清明节），调休上班 2 天（1月31日、2月20日）。"
    )
    dialog.submit()
    assert dialog.is_over
    assert tab.register.view.model.total == 15
    assert "本单位录全了2027年。2028 年还没有" in tab.years.text()


def test_too_few_days_are_said_beside_the_text(page: SettingsPage) -> None:
    press(holiday_tab(page).register, "录入一年")
    dialog = opened(page)
    dialog.load({"text": "1月1日放假 元旦"})
    dialog.submit()
    assert not dialog.is_over
    assert "这里只有1天" in " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_year_comes_from_a_sheet(page: SettingsPage, tmp_path: Path, shown: Shown) -> None:
    press(holiday_tab(page).register, "录入一年")
    dialog = opened(page)
    assert isinstance(dialog, YearDialog)
    dialog.read_file(write_book(tmp_path / "别的.xlsx", {"表": [["姓名"], ["赵春"]]}))
    assert "没有放假安排" in shown.texts[-1]
    book = write_book(
        tmp_path / "放假.xlsx", {"表": [["日期", "休/班", "名称"], [date(2027, 1, 1), "休", "元旦"]]}
    )
    dialog.read_file(book)
    assert dialog.read_words.text() == "读出放假 1 天（元旦）。"


def test_deadlines_are_reviewed_when_the_year_is_known(page: SettingsPage, filler: Filler) -> None:
    """Nothing changes until the clerk takes the new date."""
    far = Filler(filler.database, date(2026, 12, 21))
    values = {"clock": "rectify", "start": "assigned", "severity": "serious", "kind": "working_days"}
    with far.database.write(by="周敏", today=far.day) as writer:
        writer.do(put, understood(DeadlineDefaultRow, {**values, "amount": 10}))
    with page.workspace.read() as session:
        row = PROBLEM_LEDGER.all(session, ProblemFilter(states=(State.TO_VERIFY,)), far.day)[0]
    far.step(Action.VERIFY, row.id, severity_reason="现场研判")
    far.step(Action.ASSIGN, row.id, unit="柳塘村")
    tab = holiday_tab(page)
    tab.refresh()
    assert "1 件问题的整改时限用到还没有公布的年份" in tab.waiting.text()
    assert tab.review_button.isHidden()
    press(tab.register, "录入一年")
    dialog = opened(page)
    dialog.load({"text": YEAR})
    dialog.submit()
    assert "1 件问题的整改时限需要复核" in tab.waiting.text()
    tab.review_button.click()
    (review,) = page.findChildren(ReviewDialog)
    assert [doubt.proposal.due for doubt in review.found] == [date(2027, 1, 5)]
    review.all_button.click()
    assert tab.waiting.text() == "没有需要复核的整改时限。"
    with page.workspace.read() as session:
        assert PROBLEM_LEDGER.rows(session, [row.id], far.day)[0]["deadline"] == date(2027, 1, 5)


def test_the_rule_of_a_category_is_told_while_typing(page: SettingsPage) -> None:
    tab = page.show_tab("问题分类")
    assert isinstance(tab, RegisterTab)
    tab.view.select_first()
    press(tab, "修改")
    dialog = opened(page)
    grade: Any = dialog.form.fields["grade"]
    for text, words in (
        ("A>=5000:3|A>=1000:2|1", "建议等级：面积≥5000㎡ 重大；≥1000㎡ 较严重；其余一般"),
        ("A>=1000:2|A>=5000:3|1", "第2段总被前面的段先占去"),
        ("A>=", "看不懂"),
        ("", "不建议等级"),
    ):
        grade.set_value(text)
        grade.changed.emit()
        assert any(words in label.text() for label in dialog.findChildren(QLabel)), words


def test_limits_of_a_light_are_changed_retired_and_refused(page: SettingsPage) -> None:
    tab = page.show_tab("红黄绿")
    assert isinstance(tab, RegisterTab)
    assert tab.view.model.total == 9
    press(tab, "新增标准")
    dialog = opened(page)
    dialog.load({"rate_key": "overdue_rate", "green": 3.0, "yellow": 9.0})
    dialog.submit()
    assert not dialog.is_over  # there is one for this rate already
    dialog.reject()
    with page.workspace.read() as session:
        id = LIGHT_TABLE.ids(session, OfficeFilter(text="逾期"))[0]
    assert tab.view.select(id)
    press(tab, "修改")
    dialog = opened(page)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert any(text.startswith("越低越好") for text in words)
    dialog.load({"green": 20.0, "yellow": 10.0})
    dialog.submit()
    assert "绿的上限要不高于黄的上限" in dialog.complaint.text()
    dialog.load({"green": 2.0, "yellow": 10.0})
    dialog.submit()
    with page.workspace.read() as session:
        assert LIGHT_TABLE.rows(session, [id], date(2025, 3, 31))[0]["words"] == "绿≤2%，黄≤10%，高于10%为红"
        assert light_table(session)["overdue_rate"] == Limits(2, 10, less_is_better=True)
    press(tab, "停用")
    opened(page).submit()
    assert tab.view.model.total == 8
    with page.workspace.read() as session:
        assert "overdue_rate" not in light_table(session)
