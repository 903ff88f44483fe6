from __future__ import annotations

import pytest

from river_chief.rules.proof import PROVABLE, Demand, Facts, asking_for, missing, names_in, needed
from river_chief.rules.workflow import TRANSITIONS
from river_chief.terms import Action, Phase, Proof, Severity

SUBMIT, MINOR, SERIOUS = Action.SUBMIT, Severity.MINOR, Severity.SERIOUS
TABLE = [
    Demand(SUBMIT, Proof.AFTER_PHOTO),
    Demand(SUBMIT, Proof.MEASURED, severity=SERIOUS),
    Demand(SUBMIT, Proof.WORK, "LD"),
    Demand(Action.ACCEPT, Proof.TWO_ACCEPTORS),
]


def test_only_rows_of_the_action_the_category_and_the_severity_ask() -> None:
    assert needed(TABLE, SUBMIT, "LZ03", MINOR) == (Proof.AFTER_PHOTO,)
    assert needed(TABLE, SUBMIT, "LD01", MINOR) == (Proof.AFTER_PHOTO, Proof.WORK)
    assert needed(TABLE, SUBMIT, "LD01", SERIOUS) == (Proof.AFTER_PHOTO, Proof.MEASURED, Proof.WORK)
    assert needed(TABLE, Action.ACCEPT, "LZ03", MINOR) == (Proof.TWO_ACCEPTORS,)
    assert needed(TABLE, Action.CLOSE, "LZ03", MINOR) == ()
    assert needed(TABLE, SUBMIT, "LZ03", None) == (Proof.AFTER_PHOTO,)


@pytest.mark.parametrize(
    ("lifting", "code", "severity", "is_needed"),
    [
        (Demand(SUBMIT, Proof.AFTER_PHOTO, "LD", is_needed=False), "LD01", MINOR, False),
        (Demand(SUBMIT, Proof.AFTER_PHOTO, "LD", is_needed=False), "LZ03", MINOR, True),
        (Demand(SUBMIT, Proof.AFTER_PHOTO, severity=MINOR, is_needed=False), "LZ03", MINOR, False),
        (Demand(SUBMIT, Proof.AFTER_PHOTO, severity=MINOR, is_needed=False), "LZ03", SERIOUS, True),
        (Demand(SUBMIT, Proof.AFTER_PHOTO, is_needed=False), "LZ03", MINOR, False),
    ],
)
def test_the_row_that_says_most_wins_the_later_of_two_alike(
    lifting: Demand, code: str, severity: Severity, is_needed: bool
) -> None:
    assert (Proof.AFTER_PHOTO in needed([*TABLE, lifting], SUBMIT, code, severity)) is is_needed
    leaf_asks = Demand(SUBMIT, Proof.AFTER_PHOTO, code)
    assert Proof.AFTER_PHOTO in needed([leaf_asks, *TABLE, lifting], SUBMIT, code, severity)


def test_facts_are_the_proofs_they_show() -> None:
    assert Facts().proofs == frozenset()
    facts = Facts(frozenset({Phase.BEFORE, Phase.SCAN, Phase.DURING}), measured=True, acceptors=1)
    assert facts.proofs == {Proof.BEFORE_PHOTO, Proof.SIGNED_SCAN, Proof.MEASURED}
    assert Facts(worked=True, acceptors=2).proofs == {Proof.WORK, Proof.TWO_ACCEPTORS}
    assert missing((Proof.BEFORE_PHOTO, Proof.WORK), facts.proofs) == (Proof.WORK,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("钱树、孙文", 2),
        ("钱树，孙文", 2),
        ("钱树, 孙文", 2),
        ("钱树；孙文/李海", 3),
        ("钱树　孙文", 2),
        ("钱树", 1),
        ("钱树、钱树", 1),
        ("、 ", 0),
        ("", 0),
    ],
)
def test_people_are_counted_by_what_stands_between_their_names(text: str, names: int) -> None:
    assert names_in(text) == names


def test_the_sentence_says_what_to_do() -> None:
    assert asking_for((Proof.AFTER_PHOTO, Proof.TWO_ACCEPTORS)) == (
        "缺少：整改后照片、两名验收人。请先补齐；确实没有的，请在此说明原因"
    )


def test_rows_are_about_actions_of_the_loop() -> None:
    assert set(PROVABLE) < {transition.action for transition in TRANSITIONS} - {Action.REGISTER, Action.VOID}
