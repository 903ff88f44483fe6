"""What a saved report counts: its days, its problems, and the rows behind each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from river_chief.errors import Refusal
from river_chief.figures.measures import HANDLING, ever
from river_chief.figures.rates import BY_KEY
from river_chief.figures.rows import filters
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.queries.rounds import Span as OpenSpan
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import ONE_DAY, Span, month_of, month_range, period_of
from river_chief.terms import Grouping, Period, ReportDays, ReportSpan, State
from river_chief.verbs.input import EARLIEST, understood
from river_chief.verbs.report_definition import Conditions, Definition

AVERAGE, FINDING_RATE = "average_days", "finding_rate"
_SAME = (
    "text states in_stock villages units waters reaches groups categories severities sources campaigns disposals "
    "lacks_proof unanswered found registered closed deadline"
).split()
_DAYS = {
    ReportDays.REGISTERED: "registered",
    ReportDays.FOUND: "found",
    ReportDays.CLOSED: "closed",
    ReportDays.DEADLINE: "deadline",
}


def report_span(
    definition: Definition, settings: OfficeSettings, today: date, reference: Span | None = None
) -> Span:
    """The days of the report when it is run for *reference* (the office's month of *today* where none is named).

    本月, 上月, 本季度, 本年累计 and 历年累计 are reckoned from the last day of *reference*, fixed days are as
    fixed; a report that is to be told its days each time gets *reference* itself.
    """
    asked = reference or settings.month(*month_of(today, settings.period_start_day))
    month = settings.month(*month_of(asked.last, settings.period_start_day))
    match definition.span:
        case ReportSpan.ASKED:
            return asked
        case ReportSpan.THIS_MONTH:
            return month
        case ReportSpan.LAST_MONTH:
            return settings.month(*month_of(month.first - ONE_DAY, settings.period_start_day))
        case ReportSpan.THIS_QUARTER:
            return Span(period_of(Period.QUARTER, month.last, settings.period_start_day).first, month.last)
        case ReportSpan.THIS_YEAR:
            return Span(period_of(Period.YEAR, month.last, settings.period_start_day).first, month.last)
        case ReportSpan.EVER:
            return Span(EARLIEST, asked.last)
    if definition.first is None or definition.last is None:
        raise Refusal("固定日期要填开始日期和结束日期。")
    return Span(definition.first, definition.last)


def problems_of(definition: Definition, window: Window, today: date, due_soon_days: int = 0) -> ProblemFilter:
    """The problems the report is about; conditions that move with the day are those of *today*."""
    given = definition.conditions
    found: dict[str, Any] = {name: getattr(given, name) for name in _SAME}
    if given.overdue:
        found["overdue_on"] = today
    if given.due_soon:
        soon = today + timedelta(days=due_soon_days)
        found |= {"due_by": soon, "deadline": both(found["deadline"], (today, soon))}
    if given.reported:
        found["reported"] = True
    if name := _DAYS.get(definition.days_of):
        found[name] = both(found[name], window.known)
    rounds = _of_chiefs(definition, window, RoundFilter())
    if definition.days_of is ReportDays.STOCK:
        rounds = replace(rounds, stock_during=window.known)
    found["rounds"] = None if rounds == RoundFilter() else rounds
    return ProblemFilter(**found, drafts=State.DRAFT in given.states)


def counts_of(definition: Definition, window: Window) -> dict[str, RoundFilter]:
    """The filter behind every count a report can show, by key: those of ``figures.rows`` and a few more."""
    found = {
        **filters(window),
        **{each.key: each.filter(window) for each in HANDLING},
        "problems": replace(ever(window), last_on=window.cut),
    }
    if definition.days_of is not ReportDays.STOCK:
        return found
    return {key: replace(each, stock_during=window.known) for key, each in found.items()}


def keys_of(column: str) -> tuple[str, ...]:
    """The counts (of ``counts_of``) a column shows: a rate's numerator and denominator."""
    is_rate = column in BY_KEY or column == FINDING_RATE
    return (f"{column}.numerator", f"{column}.denominator") if is_rate else (column,)


def rows_of(
    definition: Definition,
    window: Window,
    problems: ProblemFilter,
    key: str,
    by: Sequence[tuple[Grouping, Any]] = (),
    start_day: int = 1,
) -> ProblemFilter:
    """The problems counted under *key* (of ``counts_of``) in the line of these groupings and values.

    *problems* are those of ``problems_of``. Behind an average stand the rectifications it averages.
    """
    counted = counts_of(definition, window)["rectified" if key == AVERAGE else key]
    rounds = _of_chiefs(definition, window, counted)
    for grouping, value in by:
        problems, rounds = _narrowed(problems, rounds, grouping, value, window, start_day)
    return problems.only(rounds=rounds)


def month_span(key: int, start_day: int) -> Span:
    """The office's month behind a number of ``queries.report_counts.month_key``."""
    return month_range(key // 12, key % 12 + 1, start_day)


def _narrowed(
    problems: ProblemFilter,
    rounds: RoundFilter,
    grouping: Grouping,
    value: Any,
    window: Window,
    start_day: int,
) -> tuple[ProblemFilter, RoundFilter]:
    match grouping:
        case Grouping.STATE:
            return problems.only(states=(value,)), rounds
        case Grouping.DISPOSAL:
            return problems.only(disposals=(value,)), rounds
        case Grouping.FOUND_MONTH if value is None:
            return problems.only(undated=True), rounds
        case Grouping.CLOSED_MONTH if value is None:
            return problems.only(unclosed=True), rounds
        case Grouping.FOUND_MONTH:
            return problems.only(found=both(problems.found, month_span(value, start_day))), rounds
        case Grouping.REGISTERED_MONTH:
            return problems.only(registered=both(problems.registered, month_span(value, start_day))), rounds
        case Grouping.CLOSED_MONTH:
            return problems.only(closed=both(problems.closed, month_span(value, start_day))), rounds
        case Grouping.CHIEF:
            return problems, replace(rounds, chiefs=(value,), chiefs_on=window.cut)
        case _:
            named: dict[str, Any] = {Dimension(grouping.value).field: (value,)}
            return problems, replace(rounds, **named)


def _of_chiefs(definition: Definition, window: Window, rounds: RoundFilter) -> RoundFilter:
    chiefs = definition.conditions.chiefs
    return replace(rounds, chiefs=chiefs, chiefs_on=window.cut) if chiefs else rounds


def both(one: OpenSpan | None, other: OpenSpan) -> OpenSpan:
    """The days that lie in both; a span without days where there are none."""
    if one is None:
        return other
    firsts = [day for day in (one[0], other[0]) if day is not None]
    lasts = [day for day in (one[1], other[1]) if day is not None]
    return (max(firsts, default=None), min(lasts, default=None))


def conditions_of(asked: ProblemFilter, today: date) -> Conditions:
    """The conditions of a saved report that ask for the same problems as *asked* of *today*, day by day.

    A ``Refusal`` where *asked* names single problems, or comes from a number of a report.
    """
    told = {*_SAME, "overdue_on", "due_by", "reported", "drafts"}
    plain = ProblemFilter()
    foreign = [
        each.name
        for each in fields(ProblemFilter)
        if each.name not in told and getattr(asked, each.name) != getattr(plain, each.name)
    ]
    if foreign or asked.reported is False:
        raise Refusal("这里列的是挑出来的一批问题，不能存为报表；请先选一个快捷列表，用上面的筛选条件筛选。")
    found: dict[str, Any] = {name: getattr(asked, name) for name in _SAME}
    if asked.due_by is not None:
        found["due_soon"] = True
        found["deadline"] = None if asked.deadline == (today, asked.due_by) else asked.deadline
    return understood(
        Conditions, {**found, "overdue": asked.overdue_on is not None, "reported": bool(asked.reported)}
    )
