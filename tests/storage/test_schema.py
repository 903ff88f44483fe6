"""Migrations: they give the models' tables, keep children, and copy the ledger first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import select

from river_chief.records import METADATA, Area
from river_chief.storage import schema
from river_chief.storage.database import Database
from tests.builders import Office

REBUILD = '''
"""Rebuild the table of areas."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("area", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.String(20)))
'''


def test_models_and_migrations_agree(empty: Office) -> None:
    with empty.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD
    assert schema.HEAD in schema.known()


def _with_rebuild(tmp_path: Path) -> Path:
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions/9999_rebuild.py").write_text(REBUILD, "utf-8")
    return migrations


def _children(office: Office) -> int:
    with office.database.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM reach_area").scalar_one())


def test_rebuilding_a_table_keeps_its_children(empty: Office, reach: int, tmp_path: Path) -> None:
    assert _children(empty) == 1
    schema.upgrade(empty.database.engine, migrations=_with_rebuild(tmp_path))
    assert _children(empty) == 1
    with empty.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT nickname FROM area LIMIT 1").scalar_one() is None


def test_the_pragma_does_nothing_inside_a_transaction(empty: Office) -> None:
    """Why it must be switched off before BEGIN: the trap this house knows."""
    with empty.database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_an_older_ledger_is_copied_and_upgraded(
    empty: Office, village: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.database.close()
    migrations = _with_rebuild(tmp_path)
    upgrade = schema.upgrade
    monkeypatch.setattr(schema, "HEAD", "9999")
    monkeypatch.setattr(schema, "upgrade", lambda engine: upgrade(engine, migrations=migrations))
    with Database.open(empty.database.folder.path) as again:
        assert schema.revision(again.engine) == "9999"
        with again.read() as session:
            assert "柳塘村" in session.exec(select(Area.name)).all()
    copies = list((empty.database.folder.copies).iterdir())
    assert [path.name for path in copies] == ["ledger-0004.db"]
    assert not copies[0].read_bytes().startswith(b"SQLite format 3")
