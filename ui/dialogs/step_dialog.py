"""The frame of a dialog that takes a problem one step on, or several the office does in one go (合并办理)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.bulk import chains
from river_chief.queries.problem_detail import ProblemDetail
from river_chief.storage.database import Verb, Writer
from river_chief.verbs.steps import DOINGS
from river_chief.verbs.steps.merged import Chain, label
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.form import Form
from ui.workspace import Workspace


class StepDialog(VerbDialog[Any]):
    """Carries out *actions* on the problem of *detail*, on the version shown there; one undo takes all back."""

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

    def work(self, writer: Writer, verb: Verb[Any], entry: Any) -> None:
        """Each step of the chain as an act of its own."""
        chains.do(writer, self.actions_done, entry, self.number)
