"""Texts, identifiers and yes-or-no of a cell."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from river_chief.intake.cell import CellValue, Unreadable, shown
from river_chief.intake.characters import compact, control_character, plain, trimmed

# Excel keeps 15 digits of a number; what is longer was rounded when it was typed.
EXACT = 10**15

_POINT_ZERO = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}", re.IGNORECASE)
_YES = frozenset("是 有 对 真 √ ✓ ✔ ☑ Y YES TRUE 1 已 是的".split())
_NO = frozenset("否 无 没有 不是 × ✗ ✘ ☐ X N NO FALSE 0 未 未发现".split())


def text(value: CellValue) -> str | Unreadable | None:
    """The words of a cell, spaces around them dropped. None for an empty cell."""
    if isinstance(value, str):
        words = trimmed(value).replace("\r\n", "\n").replace("\r", "\n")
        character = control_character(words)
        if character is not None:
            return Unreadable(f"含有看不见的控制字符（U+{ord(character):04X}），请删去后重新输入。")
        return words or None
    if isinstance(value, float | int) and not isinstance(value, bool) and not abs(value) < EXACT:
        return _rounded_number()
    return shown(value) or None


def identifier(value: CellValue) -> str | Unreadable | None:
    """A number, code or telephone as text: 13800000000.0 → 13800000000. None for an empty cell."""
    if isinstance(value, bool | date | datetime | time | timedelta):
        return Unreadable("这里是日期或真假值，请把单元格设为文本后重新输入号码。")
    if isinstance(value, float) and abs(value) < EXACT and not value.is_integer():
        return Unreadable("号码不应有小数，请把单元格设为文本后重新输入。")
    words = text(value)
    if not isinstance(words, str):
        return words
    written = plain(words).lstrip("'").strip()
    if _SCIENTIFIC.fullmatch(written):
        return Unreadable("号码被写成了科学计数法，末几位已丢失，请把单元格设为文本后重新输入。")
    whole = _POINT_ZERO.fullmatch(written)
    return (whole[1] if whole else written) or None


def _rounded_number() -> Unreadable:
    return Unreadable("超过15位的号码按数字保存时末几位已丢失，请把单元格设为文本后重新输入。")


def flag(value: CellValue) -> bool | Unreadable | None:
    """Yes or no: 是 √ 有 / 否 × 无. None for an empty cell."""
    if value is None or isinstance(value, bool):
        return value
    word = compact(value).upper() if isinstance(value, str) else shown(value)
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    return Unreadable("请填“是”或“否”。")
