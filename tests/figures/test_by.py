"""Every breakdown against a plain recount, and the rows behind every number of every line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given

from river_chief.figures.by import lines_by, rows_of
from river_chief.figures.rates import RATES
from river_chief.queries.dimensions import Dimension
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.verbs.office import settings_of
from tests.builders import Office
from tests.figures import plain
from tests.figures.histories import Case, random_cases
from tests.figures.test_tally import (
    CAMPAIGNS,
    FIRSTS,
    IN_A_LEDGER,
    LENGTHS,
    SEEDS,
    filled,
    window_of,
)

COUNTED = ("opening", "found", "relapsed", "closed", "ending")
OTHERS = ("due", "on_time", "overdue")


class Places(NamedTuple):
    """Villages, reaches with their waters, and which persons answer where."""

    villages: list[int]
    reaches: dict[int, int]
    chiefs: dict[int, list[tuple[int | None, int]]]

    def answer_for(self, case: Case) -> tuple[int | None, ...]:
        """The persons who are chiefs for *case*: a village's only for their own."""
        held = self.chiefs.get(case.reach, []) if case.reach is not None else []
        found = {person for own, person in held if own is None or case.village in (None, own)}
        return tuple(found) or (None,)


@pytest.fixture
def places(empty: Office) -> Places:
    villages = [empty.village(name) for name in ("柳塘村", "石埠村", "杨湾村")]
    lower, upper, idle = (
        empty.reach("柳塘河", *villages[:2]),
        empty.reach("石埠河", *villages[1:]),
        empty.reach("杨湾渠", villages[2]),
    )
    tenures = [
        empty.chief("赵春", villages[0], lower),
        empty.chief("钱树", villages[1], lower, upper),
        empty.chief("孙文", 1, lower, upper, level="town"),
        empty.chief("李达", villages[2], upper, valid_to="2024-12-31"),
    ]
    with empty.database.engine.connect() as connection:
        person: dict[int, int] = dict(connection.exec_driver_sql("SELECT id, person_id FROM tenure").all())
        waters: dict[int, int] = dict(connection.exec_driver_sql("SELECT id, water_id FROM reach").all())
    one, two, town, _ = (person[each] for each in tenures)
    held: dict[int, list[tuple[int | None, int]]] = {
        lower: [(villages[0], one), (villages[1], two), (None, town)],
        upper: [(villages[1], two), (None, town)],
    }
    return Places(villages, {each: waters[each] for each in (lower, upper, idle)}, held)


def placed(seed: int, places: Places) -> list[Case]:
    random = Random(seed)
    cases = random_cases(random, 40, places.villages, CAMPAIGNS)
    for case in cases:
        case.leaf = random.choice(("01", "02"))
        case.unit = random.choice(("", "柳塘村", "水利站"))
        case.finder = random.choice(("", "周禾"))
        case.reach = random.choice((*places.reaches, None))
        case.water = None if case.reach is None else places.reaches[case.reach]
    return cases


def values_of(places: Places) -> dict[Dimension, Callable[[Case], tuple[Any, ...]]]:
    return {
        Dimension.VILLAGE: lambda case: (case.village,),
        Dimension.UNIT: lambda case: (case.unit,),
        Dimension.GROUP: lambda case: (case.group,),
        Dimension.CATEGORY: lambda case: (case.group + case.leaf,),
        Dimension.SEVERITY: lambda case: (case.severity,),
        Dimension.SOURCE: lambda case: (case.source,),
        Dimension.CAMPAIGN: lambda case: case.campaigns,
        Dimension.WATER: lambda case: (case.water,),
        Dimension.REACH: lambda case: (case.reach,),
        Dimension.CHIEF: places.answer_for,
        Dimension.FINDER: lambda case: (case.finder,),
    }


@IN_A_LEDGER
@given(SEEDS, FIRSTS.filter(lambda day: day >= date(2025, 1, 1)), LENGTHS)
def test_every_line_of_every_dimension_is_that_of_a_plain_recount(
    empty: Office, places: Places, seed: int, first: date, length: int
) -> None:
    cases, window = placed(seed, places), window_of(first, length)
    with filled(empty, cases) as session:
        settings = settings_of(session)
        found = {each: lines_by(session, settings, window, each) for each in Dimension}
    for dimension, values in values_of(places).items():
        lines = {line.key: line for line in found[dimension]}
        assert len(lines) == len(found[dimension])
        held = {value for case in cases for value in values(case)}
        for value in held | set(lines):
            own = [case for case in cases if value in values(case)]
            expected = {key: len(ids) for key, ids in plain.counts(own, window.first, window.last).items()}
            if value not in lines:
                assert not any(expected.values()), (dimension, value)
                continue
            line = lines[value]
            assert {key: getattr(line.stock, key) for key in COUNTED} == {
                key: expected[key] for key in COUNTED
            }
            assert {key: getattr(line, key) for key in OTHERS} == {key: expected[key] for key in OTHERS}
            for rate in RATES:
                ratio = line.rate(rate.key).ratio
                assert ratio.numerator == expected[f"{rate.key}.numerator"], (dimension, value, rate.key)
                assert ratio.denominator == expected[f"{rate.key}.denominator"], (dimension, value, rate.key)
            assert line.average_days == plain.average_days(own, window.first, window.last)
            assert line.stock.balances


@IN_A_LEDGER
@given(SEEDS, FIRSTS.filter(lambda day: day >= date(2025, 1, 1)), LENGTHS)
def test_the_rows_behind_a_line_are_what_was_counted(
    empty: Office, places: Places, seed: int, first: date, length: int
) -> None:
    cases, window = placed(seed, places), window_of(first, length)
    keys = ("found", "ending", "closing_rate_cumulative.numerator", "on_time_rate.denominator")
    with filled(empty, cases) as session:
        expected = plain.counts(cases, window.first, window.last)
        for dimension, values in values_of(places).items():
            for value in {value for case in cases for value in values(case)}:
                for key in keys:
                    rows = PROBLEM_LEDGER.ids(session, rows_of(window, key, dimension, value))
                    own = {each for each in expected[key] if value in values(cases[each - 1])}
                    assert rows == sorted(own), (dimension, value, key)


def test_the_lines_have_names_and_ranks(empty: Office, places: Places) -> None:
    cases, window = placed(11, places), window_of(date(2025, 1, 1), 60)
    with filled(empty, cases) as session:
        settings = settings_of(session)
        by = {each: lines_by(session, settings, window, each) for each in Dimension}
    assert [line.name for line in by[Dimension.CHIEF]] == [
        "孙文（砚溪镇乡级）",
        "赵春（柳塘村村级）",
        "钱树（石埠村村级）",
        "无河长",
    ]
    assert [line.name for line in by[Dimension.REACH]] == ["柳塘河", "石埠河", "杨湾渠", "未填"]
    assert [line.name for line in by[Dimension.UNIT]] == ["柳塘村", "水利站", "未填"]
    assert {line.rank for line in by[Dimension.UNIT]} >= {1}
    assert {line.rank for line in by[Dimension.CATEGORY]} == {None}
    assert all("Z" not in line.name for line in by[Dimension.CATEGORY])
