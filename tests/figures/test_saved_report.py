"""Saved reports against a plain recount: every line of any groupings, its subtotals, and the rows behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.fields.report_figures import PATROL_FIGURES, PROBLEM_FIGURES
from river_chief.figures.rates import BY_KEY
from river_chief.figures.report_lines import ReportLine, ReportTable
from river_chief.figures.report_scope import counts_of, keys_of, report_span, rows_of
from river_chief.figures.saved_report import report_table, rows_behind
from river_chief.figures.window import Window
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import conditions, of_round, step_conditions
from river_chief.records import Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.periods import Span, month_of
from river_chief.storage.database import Database
from river_chief.terms import Exit, Grouping, ReportDays, ReportLedger, Severity
from river_chief.verbs import office
from river_chief.verbs.input import understood
from river_chief.verbs.office import settings_of
from river_chief.verbs.report_definition import Definition
from tests.builders import Office
from tests.figures import plain
from tests.figures.histories import START, Case
from tests.figures.test_by import Places, placed, places, values_of
from tests.figures.test_tally import FINISHED, IN_A_LEDGER, LENGTHS, SEEDS, filled, window_of

__all__ = ["places"]
EVERY = tuple(field.key for field in PROBLEM_FIGURES)
COUNTS = tuple(key for key in EVERY if key not in BY_KEY and key != "average_days")
GROUPINGS = tuple(each for each in Grouping if each.ledger is ReportLedger.PROBLEMS)
FIRSTS = st.integers(61, 260).map(lambda days: date.fromordinal(START.toordinal() + days))
PAIRS = st.sampled_from([*((one,) for one in GROUPINGS), *permutations(GROUPINGS, 2)])


def defined(**values: Any) -> Definition:
    return understood(Definition, {"columns": EVERY, **values})


def run(session: Session, definition: Definition, window: Window, today: date = FINISHED) -> ReportTable:
    return report_table(session, settings_of(session), "试", definition, window, today)


def behind(table: ReportTable, definition: Definition, line: ReportLine, key: str) -> ProblemFilter:
    found = rows_behind(table, definition, line, key)
    assert isinstance(found, ProblemFilter)
    return found


def about(table: ReportTable) -> ProblemFilter:
    assert isinstance(table.records, ProblemFilter)
    return table.records


def month(day: date | None) -> int | None:
    return None if day is None else day.year * 12 + day.month - 1


def closing_month(case: Case) -> int | None:
    lap = case.laps[-1] if case.laps else None
    return month(lap.exit_on) if lap is not None and lap.exit is Exit.CLOSED else None


def values_by(held: Places) -> dict[Grouping, Callable[[Case], tuple[Any, ...]]]:
    """The values a case has; what bulk loading leaves alike is alike here."""
    return {
        **{Grouping(dimension.value): values for dimension, values in values_of(held).items()},
        Grouping.STATE: lambda case: ("rectifying" if case.laps else "draft",),
        Grouping.DISPOSAL: lambda _case: (None,),
        Grouping.FOUND_MONTH: lambda _case: (None,),
        Grouping.REGISTERED_MONTH: lambda case: (month(case.laps[0].opened_on if case.laps else None),),
        Grouping.CLOSED_MONTH: lambda case: (closing_month(case),),
    }


def test_every_grouping_is_tried(empty: Office, places: Places) -> None:
    assert set(values_by(places)) == set(GROUPINGS)


def agrees(line: ReportLine, own: list[Case], window: Window) -> None:
    """The line's figures are those of a recount of *own*."""
    expected = plain.counts(own, window.first, window.last)
    for figure in line.figures:
        if figure.ratio is not None:
            keys = keys_of(figure.key)
            assert [figure.ratio.numerator, figure.ratio.denominator] == [len(expected[key]) for key in keys]
        elif figure.key in expected:
            assert figure.value == len(expected[figure.key]), (line.names, figure.key)
    assert line.figure("average_days").value == plain.average_days(own, window.first, window.last)
    begun = [case for case in own if case.laps and case.laps[0].opened_on <= window.last]
    assert line.figure("problems").value == len(begun)


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS, PAIRS)
def test_every_line_is_that_of_a_plain_recount(
    empty: Office, places: Places, seed: int, first: date, length: int, by: tuple[Grouping, ...]
) -> None:
    cases, window, values = placed(seed, places), window_of(first, length), values_by(places)
    with filled(empty, cases) as session:
        table = run(session, defined(by=by), window)
    agrees(table.total, cases, window)
    for line in table.lines:
        pairs = list(zip(by, line.keys, strict=False))
        own = [case for case in cases if all(key in values[each](case) for each, key in pairs)]
        agrees(line, own, window)
    held = {keys for case in cases for keys in ((key,) for key in values[by[0]](case))}
    shown = {line.keys for line in table.lines if len(line.keys) == 1}
    for keys in held - shown:
        own = [case for case in cases if keys[0] in values[by[0]](case)]
        assert not any(plain.counts(own, window.first, window.last).values()), keys


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS, PAIRS, st.sampled_from(["registered", "any"]))
def test_the_rows_behind_a_number_are_what_was_counted(
    empty: Office, places: Places, seed: int, first: date, length: int, by: tuple[Grouping, ...], days: str
) -> None:
    cases, window, values = placed(seed, places), window_of(first, length), values_by(places)
    definition = defined(by=by, days_of=days, conditions={"groups": ["LD", "LZ"], "units": ["", "水利站"]})
    asked = Random(seed).sample(COUNTS, 3)
    with filled(empty, cases) as session:
        table = run(session, definition, window)
        expected = plain.counts(cases, window.first, window.last)
        for line in (table.total, *table.lines):
            pairs = list(zip(by, line.keys, strict=False))
            for figure in (line.figure(key) for key in asked if key in expected):
                rows = PROBLEM_LEDGER.ids(session, behind(table, definition, line, figure.asks))
                counted = [id for id in expected[figure.key] if belongs(cases[id - 1], window, days)]
                own = [id for id in counted if all(key in values[each](cases[id - 1]) for each, key in pairs)]
                assert rows == sorted(set(own)), (line.names, figure.key)
                assert figure.value == len(own), (line.names, figure.key)


def belongs(case: Case, window: Window, days: str) -> bool:
    begun = days == "any" or window.first <= case.laps[0].opened_on <= window.last
    return case.group in ("LD", "LZ") and case.unit in ("", "水利站") and begun


@IN_A_LEDGER
@given(SEEDS, FIRSTS, LENGTHS, st.sampled_from(list(permutations(GROUPINGS, 2))))
def test_subtotals_add_up_where_a_problem_stands_once(
    empty: Office, places: Places, seed: int, first: date, length: int, by: tuple[Grouping, ...]
) -> None:
    with filled(empty, placed(seed, places)) as session:
        table = run(session, defined(by=by, columns=COUNTS), window_of(first, length))
    assert table.adds_up is not any(each.is_plural for each in by)
    tops = [line for line in table.lines if len(line.keys) == 1]
    for key in COUNTS:
        if not by[0].is_plural:
            assert sum(line.figure(key).value or 0 for line in tops) == table.total.figure(key).value
        if not by[1].is_plural:
            for top in tops:
                inner = [line for line in table.lines if line.keys[:1] == top.keys and len(line.keys) == 2]
                assert sum(line.figure(key).value or 0 for line in inner) == top.figure(key).value


# On the sample township, where every kind of state, day and disposal stands

TODAY = date(2026, 3, 31)


def rounds_of(
    session: Session, table: ReportTable, definition: Definition, line: ReportLine, key: str
) -> int:
    """How many rounds (acceptances, for those) the rows of a number stand for."""
    rows = behind(table, definition, line, key)
    assert rows.rounds is not None
    query = (
        select(func.count())
        .select_from(Round)
        .join(Problem, col(Problem.id) == col(Round.problem_id))
        .where(
            *conditions(replace(rows.rounds, acted=())), col(Problem.id).in_(PROBLEM_LEDGER.matching(rows))
        )
    )
    if rows.rounds.acted:
        query = query.join(Step, of_round()).where(*step_conditions(rows.rounds))
    return int(session.execute(query).scalar_one())


# Every grouping with two of the scopes, every scope with several groupings.
_PAIRS = [
    (grouping, list(ReportDays)[(at + more) % len(ReportDays)])
    for at, grouping in enumerate(GROUPINGS)
    for more in (0, 2)
]


@pytest.mark.parametrize(("grouping", "days"), _PAIRS)
def test_every_figure_of_every_grouping_has_its_rows(
    township: Any, grouping: Grouping, days: ReportDays
) -> None:
    definition = defined(by=[grouping], days_of=days)
    with Database.open(township) as database, database.read() as session:
        settings = settings_of(session)
        window = Window.of(Span(settings.month(2025, 1).first, settings.month(2025, 9).last), TODAY)
        table = run(session, definition, window, TODAY)
        lines = Random(grouping.value).sample(table.lines, min(len(table.lines), 3))
        for line in (table.total, *lines):
            for figure in line.figures:
                if figure.key != "average_days":
                    counted = figure.value if figure.ratio is None else figure.ratio.numerator
                    assert counted == rounds_of(session, table, definition, line, figure.asks), figure.key
        assert any(not line.is_empty for line in table.lines)


def test_the_conditions_narrow_every_number(township: Any) -> None:
    with Database.open(township) as database, database.read() as session:
        window = Window.of(Span(date(2025, 1, 1), TODAY), TODAY)
        narrow = {"groups": ["LD"], "severities": ["serious"], "overdue": True}
        definition = defined(by=["unit"], conditions=narrow)
        table = run(session, definition, window, TODAY)
        ids = PROBLEM_LEDGER.ids(session, about(table))
        assert table.total.figure("problems").value == len(ids)
        for row in PROBLEM_LEDGER.rows(session, ids, TODAY):
            assert row["severity"] is Severity.SERIOUS
            assert row["category_code"].startswith("LD")
            assert (row["overdue_days"] or 0) > 0


def test_lines_are_sorted_by_a_column_within_their_group(township: Any) -> None:
    with Database.open(township) as database, database.read() as session:
        window = Window.of(Span(date(2025, 1, 1), TODAY), TODAY)
        by = ["unit", "severity"]
        table = run(session, defined(by=by, sort="on_time_rate", descending=True), window, TODAY)
    tops = [line.figure("on_time_rate").value for line in table.lines if len(line.keys) == 1]
    named = [value for value in tops if value is not None]
    assert named == sorted(named, reverse=True)
    assert tops[: len(named)] == named
    inner: list[float | None] = []
    for line in table.lines:
        if len(line.keys) == 1:
            inner = []
        else:
            value = line.figure("on_time_rate").value
            assert not inner or value is None or (inner[-1] is not None and inner[-1] >= value)
            inner.append(value)


def test_chosen_chiefs_and_villages_are_the_only_lines(township: Any) -> None:
    with Database.open(township) as database, database.read() as session:
        window = Window.of(Span(date(2025, 1, 1), TODAY), TODAY)
        by_chief = run(session, defined(by=["chief"]), window, TODAY)
        someone = next(line for line in by_chief.lines if line.figure("found").value)
        alone = run(session, defined(by=["chief"], conditions={"chiefs": someone.keys}), window, TODAY)
        assert [line.names for line in alone.lines] == [someone.names]
        assert alone.lines[0].figures == someone.figures
        assert alone.total.figures == someone.figures
        by_village = run(session, defined(by=["village"]), window, TODAY)
        one = run(
            session, defined(by=["village"], conditions={"villages": by_village.lines[2].keys}), window, TODAY
        )
        assert one.lines == (by_village.lines[2],)


# The days

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("asked", "2025-03-01", "2025-03-31"),
        ("this_month", "2025-03-01", "2025-03-31"),
        ("last_month", "2025-02-01", "2025-02-28"),
        ("this_quarter", "2025-01-01", "2025-03-31"),
        ("this_year", "2025-01-01", "2025-03-31"),
        ("ever", "1980-01-01", "2025-03-31"),
    ],
)
def test_the_days_are_reckoned_from_those_asked_for(empty: Office, span: str, first: str, last: str) -> None:
    with empty.database.read() as session:
        settings = settings_of(session)
    found = report_span(defined(by=["unit"], span=span), settings, date(2025, 8, 20), MARCH)
    assert [day.isoformat() for day in found] == [first, last]


def test_without_days_it_is_run_for_the_current_month(empty: Office) -> None:
    with empty.database.read() as session:
        settings = settings_of(session).model_copy(update={"period_start_day": 26})
    today = date(2025, 3, 28)
    found = report_span(defined(by=["unit"], span="this_month"), settings, today)
    assert found == Span(date(2025, 3, 26), date(2025, 4, 25))
    assert month_of(found.last, 26) == (2025, 4)
    fixed = defined(by=["unit"], span="fixed", first="2025-01-01", last="2025-01-15")
    assert report_span(fixed, settings, today) == Span(date(2025, 1, 1), date(2025, 1, 15))


def test_a_month_is_the_offices_own(empty: Office, village: int, reach: int) -> None:
    empty.do(office.change_settings, office.SettingChange, values={"period_start_day": 26})
    empty.problem(village, reach, on="2025-02-26")
    empty.problem(village, reach, on="2025-02-25")
    definition = defined(by=["found_month"], columns=["found"])
    with empty.database.read() as session:
        window = Window.of(Span(date(2025, 1, 1), date(2025, 3, 25)), date(2025, 3, 31), 26)
        table = run(session, definition, window, date(2025, 3, 31))
        found = [
            PROBLEM_LEDGER.ids(session, behind(table, definition, line, "found")) for line in table.lines
        ]
    assert [line.names for line in table.lines] == [("2025年2月",), ("2025年3月",)]
    assert found == [[2], [1]]


def test_the_rows_of_an_average_are_what_was_finished(empty: Office, village: int, reach: int) -> None:
    empty.close(empty.problem(village, reach), on="2025-03-10")
    definition = defined(by=["unit"], columns=["average_days"])
    window = Window.of(MARCH, date(2025, 3, 31))
    with empty.database.read() as session:
        table = run(session, definition, window, date(2025, 3, 31))
        assert table.lines[0].figures[0].text == "0.0"
        assert PROBLEM_LEDGER.ids(session, rows_of(definition, window, about(table), "average_days")) == [1]


def test_every_count_of_a_report_has_a_filter() -> None:
    window = Window.of(MARCH, date(2025, 3, 31))
    known = counts_of(defined(by=["unit"]), window)
    assert {key for column in EVERY if column != "average_days" for key in keys_of(column)} <= set(known)


# Patrols

PATROLS = [field.key for field in PATROL_FIGURES]


@pytest.mark.parametrize("by", [["walker"], ["area", "walker"], ["level"], ["patrol_month", "level"]])
def test_patrols_are_counted_and_shown(township: Any, by: list[str]) -> None:
    asked = {"ledger": "patrols", "by": by, "columns": PATROLS, "conditions": {"levels": ["village", "town"]}}
    definition = understood(Definition, asked)
    with Database.open(township) as database, database.read() as session:
        window = Window.of(Span(date(2025, 1, 1), date(2025, 4, 30)), TODAY)
        table = run(session, definition, window, TODAY)
        tops = [line for line in table.lines if len(line.keys) == 1]
        for line in (table.total, *Random(1).sample(table.lines, min(len(table.lines), 6))):
            for key in ("logs", "with_finding", "finding_rate"):
                filter = rows_behind(table, definition, line, line.figure(key).asks)
                assert isinstance(filter, PatrolFilter)
                rows = PATROL_LEDGER.all(session, filter, TODAY)
                figure = line.figure(key)
                assert len(rows) == (figure.value if figure.ratio is None else figure.ratio.numerator)
                if key == "logs":
                    assert sum(row["minutes"] or 0 for row in rows) == line.figure("minutes").value
                    assert sum(row["km"] or 0 for row in rows) == pytest.approx(line.figure("km").value)
                    assert len({row["person_name"] for row in rows}) <= (line.figure("walkers").value or 0)
    assert tops
    assert all(line.names[0] and not line.names[0].isdigit() for line in tops)
    assert sum(line.figure("logs").value or 0 for line in tops) == table.total.figure("logs").value


def test_days_without_patrols_are_a_total_of_nothing(empty: Office) -> None:
    definition = understood(Definition, {"ledger": "patrols", "by": ["walker"], "columns": PATROLS})
    with empty.database.read() as session:
        table = run(session, definition, Window.of(MARCH, date(2025, 3, 31)), date(2025, 3, 31))
    assert table.lines == ()
    assert [figure.text for figure in table.total.figures] == ["0", "0", "0", "0", "0.00", "—"]
