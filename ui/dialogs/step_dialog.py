"""The frame of a dialog that takes a problem one step on, or several the office does in one go (合并办理)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from river_chief.bulk import chains
from river_chief.changes import Changes
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.queries.proof import missing_for
from river_chief.rules.proof import PROVABLE, SHOWN_BY, missing, names_in
from river_chief.storage.database import Verb, Writer
from river_chief.terms import Action, Phase, Proof
from river_chief.verbs.steps import DOINGS
from river_chief.verbs.steps.merged import Chain, label
from ui.dialogs.problem_dialog import edit_problem
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import TextField
from ui.forms.form import Form
from ui.forms.missing import MissingList
from ui.forms.photo_tray import PhotoTray
from ui.workspace import Workspace

EXCEPTION = "exception"
_FIELD_OF = {Proof.WORK: "work", Proof.TWO_ACCEPTORS: "actor"}


def add_exception(form: Form[Any], actions: Chain) -> None:
    """Add the field for the words on missing proof, where *actions* may need any."""
    if any(action in PROVABLE for action in actions):
        form.add(
            EXCEPTION, TextField(lines=2), span=2, help="缺少的佐证确实没有时才填写；这一步将记为例外办理。"
        )


# The photos a step comes with, the usual ones first.
PHASES: dict[Action, tuple[Phase, ...]] = {
    Action.VERIFY: (Phase.BEFORE, Phase.EVIDENCE),
    Action.REFUTE: (Phase.EVIDENCE, Phase.BEFORE),
    Action.SIGN_FOR: (Phase.SCAN,),
    Action.PROGRESS: (Phase.DURING, Phase.AFTER),
    Action.SUBMIT: (Phase.AFTER, Phase.BEFORE, Phase.DURING, Phase.SCAN),
    Action.ACCEPT: (Phase.AFTER, Phase.SCAN, Phase.EVIDENCE),
    Action.REJECT: (Phase.EVIDENCE,),
    Action.CLOSE: (Phase.SCAN, Phase.AFTER),
    Action.RETURN: (Phase.SCAN,),
    Action.LOOK_BACK: (Phase.LOOK_BACK,),
    Action.RELAPSE: (Phase.LOOK_BACK, Phase.BEFORE),
    Action.HAND_OVER: (Phase.SCAN, Phase.EVIDENCE),
    Action.REPLY: (Phase.SCAN,),
    Action.SUSPEND: (Phase.SCAN, Phase.EVIDENCE),
}


class StepDialog(VerbDialog[Any]):
    """Carries out *actions* on the problem of *detail*, on the version shown there; one undo takes all back.

    What the actions still need as proof is listed above the form and leads to where it is entered.
    """

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        detail: ProblemDetail,
        actions: Chain,
        form: Form[Any],
        *,
        headline: str,
        accept_text: str = "",
        dangerous: bool = False,
        width: int = 620,
    ) -> None:
        self.actions_done = actions
        self.number = str(detail.row["number"])
        self._problem_id = detail.row.id
        self._lacking: tuple[Proof, ...] = ()
        self.missing = MissingList()
        super().__init__(
            parent,
            workspace,
            label(actions),
            form,
            DOINGS[actions[0]].verb,
            fixed={"problem_id": detail.row.id, "version": detail.row.version},
            headline=headline,
            accept_text=accept_text or label(actions),
            dangerous=dangerous,
            width=width,
        )
        phases = next((PHASES[action] for action in actions if action in PHASES), ())
        if not phases and any(action in PROVABLE for action in actions):
            phases = (Phase.SCAN, Phase.EVIDENCE)
        if phases:
            owner = {"problem_id": detail.row.id}
            tray = PhotoTray(workspace, phases, owner, f"{self.number}{label(actions)}")
            tray.changed.connect(self._show_missing)
            self.hold_photos(tray)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.complaint), self.missing)
        self.missing.asked.connect(self.make_good)
        form.changed.connect(self._show_missing)
        workspace.changed.connect(self._look_again)
        self._look_again()

    def load(self, values: Mapping[str, Any]) -> None:
        """Show *values* as the starting point, and what they leave missing."""
        super().load(values)
        self._show_missing()

    def make_good(self, proof: Proof) -> None:
        """Lead the clerk to where *proof* is entered."""
        if proof in _FIELD_OF:
            self.form.focus(_FIELD_OF[proof])
        elif proof in SHOWN_BY:
            self.add_photos(SHOWN_BY[proof])
        else:
            editing = edit_problem(self, self.workspace, self._read())
            editing.done_well.connect(self._take_version)
            editing.open()

    def add_photos(self, phase: Phase) -> None:
        """Let the clerk choose photos or scans of *phase*; they are attached with the step."""
        if self.tray is not None:
            self.tray.choose(phase)

    def _take_version(self) -> None:
        """The clerk has changed the problem from here: the step is done on what it is now."""
        self.fixed["version"] = self._read().row.version

    def _look_again(self, _changes: Changes | None = None) -> None:
        if self.is_over:
            return
        with self.workspace.read() as session:
            self._lacking = missing_for(session, self._problem_id, self.actions_done)
        self._show_missing()

    def _wanted_height(self, width: int) -> int:
        missing = 0 if self.missing.isHidden() else self.missing.sizeHint().height() + self.body.spacing()
        return super()._wanted_height(width) + missing

    def _show_missing(self) -> None:
        lacking = missing(self._lacking, self._entered())
        self.missing.show_missing(lacking)
        if EXCEPTION in self.form.fields:
            self.form.set_shown(EXCEPTION, bool(lacking))
        self._make_room()

    def _entered(self) -> set[Proof]:
        """The proof that stands in the form, and the photos held."""
        values = self.form.values()
        held = set() if self.tray is None else {photo.phase for photo in self.tray.photos}
        found = {proof for proof, phase in SHOWN_BY.items() if phase in held}
        if any((values.get("work") or {}).values()):
            found.add(Proof.WORK)
        if Action.ACCEPT in self.actions_done and names_in(str(values["actor"])) >= 2:
            found.add(Proof.TWO_ACCEPTORS)
        return found

    def _read(self) -> ProblemDetail:
        with self.workspace.read() as session:
            return problem_detail(session, self._problem_id, self.workspace.today())

    def work(self, writer: Writer, verb: Verb[Any], entry: Any) -> None:
        """Each step of the chain as an act of its own."""
        chains.do(writer, self.actions_done, entry, self.number)
