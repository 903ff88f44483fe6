"""A cell read by the field its column brings: a value, None where empty, or the reason it is neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from river_chief.fields.field import Field, Kind, Value
from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.dates import day, moment
from river_chief.intake.durations import minutes
from river_chief.intake.formula_cells import no_result
from river_chief.intake.labels import term
from river_chief.intake.positions import latitude, longitude
from river_chief.intake.quantities import integer, quantity
from river_chief.intake.texts import flag, identifier, text

# Fields whose keys end so are names for a record, not amounts or words.
_IDENTIFIERS = ("code", "number", "phone")
_DEADLINE = "deadline"
_DURATION = "分钟"


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheet says about its cells: the year of its title, the unit in the column's head.

    ``on`` is the day for a cell that holds only a time.
    """

    year: int | None = None
    unit: str = ""
    on: date | None = None


NOTHING_KNOWN = Context()
Reader = Callable[[Field, CellValue, Context], Value | Unreadable]


def read(field: Field, value: CellValue, context: Context = NOTHING_KNOWN) -> Value | Unreadable:
    """Read *value* as *field* keeps it; never raises, whatever the cell holds."""
    if isinstance(value, str) and (formula := no_result(value)) is not None:
        return formula
    return _READERS[field.kind](field, value, context)


def _text(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    del context
    return identifier(value) if field.key.endswith(_IDENTIFIERS) else text(value)


def _integer(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    if field.unit == _DURATION:
        return minutes(value, written_in=context.unit or _DURATION)
    if not field.unit:
        return integer(value)
    amount = quantity(value, field.unit, written_in=context.unit)
    return integer(amount) if isinstance(amount, float) else amount


def _number(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    if field.key.endswith("lon"):
        return longitude(value)
    if field.key.endswith("lat"):
        return latitude(value)
    return quantity(value, field.unit, written_in=context.unit)


def _date(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    return day(value, year=context.year, latest=field.key.endswith(_DEADLINE))


def _moment(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    del field
    return moment(value, year=context.year, on=context.on)


def _flag(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    del field, context
    return flag(value)


def _term(field: Field, value: CellValue, context: Context) -> Value | Unreadable:
    del context
    if field.term is None:
        return text(value)
    return term(field.term, value)


_READERS: dict[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.FLAG: _flag,
    Kind.TERM: _term,
}
