"""What a patrol rule asks for in a range: the periods owed, and the quotas patrols are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from river_chief.rules.patrol_rule import DutyRule, RuleBook, Subject
from river_chief.rules.periods import FloodSeason, Span, month_of, period_of, periods_ending_in
from river_chief.terms import DutyMethod, Period


class OwedPeriod(NamedTuple):
    """A period and how many patrols its rule asks for."""

    span: Span
    rule: DutyRule
    owed: int


class Quota(NamedTuple):
    """Of the days with a valid patrol from ``first`` to ``last``, at most ``owed`` are compliant."""

    first: date
    last: date
    owed: int
    rule: DutyRule


@dataclass(frozen=True, slots=True)
class DutyCalendar:
    """How the office counts: its rules, its flood season, the day its months begin on."""

    book: RuleBook
    flood: FloodSeason
    period_start_day: int = 1

    def facts_from(self, first: date, last: date) -> date:
        """The first day of which patrols and assignments must be known to judge the range.

        Periods ending in the range may begin before it; the gap between two patrols is counted
        afresh from the first day of a year.
        """
        earliest = first
        for rule in self.book.rules:
            for span in periods_ending_in(rule.period, first, last, self.period_start_day):
                earliest = min(earliest, span.first)
                break
        has_gap = any(rule.min_gap_hours for rule in self.book.rules)
        return self.year_start(earliest) if has_gap else earliest

    def year_start(self, day: date) -> date:
        """First day of the office's year in which *day* lies."""
        return period_of(Period.YEAR, day, self.period_start_day).first

    def owed_periods(self, subject: Subject, first: date, last: date) -> Iterator[OwedPeriod]:
        """The periods *subject* owes patrols in, each under the rule in force on its last day."""
        rules = (rule for rule in self.book.rules_between(first, last, subject) if rule)
        for rule in rules:
            for span in periods_ending_in(rule.period, first, last, self.period_start_day):
                count = self._count(rule, span.last)
                if count and self.book.rule_on(span.last, subject) is rule:
                    yield OwedPeriod(span, rule, count)

    def quotas(self, owed: Iterable[OwedPeriod]) -> list[Quota]:
        """Cut owed periods into quotas by the method of their rule; they add up to what is owed."""
        quotas: list[Quota] = []
        months: dict[tuple[DutyRule, tuple[int, int]], list[OwedPeriod]] = {}
        for each in owed:
            span, rule, times = each
            if rule.method is DutyMethod.CAPPED:
                months.setdefault((rule, month_of(span.last, self.period_start_day)), []).append(each)
            elif rule.method is DutyMethod.WINDOWS:
                quotas += [Quota(*window, 1, rule) for window in windows(span, times)]
            else:
                quotas.append(Quota(*span, times, rule))
        for (rule, _), periods in months.items():
            first = min(each.span.first for each in periods)
            last = max(each.span.last for each in periods)
            quotas.append(Quota(first, last, sum(each.owed for each in periods), rule))
        return quotas

    def _count(self, rule: DutyRule, last: date) -> int:
        if month_of(last, self.period_start_day)[1] not in rule.active_months:
            return 0
        if rule.flood_count is not None and last in self.flood:
            return rule.flood_count
        return rule.count


def windows(span: Span, count: int) -> Iterator[Span]:
    """Cut a span into *count* windows of round(days/count) days, half up; the last takes the rest.

    Windows are shortened where the last would be left without a day.
    """
    size = (2 * span.days + count) // (2 * count)
    if count > 1:
        size = min(size, (span.days - 1) // (count - 1))
    first = span.first
    for _ in range(count - 1):
        yield Span(first, first + timedelta(days=size - 1))
        first += timedelta(days=size)
    yield Span(first, span.last)
