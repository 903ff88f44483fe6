"""Everything the charts of a period show, read once: the months before, states in stock, patrols of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from river_chief.figures.closed import month_figures
from river_chief.figures.month import MonthFigures
from river_chief.figures.trend import MonthPoint, told_rates, trend
from river_chief.queries import choices
from river_chief.queries.patrol_days import patrols_by_day
from river_chief.queries.states_on import states_on
from river_chief.rules.calendar import Day
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import ONE_DAY, Span, month_of
from river_chief.terms import State
from river_chief.verbs.deadlines import calendar_of


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """The figures behind the charts of a period.

    ``rates``    keys of the rates told month by month; the first is the official one, by which villages are ranked.
    ``points``   the twelve months up to the one in which the period ends.
    ``groups``   names of the category groups by code.
    ``states``   ids of the problems in stock at the cut-off by state, told from the ledger as it is now.
    ``patrols``  patrols by day, of ``month`` (the office's month the period ends in) and of the twelve months ``year``.
    ``days``     what each of those days is.
    """

    figures: MonthFigures
    rates: tuple[str, ...]
    start_day: int
    points: tuple[MonthPoint, ...]
    groups: Mapping[str, str]
    states: Mapping[State, tuple[int, ...]]
    month: Span
    year: Span
    patrols: Mapping[date, int]
    days: tuple[Day, ...]

    def days_of(self, span: Span) -> tuple[Day, ...]:
        """The days of *span*, which lies in month and year."""
        return tuple(day for day in self.days if day.day in span)


def chart_figures(session: Session, settings: OfficeSettings, span: Span, today: date) -> ChartFigures:
    """Read the charts of *span* as of *today*; ``Refusal`` for a span still to come."""
    return charts_of(session, settings, month_figures(session, settings, span, today), today)


def charts_of(session: Session, settings: OfficeSettings, figures: MonthFigures, today: date) -> ChartFigures:
    """The charts that go with *figures*."""
    cut = figures.window.cut
    month = settings.month(*month_of(cut, settings.period_start_day))
    points = trend(session, settings, figures, today)
    year = Span(settings.month(points[0].year, points[0].month).first, month.last)
    calendar = calendar_of(session)
    return ChartFigures(
        figures=figures,
        rates=told_rates(settings),
        start_day=settings.period_start_day,
        points=points,
        groups={each.code: each.label for each in choices.categories(session) if each.parent is None},
        states=states_on(session, cut),
        month=month,
        year=year,
        patrols=patrols_by_day(session, Span(year.first, cut)),
        days=tuple(calendar.day(year.first + at * ONE_DAY) for at in range(year.days)),
    )
