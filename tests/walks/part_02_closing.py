"""Part 2: who may close: the table, what waits for the level above, its answer, and which date counts."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel

from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.terms import Action, Closer, Source, State
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.figures import FiguresPage
from ui.pages.problems import ProblemsPage
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage


@walk(2, "销号权限")
def closing(clerk: Walker) -> None:
    change_the_table(clerk)
    id = accept_and_report(clerk)
    look_at_the_month(clerk, id)
    strike_off_by_the_answer(clerk, id)


def change_the_table(clerk: Walker) -> None:
    """What the township finds itself is to be closed by the county from now on."""
    page = clerk.page("settings", "销号权限")
    assert isinstance(page, SettingsPage)
    tab = page.show_tab("销号权限")
    assert isinstance(tab, RegisterTab)
    clerk.settle()
    rows = [tab.view.model.row_at(place) for place in range(tab.view.model.total)]
    own = next(row for row in rows if row is not None and row["source"] is Source.TOWN)
    assert own["minor"] is Closer.TOWN
    tab.view.select(own.id)
    clerk.step("来源和程度决定由谁销号")
    clerk.click("修改", tab)
    clerk.fill(clerk.dialog(), minor=Closer.COUNTY, note="县里要求上报")
    clerk.step("改一行")
    clerk.click("保存")
    clerk.no_dialog()


def accept_and_report(clerk: Walker) -> int:
    page = listed(clerk, "to_accept")
    view = page.view
    rows = [view.model.row_at(place) for place in range(view.model.total)]
    id = next(row.id for row in rows if row is not None and row["source"] is Source.TOWN)
    view.select(id)
    clerk.settle()
    clerk.click("验收通过", page.panel)
    clerk.fill(clerk.dialog(), actor="许建平、何文秀")
    clerk.step("验收通过就记为已上报")
    clerk.click("验收通过")
    clerk.no_dialog()
    found = detail(clerk, id)
    assert found.state is State.TO_CLOSE
    assert [step.action for step in found.steps][-2:] == [Action.ACCEPT, Action.REPORT]
    assert found.rounds[-1].reported_on == DAY
    page = listed(clerk, "reported", id)
    assert page.panel.state.text() == "待销号（已上报）"
    clerk.step("已上报的等上级答复")
    return id


def look_at_the_month(clerk: Walker, id: int) -> None:
    page = clerk.page("figures")
    assert isinstance(page, FiguresPage)
    assert page.month.figures is not None
    assert detail(clerk, id).row["number"] in page.month.figures.waiting_above
    assert "已验收待上级销号" in clerk.find(QLabel, "<a href", page).text()
    clerk.step("月报里另列已验收待上级销号")


def strike_off_by_the_answer(clerk: Walker, id: int) -> None:
    page = listed(clerk, "reported", id)
    clerk.click("销号", page.panel)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    clerk.click(dialog.accept_button)
    assert detail(clerk, id).state is State.TO_CLOSE
    clerk.step("没有批准不能销号")
    clerk.fill(
        dialog, approver="澜川县河长制办公室", approval_number="澜川河长办函〔2026〕41号", words="同意销号"
    )
    clerk.click(dialog.accept_button)
    clerk.no_dialog()
    found = detail(clerk, id)
    assert (found.state, found.row["closed_on"]) == (State.CLOSED, DAY)
    assert found.steps[-1].details["approver"] == "澜川县河长制办公室"
    page = listed(clerk, "closed", id)
    page.panel.tabs.setCurrentWidget(page.panel.course)
    clerk.settle()
    bar = page.panel.course.verticalScrollBar()
    bar.setValue(bar.maximum())
    clerk.step("两个日期都在")
    assert found.row["accepted_on"] <= date(2026, 3, 31)


def listed(clerk: Walker, key: str, id: int = 0) -> ProblemsPage:
    page = clerk.page("problems", key)
    assert isinstance(page, ProblemsPage)
    if id:
        page.view.select(id)
        clerk.settle()
    return page


def detail(clerk: Walker, id: int) -> ProblemDetail:
    with clerk.workspace.read() as session:
        return problem_detail(session, id, DAY)
