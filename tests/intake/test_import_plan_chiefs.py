from __future__ import annotations

from pathlib import Path

import pytest

from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter
from river_chief.storage.verify import verify
from river_chief.terms import ImportKind, Level, Role
from river_chief.verbs import chiefs
from tests.builders import Office
from tests.intake.books import DATA, Cell
from tests.intake.importing import Import, ledger, of_rows, refused, row_of, states

CHIEFS = ImportKind.CHIEFS
ROW: dict[str, Cell] = {
    "用户编码": None,
    "用户名称": "钱树",
    "用户手机": None,
    "行政区域": "柳塘村",
    "角色名称": "村河长",
    "职位名称": "村委会主任",
    "任职日期": "2025.1.1",
    "责任河段": None,
}


def in_ledger(office: Office) -> dict[str, dict[str, object]]:
    return {str(row["name"]): row for row in ledger(office, CHIEF_LEDGER, ChiefFilter())}


def test_the_export_of_a_county_system(empty: Office) -> None:
    work = Import(empty, CHIEFS, DATA / "chiefs.xls", empty.today)
    made = work.plan()
    assert states(made) == ["new", "refused", "refused"]
    assert [item.name for item in made.missing] == ["上砚村", "下砚村"]
    done = work.apply(work.plan(add=made.missing))
    people = in_ledger(empty)
    assert {name: (row["role"], row["level"], row["area_name"]) for name, row in people.items()} == {
        "赵春树": (Role.CHIEF, Level.TOWN, "砚溪镇"),
        "钱文海": (Role.CHIEF, Level.VILLAGE, "上砚村"),
        "孙小国": (Role.PATROLLER, Level.VILLAGE, "下砚村"),
    }
    assert people["赵春树"]["phone"] == "12000000001"
    assert {row["valid_from"] for row in people.values()} == {empty.today}
    assert states(work.plan()) == ["same"] * 3
    work.undo(done.batch_id)
    assert in_ledger(empty) == {}
    assert verify(empty.database, replayed=True).is_whole


def test_the_day_of_office_may_be_given_for_all(empty: Office, village: int, tmp_path: Path) -> None:
    work = of_rows(empty, CHIEFS, tmp_path, {**ROW, "任职日期": None})
    made = work.plan()
    (note,) = row_of(made, 2).notes
    assert note.startswith("没有任职日期，任职从 2025-03-31 起；此前已在任的请填写任职日期")
    work.apply(work.plan(given={"valid_from": "2024-06-01"}))
    assert str(in_ledger(empty)["钱树"]["valid_from"]) == "2024-06-01"


@pytest.mark.parametrize(
    ("role", "area", "expected"),
    [
        ("镇级河长", "砚溪镇", (Role.CHIEF, Level.TOWN)),
        ("总河长", "砚溪镇", (Role.GENERAL_CHIEF, Level.TOWN)),
        ("村级河长", "柳塘村", (Role.CHIEF, Level.VILLAGE)),
        ("巡查员", "柳塘村", (Role.PATROLLER, Level.VILLAGE)),
        ("河长", "柳塘村委会", (Role.CHIEF, Level.VILLAGE)),
    ],
)
def test_the_role_gives_role_and_level(
    empty: Office, village: int, tmp_path: Path, role: str, area: str, expected: tuple[Role, Level]
) -> None:
    work = of_rows(empty, CHIEFS, tmp_path, {**ROW, "角色名称": role, "行政区域": area})
    work.apply()
    row = in_ledger(empty)["钱树"]
    assert (row["role"], row["level"]) == expected


@pytest.mark.parametrize(
    ("cells", "address", "reason"),
    [
        ({"角色名称": "镇级河长"}, "E2", "柳塘村是村，不能任乡级河长"),
        ({"角色名称": "系统管理员"}, "E2", "请填 总河长、"),
        ({"行政区域": "云顶乡"}, "D2", "台账里没有行政区“云顶乡”"),
        ({"行政区域": None}, "D2", "请填写行政区域。"),
        ({"责任河段": "黑河段"}, "H2", "台账里没有河段“黑河段”"),
        ({"责任河段": "柳塘河"}, "H2", "柳塘河在 2025-01-01 已由赵春任柳塘村村级河长，请先结束其任职。"),
        ({"任职日期": "2025.13.1"}, "G2", "没有 13 月"),
        ({"用户名称": None}, "B2", "请填写姓名。"),
    ],
)
def test_what_does_not_fit_is_refused(
    empty: Office, tenure: int, tmp_path: Path, cells: dict[str, Cell], address: str, reason: str
) -> None:
    found = refused(of_rows(empty, CHIEFS, tmp_path, {**ROW, **cells}).plan())
    assert list(found) == [address]
    assert found[address].startswith(reason)


def test_a_known_person_is_changed_and_takes_more_reaches(
    empty: Office, tenure: int, village: int, tmp_path: Path
) -> None:
    empty.reach("石溪", village)
    row = {**ROW, "用户名称": "赵春", "用户手机": "12000000009", "任职日期": None, "责任河段": "柳塘河、石溪"}
    work = of_rows(empty, CHIEFS, tmp_path, row)
    made = work.plan()
    assert [(item.field, item.before_text, item.after_text) for item in row_of(made, 2).changes] == [
        ("phone", "", "12000000009"),
        ("title", "", "村委会主任"),
        ("reach_names", "柳塘河", "柳塘河、石溪"),
    ]
    work.apply()
    assert in_ledger(empty)["赵春"]["reach_names"] == "柳塘河、石溪"
    assert states(work.plan()) == ["same"]


def test_a_person_with_two_roles_is_added_once(empty: Office, village: int, tmp_path: Path) -> None:
    work = of_rows(
        empty, CHIEFS, tmp_path, {**ROW, "用户编码": "YX1"}, {**ROW, "用户编码": "YX1", "角色名称": "巡查员"}
    )
    assert work.apply().counts["new"] == 2
    rows = ledger(empty, CHIEF_LEDGER, ChiefFilter())
    assert [row["name"] for row in rows] == ["钱树", "钱树"]
    assert len({row["code"] for row in rows}) == 1
    assert states(work.plan()) == ["same", "same"]


def test_two_chiefs_for_one_reach_in_the_sheet(
    empty: Office, village: int, reach: int, tmp_path: Path
) -> None:
    rows = [{**ROW, "责任河段": "柳塘河"}, {**ROW, "用户名称": "孙文", "责任河段": "柳塘河"}]
    made = of_rows(empty, CHIEFS, tmp_path, *rows).plan()
    assert refused(made) == {"H3": "柳塘河已写给第 2 行的钱树，请核对。"}


def test_one_who_has_left_is_not_appointed_again_unseen(empty: Office, tenure: int, tmp_path: Path) -> None:
    empty.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day="2025-02-01")
    made = of_rows(empty, CHIEFS, tmp_path, {**ROW, "用户名称": "赵春", "任职日期": None}).plan()
    assert states(made) == ["doubtful"]
    assert row_of(made, 2).doubts[0].startswith("台账里他任柳塘村村级河长到 2025-02-01 为止")


def test_another_telephone_is_left_to_the_clerk(empty: Office, village: int, tmp_path: Path) -> None:
    of_rows(empty, CHIEFS, tmp_path, {**ROW, "用户手机": "12000000001"}).apply()
    other = of_rows(empty, CHIEFS, tmp_path, {**ROW, "用户手机": "12000000002"}, name="b.xlsx")
    assert states(other.plan()) == ["doubtful"]
    other.apply(rows={2})
    assert in_ledger(empty)["钱树"]["phone"] == "12000000002"


@pytest.mark.parametrize("phone", ["12000000001", None])
def test_codes_of_their_own_tell_namesakes_apart(
    empty: Office, village: int, tmp_path: Path, phone: Cell
) -> None:
    rows: list[dict[str, Cell]] = [
        {**ROW, "用户编码": code, "用户手机": phone, "角色名称": role}
        for code, role in (("H7", "村河长"), ("H8", "巡查员"))
    ]
    work = of_rows(empty, CHIEFS, tmp_path, *rows)
    assert states(work.plan()) == ["new", "new"]
    work.apply(work.plan())
    assert states(work.plan()) == ["same", "same"]
