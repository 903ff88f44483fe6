"""How wide a table's columns are and how large its text, the same for PDF, sheet and letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

from river_chief.papers.characters import ems
from river_chief.papers.document import (
    Column,
    Document,
    Kind,
    Level,
    Orientation,
    Paragraph,
    Style,
    Table,
)

MM = 72 / 25.4
SHEET_MM = {Orientation.PORTRAIT: (210.0, 297.0), Orientation.LANDSCAPE: (297.0, 210.0)}

SMALLEST = 7.5
"""Text of a table is never set smaller, in points: print of a 21-column list stays readable."""
LARGEST = 10.5
"""五号, the usual size of a table's text."""
PADDING = 4.8
"""Blank and rule beside a cell's text, both sides together, in points."""
_TITLE_SIZE, _LIST_TITLE_SIZE = 22.0, 18.0
_HEAD_SIZE, _LIST_HEAD_SIZE = 12.0, 9.5
_DAY_EDGE = 4.0
_SHORT = 4.0
_SLACK = 0.06
_CODE_STRETCH = 1.5
"""How far a long code may widen its column; a longer one is wrapped."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of a page in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


# A letter: GB/T 9704-2012, 5.2.1; turned, its binding edge lies on top and its foot at the left.
_LETTER = {
    Orientation.PORTRAIT: Margins(37, 35, 28, 26),
    Orientation.LANDSCAPE: Margins(28, 26, 35, 37),
}
_LIST = {
    Orientation.PORTRAIT: Margins(15, 21, 14, 12),
    Orientation.LANDSCAPE: Margins(14, 21, 11, 11),
}


def margins(document: Document, orientation: Orientation) -> Margins:
    """The margins of the document's pages that lie this way."""
    return (_LETTER if document.style is Style.LETTER else _LIST)[orientation]


def room(document: Document, orientation: Orientation) -> tuple[float, float]:
    """Width and height between the margins, in points."""
    width, height = SHEET_MM[orientation]
    edge = margins(document, orientation)
    return (width - edge.left - edge.right) * MM, (height - edge.top - edge.bottom) * MM


def title_lines(document: Document) -> tuple[str, ...]:
    """The title in lines that fit; one that is too long is cut before its bracket, or into even parts."""
    title, (width, _) = document.title, room(document, document.orientation)
    most = width / (_TITLE_SIZE if document.style is Style.LETTER else _LIST_TITLE_SIZE)
    if ems(title) <= most:
        return (title,)
    before, bracket, after = title.rpartition("（")
    if before and ems(before) <= most:
        return before, f"{bracket}{after}"
    lines = ceil(ems(title) / most)
    each = ceil(len(title) / lines)
    return tuple(title[at : at + each] for at in range(0, len(title), each))


def head_rows(document: Document) -> tuple[tuple[str, ...], ...]:
    """The lines of the head: one, or pairs where it would be too wide."""
    texts = tuple(str(item) for item in document.head)
    width, _ = room(document, document.orientation)
    size = _HEAD_SIZE if document.style is Style.LETTER else _LIST_HEAD_SIZE
    if not texts or (sum(map(ems, texts)) + len(texts)) * size <= width:
        return (texts,) if texts else ()
    return tuple(texts[at : at + 2] for at in range(0, len(texts), 2))


def leads_to_end(blocks: Sequence[object], at: int) -> bool:
    """Whether the body's last paragraph stands there: 附件说明 and 署名 never begin a page without it."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    return isinstance(following, Paragraph) and following.level in (Level.ATTACHED, Level.SIGNED)


def signed_edges(name: str, day: str) -> tuple[float, float]:
    """How many characters 署名 and 成文日期 stand from the right edge (GB/T 9704-2012, 7.3.5.1).

    The date four characters; the name in the middle over it, or at the edge with the date under its middle.
    """
    over = (ems(day) - ems(name)) / 2
    shift = max(0.0, -(_DAY_EDGE + over))
    return _DAY_EDGE + over + shift, _DAY_EDGE + shift


@dataclass(frozen=True, slots=True)
class Grid:
    """The size of a table's text and the widths of its columns, in points."""

    size: float
    widths: tuple[float, ...]

    def characters(self, column: int) -> float:
        """How many Chinese characters fit on a line of the column."""
        return max(1.0, (self.widths[column] - PADDING) / self.size)


def fit(table: Table, width: float) -> Grid:
    """Fill *width* points: as large as ``LARGEST`` if the wanted widths fit, never below ``SMALLEST``.

    Numbers, days, codes and columns of short words get the room to stand on one line; where it is
    scarce the columns of longer text give it up and wrap.
    """
    needed = [_unbroken(table, at, column) for at, column in enumerate(table.columns)]
    wanted = [max(column.width, need) for column, need in zip(table.columns, needed, strict=True)]
    free = width - PADDING * len(wanted)
    size = max(SMALLEST, min(LARGEST, free / sum(wanted)))
    spare = free / size - sum(needed)
    if spare < 0:
        shares = [need * free / sum(needed) for need in needed]
    else:
        loose = [want - need for want, need in zip(wanted, needed, strict=True)]
        if sum(loose) < 1:
            loose = wanted
        shares = [
            size * (need + spare * slack / sum(loose)) for need, slack in zip(needed, loose, strict=True)
        ]
    return Grid(size, tuple(share + PADDING for share in shares))


def _unbroken(table: Table, at: int, column: Column) -> float:
    """The characters that must stand on one line of the column: its numbers, days and short words."""
    texts = {cells[at].text for cells in table.cell_rows}
    if table.total:
        texts.add(table.total[at].text)
    if column.kind is Kind.TEXT:
        texts = {text for text in texts if len(text) <= 2 * _SHORT}
        lines = [width for text in texts if (width := ems(text)) <= _SHORT]
    else:
        most = _CODE_STRETCH * column.width if column.kind is Kind.CODE else inf
        lines = [min(most, ems(text)) for text in texts]
    return max([*lines, min(2.0, ems(column.label))]) + _SLACK


def head_lines(label: str, characters: float) -> str:
    """*label* cut into lines of even length where it does not fit: 河湖/名称, never 河湖名/称."""
    if ems(label) <= characters:
        return label
    before, bracket, after = label.partition("(")
    if before and bracket:
        return f"{head_lines(before, characters)}\n{_at_strokes(bracket + after, characters)}"
    if not label.isalpha() or label.isascii():
        return label
    lines = ceil(len(label) / max(1.0, characters // 1))
    each = ceil(len(label) / lines)
    return "\n".join(label[at : at + each] for at in range(0, len(label), each))


def _at_strokes(words: str, characters: float) -> str:
    """*words* with lines ending after a stroke: (面积㎡/ · 长度m/ · 体积m³)."""
    lines = [""]
    for piece in re.findall("[^/]+/?|/", words):
        if lines[-1] and ems(lines[-1] + piece) > characters:
            lines.append(piece)
        else:
            lines[-1] += piece
    return "\n".join(lines)
