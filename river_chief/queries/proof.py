"""What of the proof a step needs (佐证) is still missing, for one problem and as a condition on many."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, or_, select
from sqlmodel import Session

from river_chief.records import Attachment, Problem, ProofRule, Round
from river_chief.records.columns import col
from river_chief.rules.proof import PROVABLE, SHOWN_BY
from river_chief.rules.workflow import allowed
from river_chief.terms import Action, Phase, Proof, State
from river_chief.verbs.proof import lacking

# What a problem in a state should have by now, besides what only the step itself brings.
_DUE: dict[State, tuple[Action, tuple[Proof, ...]]] = {
    State.RECTIFYING: (Action.SUBMIT, (Proof.BEFORE_PHOTO, Proof.MEASURED)),
    State.TO_ACCEPT: (
        Action.ACCEPT,
        (Proof.BEFORE_PHOTO, Proof.AFTER_PHOTO, Proof.MEASURED, Proof.SIGNED_SCAN),
    ),
    State.TO_CLOSE: (
        Action.CLOSE,
        (Proof.BEFORE_PHOTO, Proof.AFTER_PHOTO, Proof.MEASURED, Proof.SIGNED_SCAN),
    ),
}
_SIZES = ("area_m2", "length_m", "volume_m3", "weight_t", "count_n")


def missing_for(session: Session, problem_id: int, actions: Iterable[Action]) -> tuple[Proof, ...]:
    """What *actions* (done in one go) need for the problem and is not there before they begin."""
    problem = session.get_one(Problem, problem_id)
    query = select(Round).where(col(Round.problem_id) == problem_id, col(Round.ordinal) == problem.round_no)
    round_ = session.execute(query).scalar_one_or_none()
    if round_ is None:
        return ()
    found = {proof for action in actions for proof in lacking(session, problem, round_, action)}
    return tuple(proof for proof in Proof if proof in found)


def missing_next(session: Session, problem_id: int) -> tuple[Proof, ...]:
    """What the next step of the problem's straight way still needs; nothing where no step follows."""
    following = allowed(session.get_one(Problem, problem_id).state)[:1]
    return missing_for(session, problem_id, [action for action in following if action in PROVABLE])


def lacks_proof() -> ColumnElement[bool]:
    """The WHERE, over ``Problem`` joined to its current ``Round``, of those that should have more by now.

    While the rectification goes on that is what can be had before it ends; later all that the next step needs.
    """
    return or_(
        *(
            and_(
                col(Problem.state) == state,
                or_(*(and_(_is_needed(action, proof), ~_is_there(proof)) for proof in proofs)),
            )
            for state, (action, proofs) in _DUE.items()
        )
    )


def _is_needed(action: Action, proof: Proof) -> ColumnElement[bool]:
    """Whether the row of the table that says most asks for *proof* (``rules.proof.needed`` in SQL)."""
    deciding = (
        select(col(ProofRule.is_needed))
        .where(
            col(ProofRule.action) == action,
            col(ProofRule.proof) == proof,
            col(ProofRule.retired_on).is_(None),
            col(ProofRule.office) == col(Problem.office),
            or_(col(ProofRule.severity).is_(None), col(ProofRule.severity) == col(Problem.severity)),
            func.substr(col(Problem.category_code), 1, func.length(col(ProofRule.category_code)))
            == col(ProofRule.category_code),
        )
        .order_by(
            func.length(col(ProofRule.category_code)).desc(),
            col(ProofRule.severity).is_(None),
            col(ProofRule.id).desc(),
        )
        .limit(1)
        .correlate(Problem)
        .scalar_subquery()
    )
    return func.coalesce(deciding, false())


def _is_there(proof: Proof) -> ColumnElement[bool]:
    if proof is Proof.MEASURED:
        return or_(*(func.coalesce(col(getattr(Problem, name)), 0) != 0 for name in _SIZES))
    phase = SHOWN_BY[proof]
    day = func.coalesce(
        cast(col(Attachment.happened_on), String),
        cast(col(Attachment.taken_at), String),
    )
    of_round = or_(
        day >= cast(col(Round.opened_on), String),
        and_(day.is_(None), col(Attachment.recorded_at) >= col(Round.recorded_at)),
    )
    shown = col(Attachment.phase) == phase
    if phase is Phase.BEFORE:
        shown = or_(shown, and_(col(Round.ordinal) > 1, col(Attachment.phase) == Phase.LOOK_BACK))
    return exists().where(
        col(Attachment.problem_id) == col(Problem.id),
        col(Attachment.voided_on).is_(None),
        shown,
        or_(col(Round.ordinal) == 1, of_round),
    )
