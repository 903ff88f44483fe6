"""What paper can hold: control characters are dropped, a glyph no font has is printed 〓.

〓 (U+3013) is the printer's mark for a missing type. Sheets and letters keep the character:
the reader's machine may have it.
"""

from __future__ import annotations

import re
import struct
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

MISSING = "〓"

# C0 and C1 controls but line feed, surrogates, non-characters, and marks that turn the reading order.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n?|\u2028|\u2029")
_INVISIBLE = frozenset(
    (0x0A, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)

# Widths in Noto Serif SC, in ems; rounded up so that an estimate is never too narrow.
_EMS = {
    **dict.fromkeys("0123456789", 0.56),
    **dict.fromkeys("abcdefghknopqrstuvxyz", 0.63),
    **dict.fromkeys("mw", 0.97),
    **dict.fromkeys("-./:()·,;!'|[]ijl ", 0.36),
    "%": 0.92,
}


def clean(text: str) -> str:
    """*text* without what no paper can hold; every line ends in LF, a tab is a blank."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def ems(text: str) -> float:
    """About how wide *text* is on one line, in characters of Chinese."""
    return sum(_EMS.get(mark) or (1.0 if east_asian_width(mark) in "WFA" else 0.75) for mark in text)


def replace_missing(text: str, glyphs: frozenset[int]) -> str:
    """*text* with 〓 for every character that is not among *glyphs*."""
    if glyphs.issuperset(codes := set(map(ord, text))):
        return text
    lacking = dict.fromkeys(codes - glyphs - _INVISIBLE, MISSING)
    return text.translate(lacking)


@cache
def glyphs_of(font: Path) -> frozenset[int]:
    """The code points an OpenType font file has a glyph for.

    Reads the ``cmap`` table (formats 4 and 12, OpenType 1.9, chapter cmap).
    Raises ``ValueError`` when the file is not a font.
    """
    data = font.read_bytes()
    if data[:4] not in (b"OTTO", b"\x00\x01\x00\x00", b"true"):
        raise ValueError(f"{font.name}: not an OpenType font")
    (tables,) = struct.unpack_from(">H", data, 4)
    for record in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * record)
        if tag == b"cmap":
            return _read_cmap(data, offset)
    raise ValueError(f"{font.name}: no cmap table")


def _read_cmap(data: bytes, start: int) -> frozenset[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", data, start + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * record + 4)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 4:
            found.update(_read_format_4(data, start + offset))
        elif form == 12:
            found.update(_read_format_12(data, start + offset))
    return frozenset(found)


def _read_format_4(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    found: set[int] = set()
    for index, (first, last, delta, step) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, last + 1):
            if step:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * index + step + 2 * (code - first))
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph and code != 0xFFFF:
                found.add(code)
    return found


def _read_format_12(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for group in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        found.update(range(first if glyph else first + 1, last + 1))
    return found
