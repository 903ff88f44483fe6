"""更正 held against the calculator: what was reported of a closed month, and the difference to a count of today.

A correction tells counts, rates and the average of the office, the lines of the tables, and each problem that is
counted otherwise. Told by the list of problems as it was when the month was last reported, and as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tests.independent.calculator import RATES, Figures, Problem, figures, month_days, next_day, printed

Told = dict[str, Any]
Days = tuple[date, date]
DIMENSIONS = ("villages", "groups", "severities", "sources", "campaigns")


class Part(NamedTuple):
    """What one problem adds: how often under each key, its days, and in which lines."""

    number: str
    counts: dict[str, int]
    days: tuple[int, ...]
    lines: tuple[tuple[Any, ...], ...]

    @property
    def weight(self) -> object:
        """All that figures depend on; None of a problem that counts nowhere."""
        return (self.lines, self.counts, self.days) if self.counts else None


def lines_of(problem: Problem) -> tuple[tuple[Any, ...], ...]:
    """The lines a problem stands in, in the order of DIMENSIONS."""
    return (
        (problem["village_id"],),
        (problem["category_group_code"],),
        (problem["severity"],),
        (problem["source"],),
        tuple(problem["campaign_ids"]),
    )


def counts_of(counted: Figures, days: Days, start_day: int) -> dict[str, int]:
    """Every count that is not zero, 下月到期 too."""
    begin = next_day(days[1])
    year, month = (begin.year, begin.month) if start_day == 1 else _month_after(begin)
    later = month_days(year, month, start_day)[1]
    found = {key: len(numbers) for key, numbers in counted.behind.items()}
    found["due_next"] = sum(
        deadline is not None and begin <= deadline <= later for _, deadline in counted.open
    )
    return {key: count for key, count in found.items() if count}


def parts(problems: Iterable[Problem], days: Days, start_day: int) -> dict[int, Part]:
    """What each problem adds to the figures of *days*."""
    found = {}
    for problem in problems:
        counted = figures([problem], *days)
        found[problem["id"]] = Part(
            problem["number"], counts_of(counted, days, start_day), tuple(counted.days), lines_of(problem)
        )
    return found


def assert_explained(
    told: Told,
    before: list[Problem],
    after: list[Problem],
    days: Days,
    *,
    start_day: int = 1,
    digits: int = 1,
) -> int:
    """*told* explains exactly what made *after* of *before*; returns how many problems it names."""
    _assert_sums(told, figures(before, *days), figures(after, *days), days, start_day, digits)
    was, now = parts(before, days, start_day), parts(after, days, start_day)
    _assert_problems(told, was, now)
    _assert_lines(told, before, after, days, start_day, digits)
    return len(told["problems"])


def is_explained_by_nothing(
    before: list[Problem], after: list[Problem], days: Days, start_day: int = 1
) -> bool:
    """Whether no problem is counted otherwise."""
    was, now = parts(before, days, start_day), parts(after, days, start_day)
    return all(_weight(was, id) == _weight(now, id) for id in {*was, *now})


def _assert_sums(told: Told, was: Figures, now: Figures, days: Days, start_day: int, digits: int) -> None:
    old, new = counts_of(was, days, start_day), counts_of(now, days, start_day)
    _assert_counts(told["counts"], old, new, rates_too=False)
    _assert_rates(told["rates"], was, now, digits)
    for side, counted in (("before", was), ("after", now)):
        average = told["average_days"][side]
        assert (average is None) == (counted.average_days is None)
        if counted.average_days is not None:
            assert abs(Fraction(average) - counted.average_days) < Fraction(1, 10**9)


def _assert_counts(told: list[Told], old: dict[str, int], new: dict[str, int], *, rates_too: bool) -> None:
    expected = {
        key: (old.get(key, 0), new.get(key, 0))
        for key in {*old, *new}
        if old.get(key, 0) != new.get(key, 0) and (rates_too or "." not in key)
    }
    _same({each["key"]: (each["before"], each["after"]) for each in told}, expected)
    assert all(each["difference"] == each["after"] - each["before"] != 0 for each in told)


def _assert_rates(told: list[Told], was: Figures, now: Figures, digits: int) -> None:
    expected = {key: (was.rate(key), now.rate(key)) for key in RATES if was.rate(key) != now.rate(key)}
    found = {
        each["key"]: tuple(
            (each[side]["numerator"], each[side]["denominator"]) for side in ("before", "after")
        )
        for each in told
    }
    _same(found, expected)
    for each in told:
        for side in ("before", "after"):
            ratio = each[side]
            assert ratio["text"] == printed(ratio["numerator"], ratio["denominator"], digits)
        shares = [_share(*pair) for pair in expected[each["key"]]]
        if shares[0] is None or shares[1] is None:
            assert each["points"] is None
        else:
            assert abs(Fraction(each["points"]) - (shares[1] - shares[0])) < Fraction(1, 10**9)


def _assert_problems(told: Told, was: dict[int, Part], now: dict[int, Part]) -> None:
    """Named are those that count otherwise, and no others; each with what it counts now and who changed it."""
    differ = {id for id in {*was, *now} if _weight(was, id) != _weight(now, id)}
    assert {each["id"] for each in told["problems"]} == differ
    for each in told["problems"]:
        old, new = was.get(each["id"]), now.get(each["id"])
        known = new or old
        assert known is not None
        assert each["number"] == known.number
        _assert_counts(each["counts"], old.counts if old else {}, new.counts if new else {}, rates_too=True)
        assert each["acts"], each["number"]
        assert each["changes"] or each["counts"], each["number"]


def _assert_lines(
    told: Told, before: list[Problem], after: list[Problem], days: Days, start_day: int, digits: int
) -> None:
    lines = {(each["dimension"], each["key"]): each for each in told["lines"]}
    assert len(lines) == len(told["lines"])
    for place, dimension in enumerate(DIMENSIONS):
        keys = {key for problem in (*before, *after) for key in lines_of(problem)[place]}
        for key in keys:
            was, now = (
                figures((each for each in side if key in lines_of(each)[place]), *days)
                for side in (before, after)
            )
            line = lines.pop((dimension, key), {"counts": [], "rates": []})
            _assert_counts(
                line["counts"],
                counts_of(was, days, start_day),
                counts_of(now, days, start_day),
                rates_too=False,
            )
            _assert_rates(line["rates"], was, now, digits)
    assert lines == {}


def _same(told: dict[str, Any], expected: dict[str, Any]) -> None:
    differ = {key for key in {*told, *expected} if told.get(key) != expected.get(key)}
    assert not differ, {key: {"told": told.get(key), "counted": expected.get(key)} for key in differ}


def _weight(found: dict[int, Part], id: int) -> object:
    return found[id].weight if id in found else None


def _share(numerator: int, denominator: int) -> Fraction | None:
    return Fraction(100 * numerator, denominator) if denominator else None


def _month_after(begin: date) -> tuple[int, int]:
    """The month that an office counting from a later day than the first begins on *begin*."""
    return (begin.year + 1, 1) if begin.month == 12 else (begin.year, begin.month + 1)
