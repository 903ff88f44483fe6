"""One shape for asking any ledger: ids in order, how many, and the rows of some ids.

A table in the window holds ids and asks for the rows around what it paints; lists, sheets and the
command line ask for all of them. What a row holds is said by the ledger's fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, FromClause, Select, case, func, or_, select
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.fields.field import Field, FieldSet, Value
from river_chief.records import METADATA
from river_chief.terms import Term

FilterT = TypeVar("FilterT")
Finish = Callable[[Session, list[dict[str, Any]], date], None]
CHUNK = 500
# The names a change of the ledger can be told under.
LEDGERS = frozenset(METADATA.tables)


@dataclass(frozen=True, slots=True)
class Row:
    """A plain row of a ledger: its record's id and version, and a value for each field key.

    ``texts`` tells a value otherwise than by itself.
    """

    id: int
    version: int
    values: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def text(self, field: Field) -> str:
        """The text shown for *field*."""
        return self.texts.get(field.key) or field.text(self.values[field.key])


class LedgerQuery(Generic[FilterT]):
    """How one ledger is asked.

    ``source``      tables joined so that each record gives exactly one row.
    ``columns``     SQL of the fields that can be selected and sorted by.
    ``extras``      more SQL columns that ``finish`` needs.
    ``conditions``  the WHERE of a filter.
    ``finish``      adds to the raw rows (dicts by field key) what SQL does not give, ``_texts`` (``Row.texts``) too.
    """

    def __init__(
        self,
        fields: FieldSet,
        source: FromClause,
        key: ColumnElement[int | None],
        version: ColumnElement[int],
        columns: Mapping[str, ColumnElement[Any]],
        conditions: Callable[[FilterT], Iterable[ColumnElement[bool]]],
        *,
        order: Sequence[ColumnElement[Any]],
        extras: Mapping[str, ColumnElement[Any]] | None = None,
        finish: Finish | None = None,
    ) -> None:
        self.fields = fields
        self.columns = columns
        self._source = source
        self._key = key
        self._version = version
        self._conditions = conditions
        self._order = order
        self._extras = extras or {}
        self._finish = finish

    @property
    def ledger(self) -> str:
        """The name of the table whose changes make rows of this ledger stale."""
        return self.fields.ledger

    def can_sort(self, key: str) -> bool:
        """Whether rows can be ordered by the field *key*."""
        return key in self.columns

    def count(self, session: Session, filter: FilterT) -> int:
        """How many records *filter* lets through."""
        query = select(func.count()).select_from(self._source).where(*self._conditions(filter))
        return int(session.execute(query).scalar_one())

    def matching(self, filter: FilterT) -> Select[Any]:
        """A query of the ids *filter* lets through, in no order, to stand inside another query."""
        return select(self._key).select_from(self._source).where(*self._conditions(filter))

    def ids(
        self,
        session: Session,
        filter: FilterT,
        *,
        sort: str = "",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[int]:
        """Ids of the records *filter* lets through, in the natural order or by a field's value.

        Terms are ordered as their code list is; records without a value come last either way.
        """
        query = select(self._key).select_from(self._source).where(*self._conditions(filter))
        if sort:
            value = self._sort_value(sort)
            order = value.desc() if descending else value.asc()
            query = query.order_by(order.nulls_last(), self._key)
        else:
            query = query.order_by(*self._order)
        if limit is not None:
            query = query.limit(limit)
        if offset:
            query = query.offset(offset)
        return list(session.execute(query).scalars())

    def _sort_value(self, key: str) -> ColumnElement[Any]:
        if key not in self.columns:
            named = f"“{self.fields[key].label}”" if key in self.fields else f"“{key}”"
            raise Refusal(f"不能按{named}排序，请换一列。")
        column, term = self.columns[key], self.fields[key].term
        if term is None:
            return column
        return case(*((column == member, place) for place, member in enumerate(term)))

    def rows(self, session: Session, ids: Sequence[int], today: date) -> list[Row]:
        """Rows of *ids* in that order; an id that is no longer there is left out."""
        found: dict[int, Row] = {}
        for start in range(0, len(ids), CHUNK):
            for row in self._fetch(session, ids[start : start + CHUNK], today):
                found[row.id] = row
        return [found[id] for id in ids if id in found]

    def all(self, session: Session, filter: FilterT, today: date, *, sort: str = "") -> list[Row]:
        """Every row *filter* lets through."""
        return self.rows(session, self.ids(session, filter, sort=sort), today)

    def _fetch(self, session: Session, ids: Sequence[int], today: date) -> list[Row]:
        named = [column.label(key) for key, column in (self.columns | self._extras).items()]  # type: ignore[operator]
        query = (
            select(self._key.label("_id"), self._version.label("_version"), *named)
            .select_from(self._source)
            .where(self._key.in_(ids))
        )
        raw = [dict(row) for row in session.execute(query).mappings()]
        if self._finish is not None:
            self._finish(session, raw, today)
        return [
            Row(
                item["_id"],
                item["_version"],
                {field.key: item.get(field.key) for field in self.fields},
                item.get("_texts", {}),
            )
            for item in raw
        ]


def words_in(text: str, *columns: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Conditions that every word of *text* stands in one of *columns*, in any order."""
    found: list[ColumnElement[bool]] = []
    for word in text.split():
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found.append(or_(*(column.ilike(f"%{escaped}%", escape="\\") for column in columns)))
    return found


def within(column: ColumnElement[Any], span: tuple[Any, Any] | None) -> list[ColumnElement[bool]]:
    """Conditions that *column* lies in the inclusive *span*; an end of None is open."""
    if span is None:
        return []
    first, last = span
    found: list[ColumnElement[bool]] = []
    if first is not None:
        found.append(column >= first)
    if last is not None:
        found.append(column <= last)
    return found


def plain(value: Value) -> Any:
    """*value* as a JSON document holds it: codes of terms, ISO dates."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Term) else value
