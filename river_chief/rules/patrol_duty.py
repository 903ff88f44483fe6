"""应巡, 实巡, 有效, 达标: who owes which patrols and how many were made.

A period (week, month, quarter …) is owed in the range in which it ends, by whoever holds the reach on
that last day, under the rule in force then: so the months of a year add up to the year. A chief
appointed within a period owes it whole. Several patrols of one reach on a day count once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from river_chief.rules.duty_plan import DutyCalendar, OwedPeriod, Quota
from river_chief.rules.patrol_rule import DutyRule, Subject
from river_chief.rules.periods import Span
from river_chief.terms import DutyUnit, Level, Role, WaterKind


@dataclass(frozen=True, slots=True)
class Assignment:
    """A tenure answers for a reach from a day to a day (inclusive); ``reach_id`` None: for no reach."""

    tenure_id: int
    person_id: int
    role: Role
    level: Level
    area_id: int
    reach_id: int | None
    kind: WaterKind | None
    valid_from: date
    valid_to: date | None = None

    @property
    def subject(self) -> Subject:
        """What its rule is looked up by."""
        return self.role, self.level, self.kind

    def is_valid_on(self, day: date) -> bool:
        """Whether the tenure answers for the reach on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, span: Span) -> bool:
        """Whether it holds on any day of *span*."""
        return self.valid_from <= span.last and (self.valid_to is None or span.first <= self.valid_to)


class PatrolFact(NamedTuple):
    """One patrol as far as one reach goes; ``minutes`` and ``km`` None where not recorded."""

    tenure_id: int
    reach_id: int | None
    day: date
    minutes: int | None = None
    km: float | None = None


class Shortfall(NamedTuple):
    """``missing`` patrols are still owed, to be made between ``first`` and ``until`` (both counted)."""

    first: date
    until: date
    missing: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What one tenure owes for one reach (under a rule per chief: for all of them, ``reach_id`` None).

    ``owed``       应巡: patrols of the periods ending in the range.
    ``done``       实巡: days of the range with a patrol.
    ``valid``      有效: those of them that count by the rule of the day (all where there is none).
    ``compliant``  达标: how many of the owed were made, never more than ``owed``; a week that ends in the
                   range may have been walked before it, so this may exceed ``valid``.
    ``rules``      names of the rules that asked for something.
    """

    tenure_id: int
    person_id: int
    role: Role
    level: Level
    area_id: int
    reach_id: int | None
    rules: tuple[str, ...]
    owed: int
    done: int
    valid: int
    compliant: int
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether something was owed and nothing is missing."""
        return self.owed > 0 and self.compliant == self.owed


def duties(
    assignments: Iterable[Assignment], facts: Iterable[PatrolFact], span: Span, calendar: DutyCalendar
) -> list[Duty]:
    """A row for every assignment that holds in *span*, with what it owed and what was done.

    Give the assignments and patrols from ``calendar.facts_from`` on. A patrol of a reach the tenure did
    not hold that day is passed over. Where a rule counts per chief, a tenure's reaches make one row.
    """
    reckoning = _Reckoning(facts, span, calendar)
    holders: dict[_Holder, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        for holder in reckoning.holders(assignment):
            holders[holder].append(assignment)
    rows = (reckoning.duty(holder, group) for holder, group in holders.items())
    return [row for row in rows if row is not None]


class _Holder(NamedTuple):
    """What makes a row: a tenure's reach, or all its reaches under one rule per chief (``rule`` its name)."""

    tenure_id: int
    reach_id: int | None
    rule: str = ""

    def goes_by(self, rule: DutyRule | None) -> bool:
        if rule is None or rule.unit is DutyUnit.PER_REACH:
            return not self.rule
        return rule.name == self.rule


class _Walk(NamedTuple):
    """A patrol of the row, with the assignment it was made under."""

    fact: PatrolFact
    assignment: Assignment


class _Reckoning:
    """One reckoning of a range; plans are worked out once for all assignments of a sort."""

    def __init__(self, facts: Iterable[PatrolFact], span: Span, calendar: DutyCalendar) -> None:
        self._span = span
        self._known = Span(calendar.facts_from(*span), span.last)
        self._calendar = calendar
        self._rules: dict[Subject, list[DutyRule | None]] = {}
        self._plans: dict[Subject, list[OwedPeriod]] = {}
        self._quotas: dict[tuple[Subject, str], list[Quota]] = {}
        self._facts: dict[int, dict[int | None, list[PatrolFact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            self._facts[fact.tenure_id][fact.reach_id].append(fact)

    def holders(self, assignment: Assignment) -> set[_Holder]:
        if not assignment.overlaps(self._known):
            return set()
        holders = set()
        for rule in self._rules_of(assignment.subject):
            if rule is not None and rule.unit is DutyUnit.PER_CHIEF:
                holders.add(_Holder(assignment.tenure_id, None, rule.name))
            else:
                holders.add(_Holder(assignment.tenure_id, assignment.reach_id))
        return holders

    def duty(self, holder: _Holder, group: Sequence[Assignment]) -> Duty | None:
        quotas = self._quotas_of(holder, group)
        walks = self._walks(group)
        days = self._days(holder, walks)
        if not (quotas or days or self._holds(holder, group)):
            return None
        used = {quota.rule for quota in quotas} | {rule for rule in days.values() if rule}
        valid = {rule: self._valid_days(rule, walks) for rule in used}
        made = [min(_between(valid[each.rule], each.first, each.last), each.owed) for each in quotas]
        short = [(each, each.owed - count) for each, count in zip(quotas, made, strict=True)]
        whose = group[-1]
        return Duty(
            tenure_id=holder.tenure_id,
            person_id=whose.person_id,
            role=whose.role,
            level=whose.level,
            area_id=whose.area_id,
            reach_id=holder.reach_id,
            rules=tuple(dict.fromkeys(each.rule.name for each in quotas)),
            owed=sum(each.owed for each in quotas),
            done=len(days),
            valid=sum(rule is None or _between(valid[rule], day, day) for day, rule in days.items()),
            compliant=sum(made),
            shortfalls=tuple(Shortfall(each.first, each.last, count) for each, count in short if count),
        )

    def _rules_of(self, subject: Subject) -> list[DutyRule | None]:
        if subject not in self._rules:
            self._rules[subject] = self._calendar.book.rules_between(*self._known, subject)
        return self._rules[subject]

    def _plan(self, subject: Subject) -> list[OwedPeriod]:
        if subject not in self._plans:
            self._plans[subject] = list(self._calendar.owed_periods(subject, *self._span))
        return self._plans[subject]

    def _holds(self, holder: _Holder, group: Sequence[Assignment]) -> bool:
        """Whether an assignment of the row goes by its rule on a day of the range."""
        for each in group:
            if each.overlaps(self._span):
                first = max(each.valid_from, self._span.first)
                last = min(each.valid_to or self._span.last, self._span.last)
                if any(map(holder.goes_by, self._calendar.book.rules_between(first, last, each.subject))):
                    return True
        return False

    def _quotas_of(self, holder: _Holder, group: Sequence[Assignment]) -> list[Quota]:
        if holder.reach_id is None and not holder.rule:
            return []
        if len(group) > 1:
            return self._calendar.quotas(self._owed(holder, group))
        # Nearly every row is one assignment that holds all the time: those of a sort share their quotas.
        subject = group[0].subject
        plan = self._plan(subject)
        if not all(group[0].is_valid_on(each.span.last) for each in plan):
            return self._calendar.quotas(self._owed(holder, group))
        key = (subject, holder.rule)
        if key not in self._quotas:
            self._quotas[key] = self._calendar.quotas(self._owed(holder, group))
        return self._quotas[key]

    def _owed(self, holder: _Holder, group: Sequence[Assignment]) -> list[OwedPeriod]:
        owed: dict[Span, OwedPeriod] = {}
        for assignment in group:
            for each in self._plan(assignment.subject):
                if holder.goes_by(each.rule) and assignment.is_valid_on(each.span.last):
                    owed.setdefault(each.span, each)
        return [owed[span] for span in sorted(owed)]

    def _walks(self, group: Sequence[Assignment]) -> list[_Walk]:
        walks: list[_Walk] = []
        for assignment in group:
            by_reach = self._facts.get(assignment.tenure_id, {})
            if assignment.reach_id is None:
                facts = [fact for each in by_reach.values() for fact in each]
            else:
                facts = by_reach.get(assignment.reach_id, [])
            walks += [_Walk(fact, assignment) for fact in facts if assignment.is_valid_on(fact.day)]
        return walks

    def _days(self, holder: _Holder, walks: Iterable[_Walk]) -> dict[date, DutyRule | None]:
        """The days of the range with a patrol, each with the rule of the day."""
        days: dict[date, DutyRule | None] = {}
        for fact, assignment in walks:
            if fact.day in self._span:
                rule = self._calendar.book.rule_on(fact.day, assignment.subject)
                if holder.goes_by(rule):
                    days[fact.day] = rule
        return days

    def _valid_days(self, rule: DutyRule, walks: Iterable[_Walk]) -> list[date]:
        """The days, in order, with a patrol that is long enough and far enough from the valid one before."""
        long_enough = {
            fact.day for fact, assignment in walks if rule.counts(fact.minutes, fact.km, assignment.kind)
        }
        if not rule.min_gap_hours:
            return sorted(long_enough)
        valid: list[date] = []
        for day in sorted(long_enough):
            hours = 24 * (day - valid[-1]).days if valid else rule.min_gap_hours
            if hours >= rule.min_gap_hours or valid[-1] < self._calendar.year_start(day):
                valid.append(day)
        return valid


def _between(days: Sequence[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)
