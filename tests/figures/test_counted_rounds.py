"""The rounds behind the figures add up to the figures, in every line."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given

from river_chief.figures.counted_rounds import CountedRound, counted_rounds
from river_chief.figures.rows import filters
from river_chief.figures.tally import Counts, tally
from river_chief.queries.dimensions import Dimension
from tests.builders import Office
from tests.figures.test_tally import FIRSTS, IN_A_LEDGER, LENGTHS, SEEDS, a_ledger, filled, window_of

DIMENSIONS = {
    Dimension.VILLAGE: "village",
    Dimension.GROUP: "group",
    Dimension.SEVERITY: "severity",
    Dimension.SOURCE: "source",
}


def summed(rounds: list[CountedRound]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in rounds:
        found.update(each.counts)
    return found


def days(rounds: list[CountedRound]) -> tuple[int, int]:
    clocks = [each.days for each in rounds if each.days is not None]
    return sum(clocks), len(clocks)


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS)
def test_rounds_add_up_to_every_count(empty: Office, seed: int, first: date, length: int) -> None:
    cases, window = a_ledger(empty, seed), window_of(first, length)
    with filled(empty, cases) as session:
        counts = tally(session, window)
        rounds = list(counted_rounds(session, window, 1_000) or ())
    keys = list(filters(window))
    assert [summed(rounds)[key] for key in keys] == [counts.total[key] for key in keys]
    assert days(rounds) == (counts.total.days, counts.total.clocks)
    for dimension, name in DIMENSIONS.items():
        for value in {getattr(each.facts, name) for each in rounds}:
            own = [each for each in rounds if getattr(each.facts, name) == value]
            line = counts.by[dimension].get(value, Counts())
            assert [summed(own)[key] for key in keys] == [line[key] for key in keys]
            assert days(own) == (line.days, line.clocks)


@IN_A_LEDGER
@given(SEEDS, FIRSTS)
def test_what_comes_after_the_cut_off_is_not_told(empty: Office, seed: int, first: date) -> None:
    window = window_of(first, 30)
    with filled(empty, a_ledger(empty, seed)) as session:
        rounds = counted_rounds(session, window, 1_000) or ()
    for each in rounds:
        facts = each.facts
        assert all(day is None or day <= window.cut for day in (facts.rectified_on, facts.exit_on))
        assert (facts.exit is None) == (facts.exit_on is None)


def test_a_ledger_with_more_rounds_gives_none(empty: Office) -> None:
    with filled(empty, a_ledger(empty, 7)) as session:
        window = window_of(date(2025, 3, 1), 30)
        assert counted_rounds(session, window, 10) is None
        assert counted_rounds(session, window, 1_000)
