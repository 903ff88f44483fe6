"""Numbers of problems in few words: 砚2025-001～005、008、砚2026-003."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

_PARTS = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
_SHORTEST_RUN = 3


class _Number(NamedTuple):
    """A number taken apart: what stands before and after its last digits, and how often it counts."""

    before: str
    after: str
    place: int
    digits: str
    times: int


def number_runs(counted: Mapping[str, int]) -> str:
    """The numbers of *counted* in order, runs of three and more as first～last, a shared beginning written once.

    One that counts twice is marked: 砚2025-003（计2次）.
    """
    numbers = sorted(_taken_apart(number, times) for number, times in counted.items())
    groups = groupby(numbers, key=lambda each: (each.before, each.after))
    return "、".join(_of_group(before, after, list(own)) for (before, after), own in groups)


def _taken_apart(number: str, times: int) -> _Number:
    found = _PARTS.fullmatch(number)
    if found is None:
        return _Number(number, "", -1, "", times)
    return _Number(found[1], found[3], int(found[2]), found[2], times)


def _of_group(before: str, after: str, numbers: list[_Number]) -> str:
    """The numbers with one beginning and end: the beginning stands before the first, the end after each."""
    texts = []
    for run in _runs(numbers):
        if len(run) >= _SHORTEST_RUN:
            texts.append(f"{run[0].digits}～{run[-1].digits}{after}")
        else:
            texts += [f"{each.digits}{after}{_times(each.times)}" for each in run]
    return before + "、".join(texts)


def _runs(numbers: Iterable[_Number]) -> list[list[_Number]]:
    found: list[list[_Number]] = []
    for each in numbers:
        last = found[-1][-1] if found else None
        follows = last is not None and each.place == last.place + 1 and each.times == last.times == 1
        if follows:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _times(times: int) -> str:
    return f"（计{times}次）" if times > 1 else ""
