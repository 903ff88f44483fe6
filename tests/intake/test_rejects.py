from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from river_chief.intake.import_plan import plan
from river_chief.intake.rejects import rejected, rejects_workbook
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import read_sheet
from river_chief.terms import ImportKind
from tests.builders import Office


def test_the_workbook_holds_the_rows_left_out_with_their_reasons(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["问题清单"])
    sheet.append(["发现时间", "问题来源", "所在村", "关联河湖", "问题子类", "问题描述"])
    good = ["河长巡河", "柳塘村", "柳塘河", "乱扔乱堆生活垃圾"]
    sheet.append(["2025.3.5", *good, "桥下堆放垃圾"])
    sheet.append(["2025.2.30", *good, "=1+1"])
    sheet["F4"].data_type = "s"
    path = tmp_path / "x.xlsx"
    book.save(path)
    kind = ImportKind.PROBLEMS
    with empty.database.read() as session:
        made = plan(session, read_sheet(path, SHEET_KINDS[kind]), kind, today=date(2025, 3, 31))
    assert [row.row for row in rejected(made)] == [4]
    found = load_workbook(BytesIO(rejects_workbook(made))).worksheets[0]
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows[0][:4] == ["原行号", "结果", "原因", "发现时间"]
    assert len(rows) == 2
    assert rows[1][:2] == [4, "拒收"]
    assert str(rows[1][2]).startswith("A4：")
    assert rows[1][3] == "2025.2.30"
    assert (found["I2"].value, found["I2"].data_type) == ("=1+1", "s")
