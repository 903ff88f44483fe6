"""A field of a ledger: its label, the heads it goes by in sheets, its unit, width and format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from river_chief.terms import Term

Value = str | int | float | Decimal | bool | date | datetime | Term | None


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Field:
    """One field, declared once and read by tables, forms, intake and papers.

    ``key``       attribute of rows and inputs.  ``label``  Chinese head.
    ``synonyms``  other heads sheets use for it.  ``unit``  as printed (㎡, m³ …).
    ``width``     in Chinese characters.  ``digits``  decimals shown (numbers only).
    ``term``      the code list of a TERM field.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    width: int = 8
    digits: int | None = None
    term: type[Term] | None = None

    @property
    def heading(self) -> str:
        """Label with its unit: 面积(㎡)."""
        return f"{self.label}({self.unit})" if self.unit else self.label

    @property
    def heads(self) -> tuple[str, ...]:
        """Every head under which a sheet may bring this field."""
        return (self.label, self.heading, *self.synonyms)

    def text(self, value: Value) -> str:
        """The text a table or paper shows for *value*; an empty value is an empty text."""
        if value is None or value == "":
            return ""
        if isinstance(value, Term):
            return value.label
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float | Decimal):
            return number_text(value, self.digits)
        return value


def number_text(value: float | Decimal, digits: int | None) -> str:
    """*value* rounded half up to *digits* decimals; trailing zeros dropped when None."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if digits is not None:
        return str(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
    plain = format(exact.normalize(), "f")
    return plain if plain != "-0" else "0"


class FieldSet:
    """The fields of one ledger in their natural order, found by key."""

    def __init__(self, ledger: str, *fields: Field) -> None:
        self.ledger = ledger
        self._by_key = {field.key: field for field in fields}
        if len(self._by_key) != len(fields):
            raise ValueError(f"{ledger}: a field key stands twice")

    def __getitem__(self, key: str) -> Field:
        return self._by_key[key]

    def __iter__(self) -> Iterator[Field]:
        return iter(self._by_key.values())

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __len__(self) -> int:
        return len(self._by_key)

    def pick(self, *keys: str) -> tuple[Field, ...]:
        """The fields of *keys*, in that order."""
        return tuple(self._by_key[key] for key in keys)
