from __future__ import annotations

from pathlib import Path

import pytest

from river_chief.errors import Refusal
from river_chief.intake.formula_cells import no_result
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet, read_sheet
from river_chief.terms import ImportKind
from tests.builders import Office
from tests.intake.books import FIRST_SHEET, Cell, with_part, write_book
from tests.intake.importing import of_rows, refused

PROBLEMS = SHEET_KINDS[ImportKind.PROBLEMS]
HEAD: list[Cell] = ["序号", "问题描述", "所在村", "面积", "备注"]


def amounts(sheet: RawSheet) -> list[object]:
    return [row.cells["area_m2"].value for row in sheet.rows]


def test_what_a_formula_left_in_its_cell_is_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[1, "种菜", "柳塘村", '=B2&"<1"', None], [2, "种菜", "柳塘村", "#REF!", "#N/A"]]
    path = write_book(tmp_path / "a.xlsx", {"说明": [["填报"]], "表": [HEAD, *rows]})
    sheet = read_sheet(path, PROBLEMS)
    assert amounts(sheet) == ['=B2&"<1"', "#REF!"]
    assert sheet.rows[1].cells["note"].value == "#N/A"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (b'<c r="D2"><f>A1</f><v>12</v></c>', 12),
        (b'<c r="D2" t="str"><f>IF(A1,"","")</f><v></v></c>', None),
        (b'<c r="D2" s="1"/><c r="E2" t="e"><f>A1</f><v>#N/A</v></c>', None),
        (b'<c r="D2"><f t="shared" si="0"/></c>', "=…"),
        (b"<c r='D2' t='e'><v>#DIV/0!</v></c>", "#DIV/0!"),
    ],
)
def test_a_formula_as_programs_write_it(tmp_path: Path, cell: bytes, found: object) -> None:
    path = write_book(tmp_path / "a.xlsx", {"表": [HEAD, [1, "种菜", "柳塘村"]]})
    with_part(path, FIRST_SHEET, lambda xml: xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>"))
    assert amounts(read_sheet(path, PROBLEMS)) == [found]


def test_formulas_drawn_down_over_empty_rows_are_no_rows(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx", {"表": [HEAD, [1, "种菜", "柳塘村"], [2, None, "#N/A", "=A1*2"], ["=A3+1"]]}
    )
    sheet = read_sheet(path, PROBLEMS)
    assert [row.row_number for row in sheet.rows] == [2]
    assert [row.row_number for row in sheet.skipped] == [3]


def test_a_long_sheet_with_formulas_is_read_to_its_end(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[1, "岸坡种菜" * 40, "柳塘村", "#REF!"] for _ in range(12_000)]
    path = write_book(tmp_path / "a.xlsx", {"表": [HEAD, *rows]})
    assert amounts(read_sheet(path, PROBLEMS)) == ["#REF!"] * 12_000


def test_a_list_of_sheets_with_a_declaration_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"表": [HEAD, [1, "种菜", "柳塘村"]]})
    with_part(path, "xl/workbook.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    with pytest.raises(Refusal, match="已损坏"):
        read_sheet(path, PROBLEMS)


def test_such_a_cell_is_refused_and_nothing_taken_from_elsewhere(empty: Office, tmp_path: Path) -> None:
    work = of_rows(
        empty,
        ImportKind.PROBLEMS,
        tmp_path,
        {"发现时间": "2025.3.5", "问题描述": "种菜", "所在村": "#N/A", "责任单位": "柳塘村", "面积": "=1+1"},
    )
    found = refused(work.plan())
    assert found["C2"] == "公式出错，没有结果，请在表中改成实际的内容。"
    assert found["E2"].startswith("公式还没有算出结果")


@pytest.mark.parametrize("text", ["#3桥下", "=====", "#REF", "井号#N/A", "= "])
def test_words_are_no_formulas(text: str) -> None:
    assert no_result(text) is None
