from datetime import datetime

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from river_chief.papers.document import Document, SignOn, Table
from river_chief.papers.xlsx import render_xlsx
from tests.papers.examples import (
    DATED,
    HOSTILE,
    ISSUE_COLUMNS,
    hostile_list,
    issue_list,
    issue_row,
    monthly_report,
    sign_off_list,
)
from tests.papers.reading import sheets_of


def _cell(sheet: Worksheet, address: str) -> SheetCell:
    cell = sheet[address]
    assert isinstance(cell, SheetCell)
    return cell


def test_numbers_and_days_are_real_and_look_as_printed() -> None:
    (sheet,) = sheets_of(render_xlsx(issue_list(3)))
    assert _cell(sheet, "A5").value == 1
    assert _cell(sheet, "H5").value == 118.400001
    assert _cell(sheet, "H5").number_format == "0.000000"
    assert _cell(sheet, "P5").value == datetime(2025, 3, 2)
    assert _cell(sheet, "P5").number_format == "yyyy-mm-dd"
    assert _cell(sheet, "B5").value == "砚溪-2025-0001"


def test_the_sheet_is_ready_to_print() -> None:
    (sheet,) = sheets_of(render_xlsx(issue_list(3)))
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes == "A5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.right.text == "第 &P 页 共 &N 页"
    assert str(sheet.oddFooter.left.text).startswith("填报人：")
    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert {"A1:U1", "H3:I3", "A3:A4"} <= merged


def test_signature_row_is_a_row_when_it_stands_on_the_last_page() -> None:
    (sheet,) = sheets_of(render_xlsx(issue_list(3, sign_on=SignOn.LAST_PAGE)))
    assert sheet.oddFooter is not None
    assert not sheet.oddFooter.left.text
    assert _cell(sheet, f"A{sheet.max_row}").value == "填报人："


def test_text_that_looks_like_a_formula_stays_text() -> None:
    (sheet,) = sheets_of(render_xlsx(hostile_list()))
    cells = [_cell(sheet, f"B{row}") for row in range(5, 5 + len(HOSTILE))]
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s"}
    formulas = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    assert len(formulas) == 4
    assert all(cell.quotePrefix for cell in formulas)


def test_a_paper_of_many_tables_has_a_sheet_for_each() -> None:
    sheets = sheets_of(render_xlsx(monthly_report()))
    assert [sheet.title for sheet in sheets][:3] == ["正文", "表一 基本情况", "表二 问题整改情况"]
    assert len(sheets) == 10
    assert [sheet.page_setup.orientation for sheet in sheets][-2:] == ["landscape"] * 2


def test_sheet_names_are_short_allowed_and_never_twice() -> None:
    table = Table(ISSUE_COLUMNS, (issue_row(1),), caption="逾期/重点[一]：" + "很长" * 20)
    document = Document(title="清单", dated=DATED, blocks=(table, table))
    names = [sheet.title for sheet in sheets_of(render_xlsx(document))]
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 31
    assert names[1].startswith("逾期 重点 一")


def test_rows_are_high_enough_for_the_pen() -> None:
    (sheet,) = sheets_of(render_xlsx(sign_off_list()))
    height = sheet.row_dimensions[6].height
    assert height is not None
    assert height > 20
