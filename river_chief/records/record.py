"""What every record has, and the column types the tables share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from river_chief.terms import Term

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = SQLModel.metadata
# Ids are never given twice, so a journal entry about an id always means the same record.
KEEP_IDS = {"sqlite_autoincrement": True}


class TermType(TypeDecorator[Term]):
    """Stores a term's code, gives the member back; one subclass for each code list."""

    impl = String(24)
    cache_ok = True
    term: type[Term]

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the code; an unknown code is a bug of the caller (ValueError)."""
        return None if value is None else self.term(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Term | None:
        """Return the member of the code list."""
        return None if value is None else self.term(value)


def stored(term: type[Term]) -> type[TermType]:
    """Return the column type that stores *term*."""
    return type(f"{term.__name__}Type", (TermType,), {"term": term, "cache_ok": True})


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC time; stored without zone, so it reads the same on every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the naive UTC time; a naive argument is a bug of the caller (ValueError)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a recorded time must be aware")
        naive: datetime = value.astimezone(UTC).replace(tzinfo=None)
        return naive

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the aware UTC time."""
        return None if value is None else value.replace(tzinfo=UTC)


class LocalMoment(TypeDecorator[datetime]):
    """A local time of the trade (happened), without zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the time; an aware argument is a bug of the caller (ValueError)."""
        if value is not None and value.tzinfo is not None:
            raise ValueError("a happened time must be local, without zone")
        moment: datetime | None = value
        return moment


class Record(SQLModel):
    """Columns of every record.

    ``uid`` names the record across offices, ``office`` says whose it is, ``version`` counts its
    changes and ``recorded_at`` is when it was entered. The last three are set by the journal.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(default_factory=uuid7, sa_type=Uuid, unique=True)
    office: str = Field(default="", max_length=24)
    version: int = Field(default=0)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcMoment)

    @property
    def key(self) -> int:
        """The id of a record that is in the database."""
        if self.id is None:
            raise ValueError(f"{type(self).__name__} has no id before it is flushed")
        return self.id
