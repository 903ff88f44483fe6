"""Part 4: deadlines that explain themselves, and a year that is published later."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel

from river_chief.queries.problem_detail import ProblemDetail
from river_chief.terms import DeadlineKind, Severity, Source, StartEvent, State
from tests.walks.walk import Walker, walk
from ui.dialogs.assign import AssignDialog
from ui.dialogs.deadline_review import ReviewDialog
from ui.dialogs.holidays import YearDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.holiday_tab import HolidayTab
from ui.pages.problems import ProblemsPage
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage

NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。"""


@walk(4, "时限")
def deadlines(clerk: Walker) -> None:
    first = open_problem(clerk, "to_assign")
    second = open_problem(clerk, "to_verify")
    add_row(
        clerk,
        severity=first.values["severity"],
        kind=DeadlineKind.WORKING_DAYS,
        amount=5,
        start=StartEvent.SIGNED,
    )
    assign_and_sign(clerk, first)
    add_row(clerk, source=second.values["source"], kind=DeadlineKind.NATURAL_DAYS, amount=276, shoot=False)
    assign_into_next_year(clerk, second)
    publish(clerk)
    review(clerk, second)


def open_problem(clerk: Walker, key: str) -> ProblemDetail:
    """The first problem of a quick list, chosen on its page."""
    page = clerk.page("problems", key)
    assert isinstance(page, ProblemsPage)
    page.view.select_first()
    clerk.settle()
    assert page.panel.detail is not None
    return page.panel.detail


def settings_tab(clerk: Walker, name: str) -> RegisterTab | HolidayTab:
    page = clerk.page("settings", name)
    assert isinstance(page, SettingsPage)
    tab = page.show_tab(name)
    clerk.settle()
    assert isinstance(tab, RegisterTab | HolidayTab)
    return tab


def add_row(
    clerk: Walker,
    *,
    severity: Severity | None = None,
    source: Source | None = None,
    kind: DeadlineKind,
    amount: int,
    start: StartEvent = StartEvent.ASSIGNED,
    shoot: bool = True,
) -> None:
    tab = settings_tab(clerk, "时限")
    if shoot:
        clerk.step("时限表")
    clerk.click("新增时限", within=tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    for key, value in (
        ("severity", severity),
        ("source", source),
        ("kind", kind),
        ("amount", amount),
        ("start", start),
    ):
        dialog.form.fields[key].set_value(value)
        dialog.form.fields[key].changed.emit()
    if shoot:
        clerk.step("新增一条时限")
    clerk.click("确定")
    clerk.no_dialog()


def assign_and_sign(clerk: Walker, problem: ProblemDetail) -> None:
    """Five working days from Tuesday 31 March over 清明; counted from the signing once it is signed for."""
    open_again(clerk, problem)
    clerk.click("交办")
    dialog = clerk.dialog()
    assert isinstance(dialog, AssignDialog)
    assert dialog.form.fields["deadline"].value() == date(2026, 4, 8)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "自签收起算" in said
    assert "签收后按签收之日重新计算" in said
    assert "4月4日至6日清明放假" in said
    clerk.step("时限说明怎样算的")
    clerk.click("交办")
    clerk.no_dialog()
    assert "签收后按签收之日重新计算" in open_again(clerk, problem).deadline_why.current
    clerk.click("签收")
    clerk.click("签收", within=clerk.dialog())
    clerk.no_dialog()
    signed = open_again(clerk, problem)
    assert signed.state is State.RECTIFYING
    assert "从2026年3月31日" in signed.deadline_why.current
    assert "签收后" not in signed.deadline_why.current
    panel = problems_page(clerk).panel
    clerk.settle()
    panel.facts.verticalScrollBar().setValue(panel.facts.verticalScrollBar().maximum())
    clerk.step("签收后写着时限由来")


def problems_page(clerk: Walker) -> ProblemsPage:
    page = clerk.window.page("problems")
    assert isinstance(page, ProblemsPage)
    return page


def assign_into_next_year(clerk: Walker, problem: ProblemDetail) -> None:
    """276 days on lies the first day of 2027, which nobody has published."""
    clerk.page("problems", problem.row.id)
    clerk.click("核实属实")
    clerk.click("核实属实", within=clerk.dialog())
    clerk.no_dialog()
    clerk.click("交办")
    dialog = clerk.dialog()
    assert isinstance(dialog, AssignDialog)
    assert dialog.form.fields["deadline"].value() == date(2027, 1, 1)
    assert any("待国务院公布后复核" in label.text() for label in dialog.findChildren(QLabel))
    clerk.step("用到还没有公布的年份")
    clerk.click("交办")
    clerk.no_dialog()


def publish(clerk: Walker) -> None:
    tab = settings_tab(clerk, "节假日")
    assert isinstance(tab, HolidayTab)
    assert "1 件问题的整改时限用到还没有公布的年份" in tab.waiting.text()
    clerk.click("录入一年", within=tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, YearDialog)
    dialog.form.fields["text"].set_value(NOTICE)
    dialog.form.fields["text"].changed.emit()
    assert "读出放假 18 天" in dialog.read_words.text()
    clerk.step("粘贴放假通知")
    clerk.click("录入")
    clerk.no_dialog()
    assert "需要复核" in tab.waiting.text()
    clerk.step("公布后提示复核")


def review(clerk: Walker, problem: ProblemDetail) -> None:
    """The deadline does not change until the clerk says so."""
    assert open_again(clerk, problem).row["deadline"] == date(2027, 1, 1)
    tab = settings_tab(clerk, "节假日")
    clerk.click("复核时限", within=tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, ReviewDialog)
    assert [doubt.proposal.due for doubt in dialog.found] == [date(2027, 1, 4)]
    clerk.step("逐件列出新旧时限")
    clerk.click("全部采用新时限")
    clerk.no_dialog()
    found = open_again(clerk, problem)
    assert found.row["deadline"] == found.row["first_deadline"] == date(2027, 1, 4)


def open_again(clerk: Walker, problem: ProblemDetail) -> ProblemDetail:
    clerk.page("problems", problem.row.id)
    detail = problems_page(clerk).panel.detail
    assert detail is not None
    return detail
