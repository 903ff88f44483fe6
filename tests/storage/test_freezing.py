"""Frozen values thaw to what they were; only the classes allowed are ever made."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from river_chief.storage.freezing import Freezer
from river_chief.terms import Severity, WorkKind


@dataclass(frozen=True, slots=True)
class Leaf:
    value: Any
    more: tuple[Any, ...] = ()


class Pair(NamedTuple):
    left: Any
    right: Any


FREEZER = Freezer((Leaf, Pair, Severity, WorkKind))
VALUES = [
    None,
    True,
    1,
    1.5,
    "销号",
    date(2025, 3, 1),
    datetime(2025, 3, 1, 9, 30),
    Decimal("96.70"),
    Severity.MAJOR,
    (1, (2, ())),
    [1, [2]],
    {1: "甲", None: {"乙": Severity.MINOR}, WorkKind.MONEY: 3.0},
    {"$": "of", "is": {}},
    Pair(1, date(2025, 3, 1)),
    Leaf(Leaf(Decimal("1")), (Pair(None, {2: (3,)}),)),
]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_what_is_thawed_is_what_was_frozen(value: Any) -> None:
    body = FREEZER.freeze(value)
    again = FREEZER.thaw(body)
    assert again == value
    assert type(again) is type(value)
    assert FREEZER.freeze(again) == body


def test_only_known_classes_are_frozen_and_made() -> None:
    with pytest.raises(TypeError, match="Leaf"):
        Freezer(()).freeze(Leaf(1))
    with pytest.raises(ValueError, match="not a frozen body"):
        Freezer(()).thaw(FREEZER.freeze(Leaf(1)))
    with pytest.raises(TypeError, match="set"):
        FREEZER.freeze({1, 2})


@pytest.mark.parametrize(
    "plain", [{"$": "other", "is": 1}, {"$": "of"}, {"$": "of", "of": "Leaf", "is": {"x": 1}}]
)
def test_a_body_of_another_kind_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="frozen"):
        FREEZER.thaw(zlib.compress(json.dumps(plain).encode()))
    with pytest.raises(ValueError, match="not a frozen body"):
        FREEZER.thaw(b"no zip")
