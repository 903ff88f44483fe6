"""交办: who answers for a problem and until when; the deadline explains itself."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from river_chief.queries import suggestions
from river_chief.queries.problem_detail import ProblemDetail
from river_chief.terms import Action, Clock, Severity, StartEvent
from river_chief.verbs.deadlines import PROVISIONAL, proposed_for
from river_chief.verbs.steps.merged import Chain, accepted_by
from ui.dialogs.step_dialog import StepDialog, add_exception
from ui.dialogs.step_head import grade_help, headline, starting_values
from ui.forms.fields import DateField, LineField, MomentField, TermField, TextField
from ui.forms.form import Form
from ui.workspace import Workspace


class AssignDialog(StepDialog):
    """The deadline follows the office's rule and the day of assigning until the clerk types another.

    With the verifying before it and the signing after it, where the office merges them.
    """

    def __init__(
        self, parent: QWidget, workspace: Workspace, detail: ProblemDetail, actions: Chain = (Action.ASSIGN,)
    ) -> None:
        self._severity: Severity | None = detail.values["severity"]
        self._problem_id = detail.row.id
        self._own_deadline = False
        self._why = QLabel()
        super().__init__(
            parent,
            workspace,
            detail,
            actions,
            self._make_form(workspace, actions),
            headline=headline(detail, grade_help(detail, actions)),
            width=700,
        )
        self.load({**starting_values(workspace), **_proposed(detail)})
        self._follow()
        self._untouched = self.form.values()
        self.form.fields["happened_at"].changed.connect(self._follow)
        self.form.fields["deadline"].changed.connect(self._on_own_deadline)
        if "severity" in self.form.fields:
            self.form.fields["severity"].changed.connect(self._on_severity)
        self.form.focus("severity" if "severity" in self.form.fields and not self._severity else "unit")

    def _make_form(self, workspace: Workspace, actions: Chain) -> Form[Any]:
        today = workspace.today()
        with workspace.read() as session:
            units, officers = suggestions.units(session), suggestions.officers(session)
        form: Form[Any] = Form(accepted_by(actions), columns=2)
        if Action.VERIFY in actions:
            form.add("severity", TermField(Severity))
            form.add("severity_reason", LineField())
        form.add("unit", LineField(suggestions=units))
        form.add("happened_at", MomentField(year_of=today), label="交办时间")
        form.add("officer", LineField(suggestions=officers))
        form.add("deadline", DateField(year_of=today))
        form.add("officer_title", LineField())
        form.add("officer_phone", LineField())
        self._why.setProperty("role", "muted")
        self._why.setWordWrap(True)
        form.add_wide(self._why)
        form.add("goal", TextField(lines=2), span=2)
        form.add("measures", TextField(lines=2), span=2)
        form.add("leader", LineField())
        form.add("supervisor", LineField())
        form.add("lead_department", LineField())
        form.add("helping_departments", LineField())
        form.add("assign_number", LineField(hint="不填则自动编号"))
        form.add("actor", LineField(suggestions=[workspace.clerk]))
        if Action.SIGN_FOR in actions:
            form.add("signer", LineField(suggestions=officers))
        add_exception(form, actions)
        form.finish()
        return form

    def _on_own_deadline(self) -> None:
        self._own_deadline = True
        self._why.setText("时限由您填写。")

    def _on_severity(self) -> None:
        self._severity = self.form.fields["severity"].value()
        self._follow()

    def _follow(self) -> None:
        start = self.form.fields["happened_at"].value()
        if self._severity is None or self._own_deadline or not isinstance(start, date):
            return
        moment = start if isinstance(start, datetime) else datetime.combine(start, time.min)
        with self.workspace.read() as session:
            found = proposed_for(session, self._problem_id, Clock.RECTIFY, moment, self._severity)
        self.form.fields["deadline"].set_value(found.due)
        settled_later = PROVISIONAL if found.event is StartEvent.SIGNED else ""
        self._why.setText(f"时限：{found.sentence}{settled_later}")


def _proposed(detail: ProblemDetail) -> dict[str, Any]:
    """What the ledger already says: its own fields, else the village and its chief."""
    values, row = detail.values, detail.row
    return {
        "severity": values["severity"],
        "severity_reason": values["severity_reason"],
        "signer": values["officer"] or row["village_chief"] or "",
        "unit": values["unit"] or row["village_name"] or "",
        "officer": values["officer"] or row["village_chief"] or "",
        **{
            key: values[key]
            for key in (
                "officer_title",
                "officer_phone",
                "leader",
                "lead_department",
                "helping_departments",
                "supervisor",
                "goal",
                "measures",
            )
        },
    }
