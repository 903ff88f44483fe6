"""督促阶梯: a step of the ladder, added or changed; only what its condition needs can be filled in."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.rules.ladder import LADDER_PAPERS, RATE_NAMES
from river_chief.terms import PaperKind, Severity, Target, Trigger
from river_chief.verbs import rule_rows
from ui.dialogs.rule_rows import row_dialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import FormField, LineField, NumberField, TermField
from ui.forms.form import Form
from ui.forms.one_of import OneOfField
from ui.workspace import Workspace

_NEEDS: dict[Trigger, tuple[str, ...]] = {
    Trigger.BEFORE_DUE: ("days",),
    Trigger.AFTER_DUE: ("days",),
    Trigger.OVERDUE_COUNT: ("count",),
    Trigger.RATE_BELOW: ("rate_key", "percent", "months"),
    Trigger.RANK_LAST: ("months",),
    Trigger.RELAPSE: ("count",),
}


def ladder_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A step of the ladder (督促阶梯)."""
    form: Form[Any] = Form(rule_rows.LadderRow)
    trigger = TermField(Trigger, empty=None)
    form.section("什么时候")
    form.add("ordinal", NumberField(), help="1 最轻；同一级每轮只发一次")
    form.add("name", LineField(hint="如 逾期督办"))
    form.add("trigger", trigger)
    form.add("severity", TermField(Severity, empty="各种程度"))
    used: dict[str, FormField] = {
        "days": form.add("days", NumberField(hint="到期前或逾期几日")),
        "count": form.add("count", NumberField(hint="逾期件数或反弹次数")),
        "rate_key": form.add("rate_key", OneOfField(RATE_NAMES, empty="")),
        "percent": form.add("percent", NumberField(), unit="%"),
        "months": form.add("months", NumberField(hint="几个月")),
    }
    form.section("发什么给谁")
    form.add("paper", OneOfField({kind: kind.label for kind in LADDER_PAPERS}))
    form.add("target", TermField(Target, empty=None))
    form.add("note", LineField(), span=2)
    form.finish()

    def follow() -> None:
        chosen = trigger.value()
        needs = _NEEDS[chosen] if isinstance(chosen, Trigger) else ()
        for key, field in used.items():
            if isinstance(field, QWidget):
                field.setEnabled(key in needs)
            if key not in needs:
                field.set_value(None)

    trigger.changed.connect(follow)
    start = {
        "ordinal": 1,
        "trigger": Trigger.AFTER_DUE,
        "paper": PaperKind.URGE,
        "target": Target.UNIT,
    }
    headline = "" if id else "程序按条件提出建议，发不发由经办人决定。"
    dialog = row_dialog(parent, workspace, form, id, start, headline=headline, width=680)
    follow()
    return dialog
