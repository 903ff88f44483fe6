"""The program's own figures of the sample agree with the story's totals."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from river_chief.figures.month import MonthFigures, monthly
from river_chief.rules.periods import Span
from river_chief.sample.agenda import PRESENT
from river_chief.verbs.office import settings_of
from tests.sample import totals


@pytest.fixture(scope="module")
def months(session: Session) -> list[MonthFigures]:
    settings = settings_of(session)
    return [monthly(session, settings, settings.month(2025, month), PRESENT) for month in range(1, 13)]


def test_every_month_balances_and_follows_from_the_one_before(months: list[MonthFigures]) -> None:
    assert all(each.balances for each in months)
    assert tuple(each.stock.found for each in months) == totals.NEW_BY_MONTH
    assert months[0].stock.opening == totals.OPENING
    assert months[-1].stock.ending == totals.ENDING
    endings = [each.stock.ending for each in months]
    assert [each.stock.opening for each in months[1:]] == endings[:-1]


def test_the_year(session: Session) -> None:
    year = monthly(session, settings_of(session), Span(date(2025, 1, 1), date(2025, 12, 31)), PRESENT)
    stock = year.stock
    assert (stock.found, stock.relapsed, stock.closed) == (
        totals.FOUND,
        totals.RELAPSED,
        totals.EXITS["closed"],
    )
    assert (stock.unfounded, stock.handed_over) == (totals.EXITS["unfounded"], totals.EXITS["handed_over"])
    assert (stock.merged, stock.voided) == (0, 0)
    assert {kind.value: amount for kind, amount in year.work.items()} == pytest.approx(totals.WORK)
    assert len(year.overdue) == totals.OVERDUE_OPEN
