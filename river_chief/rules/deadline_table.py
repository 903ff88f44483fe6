"""时限表: the rows an office gives its deadlines by, and which of them applies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from river_chief.rules.deadlines import DeadlineRule
from river_chief.terms import Clock, Severity, Source, StartEvent, State

CLOCK_IN: dict[State, Clock] = {
    State.TO_VERIFY: Clock.VERIFY,
    State.TO_ASSIGN: Clock.ASSIGN,
    State.TO_SIGN: Clock.SIGN_FOR,
    State.TO_ACCEPT: Clock.ACCEPT,
}
"""The clock that runs while a problem waits in a state for its next step."""
ENTERED_BY: dict[Clock, StartEvent] = {
    Clock.VERIFY: StartEvent.REGISTERED,
    Clock.ASSIGN: StartEvent.VERIFIED,
    Clock.SIGN_FOR: StartEvent.ASSIGNED,
    Clock.ACCEPT: StartEvent.SUBMITTED,
}
"""The event that brings a problem into the state of each of these clocks."""


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A row: for which clock, counted from what, how long; None stands for every severity, source, campaign."""

    clock: Clock
    start: StartEvent
    rule: DeadlineRule
    severity: Severity | None = None
    source: Source | None = None
    campaign_id: int | None = None

    def fits(self, severity: Severity | None, source: Source | None, campaigns: Collection[int]) -> bool:
        """Whether the row is about a problem of that severity and source that carries those campaigns."""
        return (
            self.severity in (None, severity)
            and self.source in (None, source)
            and (self.campaign_id is None or self.campaign_id in campaigns)
        )

    def is_past(self, day: date) -> bool:
        """Whether the row is a fixed date before *day*: nothing can be due by it any more."""
        return self.rule.on is not None and self.rule.on < day

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """How much the row says: a campaign before a source before a severity."""
        return (self.campaign_id is not None, self.source is not None, self.severity is not None)


def applicable(
    rows: Iterable[DeadlineRow],
    clock: Clock,
    severity: Severity | None,
    source: Source | None,
    campaigns: Collection[int] = (),
    *,
    day: date | None = None,
) -> DeadlineRow | None:
    """The row for *clock* that says most about the problem, the later one where two say as much; None without any.

    Fixed dates that lie before *day* are passed over.
    """
    found: DeadlineRow | None = None
    for row in rows:
        fits = row.clock is clock and row.fits(severity, source, campaigns)
        if not fits or (day is not None and row.is_past(day)):
            continue
        if found is None or row.weight >= found.weight:
            found = row
    return found
