"""What every step of the closed loop begins with: which problem it is, the day and the clerk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from river_chief.queries.problem_detail import ProblemDetail
from river_chief.terms import Action
from ui.workspace import Workspace


def headline(detail: ProblemDetail, help: str = "") -> str:
    """The problem in a line or two, so that nobody acts on the wrong one."""
    row = detail.row
    about = "　".join(str(row[key]) for key in ("number", "water_name", "village_name") if row[key])
    return "\n".join(text for text in (about, str(row["brief"]), help) if text)


def grade_help(detail: ProblemDetail, actions: Sequence[Action]) -> str:
    """建议等级, where one of *actions* settles the severity."""
    suggested = detail.row["suggested_severity"]
    if suggested is None or Action.VERIFY not in actions:
        return ""
    return f"建议等级：{suggested.label}（{detail.row['extent']}）。定为其他等级的，要填写等级说明。".replace(
        "（）", ""
    )


def starting_values(workspace: Workspace) -> dict[str, Any]:
    """Today and the clerk, which are right most of the time."""
    return {"happened_at": workspace.today(), "actor": workspace.clerk}
