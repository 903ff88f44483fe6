"""Divisions, waters, persons and patrols of the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select as sql_select
from sqlmodel import Session, select

from river_chief.figures.duty import DutyFigures, duty_figures
from river_chief.records import METADATA, Area, Patrol, Person, Reach, Tenure, TenureReach, Water
from river_chief.records.columns import col
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.periods import Span
from river_chief.sample.agenda import FOUNDED, PRESENT
from river_chief.sample.story import plan
from river_chief.sample.township import make
from river_chief.sample.walks import STORMS
from river_chief.storage.database import Database
from river_chief.terms import Entry, Level, Performer, Role
from river_chief.verbs.office import settings_of
from tests.sample import totals

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
POOR_MONTHS = (2, 8)


def reckoned(session: Session, span: Span) -> DutyFigures:
    return duty_figures(session, settings_of(session), span)


def patrols_of_2025(session: Session) -> list[Patrol]:
    every = session.exec(select(Patrol).where(col(Patrol.voided_on).is_(None)))
    return [patrol for patrol in every if patrol.started_at.year == 2025]


def test_villages_and_waters(session: Session) -> None:
    areas = {area.name: (area.code, area.population) for area in session.exec(select(Area))}
    assert {name: areas[name] for name in totals.VILLAGES} == totals.VILLAGES
    assert [areas[name][0] for name in ("临澜市", "澜川县", "砚溪镇")] == ["990100", "990121", "990121103"]
    reaches = list(session.exec(select(Reach)))
    assert len(reaches) == 20
    assert sum(reach.length_km or 0 for reach in reaches) == pytest.approx(75.9)
    assert len(session.exec(select(Water)).all()) == 17
    below = {reach.name: reach.downstream_id for reach in reaches}
    ids = {reach.name: reach.id for reach in reaches}
    assert below["砚溪桐坪上砚段"] == ids["砚溪集镇段"]
    assert below["砚溪下砚段"] == ids["澜江南圩段"]


def test_45_chiefs_and_their_helpers(session: Session) -> None:
    tenures = list(session.exec(select(Tenure)))
    chiefs = {tenure.person_id for tenure in tenures if tenure.role.is_chief}
    assert len(chiefs) == 45
    assert Counter(tenure.role for tenure in tenures if not tenure.role.is_chief) == {
        Role.PATROLLER: 6,
        Role.CLEANER: 14,
    }
    people = list(session.exec(select(Person)))
    names = Counter(person.name for person in people)
    assert sorted(names.values())[-2:] == [1, 2]
    assert sum(not person.phone for person in people) == 1
    assert all(not person.phone or person.phone.startswith("120") for person in people)
    links = session.exec(
        select(TenureReach)
        .join(Tenure)
        .where(Tenure.level == Level.TOWN, col(TenureReach.valid_to).is_(None))
    ).all()
    assert len(links) == 20


def test_what_is_owed_and_kept(session: Session) -> None:
    year = reckoned(session, YEAR)
    assert {each.level and each.level.value: each.owed for each in year.by_level} == totals.OWED
    assert year.total.owed == sum(totals.OWED.values()) == 1788
    assert len(year.zero_finding) >= 3
    for month in range(1, 13):
        total = reckoned(session, settings_of(session).month(2025, month)).total
        rate = total.compliance.numerator / total.compliance.denominator
        assert 0.86 <= rate <= 0.90 if month in POOR_MONTHS else 0.93 <= rate <= 0.985, (month, rate)


def test_patrols_of_the_year(session: Session) -> None:
    patrols = patrols_of_2025(session)
    assert 1820 <= len(patrols) <= 1880
    share = {
        "brief": sum((patrol.minutes or 0) < 10 for patrol in patrols) / len(patrols),
        "found": sum(patrol.has_finding for patrol in patrols) / len(patrols),
        "paper": sum(patrol.entry is Entry.PAPER for patrol in patrols) / len(patrols),
    }
    assert 0.03 <= share["brief"] <= 0.04
    assert 0.11 <= share["found"] <= 0.13
    assert 0.04 <= share["paper"] <= 0.06
    assert not {patrol.started_at.date() for patrol in patrols} & set(STORMS)
    long = [patrol.person_id for patrol in patrols if (patrol.minutes or 0) >= 60]
    assert len(set(long)) == 1
    months = {p.started_at.month for p in patrols if p.performer is Performer.DELEGATE}
    assert months == {9, 10}


def test_paper_logs_are_typed_in_the_month_after(session: Session) -> None:
    for patrol in patrols_of_2025(session):
        assert patrol.recorded_at is not None
        entered, walked = patrol.recorded_at.date(), patrol.started_at.date()
        assert entered >= walked
        if patrol.entry is Entry.PAPER:
            assert (entered.year, entered.month) > (walked.year, walked.month)


def test_recorded_times_are_office_hours_of_the_story(session: Session) -> None:
    calendar = WorkCalendar()
    for patrol in session.exec(select(Patrol)):
        at = patrol.recorded_at
        assert at is not None
        assert (at.hour, at.minute) == (8, 30)  # 16:30 in Chinese time
        assert FOUNDED <= at.date() <= PRESENT
        assert calendar.is_working(at.date())


def content(folder: Path) -> dict[str, Sequence[Any]]:
    """Everything in a ledger but what is made afresh each time: uids, and the journal that holds them."""
    with Database.open(folder) as database, database.read() as session:
        return {
            name: session.connection()
            .execute(sql_select(*[c for c in table.c if c.name != "uid"]).order_by(table.c.id))
            .all()
            for name, table in METADATA.tables.items()
            if name not in ("act", "act_change")
        }


def test_the_same_seed_makes_the_same_ledger(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make(tmp_path / name, seed=7, until=date(2025, 1, 24))
    first, second = content(tmp_path / "a"), content(tmp_path / "b")
    assert len(first["patrol"]) > 100
    assert len(first["problem"]) >= 8
    assert first == second


def test_another_seed_makes_another_story() -> None:
    one, two = plan(1), plan(2)
    assert [case.description for case in one.cases] != [case.description for case in two.cases]
    assert len(one.cases) == len(two.cases) == 149
