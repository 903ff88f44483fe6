"""Numbers in a report's words: which of the generated ones an edited text has lost, and which it has of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_WORD = re.compile(r"([\u4e00-\u9fff]{0,5})(\d+(?:\.\d+)?(?:%|个百分点|[\u4e00-\u9fff])?)")


class Differing(NamedTuple):
    """Numbers with the words before them: ``lost`` stand in the generated words only, ``own`` in the edited."""

    lost: tuple[str, ...]
    own: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.own)


def differing(generated: str, edited: str) -> Differing:
    """Compare the numbers of two texts by value and unit; one that stands twice counts twice."""
    there, here = _numbers(generated), _numbers(edited)
    there, here = _without(there, here), _without(here, there)
    lost = _without(there, here, by_words=False)
    own = _without(here, there, by_words=False)
    return Differing(tuple(words for _, words in lost), tuple(words for _, words in own))


def _numbers(text: str) -> list[tuple[str, str]]:
    """Each number with its unit, and the same with the words before it."""
    return [(found[2], found[0]) for found in _WORD.finditer(text)]


def _without(
    many: list[tuple[str, str]], others: list[tuple[str, str]], *, by_words: bool = True
) -> list[tuple[str, str]]:
    """Those of *many* that have no equal among *others*, by their words or by the number alone."""
    left = Counter(words if by_words else number for number, words in others)
    beyond = []
    for number, words in many:
        key = words if by_words else number
        if left[key]:
            left[key] -= 1
        else:
            beyond.append((number, words))
    return beyond
