"""The problems of the sample: 2025 adds up to what the story says, month by month."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from statistics import median

import pytest
from sqlmodel import Session, select

from river_chief.records import Area, NumberSeries, Paper, Problem, Reach, ReachArea, Round, Step, Work
from river_chief.rules.workflow import REMINDERS
from river_chief.sample.places import DEMO_POSITION
from river_chief.terms import Action, Datum, Exit, Origin, PaperKind, Severity, Source, State
from river_chief.verbs.problems import suggestion
from tests.sample import totals

YEAR_START, YEAR_END = date(2025, 1, 1), date(2025, 12, 31)
MONTHS = [(2024, 12)] + [(2025, month) for month in range(1, 13)] + [(2026, month) for month in (1, 2, 3)]


def new_of_2025(session: Session) -> list[Problem]:
    found = select(Problem).join(Round).where(Round.origin == Origin.FOUND)
    return list(session.exec(found.where(Round.opened_on >= YEAR_START, Round.opened_on <= YEAR_END)))


def rounds(session: Session) -> list[Round]:
    return list(session.exec(select(Round)))


def in_stock(each: Round, day: date) -> bool:
    return each.opened_on <= day and (each.exit_on is None or each.exit_on > day)


def test_the_120_new_ones_by_month_group_severity_and_source(session: Session) -> None:
    new = new_of_2025(session)
    assert len(new) == totals.FOUND
    opened = Counter(
        each.opened_on.month
        for each in rounds(session)
        if each.origin is Origin.FOUND and each.opened_on.year == 2025
    )
    assert tuple(opened[month] for month in range(1, 13)) == totals.NEW_BY_MONTH
    assert Counter(each.category_code[:2] for each in new) == totals.BY_GROUP
    assert Counter(each.severity and each.severity.value for each in new) == totals.BY_SEVERITY
    assert Counter(each.source and each.source.value for each in new) == totals.BY_SOURCE


def test_stock_and_flows_of_the_year(session: Session) -> None:
    every = rounds(session)
    assert sum(in_stock(each, date(2024, 12, 31)) for each in every) == totals.OPENING
    assert sum(in_stock(each, YEAR_END) for each in every) == totals.ENDING
    relapsed = [each for each in every if each.origin is Origin.RELAPSE and each.opened_on.year == 2025]
    assert len(relapsed) == totals.RELAPSED
    gone = Counter(
        each.exit.value for each in every if each.exit and each.exit_on and each.exit_on.year == 2025
    )
    assert gone == totals.EXITS


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_stock_identity_holds_in_every_month(session: Session, year: int, month: int) -> None:
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    every = rounds(session)
    opening = sum(
        each.opened_on < first and (each.exit_on is None or each.exit_on >= first) for each in every
    )
    into = sum(first <= each.opened_on <= last for each in every)
    out = sum(each.exit_on is not None and first <= each.exit_on <= last for each in every)
    assert sum(in_stock(each, last) for each in every) == opening + into - out


def test_states_at_the_end_of_the_year(session: Session) -> None:
    states: dict[int, State] = {}
    for step in session.exec(select(Step).order_by("problem_id", "ordinal")):
        if step.happened_at.date() <= YEAR_END:
            states[step.problem_id] = step.to_state
    done = {State.CLOSED, State.UNFOUNDED, State.HANDED_OVER}
    assert Counter(state.value for state in states.values() if state not in done) == totals.STATES_AT_YEAR_END


def test_the_present_has_open_work_of_every_kind(session: Session) -> None:
    states = Counter(problem.state for problem in session.exec(select(Problem)))
    for state in State:
        if state is not State.VOIDED:
            assert states[state] >= 1, state


def test_how_long_it_takes(session: Session) -> None:
    new = {problem.key: problem for problem in new_of_2025(session)}
    days: dict[Severity, list[int]] = defaultdict(list)
    for each in rounds(session):
        problem = new.get(each.problem_id)
        if problem is None or problem.severity is None or each.ordinal > 1:
            continue
        if each.assigned_on and each.rectified_on and each.rectified_on <= YEAR_END:
            days[problem.severity].append((each.rectified_on - each.assigned_on).days)
    minor, serious, major = days[Severity.MINOR], days[Severity.SERIOUS], days[Severity.MAJOR]
    assert median(minor) == 4
    assert (min(minor), max(minor) <= 12) == (1, True)
    assert median(serious) == 21
    assert len(major) == 4
    assert all(45 <= length <= 110 for length in major)


def test_overdue_rejected_and_extended(session: Session) -> None:
    of_year = [each for each in rounds(session) if each.opened_on.year == 2025]
    due = [each for each in of_year if each.deadline is not None and each.deadline < YEAR_END]
    late = [each for each in due if (each.rectified_on or date.max) > (each.deadline or date.max)]
    still_open = [each for each in late if each.rectified_on is None or each.rectified_on > YEAR_END]
    assert len(late) == totals.OVERDUE
    assert len(still_open) == totals.OVERDUE_OPEN
    assert sum(each.rejections for each in of_year) == totals.REJECTIONS
    assert sum(each.extensions for each in of_year) == totals.EXTENSIONS
    majors = {problem.key for problem in new_of_2025(session) if problem.severity is Severity.MAJOR}
    assert [each.extensions for each in of_year if each.problem_id in majors] == [1, 1, 1, 1]


def test_what_relapsed(session: Session) -> None:
    relapsed = {each.problem_id for each in rounds(session) if each.origin is Origin.RELAPSE}
    codes = sorted(p.category_code for p in session.exec(select(Problem)) if p.key in relapsed)
    assert codes == ["BJ01", "LD01", "LZ13"]


def test_the_work_done(session: Session) -> None:
    done: dict[str, float] = defaultdict(float)
    for work in session.exec(select(Work).where(Work.done_on >= YEAR_START, Work.done_on <= YEAR_END)):
        done[work.kind.value] += work.amount
    assert dict(done) == pytest.approx(totals.WORK)


def test_the_papers(session: Session) -> None:
    papers = list(
        session.exec(select(Paper).where(Paper.issued_on >= YEAR_START, Paper.issued_on <= YEAR_END))
    )
    count = Counter(paper.kind.value for paper in papers)
    assert {kind: count[kind] for kind in totals.PAPERS} == totals.PAPERS
    own = [
        each
        for each in papers
        if each.kind is PaperKind.ASSIGN and each.number.startswith("砚河长办交〔2025〕")
    ]
    assert len(own) == totals.OWN_ASSIGNMENTS
    series = select(NumberSeries).where(NumberSeries.series == "paper.assign", NumberSeries.year == 2025)
    assert session.exec(series).one().last == totals.OWN_ASSIGNMENTS


def test_places_fit_together(session: Session) -> None:
    crossed = {(row.reach_id, row.area_id) for row in session.exec(select(ReachArea))}
    waters = {reach.key: reach.water_id for reach in session.exec(select(Reach))}
    for problem in session.exec(select(Problem).where(Problem.state != State.DRAFT)):
        assert problem.reach_id is not None
        assert (problem.reach_id, problem.village_id) in crossed
        assert problem.water_id == waters[problem.reach_id]
        assert problem.lon is not None
        assert 118.40 <= problem.lon <= 118.55
        assert problem.lat is not None
        assert 29.00 <= problem.lat <= 29.12
        assert problem.datum is Datum.CGCS2000
        assert problem.note == DEMO_POSITION


def test_severities_are_those_the_rules_suggest(session: Session) -> None:
    for problem in session.exec(select(Problem).where(Problem.state != State.DRAFT)):
        assert suggestion(session, problem) is problem.severity, problem.description


def test_what_chiefs_find_they_find_on_a_patrol(session: Session) -> None:
    by_chiefs = [problem for problem in new_of_2025(session) if problem.source is Source.CHIEF]
    assert sum(problem.patrol_id is not None for problem in by_chiefs) >= len(by_chiefs) - 2


def test_who_leaves_by_another_exit(session: Session) -> None:
    gone = {each.problem_id: each.exit for each in rounds(session) if each.exit is Exit.UNFOUNDED}
    sources = Counter(p.source for p in session.exec(select(Problem)) if p.key in gone)
    assert sources == {Source.COMPLAINT: 2, Source.COUNTY: 1}
    assert session.exec(select(Area).where(Area.name == "砚溪镇")).one().population == 31600
    assert {step.action for step in session.exec(select(Step))} - {*REMINDERS} == set(Action) - {
        *(Action.RETURN, Action.RESUME, Action.VOID, Action.REPLY, Action.TAKE_BACK),
        *REMINDERS,
    }
