"""Document → PDF/A-2b and page pictures, set by Typst from ``resources/papers/document.typ``.

The document travels as one JSON string, so no text of it is ever read as markup; fonts come
from ``resources/fonts`` alone, so a paper looks the same on every machine.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from typing import Literal

import typst

from river_chief.errors import EnvironmentFault
from river_chief.papers.characters import clean, ems, glyphs_of, replace_missing
from river_chief.papers.charts.drawing import draw
from river_chief.papers.charts.svg import render_svg
from river_chief.papers.document import (
    ChartBlock,
    Document,
    FormTable,
    Group,
    HeadCell,
    Kind,
    Level,
    Orientation,
    Paragraph,
    Placed,
    Table,
)
from river_chief.papers.files import save
from river_chief.papers.layout import (
    Grid,
    fit,
    head_lines,
    head_rows,
    leads_to_end,
    margins,
    room,
    signed_edges,
    title_lines,
)
from river_chief.resources import resource

Json = Mapping[str, object]

_TEMPLATE = "papers/document.typ"
_ALIGNMENT = {
    Kind.TEXT: "left",
    Kind.CODE: "left",
    Kind.NUMBER: "right",
    Kind.DATE: "center",
    Kind.ORDER: "center",
}
_BLANK = "papers/blank.typ"
_PICTURE = "papers/picture.typ"
_MEMORY = 10
_LONG = 50_000
_LINE_PITCH = 1.35
_TALL = 0.6
"""A row higher than this share of the page may break, lest its text run off the sheet."""
_SMALL = 0.8
"""A table lower than this share of the page is not divided between two pages."""
_HEAD_LINES = 5
_ZERO_WIDTH_SPACE = "\u200b"
_ASCII_RUN = re.compile(r"[^!-~\s]?[!-~]{6,}")


def render_pdf(document: Document) -> bytes:
    """The paper as PDF/A-2b; the same document gives the same bytes.

    Raises ``EnvironmentFault`` when template or fonts are missing.
    """
    (data,) = _compile(document, "pdf")
    return data


def render_pages(document: Document, dpi: float = 110) -> list[bytes]:
    """The pages of the same PDF as PNG pictures, for preview.

    Raises ``EnvironmentFault`` when template or fonts are missing.
    """
    return _compile(document, "png", ppi=dpi)


def render_picture(picture: Mapping[str, object], output: Literal["pdf", "png"], dpi: float = 300) -> bytes:
    """One picture on a page of its own size: ``svg``, ``width`` and ``height`` in points, ``title``, ``told``.

    Raises ``EnvironmentFault`` when template or fonts are missing.
    """
    families = tuple(_fonts().families())
    paper = replace_missing(json.dumps({**picture, "fonts": families}, ensure_ascii=False), _glyphs())
    (made,) = _whole(_compiler(_PICTURE, paper).compile(format=output, ppi=dpi if output == "png" else None))
    return made


def write_pdf(document: Document, path: Path) -> None:
    """Write the paper as PDF to *path*, whole or not at all.

    Raises ``EnvironmentFault`` when the file cannot be written.
    """
    save(path, render_pdf(document))


def missing_glyphs(document: Document) -> frozenset[str]:
    """The characters of the paper that no bundled font has; the PDF prints 〓 for them."""
    texts = json.loads(_compose(document, ()))
    return frozenset(
        replace for replace in _characters(texts) if replace_missing(replace, _glyphs()) != replace
    )


def _compile(document: Document, output: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
    families = tuple(_fonts().families())
    paper = replace_missing(_compose(document, families), _glyphs())
    _make_room(paper)
    made = _compiler(_TEMPLATE, paper).compile(
        format=output,
        ppi=ppi,
        pdf_standards="a-2b" if output == "pdf" else [],
        pdf_tags=False,
        timestamp=datetime.combine(document.dated, time(), UTC),
    )
    return _whole(made)


def _whole(made: bytes | list[bytes] | None) -> list[bytes]:
    """The pages Typst made."""
    if made is None:
        raise EnvironmentFault("排版没有得到结果，请重新安装本程序后再试。")
    return made if isinstance(made, list) else [made]


def _compiler(template: str, paper: str) -> typst.Compiler:
    path = resource(template)
    return typst.Compiler(
        path, root=path.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"paper": paper}
    )


_long_papers: deque[int] = deque(maxlen=1)


def _make_room(paper: str) -> None:
    """Let Typst forget the last long paper before it sets another.

    It remembers all it laid out for ten more compilations, which makes printing what was just
    previewed quick, but 2,000 rows are half a gigabyte and every row remembered slows the next.
    """
    mark = hash(paper)
    if len(paper) < _LONG or mark in _long_papers:
        return
    if _long_papers:
        blank = _compiler(_BLANK, "")
        for _ in range(_MEMORY + 1):
            blank.compile(format="png", ppi=1)
    _long_papers.append(mark)


@cache
def _font_files() -> tuple[Path, ...]:
    folder = resource("fonts")
    files = tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() in (".otf", ".ttf")))
    if not files:
        raise EnvironmentFault("程序自带的字体不见了，不能生成 PDF，请重新安装本程序。")
    return files


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(file.parent) for file in _font_files()}),
    )


@cache
def _glyphs() -> frozenset[int]:
    return frozenset().union(*map(glyphs_of, _font_files()))


def _characters(node: object) -> set[str]:
    if isinstance(node, str):
        return set(node)
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return set().union(*map(_characters, inner))


def _compose(document: Document, families: tuple[str, ...]) -> str:
    """The document as the template reads it; lengths are numbers of points."""
    day = document.dated
    return json.dumps(
        {
            "fonts": families,
            "style": document.style.value,
            "title": clean(document.title),
            "subtitle": clean(document.subtitle),
            "office": clean(document.office),
            "date": [day.year, day.month, day.day],
            "title_lines": list(map(clean, title_lines(document))),
            "head": [list(map(clean, row)) for row in head_rows(document)],
            "signatures": [clean(str(item)) for item in document.signatures],
            "sign_on": document.sign_on.value,
            "notes": list(map(clean, document.notes)),
            "foot": clean(document.foot),
            "sections": [
                {
                    "landscape": section.orientation is Orientation.LANDSCAPE,
                    "margins": _margins(document, section.orientation),
                    "blocks": [
                        _block(
                            block, room(document, section.orientation), leads=leads_to_end(section.blocks, at)
                        )
                        for at, block in enumerate(section.blocks)
                    ],
                }
                for section in document.sections
            ],
        },
        ensure_ascii=False,
    )


def _margins(document: Document, orientation: Orientation) -> Json:
    edge = margins(document, orientation)
    return {"top": edge.top, "bottom": edge.bottom, "left": edge.left, "right": edge.right}


def _block(block: Placed, page: tuple[float, float], *, leads: bool) -> Json:
    if isinstance(block, Paragraph):
        return {**_paragraph(block), "sticky": leads}
    if isinstance(block, FormTable):
        return _form(block)
    if isinstance(block, ChartBlock):
        return _chart(block, page[0])
    return _table(block, page)


def _paragraph(part: Paragraph) -> Json:
    if part.level is not Level.SIGNED:
        return {"kind": part.level.value, "text": clean(part.text)}
    name, _, day = clean(part.text).partition("\n")
    return {"kind": part.level.value, "lines": [name, day], "edges": signed_edges(name, day)}


def _table(table: Table, page: tuple[float, float]) -> Json:
    width, height = page
    grid = fit(table, width)
    lines = _TALL * height / (grid.size * _LINE_PITCH)
    return {
        "kind": "table",
        "caption": clean(table.caption),
        "size": grid.size,
        "lines": table.lines,
        "together": _is_small(table, grid, height),
        "widths": grid.widths,
        "align": [_ALIGNMENT[column.kind] for column in table.columns],
        "head": [
            {
                "text": head_lines(clean(cell.text), _head_room(grid, cell)),
                "x": cell.column,
                "y": y,
                "columns": cell.columns,
                "rows": cell.rows,
            }
            for y, row in enumerate(table.head)
            for cell in row
        ],
        "rows": [
            [clean(row.text)] if isinstance(row, Group) else _row([cell.text for cell in row], grid, lines)
            for row in table.rows
        ],
        "total": [clean(cell.text) for cell in table.total],
        "empty": clean(table.empty),
        "notes": list(map(clean, table.notes)),
    }


def _head_room(grid: Grid, cell: HeadCell) -> float:
    return sum(grid.characters(at) for at in range(cell.column, cell.column + cell.columns))


def _row(texts: list[str], grid: Grid, lines: float) -> Json:
    """The texts of a row, and whether it is too high to stand on one page."""
    cleaned = [_breakable(clean(text), grid.characters(at)) for at, text in enumerate(texts)]
    high = any(_lines(text, grid.characters(at)) > lines for at, text in enumerate(cleaned))
    return {"cells": cleaned, "tall": high}


def _is_small(table: Table, grid: Grid, height: float) -> bool:
    line = grid.size * _LINE_PITCH
    if (len(table.rows) + _HEAD_LINES) * line > _SMALL * height:
        return False
    lines = [
        max(table.lines, *(_lines(cell.text, grid.characters(at)) for at, cell in enumerate(row)))
        for row in table.cell_rows
    ]
    return (sum(lines) + len(table.rows) / 2 + _HEAD_LINES) * line < _SMALL * height


def _lines(text: str, characters: float) -> float:
    if len(text) <= characters and "\n" not in text:
        return 1
    return sum(ceil(ems(line) / characters) for line in text.split("\n"))


def _breakable(text: str, characters: float) -> str:
    """*text* with places to break inside runs of letters longer than a line of the column."""
    if text.isalpha() and not text.isascii():
        return text

    def loosen(run: re.Match[str]) -> str:
        word = run.group()
        return _ZERO_WIDTH_SPACE.join(word) if ems(word) > characters else word

    return _ASCII_RUN.sub(loosen, text)


def _chart(block: ChartBlock, width: float) -> Json:
    drawing = draw(block.chart, width, titled=not block.caption)
    return {
        "kind": "chart",
        "caption": clean(block.caption),
        "svg": render_svg(drawing),
        "width": drawing.width,
        "told": clean(drawing.told),
    }


def _form(form: FormTable) -> Json:
    return {
        "kind": "form",
        "caption": clean(form.caption),
        "widths": form.widths,
        "cells": [
            {
                "text": clean(cell.text),
                "x": x,
                "y": y,
                "columns": cell.columns,
                "rows": cell.rows,
                "label": cell.label,
                "lines": cell.lines,
            }
            for y, x, cell in form.placed
        ],
    }
