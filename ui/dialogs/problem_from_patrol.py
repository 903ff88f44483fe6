"""Registering what a patrol found as a problem, with everything the log already says filled in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.patrol_detail import PatrolDetail
from river_chief.storage.database import Snapshot
from river_chief.terms import Performer, Source
from river_chief.verbs.problems import NewProblem
from ui.dialogs.problem_dialog import ProblemDialog, new_problem
from ui.workspace import Workspace


def register_found(parent: QWidget, workspace: Workspace, detail: PatrolDetail) -> ProblemDialog[NewProblem]:
    """Open the register dialog for the finding of a log and return it; the problem keeps the log's id."""
    with workspace.read() as session:
        water = _water(session, detail)
    row = detail.row
    is_chief = row["role"].is_chief
    values = {
        "source": Source.CHIEF if is_chief else Source.PATROLLER,
        "found_on": row["started_at"].date(),
        "finder": row["person_name"] if row["performer"] is Performer.SELF else "",
        "reach_id": detail.reaches[0][0] if len(detail.reaches) == 1 else None,
        "water_id": water,
        "village_id": detail.villages[0] if len(detail.villages) == 1 else None,
        "description": row["finding"],
    }
    dialog = new_problem(parent, workspace, values)
    dialog.fixed["patrol_id"] = row.id
    dialog.open()
    return dialog


def _water(session: Snapshot, detail: PatrolDetail) -> int | None:
    """The water of the reaches walked, if it is one."""
    walked = {id for id, _ in detail.reaches}
    waters = {reach.parent for reach in choices.reaches(session) if reach.id in walked}
    only = next(iter(waters)) if len(waters) == 1 else None
    return only if isinstance(only, int) else None
