"""巡河履职: what chiefs owed, walked and kept to in a span of days, by level, by village and by chief.

What is owed of a week, quarter or half-year stands in the span in which that period ends. Only chiefs
count in the tables; another role appears among the missing when a rule of the office asks it to patrol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from river_chief.figures.ratio import Ratio
from river_chief.queries import choices, patrols
from river_chief.rules.duty_plan import DutyCalendar
from river_chief.rules.office import OfficeSettings
from river_chief.rules.patrol_duty import Duty, Shortfall, duties
from river_chief.rules.patrol_rule import DutyRule, RuleBook
from river_chief.rules.periods import Span
from river_chief.terms import Level


@dataclass(frozen=True, slots=True)
class DutyLine:
    """应巡, 实巡, 有效, 达标 of some chiefs; see ``rules.patrol_duty.Duty`` for the four.

    ``chiefs`` are persons in charge of a reach, ``met`` those of them who owe nothing more, ``idle`` those
    who owed and did not walk at all, ``reaches_met`` reaches for which none of them owes anything more (rules that
    count per chief name no reach). ``found`` of the ``patrols`` logged found something;
    ``zero_finding`` persons walked and never did.
    """

    name: str
    level: Level | None
    area_id: int | None
    chiefs: int
    owed: int
    done: int
    valid: int
    compliance: Ratio
    met: int
    reaches_met: int
    idle: int
    patrols: int
    found: int
    zero_finding: int

    @property
    def compliant(self) -> int:
        """达标: how many of the owed patrols were made."""
        return self.compliance.numerator


@dataclass(frozen=True, slots=True)
class ChiefDuty:
    """One tenure's duty over all its reaches; ``reaches`` are those it owes patrols for, and whether these are made."""

    tenure_id: int
    person_id: int
    name: str
    area_id: int
    area: str
    level: Level
    is_chief: bool
    owed: int
    done: int
    valid: int
    compliance: Ratio
    patrols: int
    found: int
    reaches: tuple[tuple[int, bool], ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether something was owed and nothing is missing."""
        return 0 < self.owed == self.compliance.numerator


class Missing(NamedTuple):
    """Patrols a chief still owes for a reach ("" where a rule counts per chief), and by when."""

    tenure_id: int
    name: str
    area: str
    level: Level
    reach: str
    owed: int
    compliant: int
    shortfalls: tuple[Shortfall, ...]

    @property
    def missing(self) -> int:
        """How many patrols are not made."""
        return self.owed - self.compliant


class ZeroFinding(NamedTuple):
    """A person who made ``patrols`` logs and found nothing in any; area and level of the first tenure."""

    person_id: int
    name: str
    area: str
    level: Level
    patrols: int


@dataclass(frozen=True, slots=True)
class DutyFigures:
    """Patrol duty of a span: tables, every chief, who still owes what, and the rules in words."""

    span: Span
    total: DutyLine
    by_level: tuple[DutyLine, ...]
    by_village: tuple[DutyLine, ...]
    chiefs: tuple[ChiefDuty, ...]
    missing: tuple[Missing, ...]
    zero_finding: tuple[ZeroFinding, ...]
    rules: tuple[str, ...]


def duty_figures(session: Session, settings: OfficeSettings, span: Span) -> DutyFigures:
    """Reckon the patrol duty of *span* by the office's rules."""
    rules = patrols.duty_rules(session)
    calendar = DutyCalendar(RuleBook(rules), settings.flood_season, settings.period_start_day)
    known = Span(calendar.facts_from(*span), span.last)
    rows = duties(patrols.assignments(session, known), patrols.facts(session, known), span, calendar)
    names = patrols.tenure_names(session)
    tenures = _tenures(session, rows, span, names, settings.rate_digits)
    chiefs = tuple(each for each in tenures if each.is_chief)
    used = {name for row in rows for name in row.rules}
    return DutyFigures(
        span=span,
        total=line_of("合计", chiefs, settings.rate_digits),
        by_level=_by_level(chiefs, settings.rate_digits),
        by_village=_by_village(session, chiefs, settings.rate_digits),
        chiefs=chiefs,
        missing=_missing(session, rows, names),
        zero_finding=_zero_finding(chiefs),
        rules=tuple(rule.sentence for rule in rules if rule.name in used and _in_force(rule, span)),
    )


def _in_force(rule: DutyRule, span: Span) -> bool:
    return rule.valid_from <= span.last and (rule.valid_to is None or span.first <= rule.valid_to)


def _tenures(
    session: Session, rows: Sequence[Duty], span: Span, names: dict[int, tuple[str, str]], digits: int
) -> list[ChiefDuty]:
    logged = {each.tenure_id: each for each in patrols.logs(session, span)}
    by_tenure: dict[int, list[Duty]] = {}
    for row in rows:
        by_tenure.setdefault(row.tenure_id, []).append(row)
    return [
        ChiefDuty(
            tenure_id=tenure_id,
            person_id=own[0].person_id,
            name=names[tenure_id][0],
            area_id=own[0].area_id,
            area=names[tenure_id][1],
            level=own[0].level,
            is_chief=own[0].role.is_chief,
            owed=sum(row.owed for row in own),
            done=sum(row.done for row in own),
            valid=sum(row.valid for row in own),
            compliance=Ratio(sum(row.compliant for row in own), sum(row.owed for row in own), digits),
            patrols=logged[tenure_id].patrols if tenure_id in logged else 0,
            found=logged[tenure_id].found if tenure_id in logged else 0,
            reaches=tuple((row.reach_id, row.is_met) for row in own if row.reach_id is not None and row.owed),
        )
        for tenure_id, own in by_tenure.items()
    ]


def _by_level(chiefs: Sequence[ChiefDuty], digits: int) -> tuple[DutyLine, ...]:
    held = {each.level for each in chiefs}
    return tuple(
        line_of(level.label, [each for each in chiefs if each.level is level], digits, level=level)
        for level in Level
        if level in held
    )


def _by_village(session: Session, chiefs: Sequence[ChiefDuty], digits: int) -> tuple[DutyLine, ...]:
    """Village chiefs by their village: every village in use, and others that had a chief."""
    names = {each.id: each.label for each in choices.villages(session)}
    by_area: dict[int, list[ChiefDuty]] = {id: [] for id in names}
    for each in chiefs:
        if each.level is Level.VILLAGE:
            by_area.setdefault(each.area_id, []).append(each)
            names.setdefault(each.area_id, each.area)
    return tuple(
        line_of(names[area_id], own, digits, level=Level.VILLAGE, area_id=area_id)
        for area_id, own in by_area.items()
    )


def line_of(
    name: str,
    chiefs: Iterable[ChiefDuty],
    digits: int,
    *,
    level: Level | None = None,
    area_id: int | None = None,
) -> DutyLine:
    """What *chiefs* owe and did, persons counted once."""
    own = list(chiefs)
    by_person = _by_person(own)
    owing = [held for held in by_person.values() if _sum(held, lambda each: each.owed)]
    owed = _sum(own, lambda each: each.owed)
    return DutyLine(
        name=name,
        level=level,
        area_id=area_id,
        chiefs=len(by_person),
        owed=owed,
        done=_sum(own, lambda each: each.done),
        valid=_sum(own, lambda each: each.valid),
        compliance=Ratio(_sum(own, lambda each: each.compliance.numerator), owed, digits),
        met=sum(all(each.is_met or not each.owed for each in held) for held in owing),
        reaches_met=_reaches_met(own),
        idle=sum(not _sum(held, lambda each: each.done) for held in owing),
        patrols=_sum(own, lambda each: each.patrols),
        found=_sum(own, lambda each: each.found),
        zero_finding=len(_zero_finding(own)),
    )


def _reaches_met(chiefs: Iterable[ChiefDuty]) -> int:
    """The reaches all of whose owed patrols are made, whoever of *chiefs* owed them."""
    met: dict[int, bool] = {}
    for each in chiefs:
        for reach, is_met in each.reaches:
            met[reach] = met.get(reach, True) and is_met
    return sum(met.values())


def _by_person(chiefs: Iterable[ChiefDuty]) -> dict[int, list[ChiefDuty]]:
    """The tenures of every person."""
    found: dict[int, list[ChiefDuty]] = {}
    for each in chiefs:
        found.setdefault(each.person_id, []).append(each)
    return found


def _zero_finding(chiefs: Iterable[ChiefDuty]) -> tuple[ZeroFinding, ...]:
    counted = (
        ZeroFinding(person, held[0].name, held[0].area, held[0].level, _sum(held, lambda each: each.patrols))
        for person, held in _by_person(chiefs).items()
        if not any(each.found for each in held)
    )
    return tuple(each for each in counted if each.patrols)


def _sum(chiefs: Iterable[ChiefDuty], value: Callable[[ChiefDuty], int]) -> int:
    return sum(map(value, chiefs))


def _missing(
    session: Session, rows: Iterable[Duty], names: dict[int, tuple[str, str]]
) -> tuple[Missing, ...]:
    reaches = patrols.reach_names(session)
    return tuple(
        Missing(
            row.tenure_id,
            *names[row.tenure_id],
            row.level,
            "" if row.reach_id is None else reaches[row.reach_id],
            row.owed,
            row.compliant,
            row.shortfalls,
        )
        for row in rows
        if row.compliant < row.owed
    )
