"""The figures behind charts are those of the reports, month by month, and every number has its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.figures.charts import ChartFigures, chart_figures
from river_chief.figures.month import monthly
from river_chief.figures.trend import MonthPoint, told_rates
from river_chief.papers.charts.chart import Bars, HeatMap, Ring, Stacked, Trend, data_of, without_asks
from river_chief.papers.charts.period import CHARTS, MOST_LAYERS, NO_TASK, Behind
from river_chief.papers.month_closing import close_month
from river_chief.queries.month_rows import rows_on
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of
from tests.builders import CLERK, Office

TODAY = date(2026, 3, 31)
SHOWN = (2026, 2)


@pytest.fixture(scope="module")
def session(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session


@pytest.fixture(scope="module")
def figures(session: Session) -> ChartFigures:
    settings = settings_of(session)
    return chart_figures(session, settings, settings.month(*SHOWN), TODAY)


def test_every_month_of_the_trend_is_that_months_report(session: Session, figures: ChartFigures) -> None:
    settings = settings_of(session)
    assert [(point.year, point.month) for point in figures.points] == [
        *((2025, month) for month in range(3, 13)),
        (2026, 1),
        (2026, 2),
    ]
    for point in figures.points:
        report = monthly(session, settings, settings.month(point.year, point.month), TODAY)
        assert point.stock == report.stock
        assert [point.rate(key) for key in told_rates(settings)] == [
            report.rate(key) for key in told_rates(settings)
        ]
        assert point.found == {line.key: line.stock.found for line in report.by_category if line.stock.found}
        assert sum(point.found.values()) == point.stock.found


def test_every_number_of_every_chart_has_just_its_rows(session: Session, figures: ChartFigures) -> None:
    for kind in CHARTS.values():
        for name, datum in data_of(kind.make(figures)):
            if not isinstance(datum.asks, Behind):
                assert not datum.size, name
            elif isinstance(datum.asks.filter, PatrolFilter):
                assert PATROL_LEDGER.count(session, datum.asks.filter) == datum.value == datum.asks.number
            else:
                rows = PROBLEM_LEDGER.count(session, datum.asks.filter)
                assert rows == datum.asks.number, name
                assert "%" in datum.text or datum.value == rows


def test_the_states_are_those_the_rows_stood_in(session: Session, figures: ChartFigures) -> None:
    day = figures.figures.window.cut
    for state, ids in figures.states.items():
        assert {row["state"] for row in rows_on(session, ids, day)} == {state}
    in_stock = PROBLEM_LEDGER.ids(session, ProblemFilter(rounds=RoundFilter(stock_on=day)))
    assert sorted(id for ids in figures.states.values() for id in ids) == sorted(in_stock)
    assert len(in_stock) == figures.figures.stock.ending


def test_the_patrols_of_days_add_up(session: Session, figures: ChartFigures) -> None:
    first, last = figures.month
    inside = sum(count for day, count in figures.patrols.items() if first <= day <= last)
    assert inside == PATROL_LEDGER.count(session, PatrolFilter(days=(first, last))) > 0
    assert len(figures.days) == 365
    assert (figures.days[0].day, figures.days[-1].day) == (date(2025, 3, 1), date(2026, 2, 28))


def test_villages_stand_in_the_order_of_their_rank(figures: ChartFigures) -> None:
    chart = CHARTS["villages"].make(figures)
    assert isinstance(chart, Bars)
    places = [int(bar.place) for bar in chart.bars if bar.place.isdigit()]
    assert places == sorted(places)
    assert len(chart.bars) == len(figures.figures.by_village)
    assert all(bar.datum.text == NO_TASK for bar in chart.bars if not bar.place.isdigit())
    stock = CHARTS["village-stock"].make(figures)
    assert isinstance(stock, Bars)
    assert sum(bar.datum.size for bar in stock.bars) == figures.figures.stock.ending


def test_the_smallest_groups_become_one_layer(figures: ChartFigures) -> None:
    chart = CHARTS["groups"].make(figures)
    assert isinstance(chart, Stacked)
    assert len(chart.layers) == MOST_LAYERS
    for at, total in enumerate(chart.totals):
        assert sum(layer.data[at].size for layer in chart.layers) == total.size
    last = chart.layers[-1].data[0].asks
    assert isinstance(last, Behind)
    assert isinstance(last.filter, ProblemFilter)
    assert last.filter.rounds is not None
    assert len(last.filter.rounds.groups) > 1


def test_the_ring_and_its_middle(figures: ChartFigures) -> None:
    chart = CHARTS["states"].make(figures)
    assert isinstance(chart, Ring)
    assert sum(sector.datum.size for sector in chart.sectors) == chart.whole.datum.value
    assert chart.among is not None
    assert chart.among.datum.value == len(figures.figures.overdue)
    assert chart.note == ""


def test_a_running_month_knows_up_to_today(session: Session) -> None:
    settings, today = settings_of(session), date(2026, 3, 12)
    figures = chart_figures(session, settings, settings.month(2026, 3), today)
    chart = CHARTS["patrols"].make(figures)
    assert isinstance(chart, HeatMap)
    assert [each.is_known for each in chart.days] == [day <= 12 for day in range(1, 32)]
    assert (figures.points[-1].year, figures.points[-1].month) == (2026, 3)
    assert figures.points[-1].stock == figures.figures.stock


def test_a_year_shows_its_own_villages_and_the_months_up_to_its_end(session: Session) -> None:
    settings = settings_of(session)
    span = settings.month(2025, 1)._replace(last=settings.month(2025, 12).last)
    figures = chart_figures(session, settings, span, TODAY)
    chart = CHARTS["stock"].make(figures)
    assert isinstance(chart, Trend)
    assert [month.text for month in (chart.months[0], chart.months[-1])] == ["2025年1月", "2025年12月"]
    villages = CHARTS["villages"].make(figures)
    assert "2025年）" in villages.title


def test_paper_has_no_filters(figures: ChartFigures) -> None:
    for kind in CHARTS.values():
        chart = without_asks(kind.make(figures))
        assert all(datum.asks is None for _, datum in data_of(chart))
        assert [datum.text for _, datum in data_of(chart)] == [
            datum.text for _, datum in data_of(kind.make(figures))
        ]


def test_a_closed_month_keeps_its_numbers_in_the_trend(empty: Office, village: int, reach: int) -> None:
    for day in (3, 4, 20):
        empty.problem(village, reach, on=f"2025-03-{day:02}")
    empty.close(1)
    empty.today = date(2025, 4, 2)
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        close_month(writer, 2025, 3)
    closed = point_of(empty, 3)
    empty.problem(village, reach, on="2025-03-25")
    empty.close(2, on="2025-03-28")
    assert point_of(empty, 3) == closed
    assert closed.is_closed
    assert (closed.stock.found, closed.stock.closed, closed.stock.ending) == (3, 1, 2)
    april = point_of(empty, 4)
    assert (april.is_closed, april.stock.opening) == (False, 2)


def test_a_ring_of_a_closed_month_tells_where_the_ledger_has_changed(
    empty: Office, village: int, reach: int
) -> None:
    empty.problem(village, reach, on="2025-03-03")
    empty.today = date(2025, 4, 2)
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        close_month(writer, 2025, 3)
    empty.problem(village, reach, on="2025-03-25")
    ring = CHARTS["states"].make(figures_of(empty, 3))
    assert isinstance(ring, Ring)
    assert (ring.whole.datum.value, sum(sector.datum.size for sector in ring.sectors)) == (1, 2)
    assert ring.note == "月结存量 1 件；状态按台账现在的记录推算，共 2 件。"


def figures_of(office: Office, month: int) -> ChartFigures:
    with office.database.read() as session:
        settings = settings_of(session)
        return chart_figures(session, settings, settings.month(2025, month), office.today)


def point_of(office: Office, month: int) -> MonthPoint:
    points = figures_of(office, 4).points
    return next(point for point in points if (point.year, point.month) == (2025, month))
