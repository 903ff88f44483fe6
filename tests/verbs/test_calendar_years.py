from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from river_chief.errors import InvalidInput, Refusal
from river_chief.storage.undo import undo_last
from river_chief.verbs import rule_rows
from river_chief.verbs.calendar_years import YearDays, YearTick, enter_year, tick_year
from river_chief.verbs.deadlines import calendar_of
from river_chief.verbs.office import settings_of
from tests.builders import Office

RESTS = [{"day": f"2027-02-{day:02}", "name": "春节放假"} for day in range(1, 12)]


def known(ledger: Office, day: date) -> tuple[bool, bool]:
    """Whether *day* is worked, and whether that is still to be published."""
    with ledger.database.read() as session:
        found = calendar_of(session).day(day)
    return found.is_working, found.unconfirmed


def test_a_year_is_entered_as_one_act_and_taken_back_so(empty: Office) -> None:
    days = [*RESTS, {"day": "2027-01-31", "is_working": True, "name": "春节调休上班"}]
    done = empty.do(enter_year, YearDays, year=2027, days=days)
    assert done.sentence == "录入2027年放假安排：放假11天、调休上班1天，已录全"
    assert known(empty, date(2027, 1, 31)) == (True, False)
    assert known(empty, date(2027, 2, 1)) == (False, False)
    assert known(empty, date(2027, 3, 1)) == (True, False)
    with empty.database.write(by="经办人", today=empty.today) as writer:
        undo_last(writer)
    assert known(empty, date(2027, 2, 1)) == (True, True)


def test_entering_again_leaves_what_the_list_says(empty: Office) -> None:
    empty.do(rule_rows.put, rule_rows.HolidayRow, day="2027-07-09", name="台风停工")
    empty.do(rule_rows.put, rule_rows.HolidayRow, day="2027-02-01", is_working=True, name="加班")
    empty.do(enter_year, YearDays, year=2027, days=RESTS)
    assert known(empty, date(2027, 7, 9)) == (True, False), "a Friday that is no longer a day of rest"
    assert known(empty, date(2027, 2, 1)) == (False, False)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"days": RESTS[:10]}, "一年至少有11天法定放假，这里只有10天"),
        ({"days": [*RESTS, RESTS[0]]}, "同一天写了两次"),
        ({"days": [*RESTS, {"day": "2028-01-01"}]}, "2028-01-01 不在2027年"),
        ({"days": []}, "放假安排至少要有 1 项"),
        ({"year": 27, "days": RESTS}, "年份应不小于 2000"),
    ],
)
def test_a_year_that_is_refused(empty: Office, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        empty.do(enter_year, YearDays, **{"year": 2027, **values})
    assert known(empty, date(2027, 2, 1)) == (True, True)


def test_a_part_of_a_year_leaves_it_to_be_published(empty: Office) -> None:
    empty.do(enter_year, YearDays, year=2027, days=RESTS[:3], is_complete=False)
    assert known(empty, date(2027, 2, 1)) == (False, False)
    assert known(empty, date(2027, 3, 1)) == (True, True)
    with pytest.raises(Refusal, match="还没有录全"):
        empty.do(tick_year, YearTick, year=2027)


def test_the_tick_is_set_and_taken_away(empty: Office) -> None:
    empty.do(enter_year, YearDays, year=2027, days=RESTS, is_complete=False)
    empty.do(tick_year, YearTick, year=2027)
    with empty.database.read() as session:
        assert settings_of(session).calendar_years == (2027,)
    done = empty.do(tick_year, YearTick, year=2027, is_complete=False)
    assert done.sentence == "2027年放假安排改为没有录全"
    assert known(empty, date(2027, 3, 1)) == (True, True)
