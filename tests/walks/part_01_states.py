"""Part 1: all states and ways out: doubles linked both ways, handed over and back, held, steps in one go."""

from __future__ import annotations

from PySide6.QtCore import QUrl

from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.terms import Action, State
from tests.walks.walk import Walker, walk
from ui.pages.office_form import OfficeForm
from ui.pages.problems import ProblemsPage
from ui.pages.settings import SettingsPage


@walk(1, "状态和去向")
def states(clerk: Walker) -> None:
    hand_over_and_back(clerk)
    hold_and_resume(clerk)
    merge_doubles(clerk)
    verify_and_assign_in_one_go(clerk)


def hand_over_and_back(clerk: Walker) -> None:
    page = problems(clerk, "to_assign")
    id = chosen(page)
    clerk.choose("更多", "移交上报", within=page.panel)
    dialog = clerk.dialog()
    clerk.fill(
        dialog, receiver="澜川县水利局", letter_number="砚河长办移〔2026〕8号", words="涉及省管堤防，不属本级"
    )
    clerk.step("移交上报")
    clerk.click("移交上报")
    clerk.no_dialog()
    assert detail(clerk, id).state is State.HANDED_OVER
    page = problems(clerk, "unanswered", id)
    clerk.step("移交未复")
    clerk.click("收到答复", page.panel)
    clerk.fill(clerk.dialog(), reply="已到现场核实，属乡镇管理范围")
    clerk.click("收到答复")
    clerk.no_dialog()
    page = problems(clerk, "all", id)
    clerk.click("转回本级", page.panel)
    clerk.fill(clerk.dialog(), words="县水利局退回，由镇里整改")
    clerk.step("转回本级")
    clerk.click("转回本级")
    clerk.no_dialog()
    found = detail(clerk, id)
    assert (found.state, len(found.rounds)) == (State.TO_ASSIGN, 2)
    assert found.row["hand_over_reply"] == "县水利局退回，由镇里整改"


def hold_and_resume(clerk: Walker) -> None:
    page = problems(clerk, "rectifying")
    id = chosen(page)
    before = detail(clerk, id).rounds[-1].deadline
    clerk.choose("更多", "挂账", within=page.panel)
    dialog = clerk.dialog()
    clerk.fill(dialog, approver="澜川县河长制办公室", until="2026-05-31", words="涉及诉讼，暂缓拆除")
    clerk.step("挂账")
    clerk.click("挂账")
    clerk.no_dialog()
    page = problems(clerk, "suspended", id)
    held = detail(clerk, id)
    assert held.state is State.SUSPENDED
    assert str(held.row["suspended_until"]) == "2026-05-31"
    clerk.step("挂账的问题")
    clerk.click("恢复整改", page.panel)
    clerk.dialog()
    clerk.click("恢复整改")
    clerk.no_dialog()
    after = detail(clerk, id)
    assert (after.state, after.rounds[-1].deadline) == (State.RECTIFYING, before)


def merge_doubles(clerk: Walker) -> None:
    page = problems(clerk, "to_verify")
    double = chosen(page)
    main = detail(clerk, chosen(problems(clerk, "rectifying")))
    page = problems(clerk, "to_verify", double)
    clerk.choose("更多", "重复并案", within=page.panel)
    clerk.fill(clerk.dialog(), into=main.row["number"], words="两次登记的是同一处")
    clerk.step("重复并案")
    clerk.click("重复并案")
    clerk.no_dialog()
    page = problems(clerk, "all", double)
    assert [link.number for link in detail(clerk, double).links] == [main.row["number"]]
    clerk.step("并案后两边互相链接")
    page.panel.facts.anchorClicked.emit(QUrl(f"problem:{main.row.id}"))
    clerk.settle()
    assert chosen(page) == main.row.id
    assert [link.id for link in detail(clerk, main.row.id).links] == [double]


def verify_and_assign_in_one_go(clerk: Walker) -> None:
    settings = clerk.page("settings", "单位")
    assert isinstance(settings, SettingsPage)
    form = settings.show_tab("单位")
    assert isinstance(form, OfficeForm)
    clerk.fill(form, merge_verify_assign=True)
    clerk.click("保存设置", form)
    page = problems(clerk, "to_verify")
    id = chosen(page)
    clerk.click("核实并交办", page.panel)
    clerk.fill(clerk.dialog(), severity="minor", severity_reason="现场核定", unit="柳塘村")
    clerk.step("核实并交办")
    clerk.click("核实并交办")
    clerk.no_dialog()
    found = detail(clerk, id)
    assert [step.action for step in found.steps[-2:]] == [Action.VERIFY, Action.ASSIGN]
    page = problems(clerk, "to_sign", id)
    page.panel.tabs.setCurrentIndex(1)
    clerk.step("流转里仍是两步")


def problems(clerk: Walker, list_: str, id: int = 0) -> ProblemsPage:
    """The page on a quick list, on the problem *id* where one is given."""
    page = clerk.page("problems", list_)
    assert isinstance(page, ProblemsPage)
    if id:
        assert page.view.select(id)
        clerk.settle()
    return page


def chosen(page: ProblemsPage) -> int:
    """The id of the problem in the panel."""
    assert page.panel.detail is not None
    return page.panel.detail.row.id


def detail(clerk: Walker, id: int) -> ProblemDetail:
    """The problem as the ledger has it."""
    with clerk.workspace.read() as session:
        return problem_detail(session, id, clerk.workspace.today())
