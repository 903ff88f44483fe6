from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from river_chief.rules.duty_plan import DutyCalendar
from river_chief.rules.patrol_duty import Assignment, Duty, PatrolFact, Shortfall, duties
from river_chief.rules.patrol_rule import DutyRule, RuleBook
from river_chief.rules.periods import FloodSeason, Span, month_range
from river_chief.terms import DutyMethod, DutyUnit, Level, Period, Role, WaterKind

START = date(2020, 1, 1)
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
MARCH = month_range(2025, 3)
JUNE = month_range(2025, 6)
FLOOD = FloodSeason((4, 1), (9, 30))

CITY = DutyRule("市级", Level.CITY, Period.HALF_YEAR, 1, START)
COUNTY = DutyRule("县级", Level.COUNTY, Period.QUARTER, 1, START)
TOWN = DutyRule(
    "乡级",
    Level.TOWN,
    Period.MONTH,
    1,
    START,
    flood_count=2,
    min_minutes=10,
    min_km=0.5,
    exempt_kinds="reservoir",
)
VILLAGE = DutyRule("村级", Level.VILLAGE, Period.WEEK, 1, START, min_minutes=10, min_km=0.5)


def office(*rules: DutyRule, start_day: int = 1) -> DutyCalendar:
    return DutyCalendar(RuleBook(rules), FLOOD, start_day)


def held(
    tenure: int = 1,
    reach: int | None = 1,
    level: Level = Level.TOWN,
    kind: WaterKind | None = WaterKind.RIVER,
    role: Role = Role.CHIEF,
    first: date = START,
    last: date | None = None,
) -> Assignment:
    return Assignment(tenure, tenure + 100, role, level, 7, reach, kind, first, last)


def walked(*days: date, tenure: int = 1, reach: int | None = 1, minutes: int | None = 30) -> list[PatrolFact]:
    return [PatrolFact(tenure, reach, day, minutes, 2.0) for day in days]


def only(rows: list[Duty]) -> Duty:
    (row,) = rows
    return row


def township() -> list[Assignment]:
    """砚溪镇: who answers for which reach; the village chief of one reach was replaced on 8 July 2025."""
    assignments = [held(1, reach, Level.CITY) for reach in (1, 2)]
    assignments += [held(2, reach, Level.COUNTY) for reach in (1, 2)]
    assignments += [held(3, reach, Level.COUNTY) for reach in (3, 4, 5)]
    assignments.append(held(4, None, Level.COUNTY, None, Role.DEPUTY_GENERAL_CHIEF))
    town = {10: (1, 3), 11: (2, 4), 12: (5, 20), 13: (14, 15, 16, 17), 14: (10, 19)}
    town |= {15 + number: (reach,) for number, reach in enumerate((6, 7, 8, 9, 11, 12, 13, 18))}
    assignments += [held(tenure, reach) for tenure, reaches in town.items() for reach in reaches]
    villages = [held(50 + number, 100 + number, Level.VILLAGE) for number in range(27)]
    villages[9] = replace(villages[9], valid_to=date(2025, 7, 7))
    villages.append(replace(villages[9], tenure_id=99, valid_from=date(2025, 7, 8), valid_to=None))
    watchers = [held(200 + number, 100 + number, Level.VILLAGE, role=Role.PATROLLER) for number in range(6)]
    return assignments + villages + watchers


class TestSampleTownship:
    OFFICE = office(CITY, COUNTY, TOWN, VILLAGE)

    def owed(self, span: Span) -> Counter[Level]:
        owed: Counter[Level] = Counter()
        for row in duties(township(), [], span, self.OFFICE):
            owed[row.level] += row.owed
        return owed

    def test_the_year(self) -> None:
        owed = self.owed(YEAR)
        assert owed == {Level.CITY: 4, Level.COUNTY: 20, Level.TOWN: 360, Level.VILLAGE: 1404}
        assert owed.total() == 1788

    def test_the_months_add_up_to_the_year(self) -> None:
        months = [self.owed(month_range(2025, month)) for month in range(1, 13)]
        assert sum(months, Counter()) == self.owed(YEAR)
        assert [each[Level.COUNTY] for each in months] == [0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0, 5]
        assert [each[Level.TOWN] for each in months] == [20] * 3 + [40] * 6 + [20] * 3

    def test_old_and_new_chief_share_the_weeks_of_the_year(self) -> None:
        rows = {row.tenure_id: row.owed for row in duties(township(), [], YEAR, self.OFFICE)}
        # The week of the change ends on 13 July under the new chief.
        assert (rows[59], rows[99]) == (27, 25)

    def test_a_chief_without_a_reach_and_a_watcher_owe_nothing(self) -> None:
        rows = {row.tenure_id: row for row in duties(township(), [], YEAR, self.OFFICE)}
        assert (rows[4].owed, rows[4].is_met) == (0, False)
        assert (rows[200].owed, rows[200].rules) == (0, ())


def test_what_was_done_counts_and_what_is_missing_is_named() -> None:
    facts = walked(date(2025, 6, 3)) + walked(date(2025, 6, 20), minutes=9)
    row = only(duties([held()], facts, JUNE, office(TOWN)))
    assert (row.owed, row.done, row.valid, row.compliant) == (2, 2, 1, 1)
    assert row.shortfalls == (Shortfall(date(2025, 6, 1), date(2025, 6, 30), 1),)
    assert row.rules == ("乡级",)
    assert (row.tenure_id, row.person_id, row.area_id, row.reach_id) == (1, 101, 7, 1)
    assert not row.is_met


def test_several_patrols_of_a_day_count_once_and_one_good_one_makes_the_day_valid() -> None:
    day = date(2025, 6, 3)
    row = only(duties([held()], walked(day, day) + walked(day, minutes=3), JUNE, office(TOWN)))
    assert (row.done, row.valid, row.compliant) == (1, 1, 1)


def test_more_patrols_than_owed_are_never_more_than_compliant() -> None:
    facts = walked(*(date(2025, 6, day) for day in range(1, 11)))
    row = only(duties([held()], facts, JUNE, office(TOWN)))
    assert (row.owed, row.done, row.compliant, row.is_met) == (2, 10, 2, True)


def test_many_patrols_of_one_reach_do_not_hide_another() -> None:
    facts = walked(*(date(2025, 6, day) for day in range(1, 11)))
    rows = duties([held(), held(reach=2)], facts, JUNE, office(TOWN))
    assert [(row.reach_id, row.compliant) for row in rows] == [(1, 2), (2, 0)]


def test_a_reservoir_is_spared_the_kilometres() -> None:
    fact = PatrolFact(1, 1, date(2025, 3, 3), 20, None)
    assert only(duties([held(kind=WaterKind.RESERVOIR)], [fact], MARCH, office(TOWN))).compliant == 1
    assert only(duties([held()], [fact], MARCH, office(TOWN))).compliant == 0


def test_a_week_that_ends_in_the_month_may_have_been_walked_before_it() -> None:
    facts = walked(date(2025, 2, 25))
    march = only(duties([held(level=Level.VILLAGE)], facts, MARCH, office(VILLAGE)))
    assert (march.owed, march.done, march.valid, march.compliant) == (5, 0, 0, 1)
    february = only(duties([held(level=Level.VILLAGE)], facts, month_range(2025, 2), office(VILLAGE)))
    assert (february.owed, february.done, february.compliant) == (4, 1, 0)


def test_the_three_methods_differ_on_the_same_patrols() -> None:
    # Twice in the first week of September, twice on neighbouring days of the third.
    facts = walked(
        date(2025, 9, 1), date(2025, 9, 5), date(2025, 9, 15), date(2025, 9, 16), date(2025, 9, 17)
    )
    found = {}
    for method in DutyMethod:
        weekly = replace(VILLAGE, count=2, method=method)
        found[method] = only(duties([held(level=Level.VILLAGE)], facts, month_range(2025, 9), office(weekly)))
    assert {row.owed for row in found.values()} == {8}
    assert found[DutyMethod.CAPPED].compliant == 5
    assert found[DutyMethod.VALID_DAYS].compliant == 4
    assert found[DutyMethod.WINDOWS].compliant == 3
    assert found[DutyMethod.CAPPED].shortfalls == ((date(2025, 9, 1), date(2025, 9, 28), 3),)
    assert found[DutyMethod.VALID_DAYS].shortfalls == (
        (date(2025, 9, 8), date(2025, 9, 14), 2),
        (date(2025, 9, 22), date(2025, 9, 28), 2),
    )
    assert found[DutyMethod.WINDOWS].shortfalls[2] == (date(2025, 9, 19), date(2025, 9, 21), 1)


@pytest.mark.parametrize(
    ("days", "valid"),
    [
        ([3, 7, 11], 3),
        ([3, 6, 7], 2),
        ([3, 4, 5, 6], 1),
        # Not counted ones do not push the next one back: 3 counts, 6 is too near, 8 is far enough from 3.
        ([3, 6, 8], 2),
    ],
)
def test_the_gap_is_held_against_the_last_valid_patrol(days: list[int], valid: int) -> None:
    rule = replace(TOWN, min_gap_hours=96, count=8)
    row = only(duties([held()], walked(*(date(2025, 3, day) for day in days)), MARCH, office(rule)))
    assert (row.done, row.valid, row.compliant) == (len(days), valid, valid)


def test_a_gap_reaches_over_the_end_of_a_month_but_not_of_a_year() -> None:
    rule = replace(TOWN, min_gap_hours=96)
    over_month = walked(date(2025, 2, 27), date(2025, 3, 1))
    assert only(duties([held()], over_month, MARCH, office(rule))).valid == 0
    over_year = walked(date(2024, 12, 31), date(2025, 1, 1))
    assert only(duties([held()], over_year, month_range(2025, 1), office(rule))).valid == 1


def test_who_holds_the_reach_on_the_last_day_owes_the_period() -> None:
    old = held(1, last=date(2025, 3, 30))
    new = held(2, first=date(2025, 3, 31))
    facts = walked(date(2025, 3, 5))
    rows = {row.tenure_id: row for row in duties([old, new], facts, MARCH, office(TOWN))}
    assert (rows[1].owed, rows[1].done, rows[1].compliant) == (0, 1, 0)
    assert (rows[2].owed, rows[2].done, rows[2].compliant) == (1, 0, 0)


def test_a_patrol_outside_the_assignment_is_passed_over() -> None:
    facts = walked(date(2025, 3, 5)) + walked(date(2025, 3, 20), reach=2)
    row = only(duties([held(first=date(2025, 3, 10))], facts, MARCH, office(TOWN)))
    assert (row.owed, row.done, row.compliant) == (1, 0, 0)


def test_an_assignment_in_two_parts_is_one_row() -> None:
    parts = [held(last=date(2025, 3, 14)), held(first=date(2025, 3, 15))]
    row = only(duties(parts, walked(date(2025, 3, 5)), MARCH, office(TOWN)))
    assert (row.owed, row.done, row.compliant) == (1, 1, 1)


def test_an_assignment_outside_the_range_makes_no_row() -> None:
    gone = [held(1, last=date(2025, 2, 28)), held(2, first=date(2025, 4, 1))]
    assert duties(gone, [], MARCH, office(TOWN, VILLAGE)) == []


def test_a_rule_per_chief_makes_one_row_of_all_reaches() -> None:
    rule = replace(TOWN, unit=DutyUnit.PER_CHIEF, count=3)
    facts = walked(date(2025, 3, 3), date(2025, 3, 4)) + walked(date(2025, 3, 4), date(2025, 3, 9), reach=2)
    row = only(duties([held(), held(reach=2)], facts, MARCH, office(rule)))
    assert (row.reach_id, row.owed, row.done, row.compliant) == (None, 3, 3, 3)


def test_under_a_rule_per_chief_one_without_a_reach_owes_too_and_walks_where_he_likes() -> None:
    rule = replace(TOWN, unit=DutyUnit.PER_CHIEF)
    general = held(reach=None, kind=None, role=Role.GENERAL_CHIEF)
    row = only(duties([general], walked(date(2025, 3, 3), reach=5), MARCH, office(rule)))
    assert (row.owed, row.compliant) == (1, 1)


def test_a_special_rule_takes_its_reaches_out_of_the_rule_per_chief() -> None:
    per_chief = replace(TOWN, unit=DutyUnit.PER_CHIEF)
    reservoir = replace(TOWN, name="水库", kind=WaterKind.RESERVOIR, count=2)
    facts = walked(date(2025, 3, 3)) + walked(date(2025, 3, 4), reach=3)
    assignments = [held(), held(reach=2), held(reach=3, kind=WaterKind.RESERVOIR)]
    rows = duties(assignments, facts, MARCH, office(per_chief, reservoir))
    assert [(row.reach_id, row.rules, row.owed, row.done, row.compliant) for row in rows] == [
        (None, ("乡级",), 1, 1, 1),
        (3, ("水库",), 2, 1, 1),
    ]


def test_a_rule_that_changes_within_the_year() -> None:
    old = replace(TOWN, name="旧", flood_count=None, valid_to=date(2025, 6, 30))
    new = replace(TOWN, name="新", flood_count=None, count=3, min_minutes=60, valid_from=date(2025, 7, 1))
    facts = walked(date(2025, 6, 10), date(2025, 7, 10)) + walked(date(2025, 7, 20), minutes=60)
    row = only(duties([held()], facts, YEAR, office(old, new)))
    assert (row.owed, row.rules) == (6 * 1 + 6 * 3, ("旧", "新"))
    assert (row.done, row.valid, row.compliant) == (3, 2, 2)


def test_a_change_from_per_reach_to_per_chief_counts_each_day_once() -> None:
    old = replace(TOWN, name="旧", flood_count=None, valid_to=date(2025, 6, 30))
    new = replace(TOWN, name="新", flood_count=None, unit=DutyUnit.PER_CHIEF, valid_from=date(2025, 7, 1))
    facts = walked(date(2025, 6, 10), date(2025, 7, 10))
    rows = duties([held(), held(reach=2)], facts, YEAR, office(old, new))
    assert {row.reach_id: (row.owed, row.done) for row in rows} == {1: (6, 1), 2: (6, 0), None: (6, 1)}
    july = only(duties([held(), held(reach=2)], facts, month_range(2025, 7), office(old, new)))
    assert (july.reach_id, july.owed, july.done) == (None, 1, 1)


def test_outside_the_months_of_a_rule_patrols_still_show() -> None:
    rule = replace(TOWN, months="3-12")
    row = only(duties([held()], walked(date(2025, 1, 8)), month_range(2025, 1), office(rule)))
    assert (row.owed, row.done, row.valid, row.compliant) == (0, 1, 1, 0)


def test_without_any_rule_every_patrol_is_valid() -> None:
    row = only(duties([held()], walked(date(2025, 1, 8), minutes=None), month_range(2025, 1), office()))
    assert (row.owed, row.done, row.valid) == (0, 1, 1)


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
PERIOD_COUNTS = st.sampled_from(
    [(Period.WEEK, 2), (Period.TEN_DAYS, 1), (Period.HALF_MONTH, 3), (Period.MONTH, 4), (Period.QUARTER, 2)]
)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[DutyRule, ...]:
    rules = []
    for name in draw(st.sampled_from(["a", "ab", "abc"])):
        period, count = draw(PERIOD_COUNTS)
        rules.append(
            DutyRule(
                name,
                Level.TOWN,
                period,
                count,
                draw(st.sampled_from([START, date(2025, 5, 20)])),
                valid_to=draw(st.sampled_from([None, date(2025, 9, 10)])),
                unit=draw(st.sampled_from(DutyUnit)),
                kind=draw(st.sampled_from([None, WaterKind.RESERVOIR])),
                flood_count=draw(st.sampled_from([None, 1, 5])),
                months=draw(st.sampled_from(["", "3-11"])),
                method=draw(st.sampled_from(DutyMethod)),
                min_minutes=draw(st.sampled_from([0, 10])),
                min_gap_hours=draw(st.sampled_from([0, 0, 72])),
            )
        )
    return tuple(rules)


@st.composite
def holdings(draw: st.DrawFn) -> list[Assignment]:
    found = []
    for tenure in (1, 2):
        for reach in draw(st.sets(st.integers(1, 3), max_size=3)):
            first, last = sorted((draw(DAYS), draw(DAYS)))
            kind = WaterKind.RESERVOIR if reach == 3 else WaterKind.RIVER
            found.append(
                held(tenure, reach, kind=kind, first=first, last=draw(st.sampled_from([None, last])))
            )
    return found


FACTS = st.lists(
    st.builds(
        PatrolFact,
        st.integers(1, 2),
        st.integers(1, 3),
        DAYS,
        st.sampled_from([None, 5, 10, 60]),
        st.just(1.0),
    ),
    max_size=60,
)


def totals(rows: list[Duty]) -> Counter[tuple[int, int | None, str]]:
    found: Counter[tuple[int, int | None, str]] = Counter()
    for row in rows:
        for what in ("owed", "done", "valid", "compliant"):
            found[row.tenure_id, row.reach_id, what] += getattr(row, what)
    return found


@settings(max_examples=150, deadline=None)
@given(rule_sets(), holdings(), FACTS, st.sampled_from([1, 26]))
def test_the_months_of_a_year_add_up_to_the_year(
    rules: tuple[DutyRule, ...], assignments: list[Assignment], facts: list[PatrolFact], start_day: int
) -> None:
    calendar = office(*rules, start_day=start_day)
    months = [month_range(2025, month, start_day) for month in range(1, 13)]
    year = duties(assignments, facts, Span(months[0].first, months[-1].last), calendar)
    added: Counter[tuple[int, int | None, str]] = Counter()
    for month in months:
        added += totals(duties(assignments, facts, month, calendar))
    assert added == +totals(year)


@settings(max_examples=150, deadline=None)
@given(rule_sets(), holdings(), FACTS)
def test_what_holds_of_every_row(
    rules: tuple[DutyRule, ...], assignments: list[Assignment], facts: list[PatrolFact]
) -> None:
    calendar = office(*rules)
    rows = duties(assignments, facts, YEAR, calendar)
    for row in rows:
        assert 0 <= row.compliant <= row.owed
        assert 0 <= row.valid <= row.done
        assert sum(short.missing for short in row.shortfalls) == row.owed - row.compliant
        assert all(short.first <= short.until for short in row.shortfalls)
    assert duties(assignments, [*reversed(facts), *facts], YEAR, calendar) == rows


@settings(max_examples=60, deadline=None)
@given(rule_sets(), holdings(), FACTS, st.sampled_from(list(range(1, 13))))
def test_only_patrols_from_the_named_day_on_matter(
    rules: tuple[DutyRule, ...], assignments: list[Assignment], facts: list[PatrolFact], month: int
) -> None:
    calendar = office(*rules)
    span = month_range(2025, month)
    first = calendar.facts_from(*span)
    needed = [fact for fact in facts if first <= fact.day <= span.last]
    holding = [each for each in assignments if each.overlaps(Span(first, span.last))]
    assert duties(holding, needed, span, calendar) == duties(assignments, facts, span, calendar)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([(Period.WEEK, 1), (Period.MONTH, 2)]),
    st.sampled_from(DutyMethod),
    st.sets(DAYS, max_size=80),
)
def test_a_plain_count_day_by_day_says_the_same(
    what: tuple[Period, int], method: DutyMethod, days: set[date]
) -> None:
    period, count = what
    rule = DutyRule("a", Level.TOWN, period, count, START, method=method)
    row = only(duties([held()], walked(*days), YEAR, office(rule)))
    owed = compliant = 0
    begun: list[date] = []
    carried = 0
    room = 0
    for number in range(-2, 365):
        day = date(2025, 1, 1) + timedelta(days=number)
        begun.append(day)
        tomorrow = day + timedelta(days=1)
        ends = (
            day.weekday() == 6 if period is Period.WEEK else day.month != tomorrow.month and day.year == 2025
        )
        month_ends = (
            (day + timedelta(days=7)).month != day.month
            if period is Period.WEEK
            else day.month != tomorrow.month
        )
        if period is Period.MONTH and day.year == 2024:
            begun.clear()
            continue
        if not ends:
            continue
        owed += count
        seen = [each in days for each in begun]
        if method is DutyMethod.WINDOWS and count == 2:
            half = (len(begun) + 1) // 2
            compliant += any(seen[:half]) + any(seen[half:])
        elif method is DutyMethod.CAPPED:
            carried += sum(seen)
            room += count
            if month_ends:
                compliant += min(carried, room)
                carried = room = 0
        else:
            compliant += min(sum(seen), count)
        begun.clear()
    assert (row.owed, row.compliant) == (owed, compliant)
    assert row.done == row.valid == len(days)
