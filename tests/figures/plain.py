"""The month counted once more, in plain Python over the laps of each problem, by the words of the definitions.

Shares no code with river_chief.figures: agreement between the two is the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from river_chief.terms import Action, Exit
from tests.figures.histories import Case, Lap

OWN = {"Y01", "Y02", "Y03"}
Hit = tuple[int, Case]


def counts(cases: Iterable[Case], first: date, last: date, first_id: int = 1) -> dict[str, list[int]]:
    """For each key the ids of the problems counted, one entry for each thing counted."""
    numbered = list(enumerate(cases, first_id))
    found = {
        **_stock(numbered, first, last),
        **_deadlines(numbered, first, last),
        **_cumulative(numbered, last),
    }
    acts = [
        (key, act)
        for key, case in numbered
        for lap in case.laps
        for day, act in lap.acts
        if first <= day <= last
    ]
    found.update(_looked_back(numbered, first, last))
    found["rejection_rate.denominator"] = [key for key, _ in acts]
    found["rejection_rate.numerator"] = [key for key, act in acts if act is Action.REJECT]
    return found


def _each(numbered: Iterable[Hit], wanted: Callable[[int, Lap], bool]) -> list[int]:
    return [key for key, case in numbered for position, lap in enumerate(case.laps) if wanted(position, lap)]


def _open_after(lap: Lap, day: date) -> bool:
    """Whether the lap is open when *day* is over."""
    return lap.opened_on <= day and not (lap.exit_on is not None and lap.exit_on <= day)


def _real(lap: Lap, day: date) -> bool:
    gone = lap.exit_on is not None and lap.exit_on <= day
    return not gone or lap.exit is Exit.CLOSED


def _finish(lap: Lap) -> date | None:
    """The day it was finished; of an old case without one the day it was struck off."""
    if lap.rectified_on is None and lap.exit is Exit.CLOSED:
        return lap.exit_on
    return lap.rectified_on


def _done(lap: Lap, day: date) -> bool:
    finish = _finish(lap)
    return finish is not None and finish <= day


def _stock(numbered: list[Hit], first: date, last: date) -> dict[str, list[int]]:
    found = {
        "opening": _each(
            numbered,
            lambda _, lap: lap.opened_on < first and (lap.exit_on is None or not lap.exit_on < first),
        ),
        "found": _each(numbered, lambda n, lap: n == 0 and first <= lap.opened_on <= last),
        "relapsed": _each(numbered, lambda n, lap: n > 0 and first <= lap.opened_on <= last),
        "ending": _each(numbered, lambda _, lap: _open_after(lap, last)),
    }
    for way in Exit:
        found[way.value] = [
            key
            for key, case in numbered
            for lap in case.laps
            if lap.exit is way and lap.exit_on is not None and first <= lap.exit_on <= last
        ]
    new = [
        (key, case)
        for key, case in numbered
        if case.laps and first <= case.laps[0].opened_on <= last and _real(case.laps[0], last)
    ]
    found["own_finding_rate.denominator"] = [key for key, _ in new]
    found["own_finding_rate.numerator"] = [key for key, case in new if case.source.value in OWN]
    return found


def _deadlines(numbered: list[Hit], first: date, last: date) -> dict[str, list[int]]:
    def is_due(lap: Lap) -> bool:
        return lap.deadline is not None and first <= lap.deadline <= last and _real(lap, last)

    def in_time(lap: Lap) -> bool:
        finish = _finish(lap)
        return finish is not None and lap.deadline is not None and finish <= lap.deadline

    def to_do(lap: Lap) -> bool:
        late = lap.deadline is not None and lap.deadline <= last
        finish = _finish(lap)
        done_before = finish is not None and finish < first
        return late and not done_before and _real(lap, last)

    def is_open(lap: Lap) -> bool:
        return _open_after(lap, last) and not _done(lap, last)

    def is_late(lap: Lap) -> bool:
        return is_open(lap) and lap.deadline is not None and lap.deadline < last

    due = _each(numbered, lambda _, lap: is_due(lap))
    on_time = _each(numbered, lambda _, lap: is_due(lap) and in_time(lap))
    late = _each(numbered, lambda _, lap: is_late(lap))
    return {
        "due": due,
        "on_time": on_time,
        "on_time_rate.denominator": due,
        "on_time_rate.numerator": on_time,
        "overdue": late,
        "overdue_rate.numerator": late,
        "overdue_rate.denominator": _each(numbered, lambda _, lap: is_open(lap)),
        "rectification_rate.denominator": _each(numbered, lambda _, lap: to_do(lap)),
        "rectification_rate.numerator": _each(numbered, lambda _, lap: to_do(lap) and _done(lap, last)),
    }


def _cumulative(numbered: list[Hit], last: date) -> dict[str, list[int]]:
    newest: list[tuple[int, Lap]] = []
    closings: list[tuple[int, bool]] = []
    for key, case in numbered:
        begun = [lap for lap in case.laps if lap.opened_on <= last]
        if begun and _real(begun[-1], last):
            newest.append((key, begun[-1]))
        for position, lap in enumerate(begun):
            if lap.exit is Exit.CLOSED and lap.exit_on is not None and lap.exit_on <= last:
                closings.append((key, position + 1 < len(begun)))
    real = [key for key, _ in newest]
    return {
        "closing_rate_cumulative.denominator": real,
        "completion_rate_cumulative.denominator": real,
        "closing_rate_cumulative.numerator": [
            key for key, lap in newest if lap.exit_on is not None and lap.exit_on <= last
        ],
        "completion_rate_cumulative.numerator": [key for key, lap in newest if _done(lap, last)],
        "relapse_rate.denominator": [key for key, _ in closings],
        "relapse_rate.numerator": [key for key, again in closings if again],
    }


def _looked_back(numbered: list[Hit], first: date, last: date) -> dict[str, list[int]]:
    came = {key for key, case in numbered if any(first <= lap.opened_on <= last for lap in case.laps[1:])}
    held = {
        key for key, case in numbered for lap in case.laps if any(first <= day <= last for day in lap.looks)
    }
    return {
        "look_back_relapse_rate.denominator": sorted(came | held),
        "look_back_relapse_rate.numerator": sorted(came),
    }


def average_days(cases: Iterable[Case], first: date, last: date) -> float | None:
    """Mean days from assignment to finishing of what was finished in the span."""
    days = [
        (lap.rectified_on - lap.assigned_on).days
        for case in cases
        for lap in case.laps
        if lap.assigned_on is not None
        and lap.rectified_on is not None
        and first <= lap.rectified_on <= last
        and _real(lap, last)
    ]
    return sum(days) / len(days) if days else None
