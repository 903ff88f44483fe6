"""Campaigns as registered, the last day a problem of each left the stock, and the verdicts on its patches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select, true
from sqlmodel import Session

from river_chief.records import Campaign, Patch, Problem, ProblemCampaign, Round
from river_chief.records.columns import col, table
from river_chief.terms import Verdict

_TAGGED = and_(col(ProblemCampaign.problem_id) == col(Problem.id), col(ProblemCampaign.removed_on).is_(None))
_SOURCE = (
    table(Round)
    .join(table(Problem), col(Problem.id) == col(Round.problem_id))
    .join(table(ProblemCampaign), _TAGGED)
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as the office registered it."""

    id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    target_on: date | None
    keeps_clear: bool
    note: str
    retired_on: date | None


def campaigns(session: Session, *, retired: bool = False) -> list[CampaignRow]:
    """Campaigns in use (with *retired*: and those that were), in the order of the register."""
    names = CampaignRow.__dataclass_fields__
    query = (
        select(*(col(getattr(Campaign, name)) for name in names))
        .where(true() if retired else col(Campaign.retired_on).is_(None))
        .order_by(col(Campaign.id))
    )
    return [CampaignRow(*values) for values in session.execute(query)]


def last_exits(session: Session, day: date) -> dict[int, date]:
    """The last day up to *day* on which a problem of each campaign left the stock."""
    query = (
        select(col(ProblemCampaign.campaign_id), func.max(col(Round.exit_on)))
        .select_from(_SOURCE)
        .where(col(Round.exit_on) <= day)
        .group_by(col(ProblemCampaign.campaign_id))
    )
    return dict(session.execute(query).all())


def verdicts(session: Session) -> dict[int, dict[Verdict | None, int]]:
    """How many patches of each campaign have each verdict (None: not checked yet)."""
    query = (
        select(col(Patch.campaign_id), col(Patch.verdict), func.count())
        .where(col(Patch.campaign_id).is_not(None), col(Patch.voided_on).is_(None))
        .group_by(col(Patch.campaign_id), col(Patch.verdict))
    )
    found: dict[int, dict[Verdict | None, int]] = {}
    for campaign, verdict, count in session.execute(query):
        found.setdefault(campaign, {})[verdict] = count
    return found
