from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from river_chief.errors import LedgerError, Refusal
from river_chief.intake.cell import RawCell, Unreadable
from river_chief.intake.cells import read
from river_chief.intake.raw_rows import RawRow, SkippedRow, address
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet, read_sheet
from river_chief.terms import ImportKind
from tests.intake.books import DATA, Rows, write_book

PROBLEMS = SHEET_KINDS[ImportKind.PROBLEMS]
PATROLS = SHEET_KINDS[ImportKind.PATROLS]
CHIEFS = SHEET_KINDS[ImportKind.CHIEFS]


def values(row: RawRow) -> dict[str, object]:
    return {key: cell.value for key, cell in row.cells.items() if cell.value is not None}


def column(sheet: RawSheet, key: str) -> list[object]:
    return [row.cells[key].value for row in sheet.rows]


COUNTY_HEADS = {
    ImportKind.AREAS: "行政区代码|行政区名称",
    ImportKind.WATERS: "河流编码|河流名称|所属水系|所属流域|河流岸别|河流长度(km)|流域面积(km2)|上级河流编码|"
    "上级河流名称|河源|河源经度|河源纬度|河口|河口经度|河口纬度",
    ImportKind.CHIEFS: "用户编码|用户名称|用户性别|用户手机|行政区域|部门名称|角色名称|职位名称",
    ImportKind.PATROLS: "巡河人员名称|巡河人员行政区|巡河开始时间|巡河结束时间|巡河起点|巡河终点|巡河时长|巡河里程",
}


@pytest.mark.parametrize("kind", COUNTY_HEADS, ids=lambda kind: kind.value)
def test_the_exports_of_a_county_system_are_known_column_by_column(kind: ImportKind) -> None:
    sheet = read_sheet(DATA / f"{kind.value}.xls", SHEET_KINDS[kind])
    assert list(sheet.keys) == COUNTY_HEADS[kind].split("|")
    assert sheet.unknown_columns == ()
    assert sheet.header_rows == (1,)
    for row in sheet.rows:
        for key, cell in row.cells.items():
            answer = read(SHEET_KINDS[kind].fields[key], cell.value, sheet.context(key))
            alone = key == "ended_at" and row.row_number == 4
            assert isinstance(answer, Unreadable) == alone, (cell, answer)


def test_a_patrol_of_the_county_export() -> None:
    sheet = read_sheet(DATA / "patrols.xls", PATROLS)
    read_values = {
        key: read(PATROLS.fields[key], cell.value, sheet.context(key))
        for key, cell in sheet.rows[0].cells.items()
    }
    assert read_values == {
        "person_name": "赵春树",
        "area_name": "砚溪镇",
        "started_at": datetime(2025, 3, 5, 8, 30),
        "ended_at": datetime(2025, 3, 5, 9, 15),
        "from_place": "砚溪集镇段上游",
        "to_place": "东街桥",
        "minutes": 45,
        "km": 2.3,
    }
    assert sheet.skipped == (SkippedRow(5, "合计行", "合计"),)


@pytest.mark.parametrize("name", ["problems.xls", "problems.ods", "problems.et"])
def test_titles_two_header_rows_totals_notes_and_signatures(tmp_path: Path, name: str) -> None:
    path = DATA / name
    if name.endswith(".et"):
        path = tmp_path / name
        path.write_bytes((DATA / "problems.xls").read_bytes())
    sheet = read_sheet(path, PROBLEMS)
    assert sheet.header_rows == (4, 5)
    assert sheet.keys["规模/占地面积"] == "area_m2"
    assert sheet.keys["规模/方量(立方米)"] == "volume_m3"
    assert sheet.unknown_columns == ()
    assert [row.row_number for row in sheet.rows] == [6, 7, 8]
    assert [(skip.row_number, skip.reason) for skip in sheet.skipped] == [
        (9, "合计行"),
        (10, "说明行"),
        (11, "签字行"),
    ]
    assert sheet.year == 2025
    days = [
        read(PROBLEMS.fields["found_on"], cell.value, sheet.context("found_on"))
        for cell in cells(sheet, "found_on")
    ]
    assert days == [date(2025, 3, 5), date(2025, 3, 8), date(2025, 3, 14)]
    assert cells(sheet, "found_on")[1].address == "P7"
    assert column(sheet, "severity") == ["一般", "较重", None]


def cells(sheet: RawSheet, key: str) -> list[RawCell]:
    return [row.cells[key] for row in sheet.rows]


def test_a_column_the_ledger_does_not_know_is_listed(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx",
        {"表": [["序号", "问题描述", "照片", "备注", "说明"], [1, "岸坡堆放垃圾", "见附件", "急", "x"]]},
    )
    sheet = read_sheet(path, PROBLEMS)
    assert sheet.keys == {"问题描述": "description", "备注": "note"}
    assert sheet.unknown_columns == ("照片", "说明")


def test_a_closer_head_wins_over_a_looser_one(tmp_path: Path) -> None:
    rows: Rows = [["问题描述（简要）", "问题描述", "备注"], ["甲", "乙", "丙"]]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert column(sheet, "description") == ["乙"]


def test_a_fields_own_name_wins_over_a_synonym(tmp_path: Path) -> None:
    rows: Rows = [["问题描述", "通知单位", "责任单位"], ["种菜", "上砚村", "下砚村"]]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert column(sheet, "unit") == ["下砚村"]
    assert sheet.unknown_columns == ("通知单位",)


def test_the_unit_of_a_head_goes_with_its_cells(tmp_path: Path) -> None:
    rows: Rows = [
        ["问题描述", "占地面积（亩）"],
        ["河滩种菜", 1.5],
        ["河滩种菜", "1.5亩"],
        ["河滩种菜", "120平方米"],
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    amounts = [
        read(PROBLEMS.fields["area_m2"], value.value, sheet.context("area_m2"))
        for value in cells(sheet, "area_m2")
    ]
    assert amounts == [pytest.approx(1000), pytest.approx(1000), 120.0]


def test_texts_are_trimmed_and_blank_rows_left_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["问题描述", "所在村"],
        ["  堆放垃圾　", "上砚村 "],
        [" ", None],
        [None, None],
        ["种菜", "\u3000"],
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert [values(row) for row in sheet.rows] == [
        {"description": "堆放垃圾", "village_name": "上砚村"},
        {"description": "种菜"},
    ]
    assert [row.row_number for row in sheet.rows] == [2, 5]
    assert sheet.skipped == ()


def test_a_cell_merged_downwards_counts_for_every_row_but_an_amount_only_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["所在村", "问题描述", "占地面积"],
        ["上砚村", "甲", 300],
        [None, "乙", None],
        [None, "丙", None],
    ]
    path = write_book(tmp_path / "a.xlsx", {"表": rows}, ["A2:A4", "C2:C4"])
    sheet = read_sheet(path, PROBLEMS)
    assert column(sheet, "village_name") == ["上砚村"] * 3
    assert [row.cells["village_name"].address for row in sheet.rows] == ["A2"] * 3
    assert column(sheet, "area_m2") == [300, None, None]


def test_a_table_that_does_not_begin_at_a1_has_the_addresses_of_the_sheet(tmp_path: Path) -> None:
    rows: Rows = [[], [None, None, "问题描述", "备注"], [None, None, "种菜", "急"]]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert sheet.rows[0].cells["description"].address == "C3"
    assert sheet.rows[0].row_number == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合计", None, None, 12], "合计行"),
        (["合 计：", None, None, 12], "合计行"),
        ([None, "小计", None, 12], "合计行"),
        (["总计（12处）", None, None, None], "合计行"),
        (["注：数据截至3月底", None, None, None], "说明行"),
        (["说明：1.面积为实测", None, None, None], "说明行"),
        (["一、县级交办的问题", None, None, None], "说明行"),
        (["填表人：赵春树", None, "审核人：钱文海", None], "签字行"),
        (["单位负责人（签字）：", None, None, None], "签字行"),
        (["序号", "问题描述", "所在村", "占地面积"], "重复的表头"),
        ([7, None, None, None], "没有内容的行"),
    ],
)
def test_rows_that_bring_no_record_are_skipped_and_reported(
    tmp_path: Path, row: list[str | int | None], reason: str
) -> None:
    rows: Rows = [
        ["序号", "问题描述", "所在村", "占地面积"],
        [1, "甲", "上砚村", 12],
        row,
        [2, "乙", "下砚村", 5],
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert [skip.reason for skip in sheet.skipped] == [reason]
    assert [skip.row_number for skip in sheet.skipped] == [3]
    assert column(sheet, "description") == ["甲", "乙"]


def test_a_line_merged_across_the_table_is_no_record_but_a_lone_cell_is(tmp_path: Path) -> None:
    rows: Rows = [["问题描述", "所在村", "备注"], ["东片各村的问题", None, None], ["种菜", None, None]]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}, ["A2:C2"]), PROBLEMS)
    assert [(skip.row_number, skip.reason) for skip in sheet.skipped] == [(2, "说明行")]
    assert column(sheet, "description") == ["种菜"]


def test_a_description_that_begins_like_a_total_stays(tmp_path: Path) -> None:
    rows: Rows = [["序号", "问题描述", "所在村"], [1, "累计3处垃圾", "上砚村"]]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", {"表": rows}), PROBLEMS)
    assert column(sheet, "description") == ["累计3处垃圾"]


def test_the_sheet_whose_head_is_known_best_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx",
        {
            "封面": [["砚溪镇河长办"]],
            "1月": [["问题描述", "备注"], ["甲", None]],
            "2月": [["问题描述", "备注", "所在村"], ["乙", None, "上砚村"]],
        },
    )
    sheet = read_sheet(path, PROBLEMS)
    assert (sheet.sheet, sheet.other_sheets) == ("2月", ("1月",))
    named = read_sheet(path, PROBLEMS, "1月")
    assert (column(named, "description"), named.other_sheets) == (["甲"], ())
    with pytest.raises(Refusal, match="没有工作表“3月”，只有：封面、1月、2月"):
        read_sheet(path, PROBLEMS, "3月")


@pytest.mark.parametrize(
    ("title", "sheet", "name", "year"),
    [
        ("砚溪镇2025年3月问题台账", "表", "a", 2025),
        ("问题台账", "2024年", "a", 2024),
        ("问题台账", "表", "2023-03问题", 2023),
        ("2024年至2025年问题台账", "2025年", "a", None),
        ("问题台账", "表", "a", None),
    ],
)
def test_the_year_of_the_sheet(tmp_path: Path, title: str, sheet: str, name: str, year: int | None) -> None:
    path = write_book(tmp_path / f"{name}.xlsx", {sheet: [[title], ["问题描述", "备注"], ["甲", "乙"]]})
    read_back = read_sheet(path, PROBLEMS)
    assert (read_back.year, read_back.header_rows) == (year, (2,))


def test_without_a_head_the_refusal_says_what_was_found_and_what_is_expected(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"表": [["甲", "乙"], ["丙", "丁"]]})
    with pytest.raises(
        Refusal, match=r"工作表“表”里没有找到表头。表头应有 .*问题编号.*前几行是：甲、乙、丙、丁"
    ):
        read_sheet(path, PROBLEMS)


def test_a_column_that_must_be_there_is_named_with_its_other_names(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx", {"表": [["巡河人员名称", "巡河里程", "路线"], ["赵春树", 2.3, "x"]]}
    )
    with pytest.raises(
        Refusal,
        match=r"缺少必需的列：“开始时间”（也可写作 巡河开始时间.*现有的列：巡河人员名称、巡河里程、路线",
    ):
        read_sheet(path, PATROLS)


def test_a_workbook_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="里没有内容"):
        read_sheet(write_book(tmp_path / "a.xlsx", {"表": []}), PROBLEMS)


CSV = '姓名,联系电话,备注\r\n赵春树,12000000001,"第一行\n第二行"\r\n钱文海 ,,\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_in_the_encodings_wps_and_excel_write(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(CSV.replace(",", delimiter).encode(encoding))
    sheet = read_sheet(path, CHIEFS)
    assert sheet.sheet == "名单"
    assert [values(row) for row in sheet.rows] == [
        {"name": "赵春树", "phone": "12000000001", "note": "第一行\n第二行"},
        {"name": "钱文海"},
    ]


def test_a_csv_in_no_known_encoding_or_with_an_endless_cell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,电话\n".encode() + b"\xff\xff\n")
    with pytest.raises(Refusal, match="文字编码认不出来"):
        read_sheet(path, CHIEFS)
    path.write_text("姓名,电话\n" + '"' + "赵" * 200_000, encoding="utf-8")
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read_sheet(path, CHIEFS)


@pytest.mark.parametrize(
    ("row", "index", "name"), [(0, 0, "A1"), (6, 5, "F7"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 701, "ZZ1")]
)
def test_addresses(row: int, index: int, name: str) -> None:
    assert address(row, index) == name


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.sampled_from(["problems.xls", "problems.ods", "patrols.xls"]), st.data())
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    content = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / f"damaged{Path(name).suffix}"
    path.write_bytes(content)
    try:
        said = "、".join(read_sheet(path, PROBLEMS).keys)
    except LedgerError as error:
        said = error.sentence
    assert said


def test_cells_merged_below_the_last_row_bring_nothing(tmp_path: Path) -> None:
    rows: Rows = [["问题描述", "所在村", "备注"], ["种菜", "柳塘村", None]]
    path = write_book(tmp_path / "a.xlsx", {"表": rows}, merges=["B4:B9", "B400:B900"])
    assert column(read_sheet(path, PROBLEMS), "village_name") == ["柳塘村"]


def test_a_text_file_of_commas_has_no_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n,,,\n,,,\n")
    with pytest.raises(Refusal, match="里没有内容"):
        read_sheet(path, PROBLEMS)


def test_a_sheet_without_a_head_is_told_by_few_words(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"表": [["河边" * 500, "桥下" * 500]]})
    with pytest.raises(Refusal, match="没有找到表头") as refusal:
        read_sheet(path, PROBLEMS)
    assert len(refusal.value.sentence) < 200
