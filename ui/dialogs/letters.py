"""督促文书: a letter of the ladder issued, its answer entered, one issued in error voided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import suggestions
from river_chief.queries.ladder import ladder_rules, running_problems
from river_chief.queries.ledger_query import Row
from river_chief.rules import ladder_letter
from river_chief.rules.escalation import clock_of
from river_chief.rules.ladder import Running
from river_chief.rules.ladder_draft import Draft, draft_for
from river_chief.rules.ladder_letter import Covered
from river_chief.terms import PaperKind
from river_chief.verbs import escalation
from river_chief.verbs.escalation import Escalation, PaperAnswer, PaperVoiding
from river_chief.verbs.steps.reminding import answer_deadline
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.covered import CoveredField
from ui.forms.fields import DateField, LineField, TextField
from ui.forms.form import Form
from ui.workspace import Workspace


class LetterDialog(VerbDialog[Escalation]):
    """Asks for a letter as drafted; its addressee, reason and text follow the ticks and days until changed."""

    def __init__(self, parent: QWidget, workspace: Workspace, draft: Draft) -> None:
        self._draft = draft
        form: Form[Escalation] = Form(Escalation)
        form.add("addressee", LineField(suggestions=_addressees(workspace, draft)), span=2)
        form.add("reason", LineField(), span=2)
        if draft.problems:
            today = workspace.today()
            options = [
                (each.id, f"{each.number}　{clock_of(each, today)}　{each.brief}") for each in draft.problems
            ]
            form.add("problem_ids", CoveredField(options), span=2)
        form.add("issued_on", DateField(year_of=workspace.today()))
        form.add("answer_by", DateField(year_of=workspace.today()))
        form.add("paper_number", LineField(hint="不填则自动编号"), span=2)
        form.add("body", TextField(lines=7), span=2)
        form.finish()
        super().__init__(
            parent,
            workspace,
            f"印发{draft.kind.label}",
            form,
            escalation.escalate,
            fixed={"kind": draft.kind, "area_id": draft.area_id, "ladder_step_id": draft.rule_id},
            headline=draft.note,
            accept_text="印发",
            width=720,
        )
        with workspace.read() as session:
            answer_by = answer_deadline(session, workspace.today())
        self._proposed = {"addressee": draft.addressee, "reason": draft.reason}
        self._proposed["body"] = self._text(draft.problems, draft.reason, answer_by)
        self.load(
            {
                **self._proposed,
                "problem_ids": tuple(each.id for each in draft.problems),
                "issued_on": workspace.today(),
                "answer_by": answer_by,
            }
        )
        form.changed.connect(self._follow)
        form.focus("addressee")

    def _follow(self) -> None:
        """What the clerk has not written himself follows what he has changed elsewhere."""
        values = self.form.values()
        covered = [each for each in self._draft.problems if each.id in values.get("problem_ids", ())]
        addressee, reason = self._draft.narrowed(covered, self.workspace.today())
        self._propose("addressee", values["addressee"], addressee)
        reason = self._propose("reason", values["reason"], reason)
        answer_by = values["answer_by"]
        text = self._text(covered, reason, answer_by if isinstance(answer_by, date) else None)
        self._propose("body", values["body"], text)

    def _propose(self, key: str, now: str, usual: str) -> str:
        """Show *usual* in place of what was proposed before; what was written otherwise stays. Return what stands."""
        if now != self._proposed[key]:
            return now
        if usual != now:
            self._proposed[key] = usual
            self.form.fields[key].set_value(usual)
        return usual

    def _text(self, problems: Sequence[Running], reason: str, answer_by: date | None) -> str:
        return ladder_letter.body(self._draft.kind, [_covered(each) for each in problems], reason, answer_by)


def letter_dialog(parent: QWidget, workspace: Workspace, kind: PaperKind, ids: Sequence[int]) -> LetterDialog:
    """A letter of *kind* about the problems of *ids*, which are being put right."""
    today = workspace.today()
    with workspace.read() as session:
        draft = draft_for(kind, running_problems(session, today, ids), ladder_rules(session), today)
    return LetterDialog(parent, workspace, draft)


def answer_dialog(parent: QWidget, workspace: Workspace, row: Row) -> VerbDialog[PaperAnswer]:
    """The answer to the letter of *row*; one that is there already can be put right."""
    form: Form[PaperAnswer] = Form(PaperAnswer)
    form.add("answered_on", DateField(year_of=workspace.today()))
    form.add("answerer", LineField(suggestions=_known(workspace)))
    form.add("answer", TextField(lines=5), span=2)
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "更正答复" if row["answered_on"] else "登记答复",
        form,
        escalation.answer_paper,
        fixed={"paper_id": row.id, "version": row.version},
        headline=_headline(row),
        accept_text="保存",
    )
    dialog.load(
        {
            "answered_on": row["answered_on"] or workspace.today(),
            "answerer": row["answerer"] or row["addressee"],
            "answer": row["answer"],
        }
    )
    form.focus("answer")
    return dialog


def void_dialog(parent: QWidget, workspace: Workspace, row: Row) -> VerbDialog[PaperVoiding]:
    """The voiding of the letter of *row*."""
    form: Form[PaperVoiding] = Form(PaperVoiding, columns=1)
    form.add("reason", LineField(hint="例如：主送写错，已另发"))
    form.finish()
    help = "仅用于发错的文书。文号保留，不再给别的文书；这一级督促重新视为没有发过。"
    return VerbDialog(
        parent,
        workspace,
        f"作废{row['kind'].label}",
        form,
        escalation.void_paper,
        fixed={"paper_id": row.id, "version": row.version},
        headline=f"{_headline(row)}\n{help}",
        accept_text="作废",
        dangerous=True,
    )


def _headline(row: Row) -> str:
    due = f"，{row['due_on'].isoformat()}前答复" if row["due_on"] else ""
    said = (
        f"{row['kind'].label}{row['number']}　主送{row['addressee']}　{row['issued_on'].isoformat()}印发{due}"
    )
    return "\n".join(text for text in (said, row["title"]) if text)


def _covered(problem: Running) -> Covered:
    return Covered(problem.number, problem.assign_number, problem.brief, problem.deadline)


def _addressees(workspace: Workspace, draft: Draft) -> list[str]:
    own: list[Any] = [each for problem in draft.problems for each in (problem.unit, problem.village)]
    return [each for each in own if each] + _known(workspace)


def _known(workspace: Workspace) -> list[str]:
    with workspace.read() as session:
        return suggestions.units(session) + suggestions.officers(session)
