"""The photos of the sample: small, drawn, the same each time, kept under their digest."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session, select

from river_chief.records import Attachment, Problem, Round, Step
from river_chief.sample.photos import HEIGHT, WIDTH, draw
from river_chief.sample.words import GOALS
from river_chief.storage.paths import LedgerFolder
from river_chief.terms import Action, Closer, Phase, Proof
from river_chief.verbs.closing import closer_of

LARGEST = 25 * 1024
TAKEN = datetime(2025, 3, 5, 9, 12)


@pytest.mark.parametrize("group", GOALS)
def test_a_photo_is_small_and_always_the_same(group: str) -> None:
    before = draw("砚2025-031", group, Phase.BEFORE, TAKEN)
    assert len(before) <= LARGEST
    assert before == draw("砚2025-031", group, Phase.BEFORE, TAKEN)
    assert before != draw("砚2025-031", group, Phase.AFTER, TAKEN)
    with Image.open(BytesIO(before)) as picture:
        assert picture.size == (WIDTH, HEIGHT)


def test_photos_lie_in_the_ledger_with_their_times(session: Session, township: Path) -> None:
    photos = list(session.exec(select(Attachment)))
    steps = Counter(step.action for step in session.exec(select(Step)))
    phases = Counter(photo.phase for photo in photos)
    assert phases[Phase.BEFORE] == steps[Action.REGISTER] - 1
    assert phases[Phase.AFTER] == steps[Action.SUBMIT] - 1
    assert phases[Phase.LOOK_BACK] == steps[Action.RELAPSE]
    folder = LedgerFolder(township)
    for photo in photos:
        content = folder.photo(photo.sha256).read_bytes()
        assert sha256(content).hexdigest() == photo.sha256
        assert len(content) == photo.size <= LARGEST
        if photo.phase is not Phase.SCAN:
            assert photo.taken_at is not None
            assert photo.taken_at.date() == photo.happened_on


def test_only_four_steps_were_done_without_a_proof(session: Session) -> None:
    told = [step.details for step in session.exec(select(Step)) if "missing" in step.details]
    assert Counter(proof for details in told for proof in details["missing"]) == {
        Proof.BEFORE_PHOTO: 1,
        Proof.AFTER_PHOTO: 1,
        Proof.TWO_ACCEPTORS: 1,
        Proof.SIGNED_SCAN: 1,
    }
    assert all(details["exception"] for details in told)
    assert sum(round_.exceptions for round_ in session.exec(select(Round))) == len(told)


def test_what_the_levels_above_close_was_reported_and_answered(session: Session) -> None:
    problems = {problem.key: problem for problem in session.exec(select(Problem))}
    rounds = {(round_.problem_id, round_.ordinal): round_ for round_ in session.exec(select(Round))}
    closers = set()
    for step in session.exec(select(Step).where(Step.action == Action.CLOSE)):
        closer = closer_of(session, problems[step.problem_id])
        round_ = rounds[step.problem_id, step.round_no]
        closers.add(closer)
        assert ("approver" in step.details) is (closer is not Closer.TOWN)
        assert round_.reported_on == (None if closer is Closer.TOWN else round_.accepted_on)
    assert closers == set(Closer)
