from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from river_chief.intake.sheet_guess import look_at
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter
from river_chief.terms import ImportKind
from river_chief.verbs import patches
from tests.builders import Office
from tests.intake.books import Cell
from tests.intake.importing import Import, ledger, of_rows, refused, row_of, states

PATCHES = ImportKind.PATCHES
ROW: dict[str, Cell] = {
    "图斑编号": "TB2025-007",
    "乡镇": "砚溪镇",
    "村": "柳塘村",
    "河湖": "柳塘河",
    "位置": "老石桥上游60米",
    "中心经度": "118°29′50.2″",
    "中心纬度": "29°03′12.6″",
    "面积（亩）": 0.6,
    "疑似类型": "疑似建筑物",
    "下发日期": "2025.3.5",
    "核查期限": "2025/3/31",
    "核查结论": None,
}


def sheet(office: Office, folder: Path, *rows: dict[str, Cell], **how: Any) -> Import:
    return of_rows(office, PATCHES, folder, *({**ROW, **row} for row in rows), **how)


def test_a_county_list_goes_in_is_the_same_again_and_comes_out(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    work = sheet(
        empty, tmp_path, {}, {"图斑编号": "TB2025-008", "村": None, "河湖": None}, name="图斑2025.xlsx"
    )
    assert look_at(work.path).kind is PATCHES
    made = work.plan()
    assert (states(made), made.unused_columns) == (["new", "new"], ("核查结论",))
    done = work.apply()
    first, second = ledger(empty, PATCH_LEDGER, PatchFilter(batch=done.batch_id))
    assert (first["village_name"], first["reach_name"], first["campaign"]) == ("柳塘村", "柳塘河", "图斑核查")
    assert (round(first["lon"], 5), round(first["lat"], 5)) == (118.49728, 29.05350)
    assert first["area_m2"] == pytest.approx(400, abs=0.1)
    assert [str(first[key]) for key in ("handed_on", "due_on", "verdict")] == [
        "2025-03-05",
        "2025-03-31",
        "None",
    ]
    assert (second["village_name"], second["reach_name"]) == (None, None)
    assert set(states(work.plan())) == {"same"}
    work.undo(done.batch_id)
    assert ledger(empty, PATCH_LEDGER, PatchFilter()) == []


def test_a_patch_changes_field_by_field(empty: Office, village: int, reach: int, tmp_path: Path) -> None:
    sheet(empty, tmp_path, {}).apply()
    other = empty.village("新渡村", "990121103207")
    empty.reach("新渡港", other)
    work = sheet(empty, tmp_path, {"村": "新渡村", "河湖": "新渡港", "疑似类型": "光伏", "专项": "碍洪"})
    (row,) = work.plan().rows
    assert {change.field: change.after_text for change in row.changes} == {
        "suspected": "光伏",
        "village_name": "新渡村",
        "campaign": "碍洪",
    }
    work.apply()
    (found,) = ledger(empty, PATCH_LEDGER, PatchFilter())
    assert (found["village_name"], found["suspected"], found["campaign"]) == ("新渡村", "光伏", "碍洪")


def test_a_water_of_several_reaches_is_kept_in_words(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    work = sheet(empty, tmp_path, {"村": None, "备注": "影像时间2月"})
    (row,) = work.plan().rows
    assert row.notes == ("没有写河段，“柳塘河”记入备注。",)
    work.apply()
    (found,) = ledger(empty, PATCH_LEDGER, PatchFilter())
    assert found["note"] == "影像时间2月；河湖：柳塘河"
    assert states(work.plan()) == ["same"]
    assert states(sheet(empty, tmp_path, {"村": None}).plan()) == ["same"]


@pytest.mark.parametrize(
    ("cells", "address", "reason"),
    [
        ({"图斑编号": None}, "A2", "请填写图斑编号。"),
        ({"村": "枫林村"}, "C2", "台账里没有村“枫林村”"),
        ({"乡镇": "石桥镇"}, "B2", "不在本乡镇"),
        ({"中心经度": "200"}, "F2", "经度"),
        ({"下发日期": "2025-04-05", "核查期限": None}, "J2", "下发日期晚于今天"),
        ({"核查期限": "2025-03-01"}, "K2", "核查期限早于下发日期"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused(
    empty: Office, village: int, reach: int, tmp_path: Path, cells: dict[str, Cell], address: str, reason: str
) -> None:
    found = refused(sheet(empty, tmp_path, cells).plan())
    assert list(found) == [address]
    assert reason in found[address]


def test_a_number_stands_once_and_a_voided_one_stays_voided(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    made = sheet(empty, tmp_path, {}, {}).plan()
    assert states(made) == ["new", "refused"]
    assert "图斑编号相同" in refused(made)["A3"]
    done = sheet(empty, tmp_path, {}).apply()
    id = next(one.id for one in done.changes.touched if one.ledger == "patch")
    empty.do(patches.void_patch, patches.PatchVoid, id=id, reason="重复下发")
    assert refused(sheet(empty, tmp_path, {}).plan()) == {"A2": "图斑TB2025-007在台账里已经作废。"}


def test_days_are_held_to_the_check(empty: Office, village: int, reach: int, tmp_path: Path) -> None:
    done = sheet(empty, tmp_path, {}).apply()
    id = next(one.id for one in done.changes.touched if one.ledger == "patch")
    empty.do(patches.check_patch, patches.PatchCheck, patch_id=id, verdict="real", checked_on="2025-03-10")
    row = row_of(sheet(empty, tmp_path, {"下发日期": "2025-03-12"}).plan(), 2)
    assert row.cells[0].reason.startswith("台账里 2025-03-10 已经核查")
