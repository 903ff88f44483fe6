"""Pieces of a Word file as WordprocessingML text (ECMA-376 part 1, chapter 17).

Tables are written as text and parsed once: building 10,000 cells object by object takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from river_chief.papers.characters import clean, ems
from river_chief.papers.document import Cell, FormCell, FormTable, Group, HeadCell, Kind, Table
from river_chief.papers.layout import PADDING

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWENTIETH = 20
_PITCH = 1.4
_JUSTIFY = {
    Kind.TEXT: "left",
    Kind.CODE: "left",
    Kind.NUMBER: "right",
    Kind.DATE: "center",
    Kind.ORDER: "center",
}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E8E8E8"/>'


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface with its size in points, for Chinese and for digits, which are half as wide in it.

    *tracking* are points between characters.
    """

    name: str
    size: float
    bold: bool = False
    tracking: float = 0

    @property
    def properties(self) -> str:
        """The run properties; Word looks for Chinese faces under eastAsia only."""
        half_points, name = round(self.size * 2), quoteattr(self.name)
        tracking = f'<w:spacing w:val="{round(self.tracking * _TWENTIETH)}"/>' if self.tracking else ""
        return (
            f"<w:rPr><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"
            f"{'<w:b/>' if self.bold else ''}"
            f"{tracking}"
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        )

    def strong(self) -> Face:
        """The same face, bold."""
        return replace(self, bold=True)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set; lengths in points, indents in characters.

    *indent* is that of the first line, *hanging* of all the others, *outline* the level in Word's own outline.
    """

    align: str = "left"
    before: float = 0
    after: float = 0
    pitch: float = 0
    indent: int = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    keep_next: bool = False
    tabs: tuple[tuple[str, float], ...] = ()
    outline: int | None = None

    def properties(self, face: Face) -> str:
        """The paragraph properties, in the order the schema wants."""
        line = (
            f'w:line="{round(self.pitch * _TWENTIETH)}" w:lineRule="exact"'
            if self.pitch
            else 'w:line="240" w:lineRule="auto"'
        )
        stops = "".join(f'<w:tab w:val="{kind}" w:pos="{round(at * _TWENTIETH)}"/>' for kind, at in self.tabs)
        return (
            "<w:pPr>"
            + ("<w:keepNext/>" if self.keep_next else "")
            + '<w:widowControl w:val="0"/>'
            + (f"<w:tabs>{stops}</w:tabs>" if stops else "")
            + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
            + ("" if self.pitch else '<w:snapToGrid w:val="0"/>')
            + f'<w:spacing w:before="{round(self.before * _TWENTIETH)}" '
            + f'w:after="{round(self.after * _TWENTIETH)}" {line}/>'
            + self._indents(face)
            + f'<w:jc w:val="{self.align}"/>'
            + ("" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>')
            + "</w:pPr>"
        )

    def _indents(self, face: Face) -> str:
        """Indents in hundredths of a character, and in twips for who does not know characters."""
        given = {"left": self.left, "right": self.right, "hanging": self.hanging, "firstLine": self.indent}
        pairs = [
            f'w:{name}Chars="{round(chars * 100)}" w:{name}="{round(chars * face.size * _TWENTIETH)}"'
            for name, chars in given.items()
            if chars
        ]
        return f"<w:ind {' '.join(pairs)}/>" if pairs else ""


def run(text: str, face: Face) -> str:
    """A run of text; line ends become line breaks, tabs stay tabs only where *text* is our own."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r>{face.properties}{'<w:br/>'.join(lines)}</w:r>"


def tab(face: Face) -> str:
    return f"<w:r>{face.properties}<w:tab/></w:r>"


def field(code: str, face: Face) -> str:
    """A field that Word works out: PAGE, NUMPAGES."""
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{face.properties}{part}</w:r>" for part in parts)


def paragraph(runs: Iterable[str], setting: Setting, face: Face) -> str:
    """A paragraph, with its namespace so that it can be parsed alone."""
    return f"<w:p {NAMESPACE}>{setting.properties(face)}{''.join(runs)}</w:p>"


def spread(texts: Sequence[str], width: float, face: Face, *, before: float = 0, even: bool = False) -> str:
    """Texts on one line from left to right: evenly from the left, or with the last at the right edge."""
    count = len(texts)
    step = width / count if even else width / max(1, count - 1)
    stops = [("left" if even else "center", step * at) for at in range(1, count)]
    if stops and not even:
        stops[-1] = ("right", width)
    runs = chain.from_iterable(
        (tab(face), run(text, face)) if at else (run(text, face),) for at, text in enumerate(texts)
    )
    return paragraph(runs, Setting(before=before, after=3, tabs=tuple(stops)), face)


def table_xml(table: Table, widths: Sequence[float], face: Face) -> str:
    """A ruled table: the head repeats on each page, no row is cut, a group stays with its rows."""
    count = len(widths)
    kinds = [column.kind for column in table.columns]
    rows = [
        _row(
            [_head_cell(cell, widths, depth, face) for cell in line],
            head=True,
            height=_head_height(line, widths, face),
        )
        for depth, line in enumerate(_with_continued(table))
    ]
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        if isinstance(row, Group):
            text = _text(row.text, "left", face.strong(), keep_next=True)
            rows.append(_row([_cell(text, sum(widths), span=count)]))
        else:
            rows.append(
                _body_row(
                    row,
                    widths,
                    kinds,
                    face,
                    lines=table.lines,
                    keep_next=number == last and bool(table.total),
                )
            )
    if not table.rows:
        rows.append(_row([_cell(_text(table.empty, "center", face), sum(widths), span=count)]))
    if table.total:
        rows.append(_body_row(table.total, widths, kinds, face.strong()))
    return _table(rows, widths)


def form_xml(form: FormTable, width: float, face: Face) -> str:
    """A form of labels and values; a cell over several rows is merged downwards."""
    widths = [width * share / sum(form.widths) for share in form.widths]
    grid: list[dict[int, tuple[FormCell, bool]]] = [{} for _ in form.rows]
    for down, right, cell in form.placed:
        for row in range(cell.rows):
            grid[down + row][right] = (cell, row == 0)
    rows = []
    for line in grid:
        cells = [
            _form_cell(cell, first, sum(widths[at : at + cell.columns]), face)
            for at, (cell, first) in sorted(line.items())
        ]
        lines = max(cell.lines / cell.rows for cell, _ in line.values())
        rows.append(_row(cells, height=lines * face.size * _PITCH + 6))
    return _table(rows, widths)


def _with_continued(table: Table) -> list[list[HeadCell]]:
    """The head rows with an empty cell wherever a cell above reaches down."""
    upper, *lower = table.head
    if not lower:
        return [list(upper)]
    covered = [HeadCell("", cell.column, cell.columns, rows=0) for cell in upper if cell.rows > 1]
    return [list(upper), sorted([*lower[0], *covered], key=lambda cell: cell.column)]


def _head_cell(cell: HeadCell, widths: Sequence[float], depth: int, face: Face) -> str:
    merge = "restart" if cell.rows > 1 else "continue" if cell.rows == 0 and depth else ""
    width = sum(widths[cell.column : cell.column + cell.columns])
    text = _text(cell.text, "center", face.strong(), keep_next=True)
    return _cell(text, width, span=cell.columns, merge=merge, shaded=True)


def _head_height(line: Sequence[HeadCell], widths: Sequence[float], face: Face) -> float:
    """Room for the labels; one that reaches over both rows takes half of it from each."""
    lines = [
        ceil(ems(cell.text) * face.size / (sum(widths[cell.column : cell.column + cell.columns]) - PADDING))
        / max(1, cell.rows)
        for cell in line
    ]
    return max(lines) * face.size * _PITCH


def _form_cell(cell: FormCell, first: bool, width: float, face: Face) -> str:
    merge = "" if cell.rows == 1 else "restart" if first else "continue"
    text = _text(cell.text if first else "", "center" if cell.label else "left", face)
    return _cell(text, width, span=cell.columns, merge=merge, shaded=cell.label)


def _body_row(
    cells: Sequence[Cell],
    widths: Sequence[float],
    kinds: Sequence[Kind],
    face: Face,
    *,
    lines: float = 1,
    keep_next: bool = False,
) -> str:
    return _row(
        [
            _cell(
                _text(cell.text, _JUSTIFY[kind], face, keep_next=keep_next),
                width,
                one_line=kind is not Kind.TEXT,
            )
            for cell, width, kind in zip(cells, widths, kinds, strict=True)
        ],
        height=lines * face.size * _PITCH if lines > 1 else 0,
    )


def _text(text: str, align: str, face: Face, *, keep_next: bool = False) -> str:
    keep = "<w:keepNext/>" if keep_next else ""
    # An empty paragraph is as high as its mark, which else has the size of the body.
    mark = "" if text else face.properties
    spacing = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"/>'
    properties = f'<w:pPr>{keep}{spacing}<w:jc w:val="{align}"/>{mark}</w:pPr>'
    return f"<w:p>{properties}{run(text, face) if text else ''}</w:p>"


def _cell(
    text: str, width: float, *, span: int = 1, merge: str = "", shaded: bool = False, one_line: bool = False
) -> str:
    properties = (
        f'<w:tcW w:w="{round(width * _TWENTIETH)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (_SHADE if shaded else "")
        + ("<w:noWrap/>" if one_line else "")
        + '<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"


def _row(cells: Iterable[str], *, head: bool = False, height: float = 0) -> str:
    properties = (
        "<w:cantSplit/>"
        + (f'<w:trHeight w:val="{round(height * _TWENTIETH)}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _table(rows: Iterable[str], widths: Sequence[float]) -> str:
    columns = "".join(f'<w:gridCol w:w="{round(width * _TWENTIETH)}"/>' for width in widths)
    return (
        f"<w:tbl {NAMESPACE}><w:tblPr>"
        f'<w:tblW w:w="{round(sum(widths) * _TWENTIETH)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="42" w:type="dxa"/><w:right w:w="42" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
