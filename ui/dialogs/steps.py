"""The dialogs of the closed loop: one for each action, its fields those of the action's input."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import suggestions
from river_chief.queries.problem_detail import ProblemDetail
from river_chief.terms import Action, Closer, Disposal, Severity
from river_chief.verbs.input import Input
from river_chief.verbs.steps.merged import accepted_by
from ui.dialogs.assign import AssignDialog
from ui.dialogs.step_dialog import EXCEPTION, StepDialog, add_exception
from ui.dialogs.step_head import grade_help, headline, starting_values
from ui.forms.fields import DateField, FormField, LineField, MomentField, TermField, TextField
from ui.forms.form import Form
from ui.forms.work import WorkField
from ui.workspace import Workspace

# Shown first, and last, in this order; the rest stands between them as the input lists it.
_FIRST, _LAST = ("happened_at", "actor"), ("work", "words")
_HIDDEN = ("problem_id", "version")
_SHORT = 200
_GRAVE = (Action.VOID,)
# Words that make the common step one key press.
_READY: dict[Action, dict[str, str]] = {Action.LOOK_BACK: {"words": "现场查看，未发现反弹"}}
_ACCEPT = {Action.HAND_BACK: "退回", Action.REJECT: "退回整改", Action.RETURN: "退回整改"}
_HELP = {
    Action.REFUTE: "核实后问题不存在时使用；问题编号保留，不再计入存量。",
    Action.MERGE: "与台账里的另一个问题是同一件事时使用；两个编号都保留。",
    Action.HAND_OVER: "不属本级处理时使用；移交后不再计入存量。",
    Action.EXTEND: "首次时限保留，按期率按批准后的时限计算。",
    Action.REJECT: "时限不变，继续整改。",
    Action.RELAPSE: "重新进入整改，另起一轮时限；原来的记录都保留。",
    Action.SUSPEND: "因客观原因、经批准暂缓整改；仍计入存量。挂账期间时限停走，剩余的天数顺延。",
    Action.RESUME: "不填整改时限的，把挂账时剩余的天数接着算。",
    Action.TAKE_BACK: "接收单位退回的，重新计入存量，等待交办；原来的编号和移交记录都保留。",
    Action.REPLY: "记下接收单位的答复；仍为移交上报，不计入存量。",
    Action.REPORT: "已经上报的，可以再记一次接收单位和文号；上报时间以第一次为准。",
    Action.RETURN: "上级不同意销号时使用；退回后继续整改，重新验收、上报。",
    Action.VOID: "仅用于录入错误。作废后单独统计，不再流转。",
    Action.LOOK_BACK: "销号后回头查看，确认没有反弹。如已反弹，请办理“反弹”。",
}


def step_dialog(
    parent: QWidget, workspace: Workspace, detail: ProblemDetail, action: Action, *, alone: bool = False
) -> StepDialog:
    """The dialog that carries out *action* on the problem of *detail*, on the version shown there.

    What the office merges with the action is done with it, unless it is to be done *alone*.
    """
    actions = (action,) if alone else detail.chains.get(action, (action,))
    if Action.ASSIGN in actions:
        return AssignDialog(parent, workspace, detail, actions)
    kind = accepted_by(actions)
    form: Form[Any] = Form(kind, columns=2)
    for key in _keys(kind):
        field = _field(key, kind, workspace)
        wide = isinstance(field, TextField | WorkField)
        form.add(key, field, span=2 if wide else 1)
    add_exception(form, actions)
    form.finish()
    dialog = StepDialog(
        parent,
        workspace,
        detail,
        actions,
        form,
        headline=headline(detail, _help(detail, action)),
        accept_text=_ACCEPT.get(action, ""),
        dangerous=action in _GRAVE,
    )
    dialog.load({**starting_values(workspace), **_proposed(detail, action)})
    waits_for_answer = action is Action.CLOSE and detail.row["closer"] is not Closer.TOWN
    form.focus("approver" if waits_for_answer else _first_to_fill(form))
    return dialog


def _help(detail: ProblemDetail, action: Action) -> str:
    deadline = detail.row["deadline"]
    now = f"现行时限 {deadline.isoformat()}。" if action is Action.EXTEND and deadline is not None else ""
    return now + grade_help(detail, (action,)) + _closing_help(detail, action) + _HELP.get(action, "")


def _closing_help(detail: ProblemDetail, action: Action) -> str:
    """Who closes the problem, where it is not the township."""
    closer = detail.row["closer"]
    if closer in (None, Closer.TOWN):
        return ""
    asked = detail.row["reported_on"]
    if action is Action.ACCEPT:
        return f"该问题由{closer.label}销号：验收通过后即记为已上报，等待批准。"
    if action is Action.CLOSE:
        since = (
            f"已于 {asked.isoformat()} 上报{closer.label}，"
            if asked is not None
            else f"该问题由{closer.label}销号，"
        )
        return f"{since}收到批准后填写批准单位和文号；办理时间填批准的日期，统计以它为准。"
    return ""


def _proposed(detail: ProblemDetail, action: Action) -> dict[str, Any]:
    values = detail.values
    if action is Action.SIGN_FOR:
        return {"actor": values["officer"] or values["unit"]}
    if action is Action.ACCEPT:
        return {"actor": ""}
    if action is Action.VERIFY:
        return {"severity": values["severity"], "severity_reason": values["severity_reason"]}
    if action in (Action.SUBMIT, Action.PROGRESS):
        kept = {key: values[key] for key in ("measures", "disposal")}
        return {"actor": values["officer"] or values["unit"], **kept}
    return dict(_READY.get(action, {}))


def _keys(kind: type[Input]) -> list[str]:
    own = [key for key in kind.model_fields if key not in (*_HIDDEN, EXCEPTION)]
    first = [key for key in _FIRST if key in own]
    last = [key for key in _LAST if key in own]
    return [*first, *(key for key in own if key not in (*first, *last)), *last]


def _first_to_fill(form: Form[Any]) -> str:
    """The first field that must be filled and is empty; the date when there is none."""
    for key, field in form.fields.items():
        if form.kind.model_fields[key].is_required() and field.value() in ("", None):
            return key
    return "happened_at"


def _field(key: str, kind: type[Input], workspace: Workspace) -> FormField:
    """The widget for one field of an action's input."""
    info = kind.model_fields[key]
    today = workspace.today()
    if key == "happened_at":
        return MomentField(year_of=today)
    if key == "work":
        return WorkField()
    if key == "severity":
        return TermField(Severity)
    if key == "disposal":
        return TermField(Disposal)
    if key in ("deadline", "until", "answer_by"):
        field = DateField(year_of=today)
        if key == "deadline" and not info.is_required():
            field.setPlaceholderText("不填则按本单位的时限规定")
        return field
    longest = next((item.max_length for item in info.metadata if hasattr(item, "max_length")), 0)
    if longest > _SHORT:
        return TextField(lines=3)
    line = LineField()
    if key == "actor":
        with workspace.read() as session:
            known = suggestions.acceptors(session) + suggestions.officers(session)
        line.suggest([workspace.clerk, *known])
    return line
