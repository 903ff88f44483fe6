"""patch and campaign: every command, refusals, one batch for many."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from tests.cli.conftest import Cli, sets

HANDED = sets(
    village="柳塘村",
    reach="柳塘河",
    lon="118.4962",
    lat="29.0574",
    area_m2="420",
    suspected="疑似房屋",
    handed_on="2025-03-01",
    due_on="2025-03-20",
)


@pytest.fixture
def handed(cli: Cli) -> Cli:
    """TB1 to TB3, handed down."""
    for number in ("TB1", "TB2", "TB3"):
        cli("patch", "add", *sets(number=number), *HANDED)
    return cli


def test_a_patch_from_handing_down_to_a_problem(handed: Cli) -> None:
    cli = handed
    shown = cli.json("patch", "show", "TB1")
    assert (shown["village_name"], shown["campaign"], shown["verdict"]) == ("柳塘村", "图斑核查", None)
    cli("patch", "edit", "TB1", *sets(place="老石桥上游60米"))
    assert cli.json("patch", "show", "TB1")["suspected"] == "疑似房屋"
    assert cli.refused("patch", "register", "TB1") == "图斑TB1还没有核查属实，请先填写核查结论。"
    cli("patch", "check", "TB1", *sets(verdict="属实", shows="钢棚", checked_on="2025-03-10"))
    done = cli.json("patch", "register", "TB1", *sets(category="LJ02", description="搭建钢棚"))
    assert done["sentence"] == "图斑TB1登记为问题砚2025-004"
    problem = cli.json("problem", "show", "砚2025-004")
    assert (problem["source"], problem["patch_number"], problem["area_m2"]) == ("Y08", "TB1", 420)
    assert (problem["place"], problem["campaigns"]) == ("老石桥上游60米", "图斑核查")
    assert "登记问题：砚2025-004" in cli("patch", "show", "TB1").stdout


def test_many_are_checked_as_one_batch(handed: Cli) -> None:
    cli = handed
    values = sets(verdict="不属实", shows="桥梁", words="已建桥梁")
    refused = cli.refused("patch", "check", "TB2", "TB3", *values)
    assert refused == "图斑TB2：“不属实”要有现场照片；没有照片的，请在这里写明原因"
    cli("patch", "check", "TB2", "TB3", *values, *sets(exception="资料核实"))
    listed = cli.json("list", "patches", "--filter", "verdict=不属实")
    assert [row["number"] for row in listed["rows"]] == ["TB2", "TB3"]
    batch = cli.json("patch", "show", "TB2")["acts"][0]["batch"]
    assert cli("undo", "--batch", str(batch)).stdout
    assert cli.json("list", "patches", "--filter", "verdict=未核查")["count"] == 3


def test_a_photo_is_proof(handed: Cli, tmp_path: Path) -> None:
    cli = handed
    photo = tmp_path / "现场.jpg"
    Image.new("RGB", (40, 30), "green").save(photo)
    cli("patch", "photo", "TB2", str(photo))
    cli("patch", "check", "TB2", *sets(verdict="lawful", shows="桥梁"))
    shown = cli.json("patch", "show", "TB2")
    assert (shown["photos"], shown["attachments"][0]["name"], shown["exception"]) == (1, "现场.jpg", "")


def test_a_patch_is_linked_or_voided(handed: Cli) -> None:
    cli = handed
    cli("patch", "check", "TB1", *sets(verdict="属实"))
    assert cli.json("patch", "link", "TB1", "砚2025-003")["sentence"] == "图斑TB1关联问题砚2025-003"
    assert "已经登记为问题砚2025-003" in cli.refused("patch", "void", "TB1", *sets(reason="重复"))
    assert cli.refused("patch", "void", "TB2") == "请填写作废原因（reason）"
    cli("patch", "void", "TB2", *sets(reason="重复下发"))
    assert cli.json("list", "patches")["count"] == 2
    assert cli.json("list", "patches", "--filter", "voided=yes")["count"] == 3
    assert cli.refused("patch", "show", "TB9") == "台账里没有图斑TB9，请核对图斑编号。"


def test_the_list_is_a_file_too(handed: Cli, tmp_path: Path) -> None:
    out = tmp_path / "图斑.xlsx"
    handed("patch", "list", "-o", str(out))
    sheet = load_workbook(out).active
    assert sheet is not None
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "砚溪镇图斑核查表" in texts
    assert {"TB1", "TB2", "TB3"} <= set(texts)
    message = handed.refused("list", "patches", "--filter", "verdict=真", code=4)
    assert message == "--filter 的“verdict”没有“真”，可选：未核查、属实、不属实、合法合规。"


def test_a_countys_list_is_planned_then_taken_in(cli: Cli, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("图斑编号", "村", "中心经度", "中心纬度"),
        ("TB7", "柳塘村", 118.4962, 29.0574),
        ("TB8", "枫林村", 1, 2),
    ):
        sheet.append(line)
    book.save(tmp_path / "图斑.xlsx")
    planned = cli.json("import", "patches", str(tmp_path / "图斑.xlsx"), "--dry-run")
    assert (planned["new"], planned["refused"]) == (1, 1)
    assert cli.json("list", "patches")["count"] == 0
    done = cli.json("import", "图斑", str(tmp_path / "图斑.xlsx"))
    assert done["applied"]["new"] == 1
    assert cli.json("patch", "show", "TB7")["village_name"] == "柳塘村"
    cli("undo", "--batch", str(done["batch"]))
    assert cli.json("list", "patches")["count"] == 0


def test_a_campaign_from_its_days_to_its_progress(cli: Cli) -> None:
    cli("campaign", "add", *sets(name="清渠行动", target_on="2025-03-20", keeps_clear="是"))
    cli("problem", "edit", "砚2025-001", *sets(campaign="清渠行动"))
    shown = cli.json("campaign", "show", "清渠行动")
    assert (shown["total"], shown["closed"], shown["open"], shown["share"]) == (1, 1, 0, 1.0)
    assert (shown["is_clear"], shown["cleared_on"], shown["days_left"]) == (True, "2025-03-10", -11)
    cli("problem", "edit", "砚2025-002", *sets(campaign="清渠行动", disposal="拆除"))
    shown = cli.json("campaign", "show", "清渠行动")
    assert (shown["open"], shown["overdue"], shown["past_target"], shown["is_clear"]) == (1, 1, 1, False)
    assert [part["name"] for part in shown["by_village"]] == ["上溪村", "柳塘村"]
    assert [(part["key"], part["open"]) for part in shown["by_disposal"]] == [("demolish", 1), (None, 0)]
    lines = cli("campaign", "progress").stdout.splitlines()
    assert "清渠行动\t2025-03-20\t2\t1\t1\t1\t1\t未清零，还剩 1 个\t" in lines
    assert "  拆除\t1\t0\t1\t1" in cli("campaign", "show", "清渠行动").stdout
    cli("campaign", "edit", "清渠行动", *sets(target_on=""))
    assert cli.json("campaign", "show", "清渠行动")["target_on"] is None
    cli("campaign", "retire", "清渠行动")
    assert "清渠行动" not in cli("campaign", "progress").stdout


def test_problems_are_sought_by_their_disposal(cli: Cli) -> None:
    cli("problem", "edit", "砚2025-002", *sets(disposal="拆除"))
    assert cli.json("list", "ledger", "--filter", "disposal=拆除")["count"] == 1
    assert cli.json("list", "ledger", "--filter", "disposal=关停、清理")["count"] == 0
