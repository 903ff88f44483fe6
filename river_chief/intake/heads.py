"""Heads of columns and the fields they mean: by label or synonym, without spaces, brackets and units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.intake.characters import compact
from river_chief.intake.units import SPELLINGS, is_unit

# Columns every sheet has that bring nothing.
_ROW_NUMBERS = frozenset(("序号", "行号", "序", "no", "no.", "№"))
_MARKS = re.compile(r"[()\[\]{}<>《》【】:;,.、/\\|_*#'\"“”‘’·—\-]")
_BRACKET = re.compile(r"[(\[【](?:单位:?)?([^()\[\]【】]*)[)\]】]")
_SAID_UNIT = re.compile(r"(?<=[(\[【])单位:?")
_UNIT_AT_END = re.compile(
    "(?P<head>.*?)[/,、]?(?P<unit>" + "|".join(sorted(map(re.escape, SPELLINGS), key=len, reverse=True)) + ")"
)
_SAYS_NOTHING = frozenset(("必填", "选填", "可选", "约", "可不填", "*"))
_GROUP_ENDING = re.compile(r"(?:基本)?(?:情况|信息|要求|内容)$")
_NAMES = frozenset(("姓名", "名称", "人员"))
_OF_A_PERSON = frozenset(("联系电话", "联系方式", "电话", "手机", "职务", "单位", "职位"))
_MEASURED = (Kind.NUMBER, Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class Match:
    """A head stands for a field; ``unit`` as the head writes it.

    ``looseness``: 0 the field's own label, 1 a synonym, 2 with a unit, 3 with a remark.
    """

    field: Field
    unit: str = ""
    looseness: int = 0


class Heads:
    """Finds the field a head of a sheet means, among the fields of one ledger."""

    def __init__(self, fields: FieldSet) -> None:
        self._fields: dict[str, Field] = {}
        self._labels = {_key(head) for field in fields for head in (field.label, field.heading)}
        for field in fields:
            for head in field.heads:
                self._fields.setdefault(_key(head), field)

    def match(self, parts: Sequence[str]) -> Match | None:
        """The field of a head; *parts* are its rows from the top, a group's head before the lower one."""
        if len(parts) < 2:
            return self._one(parts[0]) if parts else None
        group, lower = "".join(parts[:-1]), parts[-1]
        for joined in ("".join(parts), _GROUP_ENDING.sub("", compact(group)) + lower):
            whole = self._one(joined)
            if whole is not None:
                return whole
        above = self._one(group)
        if _key(lower) in _NAMES:
            return above or self._one(lower)
        if above is not None and above.field.key.endswith("chief") and _key(lower) in _OF_A_PERSON:
            return None
        return self._one(lower)

    def _one(self, head: str) -> Match | None:
        bracket = _BRACKET.search(compact(head))
        inside = bracket[1] if bracket else ""
        unit = inside if is_unit(inside) else ""
        field = self._fields.get(_key(head))
        if field is not None:
            return Match(field, unit, 0 if _key(head) in self._labels else 1)
        bare = compact(head)
        if bracket is not None:
            return self._without_bracket(_BRACKET.sub("", bare), inside)
        ending = _UNIT_AT_END.fullmatch(bare)
        if ending is not None:
            field = self._fields.get(_key(ending["head"]))
            if field is not None and field.kind in _MEASURED:
                return Match(field, ending["unit"], 2)
        return None

    def _without_bracket(self, head: str, inside: str) -> Match | None:
        """A bracket on an amount is its unit, known or not; on anything else it is a remark."""
        field = self._fields.get(_key(head))
        if field is None:
            return None
        if field.kind in _MEASURED and not field.key.endswith(("lon", "lat")) and inside not in _SAYS_NOTHING:
            return Match(field, inside, 2)
        return Match(field, "", 3)


def brings_nothing(head: str) -> bool:
    """Whether a head is that of the row numbers."""
    return compact(head).lower() in _ROW_NUMBERS


def _key(head: str) -> str:
    """*head* so that spacing, width, marks and case do not matter."""
    return _MARKS.sub("", _SAID_UNIT.sub("", compact(head))).lower()
