"""What every kind of sheet shares: finding the record of a row and comparing it field by field."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from river_chief.fields.field import FieldSet, Value
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Kept, Ref
from river_chief.intake.plan import FieldChange, Missing
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Record
from river_chief.records.columns import col

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a row is told from the others of its sheet.

    A second row of it is refused, unless both have an ``apart`` (a number, a code) and these differ:
    then it is doubtful if ``doubtful``, else another record.
    ``key``  the field that shows it.  ``words``  what is the same.
    """

    what: Hashable
    key: str
    words: str
    apart: str = ""
    doubtful: bool = False


@dataclass(slots=True)
class Outcome:
    """What a planner found for one row: see ``RowPlan``."""

    key: str
    known: bool = False
    identities: tuple[Identity, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    doings: tuple[Doing, ...] = ()
    late: tuple[Doing, ...] = ()


class Planner(ABC):
    """Plans the rows of one sheet against the ledger as the session sees it.

    ``used``   keys of the fields an import of this kind takes over.
    ``heads``  key of a verb's input → key of the field it comes from, where they differ.
    """

    used: ClassVar[frozenset[str]]
    heads: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def __init__(self, session: Session, fields: FieldSet, today: date) -> None:
        self.session = session
        self.fields = fields
        self.today = today
        self.names = RecordNames(session)

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        """Ask the ledger for all rows at once; return them in the order they are carried out."""
        return rows

    @abstractmethod
    def plan(self, row: SheetRow) -> Outcome:
        """Work out one row."""

    def finish(self, outcomes: Sequence[tuple[SheetRow, Outcome]]) -> None:
        """Look at all rows together once each is worked out; most kinds have nothing to look at."""
        del outcomes

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        """What adds a missing record that *rows* wait for."""
        raise AssertionError(f"{type(self).__name__} names no {missing.kind}")

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        """What would be added, for the clerk."""
        del rows
        return f"{missing.kind.label}“{missing.name}”"


def same(before: Value, after: Value) -> bool:
    """Whether two values of a field are the same; numbers to the sixth decimal, texts but for their spaces."""
    if isinstance(before, float | int) and isinstance(after, float | int):
        return abs(before - after) < 5e-7
    if isinstance(before, str) and isinstance(after, str):
        return before.strip() == after.strip()
    return before == after


@dataclass(slots=True)
class Comparison:
    """Collects what a row has another value for than the record."""

    fields: FieldSet
    before: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)

    def put(self, key: str, after: Value, *, head: str = "") -> None:
        """Compare a plain value; an empty cell (None or "") never erases."""
        before = self.before[key]
        if after in (None, "") or same(before, after):
            return
        one = self.fields[head or key]
        self.add(key, after, before, after, head or key, one.text(before), one.text(after))

    def put_record(self, key: str, after: int | Ref | None, head: str, name: Callable[[Any], str]) -> None:
        """Compare a record named in a cell; *name* gives the words for an id."""
        before = self.before[key]
        if after is None or before == after:
            return
        new = after.name if isinstance(after, Ref) else name(after)
        self.add(key, after, name(before), new, head, name(before), new)

    def add(
        self, key: str, value: Any, before: Value, after: Value, head: str, before_text: str, after_text: str
    ) -> None:
        """Note that *key* of the input becomes *value*, shown under the field *head*."""
        self.values[key] = value
        label = self.fields[head].label
        self.changes.append(FieldChange(head, label, before, after, before_text, after_text))


def kept_values(kind: type[Record], accepts: Iterable[str], more: Kept | None = None) -> Kept:
    """What an edit starts from: the record's own values of *accepts*, and *more* it is joined with."""
    keys = tuple(accepts)

    def kept(session: Session, id: int) -> dict[str, Any]:
        record = session.get_one(kind, id)
        values = {key: getattr(record, key) for key in keys if hasattr(record, key) and key != "version"}
        return {**values, **(more(session, id) if more is not None else {})}

    return kept


def rows_where(
    session: Session, kind: type[Record], column: ColumnElement[Any], wanted: Iterable[Any]
) -> Iterator[Mapping[str, Any]]:
    """Rows of *kind* whose *column* is one of *wanted*, as plain mappings."""
    many = sorted(set(wanted))
    columns = [col(getattr(kind, name)).label(name) for name in kind.model_fields]
    for start in range(0, len(many), CHUNK):
        query = select(*columns).where(column.in_(many[start : start + CHUNK]))
        for row in session.execute(query).mappings():
            yield dict(row)


def spelled(text: str) -> str:
    """*text* so that spaces, widths and punctuation do not matter when two are compared."""
    return "".join(character for character in compact(text) if character.isalnum()).lower()
