"""累计 against the same counted as one long period, and against its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.figures.as_json import month_as_json
from river_chief.figures.cumulated import COUNTS, RATES, Cumulated, Sums, rows_behind_sum
from river_chief.figures.month import MonthFigures, monthly
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_range
from river_chief.storage.database import Database
from river_chief.storage.freezing import Freezer, classes_of
from river_chief.terms import Term
from river_chief.verbs.office import settings_of

TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def session(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session


def figures(session: Session, span: Span, *, start_day: int = 1, today: date = TODAY) -> MonthFigures:
    return monthly(session, shifted(session, start_day), span, today)


def shifted(session: Session, start_day: int) -> OfficeSettings:
    return settings_of(session).model_copy(update={"period_start_day": start_day})


def told(month: MonthFigures) -> tuple[dict[str, int], dict[int | str | None, dict[str, int]]]:
    """The same counts of a period counted as a whole: of the office, and by village."""
    flows = [key for key in COUNTS if key not in ("due", "on_time")]
    office = {key: getattr(month.stock, key) for key in flows}
    ratio = month.rate("on_time_rate").ratio
    villages = {
        line.key: {
            **{key: getattr(line.stock, key) for key in flows},
            "due": line.due,
            "on_time": line.on_time,
        }
        for line in month.by_village
    }
    return {**office, "due": ratio.denominator, "on_time": ratio.numerator}, villages


@pytest.mark.parametrize(
    ("year", "month", "start_day", "first"),
    [
        (2025, 9, 1, date(2025, 1, 1)),
        (2025, 1, 1, date(2025, 1, 1)),
        (2026, 3, 1, date(2026, 1, 1)),
        (2025, 4, 26, date(2024, 12, 26)),
    ],
)
def test_the_year_so_far_is_the_year_counted_as_one_period(
    session: Session, year: int, month: int, start_day: int, first: date
) -> None:
    span = month_range(year, month, start_day)
    so_far = figures(session, span, start_day=start_day).year_to_date
    whole = figures(session, Span(first, span.last), start_day=start_day)
    assert (so_far.first, so_far.last) == (first, span.last)
    office, villages = told(whole)
    assert so_far.total.counts == office
    assert {line.key: so_far.of(line.key).counts for line in whole.by_village} == villages
    assert [so_far.total.rate(key).ratio for key in RATES] == [whole.rate(key).ratio for key in RATES]
    for line in whole.by_village:
        assert [so_far.of(line.key).rate(key).ratio for key in RATES] == [
            line.rate(key).ratio for key in RATES
        ]


def test_ever_is_everything_since_the_first_record(session: Session) -> None:
    month = figures(session, month_range(2025, 9))
    whole = figures(session, Span(date(1990, 1, 1), month.window.last))
    office, villages = told(whole)
    assert month.ever.first is None
    assert month.ever.total.counts == office
    assert {line.key: month.ever.of(line.key).counts for line in whole.by_village} == villages
    came = office["found"] + office["relapsed"]
    gone = sum(office[key] for key in ("closed", "unfounded", "handed_over", "merged", "voided"))
    assert came - gone == month.stock.ending
    assert month.ever.total.rate("on_time_rate").ratio == whole.rate("on_time_rate").ratio


def test_a_running_month_is_summed_up_to_today(session: Session) -> None:
    month = figures(session, month_range(2025, 9), today=date(2025, 9, 10))
    whole = figures(session, Span(date(2025, 1, 1), date(2025, 9, 30)), today=date(2025, 9, 10))
    assert month.year_to_date.last == date(2025, 9, 10)
    assert month.year_to_date.total.counts == told(whole)[0]


@pytest.mark.parametrize("which", ["year_to_date", "ever"])
def test_every_sum_has_its_rows(session: Session, which: str) -> None:
    month = figures(session, month_range(2025, 9))
    sums: Cumulated = getattr(month, which)
    asked = 0
    for village in (None, *(line.key for line in month.by_village)):
        own: Sums = sums.total if village is None else sums.of(village)
        villages = () if village is None else (int(village),)
        for key, number in own.counts.items():
            rows = PROBLEM_LEDGER.count(session, rows_behind_sum(month.window, sums.first, key, villages))
            assert bool(rows) is bool(number), (village, key)
            # A problem that came back stands in a sum as often as it came and went.
            assert rows <= number, (village, key)
            asked += rows
    assert asked > 200


def test_sums_are_plain_values_and_stand_in_the_json(session: Session) -> None:
    month = figures(session, month_range(2025, 9))
    freezer = Freezer(classes_of(Cumulated) | set(Term.__subclasses__()))
    assert freezer.thaw(freezer.freeze(month.year_to_date)) == month.year_to_date
    document = month_as_json(month)
    assert (document["year_to_date"]["from"], document["ever"]["from"]) == ("2025-01-01", None)
    assert document["year_to_date"]["found"] == month.year_to_date.total.counts["found"]
    assert document["year_to_date"]["rates"]["on_time_rate"]["denominator"] == document["year_to_date"]["due"]
    assert sum(line["closed"] for line in document["ever"]["by_village"]) == document["ever"]["closed"]
