"""The SQLCipher engine of one ledger: key, pragmas and the kind of transaction.

Write-ahead log with ``synchronous=FULL``: an acknowledged step survives a power cut. Writers begin
IMMEDIATE so that two of them queue instead of failing half-way; readers never wait.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event

from river_chief.errors import EnvironmentFault

# Before 3.51.3 the write-ahead log could lose committed data with two connections.
OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 5.0
# Pages kept decrypted: SQLite's own 2 MiB would decrypt the same pages of a large ledger again and again.
CACHE_KIB = 32 * 1024


def check_sqlite(version: tuple[int, ...] | None = None) -> None:
    """Refuse to start on an SQLite that can lose data."""
    found = version if version is not None else tuple(int(part) for part in driver.sqlite_version.split("."))
    if found < OLDEST_SQLITE:
        text = ".".join(map(str, found))
        raise EnvironmentFault(f"数据库组件版本过旧（SQLite {text}），可能丢失数据，请重新安装本程序。")


def make_engine(path: Path, key: bytes) -> Engine:
    """Return the engine of the database *path* encrypted with *key* (32 bytes)."""
    check_sqlite()
    engine = create_engine(
        f"sqlite:///{path}",
        module=driver,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        for pragma in (
            "cipher_log_level=NONE",
            f"key=\"x'{key.hex()}'\"",
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "temp_store=MEMORY",
            f"cache_size={-CACHE_KIB}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
