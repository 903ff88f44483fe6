from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Cli

HEADS = [
    "问题编号",
    "发现时间",
    "问题来源",
    "所在村",
    "关联河湖",
    "四乱类型",
    "问题子类",
    "问题描述",
    "严重程度",
]
GOOD = [
    "县01",
    "2025.3.5",
    "县级督查",
    "柳塘村",
    "柳塘河",
    "乱堆",
    "乱扔乱堆生活垃圾",
    "桥下堆放垃圾",
    "一般",
]


@pytest.fixture
def book(tmp_path: Path) -> str:
    """Three rows: one good, one of a village that is not there, one with an impossible day."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "三月"
    sheet.append(HEADS)
    sheet.append(GOOD)
    sheet.append(["县02", "2025-03-06", *GOOD[2:3], "白沙村", *GOOD[4:7], "=河边倒渣土", "一般"])
    sheet.append(["县03", "2025.13.5", *GOOD[2:7], "岸坡垃圾", "一般"])
    sheet["H3"].data_type = "s"
    path = tmp_path / "county.xlsx"
    made.save(path)
    return str(path)


def test_a_dry_run_tells_every_row_and_changes_nothing(cli: Cli, book: str) -> None:
    before = cli.json("verify")["acts"]
    found = cli.json("import", "problems", book, "--dry-run")
    assert (found["file"], found["sheet"], found["header_rows"]) == ("county.xlsx", "三月", [1])
    assert found["columns"]["发现时间"] == "found_on"
    counts = {key: found[key] for key in ("new", "changed", "same", "doubtful", "refused")}
    assert counts == {"new": 1, "changed": 0, "same": 0, "doubtful": 0, "refused": 2}
    assert [(row["row"], row["state"]) for row in found["rows"]] == [
        (2, "new"),
        (3, "refused"),
        (4, "refused"),
    ]
    (cell,) = found["rows"][2]["cells"]
    assert (cell["cell"], cell["column"], cell["value"]) == ("B4", "发现时间", "2025.13.5")
    assert [(item["kind"], item["name"], item["rows"]) for item in found["missing"]] == [
        ("village", "白沙村", [3])
    ]
    assert cli.json("verify")["acts"] == before


def test_an_import_says_how_to_take_it_back(cli: Cli, book: str) -> None:
    text = cli("import", "问题", book).stdout
    assert "B4 发现时间“2025.13.5”：" in text
    assert "台账里没有：村“白沙村”" in text
    assert text.endswith("已导入：新增 1，变更 0；撤销用 undo --batch 1。\n")
    assert cli.json("list", "ledger")["count"] == 4
    assert "没有要导入的行，台账没有改动。" in cli("import", "problems", book).stdout
    cli("undo", "--batch", "1")
    assert cli.json("list", "ledger")["count"] == 3


def test_what_the_ledger_lacks_is_added_when_asked_for(cli: Cli, book: str) -> None:
    done = cli.json("import", "problems", book, "--add", "白沙村")
    assert done["applied"]["new"] == 2
    assert cli.json("area", "show", "白沙村")["parent_name"] == "砚溪镇"
    cli("undo", "--batch", str(done["batch"]))
    assert cli.json("import", "problems", book, "--dry-run", "--add", "all")["new"] == 2
    said = cli.refused("import", "problems", book, "--add", "黑沙村")
    assert said == "表里没有要新增的“黑沙村”，缺的有：白沙村。"


def test_only_some_rows(cli: Cli, book: str) -> None:
    done = cli.json("import", "problems", book, "--add", "all", "--rows", "3")
    assert done["applied"]["new"] == 1
    assert cli.refused("import", "problems", book, "--rows", "4").startswith("第 4 行不能导入：B4")
    assert cli.refused("import", "problems", book, "--rows", "9") == "表里没有第 9 行数据，请核对行号。"


def test_changed_rows_are_told_field_by_field_and_taken_only_if_accepted(cli: Cli, book: str) -> None:
    cli("import", "problems", book)
    changed = load_workbook(book)
    changed.worksheets[0]["H2"] = "桥下堆放垃圾约3立方米"
    changed.save(book)
    found = cli.json("import", "problems", book, "--dry-run")
    (item,) = found["rows"][0]["changes"]
    assert item == {"field": "description", "before": "桥下堆放垃圾", "after": "桥下堆放垃圾约3立方米"}
    assert (
        "问题描述：桥下堆放垃圾 → 桥下堆放垃圾约3立方米"
        in cli("import", "problems", book, "--dry-run").stdout
    )
    said = cli.refused("import", "problems", book, "--accept", "new")
    assert said.startswith("没有可以导入的行")
    assert cli.json("import", "problems", book)["applied"]["changed"] == 1


def test_the_rows_left_out_go_into_a_workbook(cli: Cli, book: str, tmp_path: Path) -> None:
    out = tmp_path / "未导入.xlsx"
    result = cli("import", "problems", book, "--rejects", str(out))
    assert result.stderr == f"存疑和拒收的 2 行已写入 {out}。\n"
    left = load_workbook(out)
    sheet = left.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][: len(HEADS)] == HEADS
    assert [row[0] for row in rows[1:]] == ["县02", "县03"]
    assert str(rows[2][-1]).startswith("B4：")
    sheet["B3"] = "2025.3.7"
    left.save(out)
    assert cli.json("import", "problems", str(out))["applied"]["new"] == 1


def test_empty_cells_can_be_given(cli: Cli, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(HEADS)
    sheet.append([*GOOD[:2], None, *GOOD[3:]])
    path = str(tmp_path / "x.xlsx")
    made.save(path)
    assert cli.json("import", "problems", path, "--dry-run")["refused"] == 1
    done = cli.json("import", "problems", path, "--given", "source=群众投诉")
    assert done["applied"]["new"] == 1


def test_one_cell_can_be_put_right_without_touching_the_file(cli: Cli, book: str) -> None:
    found = cli.json("import", "problems", book, "--dry-run", "--cell", "4:found_on=2025.3.7")
    assert [row["state"] for row in found["rows"]] == ["new", "refused", "new"]


def test_who_lives_in_a_village_that_is_added_is_added_too(cli: Cli, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["巡河人员名称", "巡河人员行政区", "巡河开始时间", "巡查河段"])
    sheet.append(["王志", "白沙村", "2025-03-05 08:30", "柳塘河"])
    path = str(tmp_path / "x.xlsx")
    made.save(path)
    done = cli.json("import", "patrols", path, "--add", "白沙村", "--add", "王志")
    assert done["applied"]["new"] == 1
    assert [item["name"] for item in done["missing"]] == ["白沙村", "王志"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["problems", "x.xlsx", "--cell", "7=1"], 4, "--cell 的“7”要写成“行号:项”"),
        (["fish", "x.xlsx"], 4, "不能导入“fish”，可用的种类有："),
        (
            ["problems", "x.xlsx", "--accept", "same"],
            4,
            "--accept 的“same”要在 new、changed、doubtful 里选。",
        ),
        (["problems", "x.xlsx", "--rows", "三"], 4, "--rows 的“三”要写行号"),
        (["problems", "x.xlsx", "--rejects", "x.csv"], 4, "--rejects 的文件名请以 .xlsx 结尾。"),
        (["problems", "没有.xlsx"], 3, "找不到文件“没有.xlsx”"),
    ],
)
def test_what_is_wrong_is_said(cli: Cli, words: list[str], code: int, sentence: str) -> None:
    assert cli.refused("import", *words, code=code).startswith(sentence)


def test_a_file_that_is_no_workbook(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"\x00\x01 not a workbook")
    assert len(cli.refused("import", "problems", str(path)).splitlines()) == 1
    empty = tmp_path / "y.xlsx"
    Workbook().save(empty)
    assert cli.refused("import", "problems", str(empty))


def test_the_same_line_again_says_all_is_the_same(cli: Cli, tmp_path: Path) -> None:
    made = Workbook()
    made.worksheets[0].append(HEADS)
    made.worksheets[0].append([*GOOD[:3], "白沙村", *GOOD[4:]])
    path = str(tmp_path / "白沙.xlsx")
    made.save(path)
    cli("import", "problems", path, "--add", "白沙村")
    again = cli.json("import", "problems", path, "--add", "白沙村")
    assert (again["same"], again["refused"]) == (1, 0)
    assert cli.refused("import", "problems", path, "--add", "百沙村") == "表里没有要新增的“百沙村”。"


def test_a_long_cell_is_cut_on_the_screen_and_whole_in_json(cli: Cli, tmp_path: Path) -> None:
    made = Workbook()
    made.worksheets[0].append(HEADS)
    made.worksheets[0].append([*GOOD[:7], "长" * 3000, GOOD[8]])
    path = str(tmp_path / "长.xlsx")
    made.save(path)
    assert max(map(len, cli("import", "problems", path, "--dry-run").stdout.splitlines())) < 200
    assert len(cli.json("import", "problems", path, "--dry-run")["rows"][0]["cells"][0]["value"]) == 3000
