"""``report monthly --json`` held against the calculator, figure by figure, in total and in every table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.independent.calculator import (
    RATES,
    STOCK,
    Figures,
    Problem,
    figures,
    month_days,
    next_day,
    printed,
)

Report = dict[str, Any]
LESS_IS_BETTER = ("overdue_rate", "relapse_rate", "look_back_relapse_rate", "rejection_rate")
TABLES: dict[str, tuple[str, Callable[[Problem], list[Any]]]] = {
    "by_village": ("village_id", lambda problem: [problem["village_id"]]),
    "by_category": ("category", lambda problem: [problem["category_group_code"]]),
    "by_severity": ("severity", lambda problem: [problem["severity"]]),
    "by_source": ("source", lambda problem: [problem["source"]]),
    "by_campaign": ("campaign_id", lambda problem: problem["campaign_ids"]),
}


@dataclass(frozen=True)
class Terms:
    """What an office sets: decimals of a rate, the day its months start, the rate its villages are ranked by."""

    digits: int = 1
    start_day: int = 1
    official: str = "closing_rate_cumulative"


def assert_counted_again(report: Report, problems: list[Problem], terms: Terms) -> int:
    """Every figure of *report* is that of the calculator; returns how many figures were held against it."""
    first, last = date.fromisoformat(report["from"]), date.fromisoformat(report["as_of"])
    whole = figures(problems, first, last)
    assert report["stock"] == {key: whole[key] for key in STOCK}
    assert report["balances"] is whole.balances is True
    rates = {rate["key"]: rate for rate in report["rates"]}
    held = len(STOCK) + _assert_rates(rates, whole, terms.digits)
    assert all((rate["note"] == "") == (rate["denominator"] > 0) for rate in report["rates"])
    assert _same(report["average_days"], whole.average_days)
    _assert_lists(report, whole, terms)
    for table, (key, groups) in TABLES.items():
        held += assert_table(report[table], key, parted(problems, groups), (first, last), terms)
    _assert_ranks(report["by_village"], terms.official)
    return held + _assert_comparisons(report, problems, whole, terms)


def _assert_rates(rates: dict[str, Any], counted: Figures, digits: int) -> int:
    assert set(rates) == set(RATES)
    for key in RATES:
        told, (numerator, denominator) = rates[key], counted.rate(key)
        assert (told["numerator"], told["denominator"]) == (numerator, denominator), key
        assert 0 <= numerator <= denominator
        share = Fraction(100 * numerator, denominator) if denominator else None
        assert _same(told["value"], share), key
        assert told["text"] == printed(numerator, denominator, digits), key
        assert told["text"].startswith("100") == (0 < numerator == denominator), key
    return 4 * len(RATES)


def _assert_lists(report: Report, whole: Figures, terms: Terms) -> None:
    """The problems named one by one: 逾期, 下月到期, 例外办理, 已验收待上级销号."""
    assert _named(report["overdue"]) == whole.late
    begin = next_day(date.fromisoformat(report["to"]))
    later = _month_ending_after(begin, terms.start_day)
    assert _named(report["due_next"]) == sorted(
        (number, deadline) for number, deadline in whole.open if deadline and begin <= deadline <= later
    )
    assert report["exceptions"]["count"] == whole["exceptions"]
    assert {row["number"] for row in report["exceptions"]["rows"]} == set(whole.behind["exceptions"])
    assert sorted(report["waiting_above"]["numbers"]) == sorted(set(whole.behind["waiting_above"]))


def assert_table(
    lines: list[Report], key: str, parts: dict[Any, list[Problem]], days: tuple[date, date], terms: Terms
) -> int:
    """Every line counts what its part of the problems gives, and no part that counts is left out."""
    keys = [line[key] for line in lines]
    assert len(set(keys)) == len(keys)
    for line in lines:
        counted = figures(parts.get(line[key], []), *days)
        assert {name: line[name] for name in STOCK} == {name: counted[name] for name in STOCK}, line[key]
        for name in ("due", "on_time", "overdue"):
            assert line[name] == counted[name], (line[key], name)
        assert _same(line["average_days"], counted.average_days), line[key]
        _assert_rates(line["rates"], counted, terms.digits)
    for left_out in set(parts) - set(keys):
        assert not any(figures(parts[left_out], *days).behind.values()), (key, left_out)
    return len(lines) * (len(STOCK) + 4 + 4 * len(RATES))


def _assert_ranks(lines: list[Report], official: str) -> None:
    """One more than the number of villages that did better; none without anything to judge by, or of no village."""
    parts = [line["rates"][official] for line in lines]
    shares = [
        Fraction(part["numerator"], part["denominator"])
        if part["denominator"] and line["village_id"] is not None
        else None
        for line, part in zip(lines, parts, strict=True)
    ]
    sign = -1 if official in LESS_IS_BETTER else 1
    for line, share in zip(lines, shares, strict=True):
        better = sum(share is not None and each is not None and sign * (each - share) > 0 for each in shares)
        assert line["rank"] == (None if share is None else better + 1), line["village"]


def _assert_comparisons(report: Report, problems: list[Problem], now: Figures, terms: Terms) -> int:
    """环比 in percent of the count before, rates in percentage points; nothing against nothing."""
    end = date.fromisoformat(report["to"])
    year, month = end.year, end.month
    is_month = [report["from"], report["to"]] == [
        each.isoformat() for each in month_days(year, month, terms.start_day)
    ]
    assert ("last_month" in report["comparisons"]) is is_month
    months = {
        "last_month": (year, month - 1) if month > 1 else (year - 1, 12),
        "last_year": (year - 1, month),
    }
    held = 0
    for name, told in report["comparisons"].items():
        days = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
        if is_month and name in months:
            assert days == month_days(*months[name], terms.start_day)
        before = figures(problems, *days)
        for key, count in told["counts"].items():
            more = now[key] - before[key]
            assert (count["now"], count["before"], count["difference"]) == (now[key], before[key], more), key
            assert _same(count["percent"], Fraction(100 * more, before[key]) if before[key] else None), key
        for key, rate in told["rates"].items():
            new, old = _share(now.rate(key)), _share(before.rate(key))
            assert _same(rate["now"], new), key
            assert _same(rate["before"], old), key
            assert _same(rate["points"], None if new is None or old is None else new - old), key
        held += len(told["counts"]) + len(told["rates"])
    return held


def _month_ending_after(day: date, start_day: int) -> date:
    """The last day of the office's month in which *day* lies."""
    for year, month in ((day.year, day.month), (day.year + day.month // 12, day.month % 12 + 1)):
        first, last = month_days(year, month, start_day)
        if first <= day <= last:
            return last
    raise AssertionError(f"{day} lies in no month")


def parted(problems: Iterable[Problem], groups: Callable[[Problem], list[Any]]) -> dict[Any, list[Problem]]:
    """The problems of each group."""
    found: dict[Any, list[Problem]] = {}
    for problem in problems:
        for group in groups(problem):
            found.setdefault(group, []).append(problem)
    return found


def _named(rows: list[Report]) -> list[tuple[str, date]]:
    return sorted((row["number"], date.fromisoformat(row["deadline"])) for row in rows)


def _share(counts: tuple[int, int]) -> Fraction | None:
    return Fraction(100 * counts[0], counts[1]) if counts[1] else None


def _same(told: float | None, exact: Fraction | None) -> bool:
    """Whether *told* is the number *exact* as near as a float can be, give or take its last place."""
    if told is None or exact is None:
        return told is None and exact is None
    nearness = Fraction(1, 10**12)
    return abs(Fraction(told) - exact) <= nearness * (1 + abs(exact))
