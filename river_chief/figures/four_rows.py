"""The rows behind the figures of 四比: problems, patrol logs, or the chiefs whose patrols are counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from river_chief.figures.four import FourFigures, Mean, VillageFour
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import rows_behind
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter


class Rows(Enum):
    """What a figure counts."""

    PROBLEMS = "problems"
    LOGS = "logs"
    PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class Behind:
    """The counts behind a figure: ``part``, and of a rate the ``whole`` it is part of.

    Of problems they are keys of ``figures.rows``; of logs and of the chiefs' patrols those of a ``DutyLine``.
    """

    rows: Rows
    part: str
    whole: str = ""


def _problems(part: str) -> Behind:
    return Behind(Rows.PROBLEMS, part)


def _rate(key: str) -> Behind:
    return Behind(Rows.PROBLEMS, f"{key}.numerator", f"{key}.denominator")


BEHIND: dict[str, Behind] = {
    "found": _problems("own_finding_rate.denominator"),
    "own_found": _problems("own_finding_rate.numerator"),
    "own_finding_rate": _rate("own_finding_rate"),
    "patrols": Behind(Rows.LOGS, "patrols"),
    "patrols_found": Behind(Rows.LOGS, "found"),
    "finding_rate": Behind(Rows.LOGS, "found", "patrols"),
    "owed": Behind(Rows.PERSONS, "owed"),
    "compliant": Behind(Rows.PERSONS, "compliant"),
    "compliance": Behind(Rows.PERSONS, "compliant", "owed"),
    "valid_rate": Behind(Rows.PERSONS, "valid", "done"),
    "zero_finding": Behind(Rows.PERSONS, "zero_finding"),
    "looked_back": _problems("look_back_relapse_rate.denominator"),
    "rejection_rate": _rate("rejection_rate"),
    "due": _problems("due"),
    "on_time": _problems("on_time"),
    "on_time_rate": _rate("on_time_rate"),
    "average_days": _problems("rectified"),
    "overdue": _problems("overdue"),
    "overdue_rate": _rate("overdue_rate"),
    "ever_found": _problems("closing_rate_cumulative.denominator"),
    "ever_closed": _problems("closing_rate_cumulative.numerator"),
    "closing_rate_cumulative": _rate("closing_rate_cumulative"),
    "relapse_rate": _rate("relapse_rate"),
    "ending": _problems("ending"),
}
"""What stands behind each figure; 存量变化 is a difference and has no rows."""


def number_of(village: VillageFour, key: str, *, whole: bool = False) -> int:
    """How many are counted in the figure *key*: of a rate its numerator, or the *whole*; of a mean the clocks."""
    figure = village.figures[key]
    if isinstance(figure, Ratio):
        return figure.denominator if whole else figure.numerator
    return figure.clocks if isinstance(figure, Mean) else figure.number


def problems_of(four: FourFigures, key: str, village: VillageFour, *, whole: bool = False) -> ProblemFilter:
    """The problems counted in the figure *key* of *village* (``four.total``: of all)."""
    behind = BEHIND[key]
    villages = () if village is four.total else (area_of(village),)
    return rows_behind(four.window, behind.whole if whole else behind.part, villages=villages)


def logs_of(four: FourFigures, key: str, village: VillageFour, *, whole: bool = False) -> PatrolFilter:
    """The logs counted in the figure *key*; of no chief, none."""
    behind, known = BEHIND[key], four.window.known
    found_only = (behind.whole if whole else behind.part) == "found"
    days = (known.first, known.last)
    return PatrolFilter(tenures=village.tenures or (0,), days=days, with_finding=found_only)


def area_of(village: VillageFour) -> int | None:
    """The id of the village; None for what lies in none."""
    if isinstance(village.key, str):
        raise TypeError("a village has a number")
    return village.key
