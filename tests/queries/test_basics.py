"""基本情况: who and what there is on a day."""

from __future__ import annotations

from datetime import date

from river_chief.queries.basics import Basics, basics
from river_chief.terms import Level, Role
from tests.builders import Office


def on(office: Office, day: date) -> Basics:
    with office.database.read() as session:
        return basics(session, day)


def test_an_empty_ledger_has_nothing(empty: Office) -> None:
    assert on(empty, empty.today) == Basics(0, 0, 0.0, 0, 0, {}, 0, {})


def test_persons_in_force_on_the_day(empty: Office, village: int, reach: int, tenure: int) -> None:
    empty.chief("钱树", 1, reach, level="town", valid_from="2025-02-01")
    empty.chief("孙文", village, role="cleaner", valid_from="2025-03-01")
    january, march = (on(empty, date(2025, month, 15)) for month in (1, 3))
    assert january.chiefs == {Level.VILLAGE: 1}
    assert march.chiefs == {Level.VILLAGE: 1, Level.TOWN: 1}
    assert (january.persons, march.persons) == (1, 2)
    assert (january.helpers, march.helpers) == ({}, {Role.CLEANER: 1})
    assert (march.waters, march.reaches, march.villages) == (1, 1, 1)
