"""The photos of a record and what speaks against them, asked of a real ledger with real files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from river_chief.queries import photos
from river_chief.queries.photos import attachments_of, doubtful, paired, warnings_json
from river_chief.rules.photo_checks import Doubt, Photo
from river_chief.storage.attachments import keep
from river_chief.terms import Action, Phase
from river_chief.verbs import documents, office, problems
from river_chief.verbs.input import understood
from tests.builders import Office
from tests.photographs import photograph

HERE, FAR = (118.46, 29.05), (118.48, 29.05)
FOUND = datetime(2025, 3, 3, 9, 10)
DONE = datetime(2025, 3, 8, 15, 30)


def put(of: Office, problem: int, phase: str, content: bytes, name: str = "", **values: Any) -> int:
    kept = keep(of.database.folder, content)
    entry = {**kept.values, "name": name or f"{phase}.jpg", "phase": phase, "problem_id": problem, **values}
    return of.do(documents.attach, documents.NewAttachment, **entry).id


@pytest.fixture
def located(empty: Office, village: int, reach: int) -> int:
    """A problem found on 3 March at a known place."""
    return empty.problem(village, reach, lon=HERE[0], lat=HERE[1], datum="cgcs2000")


def doubts(of: Office, problem: int) -> list[Doubt]:
    with of.database.read() as session:
        rows = attachments_of(session, {"problem_id": problem}, of.today)
        return [item.doubt for row in rows for item in row.warnings]


def test_photos_come_by_phase_and_time_with_what_the_camera_said(empty: Office, located: int) -> None:
    put(empty, located, "after", photograph(1, taken=DONE, at=HERE), happened_on="2025-03-08")
    put(empty, located, "before", photograph(1, rubbish=3, taken=datetime(2025, 3, 3, 11)), "later.jpg")
    put(empty, located, "before", photograph(1, rubbish=2, taken=FOUND, at=HERE), "first.jpg")
    with empty.database.read() as session:
        rows = attachments_of(session, {"problem_id": located}, empty.today)
    assert [(row.phase, row.name) for row in rows] == [
        (Phase.BEFORE, "first.jpg"),
        (Phase.BEFORE, "later.jpg"),
        (Phase.AFTER, "after.jpg"),
    ]
    assert rows[2].taken_at == DONE
    assert rows[2].happened_on == date(2025, 3, 8)
    assert rows[2].recorded_at is not None
    assert (rows[2].lon, rows[2].lat) == pytest.approx(HERE, abs=1e-6)
    assert [(a and a.name, b and b.name) for a, b in paired(rows)] == [
        ("first.jpg", "after.jpg"),
        ("later.jpg", None),
    ]
    assert doubts(empty, located) == []


def test_the_photo_before_shown_again(empty: Office, located: int) -> None:
    before = photograph(1, rubbish=2, taken=FOUND)
    put(empty, located, "before", before)
    put(empty, located, "after", before)
    put(empty, located, "after", photograph(1, rubbish=2, quality=35), "saved-again.jpg")
    assert doubts(empty, located) == [Doubt.SAME_FILE, Doubt.SAME_LOOKS, Doubt.NO_TIME]


def test_a_photo_older_than_the_assignment_and_one_taken_elsewhere(empty: Office, located: int) -> None:
    empty.step(located, Action.VERIFY, happened_at="2025-03-04", exception="测试")
    empty.step(located, Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村", exception="测试")
    put(empty, located, "after", photograph(1, taken=datetime(2025, 3, 4, 8)))
    assert doubts(empty, located) == [Doubt.TOO_OLD]
    put(empty, located, "after", photograph(2, taken=DONE, at=FAR))
    assert doubts(empty, located) == [Doubt.TOO_OLD, Doubt.ELSEWHERE]
    empty.do(office.change_settings, office.SettingChange, values={"photo_metres": 3000})
    assert doubts(empty, located) == [Doubt.TOO_OLD]


def test_a_photo_used_in_two_problems(empty: Office, located: int, village: int, reach: int) -> None:
    other = empty.problem(village, reach)
    content = photograph(5, taken=DONE)
    put(empty, located, "after", content)
    twin = put(empty, other, "after", content)
    assert doubts(empty, located) == doubts(empty, other) == [Doubt.USED_TWICE]
    empty.do(documents.void_attachment, documents.VoidAttachment, id=twin)
    assert doubts(empty, located) == []


def test_doubtful_photos_wait_until_the_clerk_has_settled_them(empty: Office, located: int) -> None:
    before = photograph(1, rubbish=2, taken=FOUND)
    put(empty, located, "before", before)
    again = put(empty, located, "after", before, "后.jpg")
    mild = put(empty, located, "after", photograph(3))
    with empty.database.read() as session:
        assert {id: [row.id for row in rows] for id, rows in doubtful(session, empty.today).items()} == {
            located: [again]
        }
        assert doubtful(session, empty.today, [located + 1]) == {}
    empty.do(documents.settle, documents.Settling, id=again, words="已到现场核对，确已清理")
    with empty.database.read() as session:
        assert doubtful(session, empty.today) == {}
        told = warnings_json(attachments_of(session, {"problem_id": located}, empty.today))
    assert [(item["attachment"], item["doubt"], item["mild"], item["settled"]) for item in told] == [
        (again, "same_file", False, "已到现场核对，确已清理"),
        (mild, "no_time", True, ""),
    ]
    assert told[0]["sentence"] == "与整改前照片“before.jpg”是同一张"


def test_photos_not_saved_yet_are_compared_with_those_that_are(empty: Office, located: int) -> None:
    before = photograph(1, rubbish=2, taken=FOUND)
    put(empty, located, "before", before)
    kept = keep(empty.database.folder, before)
    fresh = Photo("新.jpg", kept.sha256, Phase.AFTER, kept.looks, DONE)
    with empty.database.read() as session:
        [found] = photos.warnings_about(session, located, [fresh], empty.today)
        assert [item.doubt for item in found] == [Doubt.SAME_FILE]
        [unregistered] = photos.warnings_about(session, None, [fresh], empty.today)
        assert [item.doubt for item in unregistered] == [Doubt.USED_TWICE]


def test_a_patrols_photos_are_only_listed(empty: Office, tenure: int, reach: int) -> None:
    log = empty.patrol(tenure, reach, at="2025-03-05 09:00")
    kept = keep(empty.database.folder, photograph())
    entry = understood(
        documents.NewAttachment, {**kept.values, "name": "岸.jpg", "phase": "patrol", "patrol_id": log}
    )
    empty.do(documents.attach, documents.NewAttachment, **entry.model_dump())
    with empty.database.read() as session:
        [row] = attachments_of(session, {"patrol_id": log}, empty.today)
        assert (row.name, row.warnings) == ("岸.jpg", ())


def test_a_draft_has_photos_too(empty: Office, village: int) -> None:
    draft = empty.do(problems.save_draft, problems.NewProblem, village_id=village).id
    put(empty, draft, "before", photograph())
    put(empty, draft, "after", photograph())
    assert doubts(empty, draft) == [Doubt.SAME_FILE]
