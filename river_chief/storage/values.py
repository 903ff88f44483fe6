"""Values of columns as the journal keeps them (plain JSON), and back again."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, DateTime, Table, Uuid
from sqlalchemy.types import TypeDecorator


def encode(value: Any) -> Any:
    """Return *value* of a column as plain JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(column: Column[Any], value: Any) -> Any:
    """Return the value of *column* that ``encode`` made *value* from."""
    if value is None:
        return None
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, Boolean):
        return bool(value)
    return value


def decoded(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """Return *values* of a journal entry ready for an INSERT or UPDATE of *table*."""
    return {name: decode(table.c[name], value) for name, value in values.items()}
