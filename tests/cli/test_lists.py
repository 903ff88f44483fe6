from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from river_chief.cli.lists import LISTS
from river_chief.fields.problems import PROBLEMS
from tests.cli.conftest import Cli


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_json_and_text(cli: Cli, name: str) -> None:
    document = cli.json("list", name)
    fields = {field.key for field in LISTS[name].ledger.fields}
    assert document["count"] == len(document["rows"]) > 0 or name in ("due", "patches")
    for row in document["rows"]:
        assert fields <= set(row)
    text = cli("list", name).stdout
    assert text.endswith(f"共 {document['count']} 条\n")
    assert len(text.splitlines()) == document["count"] + 2


def test_the_ledger_as_a_file_holds_codes_days_and_rounds(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "台账.json"
    result = cli("list", "ledger", "-o", str(out))
    assert result.stdout == ""
    assert result.stderr == f"问题台账 3 条，已写入 {out}。\n"
    document = json.loads(out.read_text("utf-8"))
    assert (document["list"], document["office"], document["on"]) == ("ledger", "砚溪镇", "2025-03-31")
    first, second, third = document["rows"]
    beside = "id version registered round_no village_id water_id reach_id category_code category_group_code"
    beside += " campaign_ids campaign_names rounds steps"
    assert set(first) == {*beside.split(), *(field.key for field in PROBLEMS)}
    assert (first["registered"], first["category_code"], first["category_group_code"]) == (True, "LD01", "LD")
    assert (first["campaign_ids"], first["campaign_names"], second["round_no"]) == ([], [], 1)
    assert first["village_id"] != second["village_id"]
    assert (first["state"], first["source"], first["closed_on"]) == ("closed", "Y01", "2025-03-10")
    assert first["rounds"] == [
        {
            "ordinal": 1,
            "origin": "found",
            "opened_on": "2025-03-03",
            "verified_on": "2025-03-10",
            "assigned_on": "2025-03-10",
            "signed_on": "2025-03-10",
            "first_deadline": "2025-03-17",
            "deadline": "2025-03-17",
            "extensions": 0,
            "rectified_on": "2025-03-10",
            "rejections": 0,
            "accepted_on": "2025-03-10",
            "reported_on": None,
            "exceptions": 1,
            "exit": "closed",
            "exit_on": "2025-03-10",
            "reopened_on": None,
        }
    ]
    assert [step["action"] for step in first["steps"]] == [
        "register",
        "verify",
        "assign",
        "sign_for",
        "submit",
        "accept",
        "close",
    ]
    assert second["steps"][-1] == {
        "ordinal": 4,
        "round_no": 1,
        "action": "sign_for",
        "from_state": "to_sign",
        "to_state": "rectifying",
        "happened_at": "2025-03-05T00:00:00",
        "actor": "钱树",
        "exception": "",
    }
    assert [step["exception"] for step in first["steps"] if step["exception"]] == ["现场无法拍照"]
    assert (second["overdue_days"], second["on_time"]) == (11, False)
    assert third["rounds"][0]["exit"] is None


def test_a_file_and_json_answer_what_was_written(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    assert cli.json("list", "patrols", "-o", str(out)) == {"list": "patrols", "count": 2, "file": str(out)}


def test_the_three_lists_hold_the_same_rows(cli: Cli) -> None:
    lists = [cli.json("list", name)["rows"] for name in ("issue", "responsibility", "rectification")]
    assert lists[0] == lists[1] == lists[2]


def test_overdue_and_due(cli: Cli) -> None:
    assert [row["number"] for row in cli.json("list", "overdue")["rows"]] == ["砚2025-002"]
    assert cli.json("list", "overdue", today="2025-03-20")["count"] == 0
    assert cli.json("list", "due", today="2025-03-16")["count"] == 0
    for day in ("2025-03-17", "2025-03-20"):
        assert [row["number"] for row in cli.json("list", "due", today=day)["rows"]] == ["砚2025-002"]
    assert cli.json("list", "due", today="2025-03-21")["count"] == 0


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("found_on", "1 2 3"),
        ("-found_on", "3 2 1"),
        ("发现时间", "1 2 3"),
        ("-number", "3 2 1"),
        ("village_name", "2 1 3"),
    ],
)
def test_sorting(cli: Cli, sort: str, numbers: str) -> None:
    rows = cli.json("list", "ledger", "--sort", sort)["rows"]
    assert " ".join(row["number"].removeprefix("砚2025-00") for row in rows) == numbers


def test_what_sql_can_not_sort_by_is_refused(cli: Cli) -> None:
    assert cli.refused("list", "ledger", "--sort", "chief_name", code=4).startswith("不能按“chief_name”排序")


def test_a_folder_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "没有" / "x.json"
    said = cli.refused("list", "ledger", "-o", str(out), code=3)
    assert said == f"文件夹“{out.parent}”不存在，请换一个位置保存。"


def test_a_list_as_a_workbook_has_the_rows_of_the_json(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "清单.xlsx"
    said = cli("list", "issue", "--filter", "month=2025-03", "-o", str(out))
    assert (said.stdout, said.stderr) == ("", f"问题清单 3 条，已写入 {out}。\n")
    book = load_workbook(out)
    texts = [
        str(cell.value)
        for row in book[book.sheetnames[0]].iter_rows()
        for cell in row
        if cell.value is not None
    ]
    numbers = [text for text in texts if text.startswith("砚2025-")]
    rows = cli.json("list", "issue", "--filter", "month=2025-03")["rows"]
    assert numbers == [row["number"] for row in rows]


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@pytest.mark.parametrize("name", ["rectification", "chiefs"])
def test_lists_as_papers(cli: Cli, tmp_path: Path, name: str, suffix: str) -> None:
    out = tmp_path / f"x{suffix}"
    cli("list", name, "-o", str(out))
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


def test_a_month_s_list_stands_as_of_its_end(cli: Cli) -> None:
    cli("problem", "do", "砚2025-003", "verify", "--set", "severity=一般", today="2025-04-02")
    march = cli.json("list", "issue", "--filter", "month=2025-03", today="2025-04-30")
    assert march["on"] == "2025-03-31"
    assert [row["state"] for row in march["rows"]] == ["closed", "rectifying", "to_verify"]
    assert cli.json("list", "issue", today="2025-04-30")["rows"][2]["state"] == "to_assign"


def test_the_sign_off_list(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "签收单.docx"
    made = cli.json("paper", "sign-off", "--village", "柳塘村", "--month", "2025-03", "-o", str(out))
    assert made == {"paper": "sign-off", "name": "销号签收单", "file": str(out)}
    table = "".join(cell.text for row in Document(str(out)).tables[0].rows for cell in row.cells)
    assert "砚2025-001" in table
    assert "砚2025-002" not in table
    assert cli.refused("paper", "sign-off", "-o", str(out)) == "请先选定月份。"
    assert cli.refused("paper", "foo", "-o", str(out), code=4).startswith(
        "没有文书“foo”，可用的有：issue（问题清单）"
    )
    assert cli.refused("paper", "sign-off", "-o", "x.json", code=4).startswith("-o 的文件名请以 .xlsx")
