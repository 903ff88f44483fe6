"""Photos taken in from outside: kept whole or not at all, attached with their record, dropped when unused."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from river_chief.errors import Refusal
from river_chief.intake.photos import NewPhoto, drop_unused, take_in, with_photos
from river_chief.queries.photos import attachments_of
from river_chief.storage.attachments import keep
from river_chief.storage.undo import undo_last
from river_chief.terms import Action, Phase
from river_chief.verbs import problems
from river_chief.verbs.input import understood
from river_chief.verbs.steps import DOINGS
from tests.builders import CLERK, Office
from tests.photographs import photograph

TAKEN = datetime(2025, 3, 8, 15, 30)


def files(of: Office) -> list[Path]:
    """Everything that lies in the ledger's photos."""
    return [path for path in of.database.folder.photos.rglob("*") if path.is_file()]


def found(of: Office, problem: int) -> list[tuple[str, Phase, date | None]]:
    with of.database.read() as session:
        rows = attachments_of(session, {"problem_id": problem}, of.today)
    return [(row.name, row.phase, row.happened_on) for row in rows]


def new_problem(village: int, reach: int) -> problems.NewProblem:
    values: dict[str, Any] = {
        "found_on": "2025-03-03",
        "source": "Y03",
        "village_id": village,
        "reach_id": reach,
        "category_code": "LD01",
        "description": "岸坡堆放生活垃圾约3立方米",
        "volume_m3": 3,
    }
    return understood(problems.NewProblem, values)


def test_a_file_of_any_name_is_taken_in(empty: Office, tmp_path: Path) -> None:
    file = tmp_path / "桥 下.JPG"
    file.write_bytes(photograph(1, taken=TAKEN))
    pasted = ("\udcff" + "长" * 300, photograph(2))
    one, two = take_in(empty.database.folder, [file, pasted], Phase.AFTER)
    assert (one.name, one.kept.taken_at, one.kept.is_new) == ("桥 下.JPG", TAKEN, True)
    assert len(two.name) == 200
    assert two.name.startswith("?长")
    assert one.speaks_for(None, empty.today) == TAKEN.date()
    assert one.speaks_for(None, date(2025, 3, 7)) is None
    assert one.speaks_for(date(2025, 3, 10), empty.today) == date(2025, 3, 10)


def test_one_that_is_no_photo_keeps_all_out(empty: Office) -> None:
    there = keep(empty.database.folder, photograph(1))
    before = files(empty)
    with pytest.raises(Refusal, match="不是能读取的图片"):
        take_in(
            empty.database.folder,
            [("旧.jpg", photograph(1)), ("新.jpg", photograph(2)), ("坏.jpg", b"no")],
            Phase.BEFORE,
        )
    assert files(empty) == before
    assert empty.database.folder.photo(there.sha256).exists()


def test_a_problem_and_its_photos_are_one_batch_and_one_undo(empty: Office, village: int, reach: int) -> None:
    photos = take_in(
        empty.database.folder, [("前.jpg", photograph(1)), ("远.jpg", photograph(2))], Phase.BEFORE
    )
    entry = new_problem(village, reach)
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        with_photos(
            writer,
            photos,
            "problem_id",
            lambda: writer.do(problems.register, entry),
            name="登记问题",
            day=date(2025, 3, 3),
        )
    assert writer.changes.sentence == "登记问题砚2025-001，附2张照片"
    problem = writer.changes.id
    assert [name for name, _, _ in found(empty, problem)] == ["前.jpg", "远.jpg"]
    assert {day for _, _, day in found(empty, problem)} == {date(2025, 3, 3)}
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        assert "登记问题（附2张照片）" in undo_last(writer)
    assert found(empty, problem) == []


def test_the_photo_is_there_when_the_step_asks_for_it(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04", exception="测试")
    empty.step(problem, Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村", exception="测试")
    empty.step(problem, Action.SIGN_FOR, happened_at="2025-03-05", actor="赵春")
    before = take_in(empty.database.folder, [("前.jpg", photograph(1, rubbish=3))], Phase.BEFORE)
    after = take_in(empty.database.folder, [("后.jpg", photograph(1))], Phase.AFTER)
    doing = DOINGS[Action.SUBMIT]
    entry = understood(
        doing.accepts,
        {"problem_id": problem, "progress": "已清理", "work": {"rubbish": 3}, "happened_at": "2025-03-08"},
    )
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        with_photos(
            writer,
            [*before, *after],
            {"problem_id": problem},
            lambda: writer.do(doing.verb, entry),
            name="反馈完成",
        )
    assert [phase for _, phase, _ in found(empty, problem)] == [Phase.BEFORE, Phase.AFTER]


def test_a_refused_record_leaves_no_photo_attached(empty: Office, problem: int) -> None:
    photos = take_in(empty.database.folder, [("后.jpg", photograph(1))], Phase.AFTER)
    doing = DOINGS[Action.CLOSE]
    entry = understood(doing.accepts, {"problem_id": problem})
    with pytest.raises(Refusal), empty.database.write(by=CLERK, today=empty.today) as writer:
        with_photos(
            writer, photos, {"problem_id": problem}, lambda: writer.do(doing.verb, entry), name="销号"
        )
    assert found(empty, problem) == []
    with empty.database.read() as session:
        drop_unused(session, empty.database.folder, photos)
    assert files(empty) == []


def test_what_a_record_shows_is_never_dropped(empty: Office, problem: int) -> None:
    photos = take_in(empty.database.folder, [("后.jpg", photograph(1))], Phase.AFTER)
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        with_photos(writer, photos, {"problem_id": problem}, lambda: None, name="添加照片")
    again: list[NewPhoto] = take_in(empty.database.folder, [("同.jpg", photograph(1))], Phase.DURING)
    assert not again[0].kept.is_new
    with empty.database.read() as session:
        drop_unused(session, empty.database.folder, [*photos, *again])
    assert len(files(empty)) == 1
