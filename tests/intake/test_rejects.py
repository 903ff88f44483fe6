from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from river_chief.errors import Refusal
from river_chief.intake.rejects import HEAD, rejects
from river_chief.terms import ImportKind
from tests.builders import Office
from tests.intake.books import Rows, write_book
from tests.intake.importing import Import, states

ROWS: Rows = [
    ["河湖问题清单", None, None, None, None, None, None],
    ["发现时间", "问题来源", "所在村", "关联河湖", "四乱类型", "问题描述", "照片"],
    ["2025.3.5", "河长巡河", "柳塘村", "柳塘河", "乱堆", "桥下堆放垃圾", "a.jpg"],
    ["2025.2.30", "河长巡河", "柳塘村", "柳塘河", "乱堆", "岸边", "b.jpg"],
    [45721, "河长巡河", None, "柳塘河", "乱堆", "闸口堆渣", "c.jpg"],
    [45722, "道听途说", None, "柳塘河", "乱堆", "闸口堆肥", "d.jpg"],
]


def test_a_copy_of_the_senders_sheet_with_the_reasons(empty: Office, tenure: int, tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.xlsx", {"清单": ROWS}, ["A1:G1", "C4:C6"])
    work = Import(empty, ImportKind.PROBLEMS, path, empty.today)
    made = work.plan()
    assert states(made) == ["new", "refused", "new", "refused"]
    out = tmp_path / "退回.xlsx"
    out.write_bytes(rejects(path, made))
    sheet = load_workbook(out).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [rows[0][0], rows[1]] == ["河湖问题清单", [*ROWS[1], HEAD]]
    assert rows[2][:7] == ROWS[3]
    assert str(rows[2][7]).startswith("A4：2025年2月没有 30 日")
    assert rows[3][:7] == [45722, "道听途说", "柳塘村", "柳塘河", "乱堆", "闸口堆肥", "d.jpg"]
    assert len(rows) == 4
    sheet["A3"], sheet["B4"] = "2025.2.28", "河长巡河"
    assert sheet.parent is not None
    sheet.parent.save(out)
    mended = Import(empty, ImportKind.PROBLEMS, out, empty.today)
    assert states(mended.plan()) == ["new", "new"]
    assert mended.sheet.unknown_columns == ("照片", HEAD)


def test_a_text_that_looks_like_a_formula_stays_text(empty: Office, tenure: int, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("发现时间,问题描述\n2025.13.5,=1+1\n", encoding="utf-8-sig")
    made = Import(empty, ImportKind.PROBLEMS, path, empty.today).plan()
    cell = load_workbook(BytesIO(rejects(path, made))).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_file_changed_since_the_plan_is_refused(empty: Office, tenure: int, tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.xlsx", {"清单": ROWS})
    made = Import(empty, ImportKind.PROBLEMS, path, empty.today).plan()
    write_book(path, {"清单": [*ROWS, ["2025.3.9", *ROWS[3][1:]]]})
    with pytest.raises(Refusal, match="在预览之后被改过，请重新预览"):
        rejects(path, made)


def test_what_no_sheet_can_hold_is_left_out_of_the_copy(empty: Office, tenure: int, tmp_path: Path) -> None:
    path = tmp_path / "问题[1].csv"
    path.write_text("发现时间,问题描述\n2025.13.5,桥下\x0b堆渣\n", encoding="utf-8-sig")
    made = Import(empty, ImportKind.PROBLEMS, path, empty.today).plan()
    sheet = load_workbook(BytesIO(rejects(path, made))).worksheets[0]
    assert (sheet.title, sheet["B2"].value) == ("问题1", "桥下堆渣")
    assert "U+000B" in str(sheet["C2"].value)


def test_a_merge_beyond_the_last_column_does_no_harm(empty: Office, tenure: int, tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.xlsx", {"清单": ROWS}, ["K3:M6"])
    made = Import(empty, ImportKind.PROBLEMS, path, empty.today).plan()
    assert load_workbook(BytesIO(rejects(path, made))).worksheets[0]["A3"].value == "2025.2.30"
