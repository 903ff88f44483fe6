"""How cells of the ledgers stand out: a sign and a tone, never colour alone."""

from __future__ import annotations

from river_chief.queries.ledger_query import Row
from river_chief.terms import State
from ui.style import Tone
from ui.tables.record_table import Look

_OVERDUE = Look(Tone.ALERT, "⚠ ")
_MUTED = Look(Tone.MUTED)
_CLOCK = ("deadline", "overdue_days", "days_left", "state")
_OUT = (State.UNFOUNDED, State.MERGED, State.HANDED_OVER, State.VOIDED)


def problem_look(row: Row, key: str) -> Look | None:
    """Overdue and unfinished problems in red with ⚠; those out by another way than 销号 in grey."""
    if row["state"] in _OUT:
        return _MUTED
    if row["state"] is not State.CLOSED and row["rectified_on"] is None and (row["overdue_days"] or 0) > 0:
        return _OVERDUE if key == "deadline" else Look(Tone.ALERT) if key in _CLOCK else None
    return None
