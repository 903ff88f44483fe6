"""佐证要求: what a step of the loop needs to show for itself, and what of it is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from river_chief.terms import Action, Phase, Proof, Severity

# The steps a row of the table may be about; entering and voiding a problem need no proof.
PROVABLE: tuple[Action, ...] = (
    Action.VERIFY,
    Action.REFUTE,
    Action.MERGE,
    Action.HAND_OVER,
    Action.ASSIGN,
    Action.PROGRESS,
    Action.SUBMIT,
    Action.ACCEPT,
    Action.REPORT,
    Action.CLOSE,
    Action.SUSPEND,
)
# Who did the work and who looked at it is entered with the step itself; the rest must be there before.
WITH_THE_STEP: tuple[Proof, ...] = (Proof.WORK, Proof.TWO_ACCEPTORS)
# The phase of the photo or scan that shows a proof.
SHOWN_BY: dict[Proof, Phase] = {
    Proof.BEFORE_PHOTO: Phase.BEFORE,
    Proof.AFTER_PHOTO: Phase.AFTER,
    Proof.SIGNED_SCAN: Phase.SCAN,
}
_BETWEEN_NAMES = re.compile(r"[、，,；;/\s]+")


@dataclass(frozen=True, slots=True)
class Demand:
    """A row of the table: an action needs a proof, or does not (``is_needed`` False lifts a wider row).

    ``category_code`` "" stands for every category, a group (LD) for its leaves; ``severity`` None for every one.
    """

    action: Action
    proof: Proof
    category_code: str = ""
    severity: Severity | None = None
    is_needed: bool = True

    def fits(self, category_code: str, severity: Severity | None) -> bool:
        """Whether the row is about a problem of that category and severity."""
        return self.severity in (None, severity) and category_code.startswith(self.category_code)

    @property
    def weight(self) -> tuple[int, bool]:
        """How much the row says: a leaf before a group before a severity."""
        return (len(self.category_code), self.severity is not None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is there of one round of a problem.

    ``shown`` phases of its photos and scans; ``measured`` its size is known; ``worked`` amounts of work are entered.
    """

    shown: frozenset[Phase] = frozenset()
    measured: bool = False
    worked: bool = False
    acceptors: int = 0

    @property
    def proofs(self) -> frozenset[Proof]:
        """The proofs these facts are."""
        found = {proof for proof, phase in SHOWN_BY.items() if phase in self.shown}
        there = {
            Proof.MEASURED: self.measured,
            Proof.WORK: self.worked,
            Proof.TWO_ACCEPTORS: self.acceptors >= 2,
        }
        return frozenset(found | {proof for proof, is_there in there.items() if is_there})


def needed(
    rows: Iterable[Demand], action: Action, category_code: str, severity: Severity | None
) -> tuple[Proof, ...]:
    """What *action* needs for a problem, in the order of the list of proofs.

    For each proof the row that says most decides, the later one where two say as much.
    """
    deciding: dict[Proof, Demand] = {}
    for row in rows:
        if row.action is not action or not row.fits(category_code, severity):
            continue
        if row.proof not in deciding or row.weight >= deciding[row.proof].weight:
            deciding[row.proof] = row
    return tuple(proof for proof in Proof if proof in deciding and deciding[proof].is_needed)


def missing(wanted: Iterable[Proof], there: Collection[Proof]) -> tuple[Proof, ...]:
    """What of *wanted* is not *there*."""
    return tuple(proof for proof in wanted if proof not in there)


def names_in(text: str) -> int:
    """How many different people *text* names: 钱树、孙文 are two."""
    return len({name for name in _BETWEEN_NAMES.split(text) if name})


def asking_for(lacking: Iterable[Proof]) -> str:
    """The sentence that refuses a step for what it lacks."""
    names = "、".join(proof.label for proof in lacking)
    return f"缺少：{names}。请先补齐；确实没有的，请在此说明原因"
