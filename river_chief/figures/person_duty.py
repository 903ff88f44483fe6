"""What one person owed and walked in a span of days: 履职 in the person's file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from river_chief.figures.ratio import Ratio
from river_chief.queries import patrols
from river_chief.rules.duty_plan import DutyCalendar
from river_chief.rules.office import OfficeSettings
from river_chief.rules.patrol_duty import duties
from river_chief.rules.patrol_rule import RuleBook
from river_chief.rules.periods import Span


@dataclass(frozen=True, slots=True)
class PersonDuty:
    """Duty over all the person's tenures; ``patrols`` are logs, ``found`` those that found something."""

    span: Span
    done: int
    valid: int
    compliance: Ratio
    patrols: int
    found: int

    @property
    def owed(self) -> int:
        """应巡."""
        return self.compliance.denominator


def person_duty(
    session: Session, settings: OfficeSettings, span: Span, tenure_ids: Collection[int]
) -> PersonDuty:
    """Reckon the duty of the tenures of one person in *span*, by the office's rules."""
    calendar = DutyCalendar(
        RuleBook(patrols.duty_rules(session)), settings.flood_season, settings.period_start_day
    )
    known = Span(calendar.facts_from(*span), span.last)
    rows = duties(
        patrols.assignments(session, known, tenure_ids),
        patrols.facts(session, known, tenure_ids),
        span,
        calendar,
    )
    logs = patrols.logs(session, span, tenure_ids)
    return PersonDuty(
        span=span,
        done=sum(row.done for row in rows),
        valid=sum(row.valid for row in rows),
        compliance=Ratio(
            sum(row.compliant for row in rows), sum(row.owed for row in rows), settings.rate_digits
        ),
        patrols=sum(each.patrols for each in logs),
        found=sum(each.found for each in logs),
    )
