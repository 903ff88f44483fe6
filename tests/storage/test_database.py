"""Transactions, pragmas, one file after closing, and what the environment can do to a ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import EnvironmentFault, Refusal
from river_chief.records import Act, Area
from river_chief.storage import engine as engines
from river_chief.storage.database import Database
from river_chief.terms import AreaLevel
from river_chief.verbs import waters
from tests.builders import CLERK, TODAY, Office, new_office


def _count(office: Office) -> tuple[int, int]:
    with office.database.read() as session:
        return len(session.exec(select(Area)).all()), len(session.exec(select(Act)).all())


def test_pragmas_of_every_connection(empty: Office) -> None:
    with empty.database.engine.connect() as connection:
        answers = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_an_old_sqlite_is_refused() -> None:
    engines.check_sqlite((3, 51, 3))
    with pytest.raises(EnvironmentFault, match="版本过旧"):
        engines.check_sqlite((3, 51, 2))


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    office = new_office(tmp_path / "ledger")
    office.village("柳塘村")
    assert (tmp_path / "ledger/ledger.db-wal").exists()
    office.database.close()
    assert sorted(path.name for path in (tmp_path / "ledger").glob("ledger.db*")) == ["ledger.db"]
    with Database.open(tmp_path / "ledger") as again, again.read() as session:
        assert session.exec(select(Area.name)).all() == ["砚溪镇", "柳塘村"]


def test_a_failing_block_keeps_nothing(empty: Office) -> None:
    before = _count(empty)
    entry = waters.NewArea(name="柳塘村", level=AreaLevel.VILLAGE, parent_id=1)

    def twice() -> None:
        with empty.database.write(by=CLERK, today=TODAY) as writer:
            writer.do(waters.add_area, entry)
            writer.do(waters.add_area, entry)

    with pytest.raises(Refusal, match="已经在台账里"):
        twice()
    assert _count(empty) == before


def test_a_change_without_a_verb_is_a_bug(empty: Office) -> None:
    before = _count(empty)

    def smuggle() -> None:
        with empty.database.write(by=CLERK, today=TODAY) as writer:
            writer.session.add(Area(name="柳塘村", level=AreaLevel.VILLAGE))

    with pytest.raises(AssertionError, match="without a verb"):
        smuggle()
    assert _count(empty) == before


def test_deleting_a_record_is_a_bug(empty: Office, village: int) -> None:
    def erase(session: Session, entry: waters.Retirement, /, *, by: str, today: date) -> Changes:
        session.delete(session.get_one(Area, entry.id))
        return Changes("删除")

    with pytest.raises(AssertionError, match="never deleted"):
        empty.do(erase, waters.Retirement, id=village)


def test_a_reading_session_can_not_write(empty: Office) -> None:
    with empty.database.read() as session:
        session.add(Area(name="柳塘村", level=AreaLevel.VILLAGE))
        with pytest.raises(AssertionError, match="must not write"):
            session.flush()


def test_a_second_writer_waits_and_is_told(empty: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    with Database.open(empty.database.folder.path) as other:
        with empty.database.write(by=CLERK, today=TODAY) as writer:
            writer.do(waters.add_area, waters.NewArea(name="柳塘村", level=AreaLevel.VILLAGE))
            with pytest.raises(EnvironmentFault, match="正被另一个程序占用"):
                Office(other).village("杨湾村")
        Office(other).village("杨湾村")
    with empty.database.read() as session:
        assert session.exec(select(Area.name).where(Area.level == AreaLevel.VILLAGE)).all() == [
            "柳塘村",
            "杨湾村",
        ]


def test_reading_goes_on_beside_a_writer(empty: Office) -> None:
    with empty.database.write(by=CLERK, today=TODAY) as writer:
        writer.do(waters.add_area, waters.NewArea(name="柳塘村", level=AreaLevel.VILLAGE))
        with empty.database.read() as session:
            assert session.exec(select(Area.name).where(Area.level == AreaLevel.VILLAGE)).all() == []


def test_a_ledger_is_not_made_over_another(empty: Office) -> None:
    with pytest.raises(Refusal, match="已经有一个台账"):
        Database.create(empty.database.folder.path)


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("not a folder")
    with pytest.raises(EnvironmentFault, match="请换一个文件夹"):
        Database.create(tmp_path / "ledger")


def test_a_damaged_page_is_told(empty: Office) -> None:
    path = empty.database.folder.database
    empty.database.close()
    raw = bytearray(path.read_bytes())
    raw[4096 + 100] ^= 0xFF
    path.write_bytes(raw)

    def look() -> None:
        with Database.open(empty.database.folder.path) as again, again.read() as session:
            session.exec(select(Area)).all()

    with pytest.raises(EnvironmentFault, match=r"损坏|解密"):
        look()


def test_the_ledger_of_a_newer_program_is_refused(empty: Office) -> None:
    with empty.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentFault, match="更新版本"):
        Database.open(empty.database.folder.path)
