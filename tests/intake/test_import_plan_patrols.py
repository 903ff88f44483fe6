from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.storage.verify import verify
from river_chief.terms import Entry, ImportKind
from river_chief.verbs import patrols
from tests.builders import Office
from tests.intake.books import DATA, Cell
from tests.intake.importing import Import, ledger, of_rows, refused, row_of, states

PATROLS = ImportKind.PATROLS
ROW: dict[str, Cell] = {
    "巡河人员名称": "赵春",
    "巡河人员行政区": "柳塘村",
    "巡河开始时间": "2025-03-05 08:30",
    "巡河结束时间": "9:15",
    "巡河起点": "柳塘桥",
    "巡河终点": "柳塘闸",
    "巡河时长": "45分钟",
    "巡河里程": "2.3公里",
    "巡查河段": None,
}


def in_ledger(office: Office) -> list[dict[str, object]]:
    return ledger(office, PATROL_LEDGER, PatrolFilter())


def test_a_log_finds_its_chief_and_his_only_reach(empty: Office, tenure: int, tmp_path: Path) -> None:
    work = of_rows(empty, PATROLS, tmp_path, ROW)
    done = work.apply()
    (row,) = in_ledger(empty)
    assert (row["person_name"], row["reach_names"], row["minutes"], row["km"]) == ("赵春", "柳塘河", 45, 2.3)
    assert row["ended_at"] == datetime(2025, 3, 5, 9, 15)
    assert row["entry"] is Entry.SHEET
    assert states(work.plan()) == ["same"]
    work.undo(done.batch_id)
    assert in_ledger(empty) == []
    assert states(work.plan()) == ["new"]
    assert verify(empty.database, replayed=True).is_whole


@pytest.mark.parametrize(
    ("cells", "address", "reason"),
    [
        ({"巡河开始时间": "2025.3.32 8:30"}, "C2", "2025年3月没有 32 日"),
        ({"巡河开始时间": "2025-04-02 08:30", "巡河结束时间": None}, "C2", "巡河日期晚于今天 2025-03-31"),
        ({"巡河结束时间": "8:00"}, "D2", "结束时间应在开始时间之后的 24 小时内"),
        ({"巡河时长": "很久"}, "G2", "不是看得懂的时长"),
        ({"巡河开始时间": "2023-03-05 08:30"}, "A2", "赵春 2023-03-05 不在任"),
        ({"巡河人员名称": "钱树"}, "A2", "台账里没有河长“钱树”（柳塘村）"),
        ({"巡河人员名称": "钱树", "巡河人员行政区": None}, "A2", "台账里没有河长“钱树”，请先登记"),
        ({"巡河人员行政区": "砚溪镇"}, "A2", "台账里的赵春不在砚溪镇任职"),
        ({"巡查河段": "黑河"}, "I2", "台账里没有河段“黑河”"),
    ],
)
def test_what_does_not_fit_is_refused(
    empty: Office, tenure: int, tmp_path: Path, cells: dict[str, Cell], address: str, reason: str
) -> None:
    found = refused(of_rows(empty, PATROLS, tmp_path, {**ROW, **cells}).plan())
    assert list(found) == [address]
    assert found[address].startswith(reason)


def test_of_two_reaches_the_places_tell_which_or_the_clerk_does(
    empty: Office, village: int, tmp_path: Path
) -> None:
    one, two = empty.reach("柳塘河", village), empty.reach("石溪", village)
    empty.chief("赵春", village, one, two)
    work = of_rows(
        empty,
        PATROLS,
        tmp_path,
        {**ROW, "巡河起点": "石溪口"},
        {**ROW, "巡河开始时间": "2025-03-06 08:30", "巡河起点": "桥头", "巡河终点": "闸口"},
        {**ROW, "巡河开始时间": "2025-03-07 08:30", "巡查河段": "柳塘河、石溪"},
    )
    made = work.plan()
    assert states(made) == ["new", "doubtful", "new"]
    assert row_of(made, 2).notes == ("巡查河段按起止点取石溪。",)
    assert row_of(made, 3).doubts == ("看不出巡的是哪个河段，请在“巡查河段”填写：柳塘河、石溪 之一或几个。",)
    assert row_of(made, 3).doings == ()
    chosen = work.plan(cells={(3, "reach_names"): "石溪"})
    assert states(chosen) == ["new", "new", "new"]
    work.apply(chosen)
    assert [row["reach_names"] for row in in_ledger(empty)].count("石溪") == 2
    assert states(work.plan()) == ["same"] * 3


def test_two_of_one_name_are_told_apart_by_division(empty: Office, village: int, tmp_path: Path) -> None:
    other = empty.village("上溪村", "990121103201")
    empty.chief("赵春", village, empty.reach("柳塘河", village))
    empty.chief("赵春", other, empty.reach("上溪", other))
    rows = [{**ROW, "巡河人员行政区": None}, {**ROW, "巡河人员行政区": "上溪村", "巡河里程": 1}]
    made = of_rows(empty, PATROLS, tmp_path, *rows).plan()
    assert states(made) == ["doubtful", "new"]
    assert "有几位：柳塘村村级河长、上溪村村级河长" in row_of(made, 2).doubts[0]


def test_a_log_changes_field_by_field_and_keeps_its_checklist(
    empty: Office, tenure: int, reach: int, tmp_path: Path
) -> None:
    empty.patrol(
        tenure, reach, at="2025-03-05 08:30", checks=[{"item": 3, "answer": "no", "note": "有漂浮物"}]
    )
    work = of_rows(empty, PATROLS, tmp_path, ROW)
    made = work.plan()
    assert [item.field for item in row_of(made, 2).changes] == [
        "minutes",
        "km",
        "from_place",
        "to_place",
        "ended_at",
    ]
    work.apply()
    assert states(work.plan()) == ["same"]
    with empty.database.read() as session:
        from river_chief.queries.patrols import checks
        from river_chief.records import Patrol

        assert session.get_one(Patrol, 1).version == 2
        assert [note for _, note in checks(session, 1).values()] == ["有漂浮物"]


def test_a_voided_log_is_left_to_the_clerk(empty: Office, tenure: int, reach: int, tmp_path: Path) -> None:
    log = empty.patrol(tenure, reach, at="2025-03-05 08:30")
    empty.do(patrols.void_patrol, patrols.VoidPatrol, id=log, words="录错")
    assert states(of_rows(empty, PATROLS, tmp_path, ROW).plan()) == ["doubtful"]


def test_the_same_log_twice_in_the_sheet(empty: Office, tenure: int, tmp_path: Path) -> None:
    made = of_rows(empty, PATROLS, tmp_path, ROW, ROW).plan()
    assert refused(made) == {"C3": "与第 2 行（C2）的人员、行政区和开始时间相同，同一条只导入一次。"}


def test_nothing_found_is_no_finding(empty: Office, tenure: int, tmp_path: Path) -> None:
    rows: list[dict[str, Cell]] = [
        {**ROW, "发现问题": "未发现问题"},
        {**ROW, "巡河开始时间": "2025-03-06 08:30", "发现问题": "岸坡垃圾"},
    ]
    of_rows(empty, PATROLS, tmp_path, *rows).apply()
    assert sorted(bool(row["has_finding"]) for row in in_ledger(empty)) == [False, True]


def test_a_chief_nobody_knows_may_be_added_from_his_first_patrol_on(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    rows: list[dict[str, Cell]] = [
        {**ROW, "巡河人员名称": "钱树", "巡河开始时间": "2025-03-06 08:30"},
        {**ROW, "巡河人员名称": "钱树"},
    ]
    work = of_rows(empty, PATROLS, tmp_path, *rows)
    made = work.plan()
    (item,) = made.missing
    assert item.words == "钱树（柳塘村村级河长，自 2025-03-05 起，河段另行填写）"
    done = work.apply(work.plan(add=made.missing))
    assert done.counts["new"] == 2
    assert {row["reach_names"] for row in in_ledger(empty)} == {"柳塘河"}
    assert states(work.plan()) == ["same", "same"]
    work.undo(done.batch_id)
    assert len(work.plan().missing) == 1


def test_the_export_of_a_county_system(empty: Office) -> None:
    villages = {name: empty.village(name) for name in ("上砚村", "下砚村")}
    ditch = empty.reach("下砚沟", villages["下砚村"], level="village")
    empty.chief("赵春树", 1, empty.reach("砚溪集镇段", villages["上砚村"]), level="town")
    empty.chief("钱文海", villages["上砚村"], empty.reach("上砚沟", villages["上砚村"], level="village"))
    empty.chief("孙小国", villages["下砚村"], role="patroller")
    work = Import(empty, PATROLS, DATA / "patrols.xls", empty.today)
    made = work.plan()
    assert states(made) == ["new"] * 3
    assert row_of(made, 4).doings[0].values["reach_ids"] == (ditch,)
    work.apply()
    assert states(work.plan()) == ["same"] * 3
