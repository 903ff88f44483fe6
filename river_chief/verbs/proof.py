"""佐证要求 as the office keeps it, and what a problem has to show."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from river_chief.records import Attachment, Problem, ProofRule, Round, Work
from river_chief.records.columns import col
from river_chief.rules.proof import Demand, Facts, missing, names_in, needed
from river_chief.terms import Action, Phase, Proof


def demands(session: Session) -> list[Demand]:
    """The rows in force, oldest first."""
    query = select(ProofRule).where(col(ProofRule.retired_on).is_(None)).order_by(col(ProofRule.id))
    return [
        Demand(row.action, row.proof, row.category_code, row.severity, row.is_needed)
        for row in session.exec(query)
    ]


def facts_of(session: Session, problem: Problem, round_: Round) -> Facts:
    """What the round of *problem* has to show; what an earlier round showed does not count again."""
    query = select(Attachment).where(
        Attachment.problem_id == problem.key, col(Attachment.voided_on).is_(None)
    )
    shown = (shown_by(attachment, round_) for attachment in session.exec(query))
    worked = session.exec(
        select(Work.id).where(Work.problem_id == problem.key, col(Work.done_on) >= round_.opened_on).limit(1)
    ).first()
    sizes = (problem.area_m2, problem.length_m, problem.volume_m3, problem.weight_t, problem.count_n)
    return Facts(
        shown=frozenset(phase for phase in shown if phase is not None),
        measured=any(sizes),
        worked=worked is not None,
        acceptors=names_in(problem.acceptors),
    )


def lacking(
    session: Session, problem: Problem, round_: Round, action: Action, brought: frozenset[Proof] = frozenset()
) -> tuple[Proof, ...]:
    """What *action* needs for *problem* and is neither there nor *brought* with the step."""
    wanted = needed(demands(session), action, problem.category_code, problem.severity)
    if not missing(wanted, brought):
        return ()
    return missing(wanted, facts_of(session, problem, round_).proofs | brought)


def shown_by(attachment: Attachment, round_: Round) -> Phase | None:
    """What *attachment* shows of the round; None where it is older than a round after the first.

    A photo of the look back that found the relapse is the new round's photo before.
    """
    if round_.ordinal == 1:
        return attachment.phase
    day = attachment.happened_on or attachment.taken_at
    if day is not None:
        is_new = date(day.year, day.month, day.day) >= round_.opened_on
    else:
        entered, opened = attachment.recorded_at, round_.recorded_at
        is_new = entered is not None and opened is not None and entered >= opened
    if not is_new:
        return None
    return Phase.BEFORE if attachment.phase is Phase.LOOK_BACK else attachment.phase
