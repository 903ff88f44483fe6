"""The copy of the journal: complete, encrypted, made good when it was behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from river_chief.records import Act, ActChange
from river_chief.storage.database import Database
from tests.builders import Office


def test_the_copy_holds_every_act(empty: Office, problem: int) -> None:
    empty.close(problem)
    with empty.database.read() as session:
        acts = session.exec(select(Act)).all()
        changes = session.exec(select(ActChange)).all()
    copied = empty.database.journal_copy.acts()
    assert [(act["seq"], act["hash"]) for act in copied] == [(act.seq, act.hash) for act in acts]
    assert sum(len(act["changes"]) for act in copied) == len(changes)
    assert copied[-1]["sentence"] == acts[-1].sentence


def test_the_copy_is_encrypted_and_one_file_when_closed(empty: Office, problem: int) -> None:
    folder = empty.database.folder.journal
    empty.database.close()
    assert [path.name for path in folder.iterdir()] == ["acts.db"]
    assert not (folder / "acts.db").read_bytes().startswith(b"SQLite format 3")


def test_a_lost_copy_is_made_anew(empty: Office, problem: int) -> None:
    folder = empty.database.folder
    empty.database.close()
    (folder.journal / "acts.db").unlink()
    with Database.open(folder.path) as again, again.read() as session:
        assert again.journal_copy.count() == len(session.exec(select(Act)).all())


def test_a_copy_that_can_not_be_written_stops_nobody(
    empty: Office, village: int, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    empty.database.journal_copy.close()
    empty.database.journal_copy.path = tmp_path / "a file"
    (tmp_path / "a file").mkdir()
    empty.village("杨湾村")
    assert "the copy of the journal was not written" in caplog.text
