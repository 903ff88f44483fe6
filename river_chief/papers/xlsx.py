"""Document → workbook, the editable twin: real numbers and days under the printed texts.

A paper with one table is one sheet; one with several has its text on the sheet 正文 and a
sheet for each table, so that every table keeps its own column widths. Behind them stand the sheets the formulas reckon with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from river_chief.papers.characters import clean
from river_chief.papers.charts.data_table import chart_table
from river_chief.papers.document import (
    ChartBlock,
    Document,
    FormTable,
    Level,
    Orientation,
    Paragraph,
    Section,
    SignOn,
    Table,
)
from river_chief.papers.files import save
from river_chief.papers.layout import MM, fit, margins, room
from river_chief.papers.sheet_charts import add_chart
from river_chief.papers.sheet_formulas import SheetFormulas
from river_chief.papers.sheet_looks import Look, Looks
from river_chief.papers.sheet_page import SheetPage
from river_chief.papers.sheet_rows import RowsSheet
from river_chief.papers.workbook_parts import pack

_SCREEN_SIZE = 9.0
"""Text of a sheet is at least this large on the screen; the printer shrinks it to the page's width."""
_FORM_SIZE = 10.5
_TEXT_COLUMNS = 8
_WIDE = 16
"""The numbers of a chart lie on a turned sheet where they have more columns."""
_A_PAGE_HOLDS = 20
"""Columns of a working sheet that stand side by side on a page; wider ones go over several."""
_NAME_LONGEST = 31
_FOOT_LONGEST = 220
_PEN_ROOM = "　" * 6
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LEVEL_LOOKS = {Level.HEADING: Look.HEADING, Level.SUBHEADING: Look.SUBHEADING, Level.BODY: Look.WORDS}


def render_xlsx(document: Document) -> bytes:
    """The paper as a workbook; the same paper gives the same bytes."""
    book = Workbook()
    del book["Sheet"]
    book.properties.title = clean(document.title)
    book.properties.creator = clean(document.office)
    formulas = SheetFormulas()
    if len(document.tables) != 1:
        _text_sheet(book, document, formulas)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, ChartBlock):
                _chart_sheet(book, document, section, block, formulas)
            elif not isinstance(block, Paragraph):
                _table_sheet(book, document, section, block, formulas)
    rows = dict(_workings(book, document, formulas))
    formulas.write()
    return pack(book, document.dated, formulas.results, rows)


def write_xlsx(document: Document, path: Path) -> None:
    """Write the paper as a workbook to *path*, whole or not at all.

    Raises ``EnvironmentFault`` when the file cannot be written.
    """
    save(path, render_xlsx(document))


def _workings(
    book: Workbook, document: Document, formulas: SheetFormulas
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The sheets behind the tables; of data sheets the rows as XML, by the title of the sheet."""
    lying = Section(Orientation.LANDSCAPE, ())
    for each in document.workings:
        if isinstance(each, Table):
            _table_sheet(book, document, lying, each, formulas, pages=ceil(len(each.columns) / _A_PAGE_HOLDS))
            continue
        sheet = book.create_sheet(_sheet_name(book, each.name))
        rows = RowsSheet(sheet, each, formulas).fill()
        if rows is not None:
            yield sheet.title, rows
        _set_up(sheet, document, Orientation.LANDSCAPE)
        sheet.page_setup.fitToWidth = 2
        sheet.print_options.gridLines = True


def _table_sheet(
    book: Workbook,
    document: Document,
    section: Section,
    block: Table | FormTable,
    formulas: SheetFormulas,
    pages: int = 1,
) -> None:
    alone = document.tables == (block,)
    title = document.title if alone else block.caption or document.title
    sheet = book.create_sheet(_sheet_name(book, title))
    page = _page(sheet, document, section, block, formulas, pages)
    page.across(title, Look.TITLE, 1.6)
    if alone:
        _open(page, document)
    if isinstance(block, Table):
        page.table(block)
        for note in block.note_lines:
            page.across(note, Look.NOTE)
    else:
        page.form(block)
    if alone:
        _close(page, document)
    _set_up(sheet, document, section.orientation)
    if pages > 1:
        sheet.page_setup.fitToWidth = pages
        sheet.print_title_cols = "A:B"
        sheet.freeze_panes = str(sheet.freeze_panes).replace("A", "C")


def _chart_sheet(
    book: Workbook, document: Document, section: Section, block: ChartBlock, formulas: SheetFormulas
) -> None:
    """The numbers of a chart, and under them Excel's own chart of them."""
    title, table = block.caption or block.chart.title, chart_table(block.chart)
    sheet = book.create_sheet(_sheet_name(book, title))
    way = Orientation.LANDSCAPE if len(table.columns) > _WIDE else section.orientation
    page = _page(sheet, document, Section(way, ()), table, formulas, 1)
    page.across(title, Look.TITLE, 1.6)
    page.table(table)
    add_chart(page, block.chart)
    _set_up(sheet, document, way)


def _text_sheet(book: Workbook, document: Document, formulas: SheetFormulas) -> None:
    sheet = book.create_sheet("正文")
    width, _ = room(document, document.orientation)
    page = SheetPage(sheet, [width / _TEXT_COLUMNS] * _TEXT_COLUMNS, Looks(_FORM_SIZE), formulas)
    page.across(document.title, Look.TITLE, 1.6)
    _open(page, document)
    _close(page, document)
    _set_up(sheet, document, document.orientation)


def _page(
    sheet: Worksheet,
    document: Document,
    section: Section,
    block: Table | FormTable,
    formulas: SheetFormulas,
    pages: int,
) -> SheetPage:
    width = room(document, section.orientation)[0] * pages
    if isinstance(block, FormTable):
        widths = [width * share / sum(block.widths) for share in block.widths]
        return SheetPage(sheet, widths, Looks(_FORM_SIZE), formulas)
    grid = fit(block, width)
    scale = max(1.0, _SCREEN_SIZE / grid.size)
    looks = Looks(round(grid.size * scale * 2) / 2)
    return SheetPage(sheet, [column * scale for column in grid.widths], looks, formulas)


def _open(page: SheetPage, document: Document) -> None:
    """What stands above the first table: lines of the head, and the running text."""
    if document.subtitle:
        page.across(document.subtitle, Look.SUBTITLE)
    page.spread([str(item) for item in document.head])
    for block in document.blocks:
        if isinstance(block, Paragraph):
            page.across(block.text, _LEVEL_LOOKS.get(block.level, Look.WORDS))


def _close(page: SheetPage, document: Document) -> None:
    for note in document.note_lines:
        page.across(note, Look.NOTE)
    if document.signatures and document.sign_on is SignOn.LAST_PAGE:
        page.spread([str(item) for item in document.signatures], height=2.4)


def _set_up(sheet: Worksheet, document: Document, orientation: Orientation) -> None:
    """A4, as wide as the page, head on every page; the signature row stands in the page's foot."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = orientation.value
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    edge = margins(document, orientation)
    inch = MM / 72
    sheet.page_margins.left, sheet.page_margins.right = edge.left * inch, edge.right * inch
    sheet.page_margins.top, sheet.page_margins.bottom = edge.top * inch, edge.bottom * inch
    sheet.page_margins.footer = 10 * inch
    foot = HeaderFooterItem()
    if row := _foot(document):
        foot.left.text = row
    foot.right.text = "第 &P 页 共 &N 页"
    sheet.HeaderFooter.oddFooter = foot


def _foot(document: Document) -> str:
    """The signature row for the foot of every page; && is a plain &."""
    if document.sign_on is SignOn.LAST_PAGE:
        return ""
    row = "".join(f"{clean(str(item))}{_PEN_ROOM}" for item in document.signatures)
    return row.replace("&", "&&")[:_FOOT_LONGEST]


def _sheet_name(book: Workbook, title: str) -> str:
    """A name the sheet may bear: short, without forbidden characters, only once."""
    plain = _NOT_IN_NAMES.sub(" ", clean(title)).replace("\n", " ").strip() or "表"
    name, number = plain[:_NAME_LONGEST], 1
    while name in book.sheetnames:
        number += 1
        mark = f"({number})"
        name = plain[: _NAME_LONGEST - len(mark)] + mark
    return name
