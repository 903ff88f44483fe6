"""The sample township's year adds up to the totals its story was written from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.figures.duty import duty_figures
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.rates import RATES
from river_chief.figures.rows import rows_behind
from river_chief.figures.stock import Stock
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of

TODAY = date(2026, 3, 31)
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def session(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session


@pytest.fixture(scope="module")
def year(session: Session) -> MonthFigures:
    return monthly(session, settings_of(session), YEAR, TODAY)


@pytest.fixture(scope="module")
def months(session: Session) -> list[MonthFigures]:
    settings = settings_of(session)
    return [monthly(session, settings, settings.month(2025, month), TODAY) for month in range(1, 13)]


def test_the_stock_of_the_year(year: MonthFigures) -> None:
    assert year.stock == Stock(
        opening=6, found=120, relapsed=3, closed=112, unfounded=3, handed_over=2, ending=12
    )
    assert year.balances


def test_the_months_run_on_and_add_up(year: MonthFigures, months: list[MonthFigures]) -> None:
    assert [each.stock.found for each in months] == [6, 4, 11, 14, 13, 15, 14, 12, 9, 9, 8, 5]
    assert sum(each.stock.closed for each in months) == year.stock.closed
    assert [each.stock.ending for each in months[:-1]] == [each.stock.opening for each in months[1:]]
    assert all(each.balances for each in months)


def test_the_duty_of_the_year(session: Session, year: MonthFigures) -> None:
    duty = duty_figures(session, settings_of(session), YEAR)
    assert [each.owed for each in duty.by_level] == [4, 20, 360, 1404]
    assert duty.total == year.patrols.total
    assert len(duty.zero_finding) == duty.total.zero_finding
    assert sum(each.missing for each in duty.missing) == duty.total.owed - duty.total.compliant


def test_the_work_of_the_year(year: MonthFigures) -> None:
    assert {kind.value: amount for kind, amount in year.work.items()} == {
        "rubbish": 2260,
        "floating": 16,
        "dredged_river": 1.7,
        "dredged_canal": 4.9,
        "demolished": 1340,
        "labour": 1160,
        "machine": 86,
        "money": 23.6,
    }


def test_each_number_of_each_month_is_as_long_as_its_list(
    session: Session, months: list[MonthFigures]
) -> None:
    for month in months:
        for rate in RATES:
            if rate.key in ("relapse_rate", "rejection_rate"):
                continue  # closings and acceptances: a problem may stand in them twice
            ratio = month.rate(rate.key).ratio
            part = rows_behind(month.window, f"{rate.key}.numerator")
            whole = rows_behind(month.window, f"{rate.key}.denominator")
            assert PROBLEM_LEDGER.count(session, part) == ratio.numerator
            assert PROBLEM_LEDGER.count(session, whole) == ratio.denominator
