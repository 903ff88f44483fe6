"""设置, 用户, 导入批次."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlmodel import Field, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import BatchState, ImportKind, UserRole


class Setting(Record, table=True):
    """One setting of the office: a key of ``rules.office.OfficeSettings`` and its value."""

    __tablename__: ClassVar[str] = "setting"
    __table_args__ = (UniqueConstraint("office", "name"), KEEP_IDS)

    name: str = Field(max_length=60)
    value: Any = Field(default=None, sa_type=JSON)


class User(Record, table=True):
    """A person who works with the ledger; the password's slot is in keys.json, not here."""

    __tablename__: ClassVar[str] = "user"
    __table_args__ = (UniqueConstraint("office", "name"), KEEP_IDS)

    name: str = Field(max_length=40)
    role: UserRole = Field(sa_type=stored(UserRole))
    retired_on: date | None = None


class ImportBatch(Record, table=True):
    """批次: acts done together, a workbook taken in or one action on many records; the acts carry its id.

    ``kind`` is None and there is no file where it was no workbook; ``changed`` then counts the records.
    """

    __tablename__: ClassVar[str] = "import_batch"
    __table_args__ = (KEEP_IDS,)

    kind: ImportKind | None = Field(default=None, sa_type=stored(ImportKind))
    name: str = Field(max_length=120)
    file_name: str = Field(default="", max_length=200)
    sheet: str = Field(default="", max_length=80)
    sha256: str = Field(default="", max_length=64)
    state: BatchState = Field(default=BatchState.APPLIED, sa_type=stored(BatchState))
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
