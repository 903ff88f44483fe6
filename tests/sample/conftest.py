"""The sample ledger, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.storage.database import Database


@pytest.fixture(scope="module")
def session(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session
