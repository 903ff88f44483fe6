"""What a step still needs, above its form and in the panel: each leads to where it is entered."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.terms import Action, Phase, Proof, Severity, State, WorkKind
from river_chief.verbs.problems import ProblemEdit, edit
from tests.ui.desk import Filler, Shown
from tests.ui.test_photos import picture
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.step_dialog import StepDialog
from ui.dialogs.steps import step_dialog
from ui.forms.fields import LineField, TextField
from ui.forms.work import WorkField
from ui.pages.problem_panel import ProblemPanel
from ui.workspace import Workspace

PHOTOS = (Proof.BEFORE_PHOTO, Proof.AFTER_PHOTO)


def detail_of(workspace: Workspace, id: int = 1) -> ProblemDetail:
    with workspace.read() as session:
        return problem_detail(session, id, workspace.today())


def lacking(dialog: StepDialog) -> tuple[Proof, ...]:
    return dialog.missing.shown


def is_made_good(dialog: StepDialog, proof: Proof) -> bool:
    return proof not in lacking(dialog)


@pytest.fixture
def dialog(host: QWidget, workspace: Workspace) -> StepDialog:
    made = step_dialog(host, workspace, detail_of(workspace), Action.SUBMIT)
    made.open()
    return made


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file the clerk will choose."""
    file = tmp_path / "照片.jpg"
    file.write_bytes(picture("green"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    return file


def test_the_list_follows_what_is_entered_and_added(
    qtbot: QtBot, dialog: StepDialog, workspace: Workspace, chosen: Path, shown: Shown
) -> None:
    assert lacking(dialog) == (*PHOTOS, Proof.WORK)
    exception = dialog.form.fields["exception"]
    assert isinstance(exception, TextField)
    assert exception.isVisible()
    dialog.form.load({"progress": "已清运"})
    dialog.submit()
    assert dialog.isVisible()
    assert exception.toolTip().startswith("缺少：整改前照片、整改后照片、工作量。")
    dialog.missing.buttons[Proof.WORK].click()
    work = dialog.form.fields["work"]
    assert isinstance(work, WorkField)
    focus = dialog.focusWidget()
    assert focus is not None
    assert work.isAncestorOf(focus)
    QTest.keyClicks(focus, "12")
    assert lacking(dialog) == PHOTOS
    for proof in PHOTOS:
        dialog.missing.buttons[proof].click()
        qtbot.waitUntil(partial(is_made_good, dialog, proof))
        chosen.write_bytes(picture("red"))
    assert not dialog.missing.isVisible()
    assert not exception.isVisible()
    dialog.submit()
    found = detail_of(workspace)
    assert found.state is State.TO_ACCEPT
    assert [item.phase for item in found.attachments] == [Phase.BEFORE, Phase.AFTER]
    assert found.work == ((WorkKind.RUBBISH, 12.0),)
    assert "exception" not in found.steps[-1].details
    assert not shown.texts


def test_an_exception_is_done_with_its_words(dialog: StepDialog, workspace: Workspace) -> None:
    dialog.form.load({"progress": "已清运", "exception": "夜间处置，无法拍照"})
    dialog.submit()
    step = detail_of(workspace).steps[-1]
    assert step.excuse == "例外办理，缺整改前照片、整改后照片、工作量：夜间处置，无法拍照"


def test_the_measured_quantity_is_entered_without_leaving_the_step(
    dialog: StepDialog, workspace: Workspace, host: QWidget
) -> None:
    dialog.done(0)
    filler = Filler(workspace.database, workspace.today())
    values = detail_of(workspace).values
    own = {name: values[name] for name in ProblemEdit.model_fields if name in values}
    filler.do(
        edit, ProblemEdit, **{**own, "volume_m3": None, "severity": Severity.SERIOUS, "severity_reason": "近"}
    )
    dialog = step_dialog(host, workspace, detail_of(workspace), Action.SUBMIT)
    dialog.open()
    assert Proof.MEASURED in dialog.missing.shown
    dialog.missing.buttons[Proof.MEASURED].click()
    editing = dialog.findChild(ProblemDialog)
    assert editing is not None
    editing.form.load({"volume_m3": 20.0})
    editing.submit()
    assert Proof.MEASURED not in dialog.missing.shown
    dialog.form.load({"progress": "已清运", "exception": "雨天未拍"})
    dialog.submit()
    assert detail_of(workspace).state is State.TO_ACCEPT


def test_two_acceptors_are_counted_while_they_are_typed(host: QWidget, workspace: Workspace) -> None:
    filler = Filler(workspace.database, workspace.today())
    filler.step(Action.SUBMIT, 1, progress="已清运")
    dialog = step_dialog(host, workspace, detail_of(workspace), Action.ACCEPT)
    dialog.open()
    assert lacking(dialog) == (Proof.TWO_ACCEPTORS,)
    dialog.form.load({"actor": "王文、李海"})
    dialog.form.changed.emit()
    assert lacking(dialog) == ()
    dialog.submit()
    assert detail_of(workspace).state is State.TO_CLOSE


def test_the_panel_says_what_the_next_step_needs_and_leads_there(host: QWidget, workspace: Workspace) -> None:
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    asked: list[object] = []
    panel.acted.connect(asked.append)
    panel.show_problem(4)
    assert panel.missing.isHidden()
    panel.show_problem(1)
    assert panel.missing.shown == (*PHOTOS, Proof.WORK)
    panel.missing.buttons[Proof.BEFORE_PHOTO].click()
    assert panel.tabs.currentWidget() is panel.photos
    assert panel.photos.phase is Phase.BEFORE
    panel.missing.buttons[Proof.WORK].click()
    assert asked == [Action.SUBMIT]


def test_a_reported_problem_says_who_closes_it(host: QWidget, workspace: Workspace) -> None:
    filler = Filler(workspace.database, workspace.today())
    filler.step(Action.SUBMIT, 1, progress="已清运")
    filler.step(Action.ACCEPT, 1, actor="王文、李海")
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    panel.show_problem(1)
    assert panel.state.text() == "待销号（已上报）"
    dialog = step_dialog(host, workspace, detail_of(workspace), Action.CLOSE)
    dialog.open()
    approver = dialog.form.fields["approver"]
    assert isinstance(approver, LineField)
    assert approver.hasFocus() or dialog.focusWidget() is approver
    dialog.form.load({"exception": "电话批复"})
    dialog.submit()
    assert dialog.isVisible()
    dialog.form.load({"approver": "县河长办"})
    dialog.submit()
    assert detail_of(workspace).state is State.CLOSED
