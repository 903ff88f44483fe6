"""Random ledgers, counted by the product and once more in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from river_chief.figures.breakdown import by_village
from river_chief.figures.rates import RATES
from river_chief.figures.rows import filters, rows_behind
from river_chief.figures.tally import Counts, Tally, tally, totals
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span, month_range
from river_chief.rules.rate_words import OFFICIAL_RATE
from tests.builders import CLERK, TODAY, Office
from tests.figures import plain
from tests.figures.histories import START, Case, load_cases, random_cases

SEEDS = st.integers(min_value=0, max_value=2**32)
FIRSTS = st.integers(min_value=-20, max_value=280).map(lambda days: START + timedelta(days=days))
LENGTHS = st.integers(min_value=0, max_value=120)
CAMPAIGNS = (1, 2)
IN_A_LEDGER = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FINISHED = date(2027, 1, 1)


class TakenBackError(Exception):
    """Ends a transaction without keeping it."""


@contextmanager
def filled(office: Office, cases: list[Case]) -> Iterator[Session]:
    """A session that sees *cases*; the ledger is as before afterwards."""
    try:
        with office.database.write(by=CLERK, today=TODAY) as writer:
            load_cases(writer, cases, office.database.office)
            yield writer.session
            raise TakenBackError
    except TakenBackError:
        pass


def window_of(first: date, length: int) -> Window:
    return Window.of(Span(first, first + timedelta(days=length)), FINISHED)


def villages_of(office: Office) -> list[int]:
    with office.database.read() as session:
        lines = by_village(session, Tally(Counts(), {each: {} for each in Dimension}), 1, OFFICIAL_RATE)
    found = [line.key for line in lines if isinstance(line.key, int)]
    return found or [office.village(name) for name in ("柳塘村", "石埠村", "杨湾村")]


def a_ledger(office: Office, seed: int) -> list[Case]:
    return random_cases(Random(seed), 40, villages_of(office), CAMPAIGNS)


def counted(counts: Counts, keys: dict[str, Any]) -> dict[str, int]:
    return {key: counts[key] for key in keys}


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS)
def test_every_count_is_that_of_a_plain_recount(empty: Office, seed: int, first: date, length: int) -> None:
    cases, window = a_ledger(empty, seed), window_of(first, length)
    expected = plain.counts(cases, window.first, window.last)
    with filled(empty, cases) as session:
        whole = tally(session, window).total
        alone = totals(session, window)
    sizes = {key: len(ids) for key, ids in expected.items()}
    assert counted(whole, expected) == sizes
    assert counted(alone, expected) == sizes
    assert whole.average_days == alone.average_days == plain.average_days(cases, window.first, window.last)
    assert whole.stock.balances


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS)
def test_every_line_is_that_of_a_plain_recount(empty: Office, seed: int, first: date, length: int) -> None:
    cases, window = a_ledger(empty, seed), window_of(first, length)
    with filled(empty, cases) as session:
        by = tally(session, window).by
    value_of: dict[Dimension, Callable[[Case], tuple[Any, ...]]] = {
        Dimension.VILLAGE: lambda case: (case.village,),
        Dimension.GROUP: lambda case: (case.group,),
        Dimension.SEVERITY: lambda case: (case.severity,),
        Dimension.SOURCE: lambda case: (case.source,),
        Dimension.CAMPAIGN: lambda case: case.campaigns,
    }
    for dimension, values in value_of.items():
        for value in {each for case in cases for each in values(case)}:
            own = [case for case in cases if value in values(case)]
            expected = plain.counts(own, window.first, window.last)
            line = by[dimension].get(value, Counts())
            assert counted(line, expected) == {key: len(ids) for key, ids in expected.items()}
            assert line.average_days == plain.average_days(own, window.first, window.last)
            assert line.stock.balances


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS)
def test_the_rows_behind_a_number_are_what_was_counted(
    empty: Office, seed: int, first: date, length: int
) -> None:
    cases, window = a_ledger(empty, seed), window_of(first, length)
    expected = plain.counts(cases, window.first, window.last)
    village = cases[0].village
    with filled(empty, cases) as session:
        for key, ids in expected.items():
            rows = PROBLEM_LEDGER.ids(session, rows_behind(window, key))
            assert rows == sorted(set(ids)), key
            own = PROBLEM_LEDGER.ids(session, rows_behind(window, key, villages=(village,)))
            assert own == [each for each in rows if cases[each - 1].village == village]


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS)
def test_no_rate_exceeds_its_whole(empty: Office, seed: int, first: date, length: int) -> None:
    cases, window = a_ledger(empty, seed), window_of(first, length)
    with filled(empty, cases) as session:
        found = tally(session, window)
        for rate in RATES:
            part = PROBLEM_LEDGER.ids(session, rows_behind(window, f"{rate.key}.numerator"))
            whole = PROBLEM_LEDGER.ids(session, rows_behind(window, f"{rate.key}.denominator"))
            assert set(part) <= set(whole), rate.key
    lines = [found.total, *(counts for lines in found.by.values() for counts in lines.values())]
    for figure in (figure for counts in lines for figure in counts.rates(1)):
        assert figure.ratio.value is None or 0 <= figure.ratio.value <= 100
        assert (figure.text == "100.0%") == (figure.ratio.exact == 1)
        assert (figure.text == "—") == (figure.note != "")


def test_a_numerator_is_its_denominator_with_more_conditions() -> None:
    window = window_of(date(2025, 3, 1), 30)
    for rate in RATES:
        assert rate.numerator(window).beyond(rate.denominator(window)) is not None, rate.key


def test_the_stock_runs_on_from_month_to_month(empty: Office) -> None:
    cases = random_cases(Random(7), 300, villages_of(empty), CAMPAIGNS)
    months = [(2024, 11), (2024, 12), *((2025, month) for month in range(1, 13))]
    with filled(empty, cases) as session:
        found = [tally(session, Window.of(month_range(*each), FINISHED)) for each in months]
    for before, after in pairwise(found):
        assert before.total.stock.ending == after.total.stock.opening
    assert all(each.total.stock.balances for each in found)
    assert found[0].total.stock.opening == 0
    came = Counter(case.laps[0].opened_on.replace(day=1) for case in cases if case.laps)
    assert [each.total.stock.found for each in found] == [came[date(*each, 1)] for each in months]


def test_each_key_has_its_filter_and_is_counted(empty: Office) -> None:
    window = window_of(START + timedelta(days=60), 200)
    with filled(empty, random_cases(Random(3), 200, villages_of(empty), CAMPAIGNS)) as session:
        whole = tally(session, window).total
    assert set(whole.by_key) == set(filters(window))
    assert whole["rectified"] >= whole.clocks > 0
