"""专项标签: one campaign put on a problem, or taken off it, without touching the others."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Campaign, Problem, ProblemCampaign
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, problem_of


class Tagging(Input):
    """The problem as the clerk saw it, and the campaign."""

    problem_id: int
    version: int | None = None
    campaign_id: int = Field(title="专项")


def tag(session: Session, entry: Tagging, /, *, by: str, today: date) -> Changes:
    """Let the problem carry the campaign; one in use, which it does not carry yet."""
    problem, campaign, here = _asked(session, entry)
    if campaign.retired_on is not None:
        raise Refusal(f"专项“{campaign.name}”已于 {campaign.retired_on.isoformat()} 停用，请另选。")
    if here is not None and here.removed_on is None:
        raise Refusal(f"{problem.number}已经在专项“{campaign.name}”里。")
    if here is None:
        session.add(ProblemCampaign(problem_id=problem.key, campaign_id=campaign.key))
    else:
        here.removed_on = None
    return Changes(f"{problem.number}加入专项“{campaign.name}”", problem.key)


def untag(session: Session, entry: Tagging, /, *, by: str, today: date) -> Changes:
    """Take the campaign off the problem; the tag is kept with its last day."""
    problem, campaign, here = _asked(session, entry)
    if here is None or here.removed_on is not None:
        raise Refusal(f"{problem.number}不在专项“{campaign.name}”里。")
    here.removed_on = today
    return Changes(f"{problem.number}移出专项“{campaign.name}”", problem.key)


def _asked(session: Session, entry: Tagging) -> tuple[Problem, Campaign, ProblemCampaign | None]:
    problem = problem_of(session, entry.problem_id, entry.version)
    campaign = existing(session, Campaign, entry.campaign_id, "个专项")
    query = select(ProblemCampaign).where(
        ProblemCampaign.problem_id == problem.key, ProblemCampaign.campaign_id == campaign.key
    )
    return problem, campaign, session.exec(query).first()
