"""日志: acts and the field changes they made. Written by storage/journal.py alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from river_chief.records.record import KEEP_IDS, UtcMoment


class Act(SQLModel, table=True):
    """One act: who did what when; numbered per site and chained to the site's last act.

    ``hash`` is the SHA-256 of ``previous`` and of the act with all its changes.
    ``undoes`` is the id of the act this one took back.
    """

    __tablename__: ClassVar[str] = "act"
    __table_args__ = (UniqueConstraint("site", "seq"), Index(None, "batch_id"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    site: str = Field(max_length=36)
    seq: int
    at: datetime = Field(sa_type=UtcMoment)
    by: str = Field(max_length=40)
    verb: str = Field(max_length=60)
    sentence: str = Field(max_length=500)
    batch_id: int | None = None
    undoes: int | None = None
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class ActChange(SQLModel, table=True):
    """What an act did to one record, or (kind "block") to many new rows of one ledger at once.

    ``kind``   insert, update, delete or block.
    ``before`` and ``after``  the changed columns as JSON; all columns of an insert or delete.
    ``block``  zlib-packed JSON ``{"columns": […], "rows": [[…]]}`` of a bulk load.
    """

    __tablename__: ClassVar[str] = "act_change"
    __table_args__ = (
        UniqueConstraint("act_id", "ordinal"),
        Index(None, "ledger", "record_id"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    ordinal: int
    kind: str = Field(max_length=8)
    ledger: str = Field(max_length=40)
    record_id: int | None = None
    record_uid: str = Field(default="", max_length=36)
    version_seen: int = 0
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    block: bytes | None = Field(default=None, sa_type=LargeBinary)
