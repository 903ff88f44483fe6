"""A record's attribute and table as SQL, typed as SQLAlchemy's own expressions."""

from __future__ import annotations

from typing import TypeVar, cast

import sqlmodel
from sqlalchemy import ColumnElement, Table

from river_chief.records.record import METADATA

T = TypeVar("T")


def col(attribute: T) -> ColumnElement[T]:
    """The column behind a record's attribute: ``col(Problem.number)``."""
    return cast("ColumnElement[T]", sqlmodel.col(attribute))


def table(kind: type[sqlmodel.SQLModel]) -> Table:
    """The table of a record class."""
    return METADATA.tables[str(kind.__tablename__)]
