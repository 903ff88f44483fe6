"""The rows behind the figures of 四比: problems, or patrol logs of the villages' own chiefs."""

from __future__ import annotations

from river_chief.figures.four import FourFigures, VillageFour
from river_chief.figures.rows import rows_behind
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter

PROBLEMS: dict[str, str] = {
    "found": "own_finding_rate.denominator",
    "own_found": "own_finding_rate.numerator",
    "own_finding_rate": "own_finding_rate.numerator",
    "looked_back": "look_back_relapse_rate.denominator",
    "rejection_rate": "rejection_rate.numerator",
    "due": "due",
    "on_time": "on_time",
    "on_time_rate": "on_time_rate.numerator",
    "average_days": "rectified",
    "overdue": "overdue",
    "overdue_rate": "overdue_rate.numerator",
    "ever_found": "closing_rate_cumulative.denominator",
    "ever_closed": "closing_rate_cumulative.numerator",
    "closing_rate_cumulative": "closing_rate_cumulative.numerator",
    "relapse_rate": "relapse_rate.numerator",
    "ending": "ending",
}
"""The count (of ``figures.rows``) behind a figure; that of a rate is its numerator."""
LOGS: dict[str, bool] = {"patrols": False, "patrols_found": True, "finding_rate": True}
"""Figures that count logs; whether only those with a finding."""


def problems_of(four: FourFigures, key: str, village: VillageFour) -> ProblemFilter:
    """The problems counted under *key* in *village* (``four.total``: in all)."""
    villages = () if village is four.total else (_area(village),)
    return rows_behind(four.window, PROBLEMS[key], villages=villages)


def logs_of(four: FourFigures, key: str, village: VillageFour) -> PatrolFilter:
    """The logs counted under *key*; of no chief, none."""
    known = four.window.known
    return PatrolFilter(
        tenures=village.tenures or (0,), days=(known.first, known.last), with_finding=LOGS[key]
    )


def _area(village: VillageFour) -> int | None:
    if isinstance(village.key, str):
        raise TypeError("a village has a number")
    return village.key
