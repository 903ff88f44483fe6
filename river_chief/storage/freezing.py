"""Plain values frozen as bytes and thawed again: what was printed or counted stays exactly what it was.

A value is made of frozen dataclasses, tuples, lists, dicts, terms and other enums, dates, decimals and what JSON
has. Thawed values are equal to the frozen ones; equal values freeze to equal bytes. Only the classes a
``Freezer`` was given are ever made, so a body from elsewhere can not make anything else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_type_hints

_MARK = "$"
_PACKED = 9


class Freezer:
    """Freezes values made of *classes* (dataclasses, named tuples and enums), named by their class names.

    Raises ``TypeError`` for a value of another class, ``ValueError`` when a body can not be thawed.
    """

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {each.__name__: each for each in classes}

    def freeze(self, value: Any) -> bytes:
        """*value* as packed bytes."""
        text = json.dumps(self._plain(value), ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode(), _PACKED)

    def thaw(self, body: bytes) -> Any:
        """The value that was frozen; fields a newer program has added get their defaults."""
        try:
            return self._value(json.loads(zlib.decompress(body)))
        except (zlib.error, UnicodeDecodeError, KeyError, TypeError) as error:
            raise ValueError("not a frozen body of this kind") from error

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return {_MARK: "enum", "of": self._known(type(value)), "is": value.name}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, datetime):
            return {_MARK: "moment", "is": value.isoformat()}
        if isinstance(value, date):
            return {_MARK: "day", "is": value.isoformat()}
        if isinstance(value, Decimal):
            return {_MARK: "decimal", "is": str(value)}
        if isinstance(value, Mapping):
            return {
                _MARK: "dict",
                "is": [[self._plain(key), self._plain(each)] for key, each in value.items()],
            }
        if isinstance(value, list):
            return [self._plain(each) for each in value]
        if isinstance(value, tuple):
            marked = {_MARK: "tuple", "is": [self._plain(each) for each in value]}
            return marked if type(value) is tuple else marked | {"of": self._known(type(value))}
        if is_dataclass(value):
            held = {each.name: self._plain(getattr(value, each.name)) for each in fields(value) if each.init}
            return {_MARK: "of", "of": self._known(type(value)), "is": held}
        raise TypeError(f"{type(value).__name__} can not be frozen")

    def _known(self, kind: type) -> str:
        if self._classes.get(kind.__name__) is not kind:
            raise TypeError(f"{kind.__name__} is not among the classes to freeze")
        return kind.__name__

    def _value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return [self._value(each) for each in plain]
        if not isinstance(plain, dict):
            return plain
        held = plain["is"]
        match plain[_MARK]:
            case "enum":
                return self._classes[plain["of"]][held]  # type: ignore[index]  # an enum class has its members
            case "moment":
                return datetime.fromisoformat(held)
            case "day":
                return date.fromisoformat(held)
            case "decimal":
                return Decimal(held)
            case "dict":
                return {self._value(key): self._value(each) for key, each in held}
            case "tuple":
                found = (self._value(each) for each in held)
                return self._classes[plain["of"]](*found) if "of" in plain else tuple(found)
            case "of":
                values = {key: self._value(each) for key, each in held.items()}
                return self._classes[plain["of"]](**values)
            case other:
                raise ValueError(f"nothing is frozen as {other}")


def classes_of(*roots: type) -> set[type]:
    """*roots* and every dataclass, named tuple and enum that the types of their fields name."""
    found: set[type] = set()
    waiting: list[Any] = list(roots)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if not isinstance(kind, type) or kind in found:
            continue
        is_tuple = issubclass(kind, tuple) and hasattr(kind, "_fields")
        if is_dataclass(kind) or is_tuple or issubclass(kind, Enum):
            found.add(kind)
        if is_dataclass(kind) or is_tuple:
            waiting += get_type_hints(kind).values()
    return found
