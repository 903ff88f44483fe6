from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from river_chief.errors import Refusal
from river_chief.intake.plan import Missing, MissingKind, RowState
from river_chief.records import Problem
from river_chief.terms import ImportKind
from tests.builders import Office
from tests.intake.books import DATA, Cell, Rows, write_book
from tests.intake.importing import Import, of_rows, refused, row_of, states

PROBLEMS = ImportKind.PROBLEMS
GOOD: dict[str, Cell] = {
    "问题编号": "县0071",
    "发现时间": "2025.3.5",
    "问题来源": "县级暗访",
    "所在乡镇": "砚溪镇",
    "所在村": "柳塘村",
    "关联河湖": "柳塘河",
    "四乱类型": "乱堆",
    "问题描述": "桥下堆放垃圾",
    "详细地址": "柳塘桥下",
    "河长姓名": "赵春",
}


def one(office: Office, folder: Path, **cells: Cell) -> Import:
    """A sheet of the good row with some cells changed."""
    return of_rows(office, PROBLEMS, folder, {**GOOD, **cells})


def test_a_good_row_is_new(empty: Office, tenure: int, tmp_path: Path) -> None:
    made = one(empty, tmp_path).plan()
    row = row_of(made, 2)
    assert (row.state, row.key, row.known) == (RowState.NEW, "县0071", False)
    values = row.doings[0].values
    assert values["outside_number"] == "县0071"
    assert values["number"] == ""
    assert values["category_code"] == "LD"
    assert values["reach_id"] is not None
    assert made.missing == ()


@pytest.mark.parametrize(
    ("head", "value", "reason"),
    [
        ("发现时间", "2025.13.5", "没有 13 月，请改成实际的日期，如 2025-03-05。"),
        ("发现时间", "2025.2.30", "2025年2月没有 30 日，请改成实际的日期。"),
        ("发现时间", "2025.4.1", "发现时间晚于今天 2025-03-31，请核对日期。"),
        ("发现时间", None, "请填写发现时间。"),
        ("问题来源", "道听途说", "请填 河长巡河、"),
        (
            "所在村",
            "柳塘村、上溪村",
            "一个单元格里有 2 个村（柳塘村、上溪村），请把这一行拆成几行，一行一个村。",
        ),
        ("所在村", "柳塘村 上溪村", "一个单元格里有 2 个村"),
        ("所在村", "柳塘村和上溪村", "一个单元格里有 2 个村"),
        ("所在村", "黑沙村", "台账里没有村“黑沙村”，请核对名称，或勾选把它一并新增。"),
        ("所在村", None, "请填写所在村。"),
        ("所在乡镇", "石门镇", "不在本乡镇（砚溪镇），请交给所在乡镇登记。"),
        ("关联河湖", "黑河", "台账里没有河湖“黑河”，请核对名称，或勾选把它一并新增。"),
        ("四乱类型", "乱来", "没有“乱来”这个问题类型，请填 "),
        ("四乱类型", None, "请填写问题大类。"),
        ("问题描述", "长" * 2001, "问题描述太长，最多 2000 个字"),
    ],
)
def test_a_bad_cell_is_named_with_its_address(
    empty: Office, tenure: int, tmp_path: Path, head: str, value: Cell, reason: str
) -> None:
    empty.village("上溪村", "990121103201")
    cells = {**GOOD, head: value, "详细地址": "桥下"}
    made = of_rows(empty, PROBLEMS, tmp_path, cells).plan()
    (cell,) = row_of(made, 2).cells
    address = "ABCDEFGHIJ"[list(GOOD).index(head)] + "2"
    assert (cell.address, cell.column) == (address, head)
    assert cell.value == (value or "")
    assert cell.reason.startswith(reason)
    assert states(made) == ["refused"]
    assert row_of(made, 2).doings == ()


@pytest.mark.parametrize(
    ("text", "state", "note"),
    [
        ("118.475139,29.058333", "new", ""),
        ("118°28′30.5″，29°3′30″", "new", ""),
        ("29.058333,118.475139", "new", "经度和纬度写反了，已按经度 118.475、纬度 29.0583 读取。"),
        ("N29.058333 E118.475139", "new", ""),
        ("18.475139,29.058333", "refused", ""),
    ],
)
def test_coordinates(empty: Office, tenure: int, tmp_path: Path, text: str, state: str, note: str) -> None:
    made = one(empty, tmp_path, 地理坐标=text).plan()
    row = row_of(made, 2)
    assert states(made) == [state]
    assert [said for said in row.notes if "写反" in said] == ([note] if note else [])
    if state == "new":
        values = row.doings[0].values
        assert (round(values["lon"], 3), round(values["lat"], 3)) == (118.475, 29.058)
    else:
        assert row.cells[0].address == "K2"


@pytest.mark.parametrize(
    ("group", "leaf", "code"),
    [
        ("乱堆", None, "LD"),
        ("乱扔乱堆生活垃圾", None, "LD01"),
        ("乱堆", "建筑垃圾渣土", "LD02"),
        ("LD", "LD02", "LD02"),
        (None, "建筑垃圾渣土", "LD02"),
    ],
)
def test_the_category_is_a_group_or_a_leaf(
    empty: Office, tenure: int, tmp_path: Path, group: str | None, leaf: str | None, code: str
) -> None:
    made = one(empty, tmp_path, 四乱类型=group, 问题子类=leaf).plan()
    assert [row.doings[0].values["category_code"] for row in made.rows] == [code] or refused(made)
    assert states(made) == ["new"]


def test_what_the_ledger_lacks_is_listed_and_added_only_when_asked(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    work = of_rows(
        empty,
        PROBLEMS,
        tmp_path,
        {**GOOD, "问题编号": "县1", "所在村": "黑沙村", "关联河湖": "黑河", "专项": "碍洪、秋季清河"},
        {**GOOD, "问题编号": "县2", "所在村": "黑沙村", "问题描述": "别处"},
        {**GOOD, "问题编号": "县3"},
    )
    made = work.plan()
    assert states(made) == ["refused", "refused", "new"]
    assert [(item.kind.value, item.name, item.rows) for item in made.missing] == [
        ("village", "黑沙村", (2, 3)),
        ("water", "黑河", (2,)),
        ("campaign", "秋季清河", (2,)),
    ]
    assert made.missing[0].words == "村“黑沙村”（属砚溪镇）"
    partly = work.plan(add=[Missing(MissingKind.VILLAGE, "黑沙村")])
    assert states(partly) == ["refused", "new", "new"]
    assert states(work.plan(add=made.missing)) == ["new", "new", "new"]


def test_a_missing_reach_is_offered_with_its_water(empty: Office, tenure: int, tmp_path: Path) -> None:
    work = one(empty, tmp_path, 河段="柳塘河上段", 河道等级="村级")
    made = work.plan()
    (item,) = made.missing
    assert (item.kind, item.name, item.within) == (MissingKind.REACH, "柳塘河上段", "柳塘河")
    assert item.words == "河段“柳塘河上段”（属柳塘河，村级）"
    done = work.apply(work.plan(add=made.missing))
    assert done.counts["new"] == 1
    assert states(work.plan()) == ["same"]


def test_the_village_is_taken_from_the_place_or_the_unit_and_said(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    rows = [
        {**GOOD, "问题编号": "县1", "所在村": None, "详细地址": "柳塘村口桥下"},
        {**GOOD, "问题编号": "县2", "所在村": None, "详细地址": "桥下", "通知单位": "柳塘村"},
        {**GOOD, "问题编号": "县3", "所在村": None, "详细地址": "桥下", "通知单位": "砚溪镇人民政府"},
    ]
    made = of_rows(empty, PROBLEMS, tmp_path, *rows).plan()
    assert states(made) == ["new", "new", "refused"]
    assert "所在村按“详细地址”取柳塘村。" in row_of(made, 2).notes
    assert "所在村按“通知单位”取柳塘村。" in row_of(made, 3).notes
    assert refused(made) == {"E4": "请填写所在村。"}


def test_another_chief_than_the_one_of_the_day_is_doubtful(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    made = one(empty, tmp_path, 河长姓名="钱树").plan()
    row = row_of(made, 2)
    assert row.state is RowState.DOUBTFUL
    assert row.doubts == (
        "河长姓名写的是钱树，而 2025-03-05 负责柳塘河的是赵春；勾选则照台账登记，不改动河长。",
    )
    assert row.doings


def test_a_chief_nobody_knows_yet_is_no_obstacle(empty: Office, reach: int, tmp_path: Path) -> None:
    row = row_of(one(empty, tmp_path).plan(), 2)
    assert row.state is RowState.NEW
    assert "台账里 2025-03-05 还没有人负责柳塘河，河长姓名没有核对。" in row.notes


def test_another_severity_than_the_suggested_one_has_the_sheet_for_its_reason(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    leaf: dict[str, Cell] = {**GOOD, "问题子类": "建筑垃圾渣土", "体积": 12}
    work = of_rows(
        empty,
        PROBLEMS,
        tmp_path,
        {**leaf, "问题编号": "县1", "严重程度": "重大", "等级说明": None},
        {**leaf, "问题编号": "县2", "严重程度": "重大", "等级说明": "县级挂牌", "详细地址": "闸口"},
        {**leaf, "问题编号": "县3", "严重程度": "较严重", "等级说明": None, "详细地址": "渡口"},
    )
    work.apply()
    with empty.database.read() as session:
        reasons = [problem.severity_reason for problem in session.exec(select(Problem))]
    assert reasons == ["按导入表格所列", "县级挂牌", ""]
    assert states(work.plan()) == ["same"] * 3


def test_without_severity_the_rule_suggests_one(empty: Office, tenure: int, tmp_path: Path) -> None:
    row = row_of(one(empty, tmp_path, 问题子类="乱扔乱堆生活垃圾", **{"方量(立方米)": 12}).plan(), 2)
    assert "没有填严重程度，登记时按定级规则建议为较严重。" in row.notes


def test_doubles_in_the_file_are_refused_with_the_address_of_the_first(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    bare = {key: value for key, value in GOOD.items() if key != "问题编号"}
    made = of_rows(empty, PROBLEMS, tmp_path, GOOD, {**GOOD, "问题描述": "别的"}, bare, bare).plan()
    assert states(made) == ["new", "refused", "refused", "refused"]
    assert refused(made)["A3"] == "与第 2 行（A2）的问题编号相同，同一条只导入一次。"
    assert refused(made)["H4"] == "与第 2 行（H2）的发现时间、村、类型、位置和描述相同，同一条只导入一次。"


def test_the_same_under_another_number_is_left_to_the_clerk(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    made = of_rows(empty, PROBLEMS, tmp_path, GOOD, {**GOOD, "问题编号": "县0072"}).plan()
    assert states(made) == ["new", "doubtful"]


def test_a_new_number_for_a_problem_the_ledger_has_is_doubtful(
    empty: Office, tenure: int, village: int, reach: int, tmp_path: Path
) -> None:
    empty.problem(village, reach, on="2025-03-05", place="柳塘桥下", description="桥下堆放垃圾。")
    row = row_of(one(empty, tmp_path).plan(), 2)
    assert row.state is RowState.DOUBTFUL
    assert row.doubts[0].startswith("编号“县0071”台账里没有，但砚2025-001的")


def test_an_own_number_finds_its_problem_and_an_empty_cell_never_erases(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    empty.problem(
        village, reach, on="2025-03-05", place="柳塘桥下", party="某厂", severity="minor", severity_reason=""
    )
    work = of_rows(
        empty,
        PROBLEMS,
        tmp_path,
        {
            "问题编号": "砚2025-1",
            "问题描述": "岸坡堆放生活垃圾约30立方米",
            "涉事单位": None,
            "严重程度": "较重",
        },
    )
    row = row_of(work.plan(), 2)
    assert (row.state, row.key) == (RowState.CHANGED, "砚2025-001")
    assert [(item.field, item.before_text, item.after_text) for item in row.changes] == [
        ("description", "岸坡堆放生活垃圾约3立方米", "岸坡堆放生活垃圾约30立方米"),
        ("severity", "一般", "较严重"),
        ("severity_reason", "", "按导入表格所列"),
    ]
    work.apply()
    assert states(work.plan()) == ["same"]


def test_a_problem_is_not_found_after_it_was_registered(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    empty.problem(village, reach, on="2025-03-03")
    row: dict[str, Cell] = {"问题编号": "砚2025-001", "问题描述": None, "发现时间": "2025.3.5"}
    made = of_rows(empty, PROBLEMS, tmp_path, row).plan()
    assert refused(made) == {"C2": "台账里 2025-03-03 已经登记，发现时间不能更晚，请核对日期。"}


def test_a_masked_telephone_is_not_taken(empty: Office, village: int, reach: int, tmp_path: Path) -> None:
    empty.problem(village, reach)
    row = {"问题编号": "砚2025-001", "问题描述": None, "联系电话": "138****1234"}
    made = of_rows(empty, PROBLEMS, tmp_path, row).plan()
    assert states(made) == ["same"]
    assert row_of(made, 2).notes == ("联系电话打了星号，没有采用。",)


def test_cells_can_be_given_and_corrected(empty: Office, tenure: int, tmp_path: Path) -> None:
    real = {key: value for key, value in GOOD.items() if key != "发现时间"}
    work = of_rows(empty, PROBLEMS, tmp_path, real, {**real, "问题编号": "县2", "所在村": "黑沙村"})
    assert refused(work.plan())["发现时间"].startswith("表里没有“发现时间”一列")
    made = work.plan(given={"found_on": "2025.3.5"}, cells={(3, "village_name"): "柳塘村"})
    assert states(made) == ["new", "doubtful"]
    assert row_of(made, 2).doings[0].values["found_on"] == date(2025, 3, 5)
    with pytest.raises(Refusal, match="没有 13 月"):
        work.plan(given={"found_on": "2025.13.5"})


def test_columns_that_only_the_loop_may_set_are_told(empty: Office, tenure: int, tmp_path: Path) -> None:
    assert one(empty, tmp_path, 销号时间="2025.3.9", 整改时限="2025.3.20").plan().unused_columns == (
        "销号时间",
        "整改时限",
    )


def test_responsibility_comes_with_a_new_problem(empty: Office, tenure: int, tmp_path: Path) -> None:
    work = one(empty, tmp_path, 直接责任人="孙文", 整改措施="清运")
    work.apply()
    assert states(work.plan()) == ["same"]


def test_the_counties_own_xls(empty: Office, tmp_path: Path) -> None:
    work = Import(empty, PROBLEMS, DATA / "problems.xls", empty.today)
    made = work.plan()
    assert states(made) == ["refused"] * 3
    assert {item.name for item in made.missing} == {"石埠村", "上砚村", "石埠溪", "砚溪", "上砚沟"}
    assert states(work.plan(add=made.missing)) == ["new"] * 3


def test_the_messy_workbook_of_a_county(empty: Office, tenure: int, tmp_path: Path) -> None:
    """Merged titles, two header rows, every way of writing a date, a total, a note, a signature."""
    two_rows: Rows = [
        ["澜川县河湖四乱问题清单（2025年3月）", *[None] * 9],
        ["填报单位：澜川县河长办", *[None] * 9],
        ["序号", "问题编号", "发现时间", "问题来源", "四乱类型", "位置", None, None, "规模", "问题描述"],
        [None, None, None, None, None, "关联河湖", "所在村", "地理坐标", "占地面积(㎡)", None],
        [
            1,
            "县1",
            "2025.3.5",
            "县级暗访 ",
            "乱占",
            "柳塘河",
            "柳塘村 ",
            "118°28′30.5″，29°3′30″",
            "约120",
            "种菜",
        ],
        [2, "县2", "3月6日", "县级暗访", "乱堆", "柳塘河", "柳塘村", None, None, "堆渣"],
        [3, "县3", 45721, "县级暗访", "乱建", "柳塘河", "柳塘村", None, "1.5亩", "搭棚"],
        [4, "县4", "2025.13.5", "县级暗访", "乱采", "柳塘河", "柳塘村", None, None, "采砂"],
        [5, "县5", "2025.3.9", "县级暗访", "乱堆", "柳塘河", "黑沙村", None, None, "堆料"],
        [6, "县6", "2025.3.9", "县级暗访", "乱堆", "柳塘河", "柳塘村、黑沙村", None, None, "堆肥"],
        [7, "县1", "2025.3.5", "县级暗访", "乱占", "柳塘河", "柳塘村", None, None, "种菜"],
        ["合计", None, None, None, None, None, None, None, 120, None],
        ["注：占地面积按实测填写。", *[None] * 9],
        ["填表人：孙文", None, None, None, None, "审核人：", None, None, None, None],
    ]
    merges = ["A1:J1", "A2:J2", "F3:H3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "J3:J4", "A13:J13"]
    path = write_book(tmp_path / "messy.xlsx", {"清单": two_rows}, merges)
    made = Import(empty, PROBLEMS, path, empty.today).plan()
    assert made.sheet.header_rows == (3, 4)
    assert states(made) == ["new", "new", "refused", "refused", "refused", "refused", "refused"]
    assert list(refused(made)) == ["I7", "C8", "G9", "G10", "B11"]
    days = [row.doings[0].values["found_on"] for row in made.rows if row.doings]
    assert days == [date(2025, 3, 5), date(2025, 3, 6)]
    assert [skip.row_number for skip in made.sheet.skipped] == [12, 13, 14]


def test_an_empty_sheet_under_its_head_is_refused(empty: Office, tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.xlsx", {"表": [list(GOOD)]})
    with pytest.raises(Refusal, match="表头下面没有数据"):
        Import(empty, PROBLEMS, path, empty.today).plan()


@pytest.mark.parametrize("stroke", ["/", "——", "－", "无", "暂无"])
def test_a_stroke_stands_for_nothing(empty: Office, tenure: int, tmp_path: Path, stroke: str) -> None:
    open_cells = ("面积", "地理坐标", "交办时间", "联系电话", "上级编号", "专项", "河段", "严重程度")
    made = one(empty, tmp_path, **dict.fromkeys(open_cells, stroke)).plan()
    assert refused(made) == {}
    assert row_of(made, 2).state is RowState.NEW
    assert made.missing == ()


def test_a_stroke_where_something_must_stand_is_shown_and_refused(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    (cell,) = row_of(one(empty, tmp_path, 发现时间="/").plan(), 2).cells
    assert (cell.address, cell.value, cell.reason) == ("B2", "/", "请填写发现时间。")


def test_the_place_as_the_lists_print_it_is_no_change(empty: Office, tenure: int, tmp_path: Path) -> None:
    cells: dict[str, Cell] = {"桩号": "K1+200", "岸别": "左岸"}
    one(empty, tmp_path, **cells).apply()
    assert states(one(empty, tmp_path, 详细地址="柳塘桥下 K1+200 左岸").plan()) == ["same"]
    (row,) = one(empty, tmp_path, 详细地址="柳塘桥下 K1+300 左岸").plan().rows
    assert [(change.field, change.after) for change in row.changes] == [("place", "柳塘桥下 K1+300 左岸")]
