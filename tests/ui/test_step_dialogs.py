from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.rules.proof import PROVABLE
from river_chief.rules.workflow import TRANSITIONS, allowed
from river_chief.terms import Action, State, WorkKind
from river_chief.verbs.steps import DOINGS
from tests.ui.desk import TODAY, Filler, Shown
from ui.dialogs.assign import AssignDialog
from ui.dialogs.steps import step_dialog
from ui.forms.fields import DateField, MomentField
from ui.pages.problem_panel import ProblemPanel
from ui.workspace import Workspace

# A problem of the small ledger in each state that has one.
IN_STATE = {State.TO_VERIFY: 4, State.TO_ASSIGN: 3, State.RECTIFYING: 1, State.CLOSED: 2}


def detail_of(workspace: Workspace, id: int) -> ProblemDetail:
    with workspace.read() as session:
        return problem_detail(session, id, workspace.today())


@pytest.mark.parametrize(
    "action", [item.action for item in TRANSITIONS if item.action is not Action.REGISTER]
)
def test_every_action_has_a_dialog_with_all_its_fields_and_today(
    host: QWidget, workspace: Workspace, action: Action
) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 1), action)
    wanted = set(DOINGS[action].accepts.model_fields) - {"problem_id", "version"}
    if action is Action.ASSIGN:
        wanted -= {"words"}
    if action not in PROVABLE:
        wanted -= {"exception"}
    assert set(dialog.form.fields) == wanted
    moment = dialog.form.fields["happened_at"]
    assert isinstance(moment, MomentField)
    assert moment.text() == TODAY.isoformat()
    assert not dialog.is_touched()


def test_the_deadline_follows_the_rule_until_the_clerk_types_one(host: QWidget, workspace: Workspace) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 3), Action.ASSIGN)
    assert isinstance(dialog, AssignDialog)
    deadline, happened = dialog.form.fields["deadline"], dialog.form.fields["happened_at"]
    assert deadline.value() == date(2025, 4, 15)
    happened.set_value(TODAY - timedelta(days=10))
    happened.changed.emit()
    assert deadline.value() == date(2025, 4, 7), "the fifteenth day is in the Qingming holiday"
    deadline.set_value(date(2025, 5, 1))
    deadline.changed.emit()
    happened.set_value(TODAY)
    happened.changed.emit()
    assert deadline.value() == date(2025, 5, 1)


def test_the_village_and_its_chief_are_proposed(host: QWidget, workspace: Workspace) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 4), Action.ASSIGN)
    assert dialog.form.fields["unit"].value() == "柳塘村"
    assert dialog.form.fields["officer"].value() == "赵春"


def test_amounts_of_work_are_kept_with_the_step(host: QWidget, workspace: Workspace) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 1), Action.SUBMIT)
    amounts = {WorkKind.RUBBISH: 12.0, WorkKind.LABOUR: 6.0}
    dialog.form.load({"progress": "已清运", "work": amounts, "exception": "雨天未拍"})
    dialog.submit()
    assert detail_of(workspace, 1).work == ((WorkKind.RUBBISH, 12.0), (WorkKind.LABOUR, 6.0))


def test_a_refused_step_leaves_the_dialog_open_with_the_reason(
    host: QWidget, workspace: Workspace, shown: Shown
) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 1), Action.EXTEND)
    dialog.open()
    dialog.form.load({"deadline": date(2025, 3, 5), "words": "降雨"})
    dialog.submit()
    assert dialog.isVisible()
    deadline = dialog.form.fields["deadline"]
    assert isinstance(deadline, DateField)
    assert deadline.toolTip() == "延期应晚于现行时限 2025-03-10"
    dialog.form.load({"happened_at": TODAY + timedelta(days=1), "deadline": date(2025, 4, 30)})
    dialog.submit()
    assert "晚于今天" in shown.last
    assert detail_of(workspace, 1).row["deadline"] == date(2025, 3, 10)
    dialog.done(0)


@pytest.mark.parametrize("state", IN_STATE)
def test_the_panel_offers_what_the_table_allows(workspace: Workspace, host: QWidget, state: State) -> None:
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    panel.show_problem(IN_STATE[state])
    heard: list[Action] = []
    panel.acted.connect(heard.append)
    for button in panel.buttons:
        button.click()
    assert heard == list(allowed(state))[: len(heard)]
    assert Action.VOID not in heard
    assert panel.buttons[0].property("role") == "main"


def test_the_panel_shows_a_change_at_once(workspace: Workspace, host: QWidget, filler: Filler) -> None:
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    panel.show_problem(4)
    workspace.changed.emit(filler.step(Action.VERIFY, 4))
    assert panel.state.text() == "待交办"
    assert "核实属实" in panel.course.toPlainText()
    assert "待核实 → 待交办" in panel.history.toPlainText()


def test_text_of_a_problem_is_never_markup(workspace: Workspace, host: QWidget, filler: Filler) -> None:
    filler.step(Action.PROGRESS, 1, progress="<b>不是</b> &amp; 标记", words="<i>x</i>")
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    panel.show_problem(1)
    assert "<b>不是</b> &amp; 标记" in panel.facts.toPlainText()
    assert "<i>x</i>" in panel.course.toPlainText()


def test_an_overdue_problem_says_so_in_words(workspace: Workspace, host: QWidget) -> None:
    panel = ProblemPanel(workspace)
    panel.setParent(host)
    panel.show_problem(1)
    assert panel.clock.text() == "⚠ 逾期21天"
    panel.show_problem(0)
    assert panel.buttons == []


def test_a_double_click_on_the_button_does_the_step_once(
    host: QWidget, workspace: Workspace, shown: Shown
) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 1), Action.PROGRESS)
    dialog.open()
    dialog.form.load({"progress": "正在清运"})
    before = len(detail_of(workspace, 1).steps)
    dialog.accept_button.click()
    dialog.accept_button.click()
    assert len(detail_of(workspace, 1).steps) == before + 1
    assert not shown.texts


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_the_enter_that_opened_a_dialog_does_not_submit_it_while_held(
    host: QWidget, workspace: Workspace, held: Qt.KeyboardModifier
) -> None:
    dialog = step_dialog(host, workspace, detail_of(workspace, 4), Action.VERIFY)
    dialog.open()
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, held, "\r", True)
    QApplication.sendEvent(dialog, again)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return, held)
    assert detail_of(workspace, 4).state is State.TO_ASSIGN


def test_no_dialog_is_higher_than_the_screen(host: QWidget, workspace: Workspace) -> None:
    for action in (Action.ASSIGN, Action.SUBMIT):
        dialog = step_dialog(host, workspace, detail_of(workspace, 1), action)
        assert dialog.height() < dialog.screen().availableSize().height()
