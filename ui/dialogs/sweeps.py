"""举一反三: asking the question, entering answers, registering what was found, voiding a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from river_chief.queries import suggestions
from river_chief.queries.ledger_query import Row
from river_chief.queries.problem_detail import ProblemDetail
from river_chief.queries.sweeps import Asked, asked, likely_found, proposal
from river_chief.terms import Scope, Source, SweepReply
from river_chief.verbs import sweeps
from river_chief.verbs.lookup import listed
from river_chief.verbs.sweeps import Answering, FoundHere, NewSweep, SweepVoid
from ui.dialogs.problem_dialog import ProblemDialog, problem_form
from ui.dialogs.step_head import headline
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField, TermField, TextField
from ui.forms.form import Form
from ui.forms.pickers import PickField
from ui.workspace import Workspace


class AskDialog(VerbDialog[NewSweep]):
    """The question and the day of the answers follow scope and day until the clerk words them."""

    def __init__(self, parent: QWidget, workspace: Workspace, detail: ProblemDetail) -> None:
        self._problem_id = detail.row.id
        self._why = QLabel()
        self._why.setProperty("role", "muted")
        self._why.setWordWrap(True)
        form: Form[NewSweep] = Form(NewSweep)
        form.add("scope", TermField(Scope, empty=None))
        form.add("asked_on", DateField(year_of=workspace.today()))
        form.add("question", TextField(lines=5), span=2)
        form.add("due_on", DateField(year_of=workspace.today()))
        form.add_wide(self._why)
        form.finish()
        super().__init__(
            parent,
            workspace,
            "举一反三",
            form,
            sweeps.ask,
            fixed={"problem_id": detail.row.id, "version": detail.row.version},
            headline=headline(
                detail, "向每个在用的村或河段问同样的问题，逐一答复；没有答复和“已查无此类问题”分开统计。"
            ),
            accept_text="布置",
            width=660,
        )
        question, due, why = self._proposed(Scope.VILLAGE, workspace.today())
        self._usual: dict[str, Any] = {"question": question, "due_on": due}
        self._why.setText(f"答复期限：{why}")
        self.load({"scope": Scope.VILLAGE, "asked_on": workspace.today(), **self._usual})
        for key in ("scope", "asked_on"):
            form.fields[key].changed.connect(self._follow)
        form.focus("scope")

    def _proposed(self, scope: Scope, day: date) -> tuple[str, date, str]:
        with self.workspace.read() as session:
            return proposal(session, self._problem_id, scope, day)

    def _follow(self) -> None:
        values = self.form.values()
        if not isinstance(values["asked_on"], date):
            return
        question, due, why = self._proposed(values["scope"], values["asked_on"])
        for key, text in (("question", question), ("due_on", due)):
            if values[key] == self._usual[key]:
                self.form.fields[key].set_value(text)
                self._usual[key] = text
        self._why.setText(f"答复期限：{why}")


def answer_dialog(parent: QWidget, workspace: Workspace, answer_id: int, row: Row) -> VerbDialog[Answering]:
    """What one place answers, or another answer than before; a problem found may be registered already."""
    own = _asked(workspace, answer_id)
    with workspace.read() as session:
        problems, people = likely_found(session, own), suggestions.officers(session)
    form: Form[Answering] = Form(Answering)
    form.add("reply", TermField(SweepReply, empty=None))
    form.add("answered_on", DateField(year_of=workspace.today()))
    form.add("answerer", LineField(suggestions=people))
    form.add(
        "problem_id",
        PickField(problems, hint="已登记的问题编号"),
        help="答复“发现同类问题”的填写；还没有登记的，用“登记发现的问题”。",
    )
    form.add("words", TextField(lines=2), span=2)
    form.finish()
    again = row["reply"] is not None
    dialog = VerbDialog(
        parent,
        workspace,
        "更正答复" if again else "答复",
        form,
        sweeps.answer,
        fixed={"answer_ids": (answer_id,), "version": row.version, "corrects": again},
        headline=f"{own.place}\n{own.question}",
        accept_text="更正" if again else "保存",
    )
    kept = {key: row[key] for key in ("reply", "answered_on", "answerer", "words")} if again else {}
    dialog.load({"answered_on": workspace.today(), **kept, "problem_id": own.problem_id})
    return dialog


def nothing_found_dialog(
    parent: QWidget, workspace: Workspace, ids: Sequence[int], places: Sequence[str]
) -> VerbDialog[Answering]:
    """已查无此类问题 or 不涉及 for several places at once."""
    form: Form[Answering] = Form(Answering)
    form.add("answered_on", DateField(year_of=workspace.today()))
    form.add("answerer", LineField(hint="不填则为各村的村级河长"))
    form.add("words", LineField(), span=2)
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        SweepReply.NONE.label,
        form,
        sweeps.answer,
        fixed={"answer_ids": tuple(ids), "reply": SweepReply.NONE},
        headline=f"{listed(places)}答复“{SweepReply.NONE.label}”。",
        accept_text="保存",
    )
    dialog.load({"answered_on": workspace.today(), "words": "已逐处排查，无此类问题"})
    return dialog


def found_dialog(parent: QWidget, workspace: Workspace, answer_id: int) -> ProblemDialog[FoundHere]:
    """Registers what a place found, as its answer; place and category are filled in."""
    own = _asked(workspace, answer_id)
    form = problem_form(FoundHere, workspace)
    dialog: ProblemDialog[FoundHere] = ProblemDialog(
        parent,
        workspace,
        f"登记{own.place}发现的同类问题",
        form,
        sweeps.report_found,
        fixed={"answer_id": answer_id},
        accept_text="登记并答复",
    )
    dialog.load(
        {
            "found_on": workspace.today(),
            "source": Source.TOWN,
            "village_id": own.area_id,
            "reach_id": own.reach_id,
            "category_code": own.category_code,
        }
    )
    dialog.begin("finder")
    return dialog


def void_dialog(parent: QWidget, workspace: Workspace, row: Row) -> VerbDialog[SweepVoid]:
    """Voids a sweep that was asked in error."""
    form: Form[SweepVoid] = Form(SweepVoid, columns=1)
    form.add("words", LineField(hint="如 布置重复"))
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        "作废举一反三",
        form,
        sweeps.void_sweep,
        fixed={"id": row.id, "version": row.version},
        headline=f"作废问题{row['number']}的举一反三（{row['scope'].label}）？已登记的问题不变。",
        accept_text="作废",
        dangerous=True,
        width=460,
    )


def _asked(workspace: Workspace, answer_id: int) -> Asked:
    with workspace.read() as session:
        return asked(session, answer_id)
