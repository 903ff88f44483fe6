"""A letter of the ladder before it is issued, from a proposal or from problems the clerk chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from river_chief.rules.escalation import Proposal, addressee_of, reasons_of
from river_chief.rules.ladder import LadderRule, Running
from river_chief.terms import PaperKind, Target


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is issued: what the clerk is shown, and may change.

    ``target`` says whose name the addressee is; None where it does not depend on the problems covered.
    ``note`` says what the clerk should know besides ("" for nothing).
    """

    kind: PaperKind
    addressee: str
    reason: str
    problems: tuple[Running, ...]
    area_id: int | None = None
    rule_id: int | None = None
    target: Target | None = None
    note: str = ""

    def narrowed(self, problems: Sequence[Running], today: date) -> tuple[str, str]:
        """Addressee and reason where only these of the problems are covered."""
        if self.area_id is not None or tuple(problems) in ((), self.problems):
            return self.addressee, self.reason
        if self.target is None:
            return self.addressee, reasons_of(problems, today)
        return _addressees(self.target, problems), reasons_of(problems, today)


def draft_of(proposal: Proposal) -> Draft:
    """The letter a proposal is for."""
    rule = proposal.rule
    skipped = "、".join(step.name for step in proposal.skipped)
    return Draft(
        rule.paper,
        proposal.addressee,
        proposal.reason,
        proposal.problems,
        proposal.area_id,
        rule.id,
        note=f"此前没有发过：{skipped}。" if skipped else "",
    )


def draft_for(
    kind: PaperKind, problems: Sequence[Running], rules: Sequence[LadderRule], today: date
) -> Draft:
    """A letter of *kind* about problems the clerk chose; to whom the ladder's mildest step of that kind goes."""
    targets = [rule.target for rule in rules if rule.paper is kind and rule.is_of_problem]
    target = targets[0] if targets else Target.UNIT
    return Draft(
        kind, _addressees(target, problems), reasons_of(problems, today), tuple(problems), target=target
    )


def _addressees(target: Target, problems: Sequence[Running]) -> str:
    return "、".join(dict.fromkeys(addressee_of(target, problem) for problem in problems))
