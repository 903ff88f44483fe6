"""The version of a ledger's tables: found, and brought up to date by Alembic.

Alembic rebuilds a table to alter it on SQLite. With foreign keys on, dropping the old table would
delete its children, so they are switched off on the raw connection before the transaction
begins (inside one the pragma does nothing), checked, and switched on again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from river_chief.errors import EnvironmentFault, LedgerDamaged, reason_of
from river_chief.storage.paths import LedgerFolder

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0004"


def revision(engine: Engine) -> str:
    """Return the revision of the ledger's tables; "" for a ledger without tables."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        ).scalar_one()
        if not found:
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


@cache
def known() -> frozenset[str]:
    """The revisions this program can upgrade from (read off the migrations' file names)."""
    return frozenset(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def upgrade(engine: Engine, target: str = "head", migrations: Path = MIGRATIONS) -> None:
    """Bring the tables to *target* in one transaction, with foreign keys checked at its end."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise LedgerDamaged("升级台账时发现记录之间的引用不完整，升级已取消，请联系维护人员。")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def copy_before_upgrade(engine: Engine, folder: LedgerFolder, found: str, key: bytes) -> Path:
    """Copy the ledger beside itself before it is altered; return the copy's path."""
    target = folder.copies / f"ledger-{found or 'empty'}.db"
    try:
        folder.copies.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        destination = driver.connect(str(target))
        try:
            destination.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            with engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.backup(destination)
        finally:
            destination.close()
    except OSError as error:
        raise EnvironmentFault(f"升级前无法备份台账：{reason_of(error)}，请清理磁盘后重试。") from error
    return target
