from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.look_back import (
    DueLook,
    LookBackPlan,
    applicable,
    due_looks,
    is_drawn,
    months_after,
    months_in,
    open_looks,
)
from river_chief.terms import Severity

PLAN = LookBackPlan((1, 3, 6))
CLOSED = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 3, 10), 12, date(2026, 3, 10)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 3, 10), 0, date(2025, 3, 10)),
    ],
)
def test_months_after(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1,3,6", (1, 3, 6)), ("6、1，3", (1, 3, 6)), ("2", (2,)), ("3,3", (3,))]
)
def test_months_in(text: str, expected: tuple[int, ...]) -> None:
    assert months_in(text) == expected


def test_every_date_of_a_closing() -> None:
    assert due_looks(PLAN, CLOSED) == (
        DueLook(1, date(2025, 4, 10)),
        DueLook(3, date(2025, 6, 10)),
        DueLook(6, date(2025, 9, 10)),
    )
    assert due_looks(PLAN, CLOSED)[1].name == "3个月"


@pytest.mark.parametrize(
    ("looked", "left"),
    [
        (None, (1, 3, 6)),
        (date(2025, 3, 9), (1, 3, 6)),  # before the closing: a look of the round before
        (date(2025, 3, 30), (1, 3, 6)),  # eleven days early
        (date(2025, 3, 31), (3, 6)),  # ten days early counts
        (date(2025, 4, 20), (3, 6)),
        (date(2025, 6, 5), (6,)),  # one late look keeps both dates before it
        (date(2025, 8, 31), ()),
    ],
)
def test_the_dates_still_to_be_kept(looked: date | None, left: tuple[int, ...]) -> None:
    assert tuple(each.months for each in open_looks(PLAN, CLOSED, looked)) == left


def test_the_row_that_says_most_wins() -> None:
    any_, group, leaf = (
        LookBackPlan((1,)),
        LookBackPlan((2,), category_code="LD"),
        LookBackPlan((3,), category_code="LD01"),
    )
    major = LookBackPlan((4,), severity=Severity.MAJOR)
    group_major = LookBackPlan((5,), category_code="LD", severity=Severity.MAJOR)
    plans = (leaf, group_major, group, major, any_)
    assert applicable(plans, "LJ01", Severity.MINOR) is any_
    assert applicable(plans, "LJ01", Severity.MAJOR) is major
    assert applicable(plans, "LJ01", None) is any_
    assert applicable(plans, "LD02", Severity.MINOR) is group
    assert applicable(plans, "LD02", Severity.MAJOR) is group_major
    assert applicable(plans, "LD01", Severity.MAJOR) is leaf
    later = LookBackPlan((9,))
    assert applicable((any_, later), "LJ01", None) is later
    assert applicable((group,), "LJ01", None) is None


@given(st.uuids(), st.integers(0, 100), st.integers(0, 100))
def test_a_smaller_sample_lies_within_a_larger(uid: UUID, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert is_drawn(uid, large) or not is_drawn(uid, small)
    assert is_drawn(uid, 100)
    assert not is_drawn(uid, 0)


def test_a_sample_has_about_its_share_and_never_changes() -> None:
    drawn = sum(is_drawn(UUID(int=number), 30) for number in range(4000))
    assert 1150 < drawn < 1250
    uid = uuid4()
    assert len({is_drawn(uid, 30) for _ in range(5)}) == 1
