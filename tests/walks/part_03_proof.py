"""Part 3: proof: what a step still needs is listed and leads there; an exception needs words and is counted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QLabel

from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.sample.photos import draw
from river_chief.terms import Phase, Proof, State, WorkKind
from tests.ui.desk import drop
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.step_dialog import StepDialog
from ui.pages.figures import FiguresPage
from ui.pages.problems import ProblemsPage
from ui.pages.settings import SettingsPage


@walk(3, "佐证要求")
def proof(clerk: Walker) -> None:
    look_at_the_table(clerk)
    id = report_with_proof(clerk)
    accept_by_two(clerk, id)
    close_as_an_exception(clerk)
    look_at_the_month(clerk)


def look_at_the_table(clerk: Walker) -> None:
    page = clerk.page("settings", "佐证要求")
    assert isinstance(page, SettingsPage)
    page.show_tab("佐证要求")
    clerk.step("每个环节要有的佐证")


def report_with_proof(clerk: Walker) -> int:
    page = listed(clerk, "rectifying")
    id = next(id for id in ids_of(page) if detail(clerk, id).missing == (Proof.AFTER_PHOTO,))
    page.view.select(id)
    clerk.settle()
    assert page.panel.missing.shown == (Proof.AFTER_PHOTO,)
    clerk.step("面板上写着还缺什么")
    clerk.click("反馈完成", page.panel)
    dialog = step_dialog(clerk)
    work = {WorkKind.LABOUR: 24, WorkKind.MACHINE: 3, WorkKind.MONEY: 4.5}
    clerk.fill(dialog, progress="坍塌段护岸已修复，坡面恢复原状", work=work)
    clerk.click(dialog.accept_button)
    assert detail(clerk, id).state is State.RECTIFYING
    clerk.step("缺少佐证不能办理")
    with TemporaryDirectory() as room:
        photo = Path(room) / "整改后.jpg"
        found = detail(clerk, id).row
        taken = datetime(DAY.year, DAY.month, DAY.day, 9, 20)
        photo.write_bytes(draw(str(found["number"]), str(found["category_code"])[:2], Phase.AFTER, taken))
        assert drop(dialog, photo)
        clerk.until(dialog.missing.isHidden, "the photo is still missing")
    clerk.step("拖入照片就补齐了")
    clerk.click(dialog.accept_button)
    clerk.no_dialog()
    after = detail(clerk, id)
    assert (after.state, after.work[0]) == (State.TO_ACCEPT, (WorkKind.LABOUR, 24.0))
    assert after.rounds[-1].exceptions == 0
    return id


def accept_by_two(clerk: Walker, id: int) -> None:
    page = listed(clerk, "to_accept", id)
    clerk.click("两名验收人", page.panel)
    dialog = step_dialog(clerk)
    clerk.fill(dialog, actor="许建平")
    assert dialog.missing.shown == (Proof.TWO_ACCEPTORS,)
    clerk.step("一名验收人还不够")
    clerk.fill(dialog, actor="许建平、何文秀")
    assert dialog.missing.isHidden()
    clerk.click(dialog.accept_button)
    clerk.no_dialog()
    assert detail(clerk, id).state is State.TO_CLOSE


def close_as_an_exception(clerk: Walker) -> None:
    page = listed(clerk, "lacks_proof")
    id = next(id for id in ids_of(page) if detail(clerk, id).state is State.TO_CLOSE)
    page.view.select(id)
    clerk.settle()
    clerk.click("销号", page.panel)
    dialog = step_dialog(clerk)
    assert dialog.missing.shown == (Proof.SIGNED_SCAN,)
    clerk.fill(dialog, approver="澜川县河长制办公室", exception="县里在系统内批复，签字件下月补寄")
    clerk.step("确实没有的写明原因")
    clerk.click(dialog.accept_button)
    clerk.no_dialog()
    found = detail(clerk, id)
    assert (found.state, found.rounds[-1].exceptions) == (State.CLOSED, 1)
    assert found.steps[-1].excuse == "例外办理，缺签字扫描件：县里在系统内批复，签字件下月补寄"
    page = listed(clerk, "closed", id)
    page.panel.tabs.setCurrentWidget(page.panel.course)
    clerk.settle()
    to_the_end(page)
    clerk.step("流转里记着例外")


def look_at_the_month(clerk: Walker) -> None:
    page = clerk.page("figures")
    assert isinstance(page, FiguresPage)
    assert page.month.figures is not None
    assert page.month.figures.excepted == 1
    label = clerk.find(QLabel, "<a href", page)
    assert "例外办理 1 件" in label.text()
    label.linkActivated.emit("exceptions")
    clerk.settle()
    problems = clerk.window.page("problems")
    assert isinstance(problems, ProblemsPage)
    assert len(ids_of(problems)) == 1
    clerk.step("例外办理另行统计，点开就是这几件")


def listed(clerk: Walker, key: str, id: int = 0) -> ProblemsPage:
    page = clerk.page("problems", key)
    assert isinstance(page, ProblemsPage)
    if id:
        page.view.select(id)
        clerk.settle()
    return page


def to_the_end(page: ProblemsPage) -> None:
    bar = page.panel.course.verticalScrollBar()
    bar.setValue(bar.maximum())


def ids_of(page: ProblemsPage) -> list[int]:
    rows = (page.view.model.row_at(place) for place in range(page.view.model.total))
    return [row.id for row in rows if row is not None]


def step_dialog(clerk: Walker) -> StepDialog:
    dialog = clerk.dialog()
    assert isinstance(dialog, StepDialog)
    return dialog


def detail(clerk: Walker, id: int) -> ProblemDetail:
    with clerk.workspace.read() as session:
        return problem_detail(session, id, DAY)
