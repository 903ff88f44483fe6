"""The characters of a cell: full width to half, Chinese numerals, what must not be in a text."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
# The letter O stands in for 〇 in many typed years.
_YEAR_DIGITS = _DIGITS | {"O": 0, "o": 0, "0": 0}
_NUMERALS = "零〇○一二三四五六七八九十"
_YEAR = re.compile(r"([零〇○Oo0一二三四五六七八九]{4})(?=年)")
_NUMBER = re.compile(rf"([{_NUMERALS}]{{1,3}})(?=[年月日号时点分小秒])")


def trimmed(text: str) -> str:
    """*text* without the invisible characters and the spaces of either width around it."""
    return text.translate(_INVISIBLE).strip(" \t\r\n\v\f\u00a0\u3000")


def plain(text: str) -> str:
    """*text* in half-width characters, without invisible ones, runs of spaces as one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text.translate(_INVISIBLE))).strip()


def compact(text: str) -> str:
    """*text* as ``plain`` gives it, without any space."""
    return plain(text).replace(" ", "")


def control_character(text: str) -> str | None:
    """The first character no text may hold, or None; tabs and line breaks are allowed."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\r\n":
            return character
    return None


def numeral(text: str) -> int | None:
    """The number 0 to 99 a Chinese numeral such as 二十三 or 〇五 writes, or None."""
    tens, ten, ones = text.partition("十")
    if ten:
        if len(tens) > 1 or len(ones) > 1:
            return None
        tens_value, ones_value = _DIGITS.get(tens or "一"), _DIGITS.get(ones or "零")
        return None if tens_value is None or ones_value is None else tens_value * 10 + ones_value
    digits = [_DIGITS.get(character) for character in text]
    if not digits or len(digits) > 2 or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))


def arabic(text: str) -> str:
    """*text* with the numerals of a date or time in digits: 二〇二五年三月五日 → 2025年3月5日."""

    def year(match: re.Match[str]) -> str:
        return "".join(str(_YEAR_DIGITS.get(character, 0)) for character in match[1])

    def number(match: re.Match[str]) -> str:
        value = numeral(match[1])
        return match[1] if value is None else str(value)

    return _NUMBER.sub(number, _YEAR.sub(year, text))
