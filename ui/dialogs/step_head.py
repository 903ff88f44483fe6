"""What every step of the closed loop begins with: which problem it is, the day and the clerk."""

from __future__ import annotations

from typing import Any

from river_chief.queries.problem_detail import ProblemDetail
from ui.workspace import Workspace


def headline(detail: ProblemDetail, help: str = "") -> str:
    """The problem in a line or two, so that nobody acts on the wrong one."""
    row = detail.row
    about = "　".join(str(row[key]) for key in ("number", "water_name", "village_name") if row[key])
    return "\n".join(text for text in (about, str(row["brief"]), help) if text)


def starting_values(workspace: Workspace) -> dict[str, Any]:
    """Today and the clerk, which are right most of the time."""
    return {"happened_at": workspace.today(), "actor": workspace.clerk}
