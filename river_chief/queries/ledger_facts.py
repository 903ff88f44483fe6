"""What a problem's row does not tell: its codes and ids, its rounds and its steps.

With these anyone can count every figure of every month again from the list alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.ledger_query import CHUNK, plain
from river_chief.queries.problem_detail import RoundRow, rounds_of
from river_chief.queries.rounds import excuse, group_code
from river_chief.records import Campaign, Problem, ProblemCampaign, Step
from river_chief.records.columns import col

_CODES = ("round_no", "village_id", "water_id", "reach_id", "category_code")
_STEP = ("ordinal", "round_no", "action", "from_state", "to_state", "happened_at", "actor")


def ledger_facts(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Plain values for each problem of *ids*, codes of terms and ISO dates.

    ``registered``  False for a draft and for a draft that was voided: it counts nowhere.
    ``category_group_code``  the group (乱占 …) the figures count it under; "" without a category.
    ``campaign_ids`` and ``campaign_names``  the campaigns it carries now.
    ``rounds``  from being found or from relapsing to its exit; ``steps`` with their ``round_no`` and, done
    without the proof they need, the reason (``exception``).
    """
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        found.update(_codes(session, part))
        for id, rounds in rounds_of(session, part).items():
            found[id]["rounds"] = [_plain_round(item) for item in rounds]
        _add_campaigns(session, part, found)
        _add_steps(session, part, found)
    return found


def _codes(session: Session, ids: list[int]) -> dict[int, dict[str, Any]]:
    named = [col(getattr(Problem, name)) for name in _CODES]
    query = select(col(Problem.id), group_code(), *named).where(col(Problem.id).in_(ids))
    return {
        id: {
            "registered": values[0] > 0,
            "category_group_code": group,
            **dict(zip(_CODES, values, strict=True)),
            "campaign_ids": [],
            "campaign_names": [],
            "rounds": [],
            "steps": [],
        }
        for id, group, *values in session.execute(query)
    }


def _add_campaigns(session: Session, ids: list[int], found: dict[int, dict[str, Any]]) -> None:
    query = (
        select(col(ProblemCampaign.problem_id), col(Campaign.id), col(Campaign.name))
        .join(Campaign, col(Campaign.id) == col(ProblemCampaign.campaign_id))
        .where(col(ProblemCampaign.problem_id).in_(ids), col(ProblemCampaign.removed_on).is_(None))
        .order_by(col(Campaign.id))
    )
    for problem_id, campaign_id, name in session.execute(query):
        found[problem_id]["campaign_ids"].append(campaign_id)
        found[problem_id]["campaign_names"].append(name)


def _add_steps(session: Session, ids: list[int], found: dict[int, dict[str, Any]]) -> None:
    query = (
        select(col(Step.problem_id), excuse(), *(col(getattr(Step, name)) for name in _STEP))
        .where(col(Step.problem_id).in_(ids))
        .order_by(col(Step.problem_id), col(Step.ordinal))
    )
    for problem_id, excused, *values in session.execute(query):
        step = {name: plain(value) for name, value in zip(_STEP, values, strict=True)}
        found[problem_id]["steps"].append(step | {"exception": excused or ""})


def _plain_round(item: RoundRow) -> dict[str, Any]:
    return {name: plain(getattr(item, name)) for name in RoundRow.__dataclass_fields__}
