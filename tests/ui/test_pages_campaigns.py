from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from river_chief.queries.patches import PATCH_LEDGER, PatchFilter, patch_detail
from river_chief.queries.problem_detail import problem_detail
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.terms import Source, Verdict
from river_chief.verbs import documents, office, patches, problems
from tests.ui.desk import TODAY, Filler, Shown
from ui import jobs
from ui.dialogs.patches import CheckManyDialog
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import LineField
from ui.pages.campaign_tab import CampaignTab
from ui.pages.campaigns import PATCHES, PROGRESS, CampaignsPage
from ui.pages.page import Chosen
from ui.pages.patch_tab import PatchTab
from ui.pages.problems import ProblemsPage
from ui.workspace import Workspace


@pytest.fixture
def points(filler: Filler) -> list[int]:
    """TB1 to TB4, the last one late."""
    return [
        filler.do(
            patches.add_patch,
            patches.NewPatch,
            number=f"TB{number}",
            village_id=2,
            reach_id=1,
            area_m2=100 * number,
            suspected="疑似房屋",
            handed_on="2025-03-01",
            due_on="2025-03-20" if number == 4 else None,
        ).id
        for number in range(1, 5)
    ]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, points: list[int]) -> CampaignsPage:
    made = CampaignsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def tab(page: CampaignsPage) -> PatchTab:
    found = page.show_tab(PATCHES)
    assert isinstance(found, PatchTab)
    found.view.select_first()
    return found


def progress(qtbot: QtBot, page: CampaignsPage) -> CampaignTab:
    found = page.show_tab(PROGRESS)
    assert isinstance(found, CampaignTab)
    qtbot.waitUntil(lambda: bool(found.figures))
    return found


def complaint(asked: VerbDialog[Any]) -> str:
    field = asked.form.fields["exception"]
    assert isinstance(field, LineField)
    return field.toolTip()


def dialog(tab: PatchTab) -> VerbDialog[Any]:
    found = [each for each in tab.findChildren(VerbDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def photograph(filler: Filler, patch: int) -> None:
    filler.do(
        documents.attach,
        documents.NewAttachment,
        sha256="ab" * 32,
        name="现场.jpg",
        media_type="image/jpeg",
        size=9,
        phase="evidence",
        patch_id=patch,
    )


def verdict_of(workspace: Workspace, id: int) -> Verdict | None:
    with workspace.read() as session:
        found: Verdict | None = patch_detail(session, id, TODAY).row["verdict"]
        return found


def test_chips_count_and_narrow(tab: PatchTab) -> None:
    assert [chip.text() for chip in tab.chips.values()] == [
        "全部 4",
        "未核查 4",
        "逾期未核查 1",
        "属实 0",
        "不属实 0",
        "合法合规 0",
        "属实未登记 0",
    ]
    tab.chips["逾期未核查"].click()
    assert tab.view.model.total == 1
    assert tab.panel.number.text() == "TB4"


def test_one_that_is_no_problem_asks_for_a_photo_or_words(tab: PatchTab, workspace: Workspace) -> None:
    tab.panel.trigger_main()
    asked = dialog(tab)
    asked.form.fields["verdict"].set_value(Verdict.NOT_REAL)
    asked.submit()
    assert asked.isVisible()
    assert "写明原因" in complaint(asked)
    asked.form.fields["exception"].set_value("道路中断")
    asked.submit()
    assert verdict_of(workspace, tab.view.current_id()) is Verdict.NOT_REAL
    assert tab.chips["不属实"].text() == "不属实 1"
    assert tab.panel.state.text() == "不属实"
    assert "道路中断" in tab.panel.facts.texts()


def test_with_a_photo_no_words_are_asked_for(tab: PatchTab, filler: Filler, workspace: Workspace) -> None:
    photograph(filler, tab.view.current_id())
    tab.panel.show_patch(tab.view.current_id())
    assert tab.panel.tabs.tabText(1) == "照片 1"
    tab.panel.check()
    assert "exception" not in dialog(tab).form.fields
    dialog(tab).form.fields["verdict"].set_value(Verdict.LAWFUL)
    dialog(tab).submit()
    assert verdict_of(workspace, tab.view.current_id()) is Verdict.LAWFUL


def test_a_real_one_becomes_a_problem_and_leads_to_it(
    qtbot: QtBot, tab: PatchTab, filler: Filler, workspace: Workspace, page: CampaignsPage
) -> None:
    id = tab.view.current_id()
    filler.do(patches.check_patch, patches.PatchCheck, patch_id=id, verdict="real", shows="钢棚")
    tab.panel.show_patch(id)
    assert [button.text() for button in tab.panel.buttons] == ["登记为问题(&1)", "重新核查(&2)"]
    tab.panel.trigger_main()
    asked = dialog(tab)
    assert isinstance(asked, ProblemDialog)
    shown = asked.form.values()
    assert (shown["patch_number"], shown["area_m2"], shown["village_id"]) == ("TB1", 100.0, 2)
    assert (shown["source"], shown["water_id"], shown["description"]) == (Source.SATELLITE, 1, "钢棚")
    asked.form.fields["category_code"].set_value("LJ02")
    asked.submit()
    with workspace.read() as session:
        detail = patch_detail(session, id, TODAY)
        problem = problem_detail(session, detail.problem_id or 0, TODAY)
    assert (problem.row["patch_number"], problem.row["campaigns"]) == ("TB1", "图斑核查")
    with qtbot.waitSignal(page.go) as went:
        tab.panel.trigger_main()
    assert went.args == ["problems", detail.problem_id]
    assert any(f"{problem.row['number']}　待核实" == button.text() for button in tab.panel.facts.buttons)


def test_many_get_one_verdict_in_one_batch(tab: PatchTab, filler: Filler, workspace: Workspace) -> None:
    tab.view.table.selectAll()
    tab.many_button.click()
    asked = dialog(tab)
    assert isinstance(asked, CheckManyDialog)
    assert len(asked.rows) == 4
    asked.form.fields["verdict"].set_value(Verdict.NOT_REAL)
    asked.form.fields["words"].set_value("已建桥梁")
    asked.submit()
    assert "写明原因" in complaint(asked)
    asked.form.fields["exception"].set_value("资料核实")
    asked.submit()
    with workspace.read() as session:
        assert PATCH_LEDGER.count(session, PatchFilter(verdicts=(Verdict.NOT_REAL,))) == 4
        batch = patch_detail(session, tab.view.current_id(), TODAY).history[0].batch_id
    assert batch is not None
    assert jobs.undo(tab, workspace, batch_id=batch) is not None
    assert tab.chips["未核查"].text() == "未核查 4"


def test_a_patch_is_added_corrected_and_voided(tab: PatchTab, workspace: Workspace, shown: Shown) -> None:
    tab.add()
    dialog(tab).form.fields["number"].set_value("TB9")
    dialog(tab).submit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert tab.panel.number.text() == "TB9"
    tab.panel.edit()
    dialog(tab).form.fields["suspected"].set_value("光伏")
    dialog(tab).submit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "光伏" in tab.panel.line.text()
    tab.panel.void()
    dialog(tab).form.fields["reason"].set_value("重复下发")
    dialog(tab).submit()
    assert tab.chips["全部"].text() == "全部 4"
    assert tab.panel.number.text() != "TB9"


def test_a_problem_registered_before_is_linked(tab: PatchTab, filler: Filler, workspace: Workspace) -> None:
    id = tab.view.current_id()
    filler.do(patches.check_patch, patches.PatchCheck, patch_id=id, verdict="real")
    with workspace.read() as session:
        own = problem_detail(session, 5, TODAY).values
    edit = {key: own[key] for key in problems.ProblemEdit.model_fields}
    filler.do(problems.edit, problems.ProblemEdit, **{**edit, "patch_number": "TB1"})
    tab.panel.show_patch(id)
    tab.panel.link()
    assert dialog(tab).form.fields["problem_id"].value() == 5
    dialog(tab).submit()
    with workspace.read() as session:
        assert patch_detail(session, id, TODAY).problem_id == 5


def test_progress_leads_to_its_problems_and_patches(
    qtbot: QtBot, page: CampaignsPage, filler: Filler, workspace: Workspace, points: list[int]
) -> None:
    made = filler.do(
        office.add_campaign, office.NewCampaign, name="清渠行动", target_on="2025-03-20", keeps_clear=True
    ).id
    with workspace.read() as session:
        own = problem_detail(session, 1, TODAY).values
    edit = {key: own[key] for key in problems.ProblemEdit.model_fields}
    done = filler.do(
        problems.edit, problems.ProblemEdit, **{**edit, "campaign_ids": (made,), "disposal": "clear"}
    )
    workspace.changed.emit(done)
    tab = progress(qtbot, page)
    qtbot.waitUntil(lambda: any(one.progress.total for one in tab.figures))
    names = [line.campaign.name for line in tab.table.rows.lines]
    assert names[:2] == ["图斑核查", "清渠行动"]
    tab.select("清渠行动")
    assert tab.clear.text() == "未清零，还剩 1 个"
    assert "目标 2025-03-20（已过 11 天）" in tab.days.text()
    assert [part.name for part in tab.disposals.rows.lines] == ["清理"]
    line = tab.table.rows.lines[1]
    for table, asked in (
        (tab.table, line),
        (tab.villages, line.villages[0]),
        (tab.disposals, line.disposals[0]),
    ):
        with qtbot.waitSignal(page.go) as went:
            table.asked.emit("open", asked)
        key, chosen = went.args
        assert (key, isinstance(chosen, Chosen)) == ("problems", True)
        with workspace.read() as session:
            assert PROBLEM_LEDGER.ids(session, chosen.filter) == [1]
    tab.select("图斑核查")
    link = next(button for button in tab.findChildren(QPushButton) if button.text() == "未核查 4")
    link.click()
    patches_tab = page.made[PATCHES]
    assert isinstance(patches_tab, PatchTab)
    assert patches_tab.view.model.total == len(points)
    assert patches_tab.chosen.text() == "图斑核查　未核查"


def test_the_days_of_a_campaign_are_changed_beside_its_figures(
    qtbot: QtBot, page: CampaignsPage, workspace: Workspace
) -> None:
    tab = progress(qtbot, page)
    tab.select("碍洪")
    tab.edit_button.click()
    (asked,) = [each for each in tab.findChildren(VerbDialog) if each.isVisible()]
    asked.form.fields["target_on"].set_value(date(2025, 5, 31))
    asked.form.fields["keeps_clear"].set_value(True)
    asked.submit()
    qtbot.waitUntil(lambda: "2025-05-31" in tab.days.text())
    assert tab.figure is not None
    assert tab.figure.campaign.name == "碍洪"
    assert tab.clear.text() == "已清零（没有问题）"


def test_a_problem_leads_back_to_its_patch(
    qtbot: QtBot, workspace: Workspace, filler: Filler, points: list[int], page: CampaignsPage
) -> None:
    filler.do(patches.check_patch, patches.PatchCheck, patch_id=points[0], verdict="real")
    done = filler.do(
        patches.register_patch,
        patches.PatchProblem,
        patch_id=points[0],
        category_code="LJ02",
        description="搭建钢棚",
    )
    problems_page = ProblemsPage(workspace)
    qtbot.addWidget(problems_page)
    problems_page.show_asked(done.id)
    assert '<a href="patch:TB1">' in problems_page.panel.facts.toHtml()
    with qtbot.waitSignal(problems_page.go) as went:
        problems_page.panel.facts.anchorClicked.emit(QUrl("patch:TB1"))
    key, chosen = went.args
    assert key == "campaigns"
    page.show_asked(chosen)
    tab = page.made[PATCHES]
    assert isinstance(tab, PatchTab)
    assert (tab.view.model.total, tab.panel.number.text()) == (1, "TB1")
    with qtbot.waitSignal(workspace.noticed) as told:
        problems_page.panel.facts.anchorClicked.emit(QUrl("patch:TB77"))
    assert told.args[0].text == "图斑核查里没有登记图斑TB77。"
