"""Rows of the tables of rules: added, changed, retired. One function for each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from river_chief.queries import choices
from river_chief.queries.office_tables import values_of
from river_chief.rules.lights import LIT
from river_chief.rules.proof import PROVABLE
from river_chief.terms import Action, Clock, Closer, DeadlineKind, Proof, Severity, Source, StartEvent
from river_chief.verbs import rule_rows
from river_chief.verbs.rule_rows import RETIRABLE, TABLES, RuleRetirement, RuleRow
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, FlagField, LineField, NumberField, TermField
from ui.forms.form import Form
from ui.forms.one_of import OneOfField
from ui.forms.pickers import PickField
from ui.workspace import Workspace

MORE_IS_BETTER = "越高越好：达到绿的数为绿，达到黄的数为黄，再低为红。"
LESS_IS_BETTER = "越低越好：不超过绿的数为绿，不超过黄的数为黄，再高为红。"


def deadline_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A row of the deadline table (时限)."""
    with workspace.read() as session:
        campaigns = choices.campaigns(session)
    form: Form[Any] = Form(rule_rows.DeadlineDefaultRow)
    form.section("什么问题的哪个环节")
    form.add("clock", TermField(Clock, empty=None))
    form.add("severity", TermField(Severity, empty="各种程度"))
    form.add("source", TermField(Source, empty="各种来源"))
    form.add("campaign_id", PickField(campaigns, hint="各专项"))
    form.section("多长时间")
    kind = TermField(DeadlineKind, empty=None)
    amount, on_day = NumberField(hint="天数或小时数"), DateField(year_of=workspace.today())
    rolls = FlagField("最后一天是休息日的，顺延到下一个工作日")
    form.add("kind", kind)
    form.add("start", TermField(StartEvent, empty=None))
    form.add("amount", amount)
    form.add("on_day", on_day)
    form.add("rolls", rolls, span=2, label="顺延")
    form.add("note", LineField(), span=2)
    form.finish()

    def follow() -> None:
        """Only what the kind needs can be filled in."""
        is_fixed = kind.value() is DeadlineKind.FIXED_DATE
        amount.setEnabled(not is_fixed)
        on_day.setEnabled(is_fixed)
        rolls.setEnabled(kind.value() is DeadlineKind.NATURAL_DAYS)
        if is_fixed:
            amount.set_value(None)
        else:
            on_day.set_value(None)

    kind.changed.connect(follow)
    start = {
        "clock": Clock.RECTIFY,
        "start": StartEvent.ASSIGNED,
        "kind": DeadlineKind.NATURAL_DAYS,
        "rolls": True,
    }
    dialog = row_dialog(parent, workspace, form, id, start, width=640)
    follow()
    return dialog


def holiday_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A day of the office's own calendar (节假日)."""
    form: Form[Any] = Form(rule_rows.HolidayRow, columns=1)
    form.add("day", DateField(year_of=workspace.today()))
    form.add("is_working", FlagField("这一天上班（不勾为放假）"), label="上班")
    form.add("name", LineField(hint="如 台风停工、春节调休上班"))
    form.finish()
    return row_dialog(parent, workspace, form, id, {"day": workspace.today()}, width=460)


def look_back_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A row of 回头看: when to look again, at how many."""
    with workspace.read() as session:
        categories = choices.categories(session)
    form: Form[Any] = Form(rule_rows.LookBackRow, columns=1)
    form.add("category_code", PickField(categories, by_code=True, hint="各种类型"))
    form.add("severity", TermField(Severity, empty="各种程度"))
    form.add("months", LineField(hint="如 1,3,6"), help="销号后第几个月各看一次，用逗号分开。")
    form.add("percent", NumberField(), unit="%", help="100 为每件都看；少于 100 的按问题固定抽取。")
    form.add("early_days", NumberField(), help="到期前这些天以内看的，算这一次。")
    form.add("note", LineField())
    form.finish()
    start = {"months": "1,3,6", "percent": 100, "early_days": 10}
    return row_dialog(parent, workspace, form, id, start, width=480)


def closing_dialog(parent: QWidget, workspace: Workspace, id: int) -> VerbDialog[Any]:
    """Who may strike off the problems of a source (销号权限), for each severity."""
    form: Form[Any] = Form(rule_rows.ClosingRow, columns=1)
    form.add("source", TermField(Source, empty=None))
    for key in ("minor", "serious", "major"):
        form.add(key, TermField(Closer, empty=None))
    form.add("note", LineField())
    form.finish()
    headline = "改动只影响以后验收的问题；已经上报的仍等原来的答复。"
    return row_dialog(parent, workspace, form, id, {}, headline=headline, width=460)


def proof_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """What a step needs to show for itself (佐证要求)."""
    with workspace.read() as session:
        categories = choices.categories(session)
    form: Form[Any] = Form(rule_rows.ProofRow, columns=1)
    form.add("action", TermField(PROVABLE, empty=None))
    form.add("proof", TermField(Proof, empty=None))
    form.add("category_code", PickField(categories, by_code=True, hint="各种类型"))
    form.add("severity", TermField(Severity, empty="各种程度"))
    form.add("is_needed", FlagField("需要（不勾则这类问题不要求这一项）"), label="要求")
    form.add("note", LineField())
    form.finish()
    start = {"action": Action.SUBMIT, "proof": Proof.AFTER_PHOTO, "is_needed": True}
    return row_dialog(parent, workspace, form, id, start, width=480)


def light_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """The limits of a rate (红黄绿标准)."""
    form: Form[Any] = Form(rule_rows.LightRow, columns=1)
    rate = form.add("rate_key", OneOfField({key: words.name for key, words in LIT.items()}))
    form.add("green", NumberField(), unit="%")
    form.add("yellow", NumberField(), unit="%")
    direction = QLabel()
    direction.setProperty("role", "muted")
    form.add_wide(direction)
    form.add("note", LineField())
    form.finish()
    dialog = row_dialog(parent, workspace, form, id, {"green": 95, "yellow": 85}, width=480)

    def follow() -> None:
        """Say on which side of the limits it is green."""
        direction.setText(LESS_IS_BETTER if LIT[rate.value()].less_is_better else MORE_IS_BETTER)

    rate.changed.connect(follow)
    follow()
    return dialog


def row_dialog(
    parent: QWidget,
    workspace: Workspace,
    form: Form[Any],
    id: int,
    start: Mapping[str, Any],
    *,
    headline: str = "",
    width: int = 620,
) -> VerbDialog[Any]:
    """The dialog for a row of the form's table: a new one that begins with *start*, or the one with *id*."""
    kind: type[RuleRow] = form.kind
    values = _values(workspace, str(kind.record.__tablename__), id)
    dialog: VerbDialog[Any] = VerbDialog(
        parent,
        workspace,
        f"修改{kind.what}" if id else f"新增{kind.what}",
        form,
        rule_rows.put,
        fixed={"id": id, "version": values["version"]} if id else {},
        headline=headline,
        accept_text="保存" if id else "确定",
        width=width,
    )
    dialog.load(values or start)
    return dialog


def retire_row_dialog(parent: QWidget, workspace: Workspace, ledger: str, id: int) -> VerbDialog[Any]:
    """The retirement of a row of the table *ledger*."""
    kind, values = RETIRABLE[ledger], _values(workspace, ledger, id)
    said = TABLES[ledger].model_construct(**values).said
    form: Form[Any] = Form(RuleRetirement, columns=1)
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        f"停用{kind.what}",
        form,
        rule_rows.retire,
        fixed={"ledger": ledger, "id": id, "version": values["version"]},
        headline=f"停用“{said}”？以前按它办理的不变，以后不再按它计算。",
        accept_text="停用",
        dangerous=True,
        width=460,
    )


def _values(workspace: Workspace, ledger: str, id: int) -> dict[str, Any]:
    if not id:
        return {}
    with workspace.read() as session:
        return values_of(session, ledger, id)
