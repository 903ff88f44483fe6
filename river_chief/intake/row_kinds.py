"""Rows under the head that bring no record: totals, notes, signatures, the head once more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from river_chief.intake.cell import CellValue, shown
from river_chief.intake.characters import compact
from river_chief.intake.header_rows import Header

_TOTAL = re.compile(r"(?:本页|本月|本表|全镇|全乡|全县|全村)?(?:合计|总计|小计|共计|累计)(?:[:(\d].*)?")
_NOTE = re.compile(r"(?:备注|注|说明|填表说明|填报说明|注释|注意)\d?[:.、].*", re.DOTALL)
_PARAGRAPH = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]")
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|校核|统计|经办|联系|负责|单位负责|主要领导|分管领导|签发|领导)"
    r"(?:人|者|员|单位|日期|时间|部门)?(?:签字|签名|签章|盖章)?(?:\((?:签字|签名|签章|盖章|公章)\))?:.*",
    re.DOTALL,
)

TOTAL = "合计行"
NOTE = "说明行"
SIGNATURE = "签字行"
REPEATED_HEAD = "重复的表头"
NOTHING = "没有内容的行"


def kind_of_row(filled: Mapping[int, CellValue], header: Header, *, across: bool) -> str | None:
    """Why a row under *header* brings no record, or None when it may.

    *filled* are its cells by column, from the left, at least one; *across*: the first of them is
    merged over several columns.
    """
    leading = [compact(shown(cell)) for cell in islice(filled.values(), 2)]
    alone = len(filled) == 1
    if _is_total(leading):
        return TOTAL
    if _SIGNATURE.fullmatch(leading[0]):
        return SIGNATURE
    if alone and _NOTE.fullmatch(leading[0]):
        return NOTE
    if _repeats_head(filled, header, leading):
        return REPEATED_HEAD
    if not any(column.index in filled for column in header.columns):
        return NOTE if alone and not leading[0].isdigit() else NOTHING
    if alone and (across or _PARAGRAPH.match(leading[0])):
        return NOTE
    return None


def _repeats_head(filled: Mapping[int, CellValue], header: Header, leading: Sequence[str]) -> bool:
    """Whether nearly every cell says what stands above it in the head; most rows differ at once."""
    first = next(iter(filled))
    if len(filled) < 2 or leading[0] not in header.parts.get(first, ()):
        return False
    same = sum(compact(shown(cell)) in header.parts.get(column, ()) for column, cell in filled.items())
    return same >= 2 and same * 4 >= len(filled) * 3


def _is_total(leading: Sequence[str]) -> bool:
    """Whether one of the first two filled cells says 合计; a description may begin so, but follows a number."""
    if _TOTAL.fullmatch(leading[0]):
        return True
    return len(leading) > 1 and not leading[0].isdigit() and bool(_TOTAL.fullmatch(leading[1]))
