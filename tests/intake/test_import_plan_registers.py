from __future__ import annotations

from pathlib import Path

import pytest

from river_chief.queries.waters import (
    AREA_LEDGER,
    REACH_LEDGER,
    WATER_LEDGER,
    AreaFilter,
    ReachFilter,
    WaterFilter,
)
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from river_chief.terms import ImportKind
from river_chief.verbs import office
from tests.builders import Office
from tests.intake.books import DATA, Cell
from tests.intake.importing import Import, ledger, of_rows, refused, row_of, states

AREAS, WATERS, REACHES = ImportKind.AREAS, ImportKind.WATERS, ImportKind.REACHES


@pytest.mark.parametrize("kind", [AREAS, WATERS], ids=lambda kind: kind.value)
def test_the_exports_of_a_county_system_go_in_come_out_and_go_in_again(
    empty: Office, kind: ImportKind
) -> None:
    work = Import(empty, kind, DATA / f"{kind.value}.xls", empty.today)
    first = states(work.plan())
    done = work.apply()
    assert set(states(work.plan())) == {"same"}
    work.undo(done.batch_id)
    assert states(work.plan()) == first
    assert "new" in first
    assert verify(empty.database, replayed=True).is_whole


def test_the_township_is_the_one_of_the_ledger_and_villages_lie_in_it(empty: Office) -> None:
    work = Import(empty, AREAS, DATA / "areas.xls", empty.today)
    assert states(work.plan()) == ["same", "new", "new", "new", "new"]
    work.apply()
    rows = {row["name"]: row for row in ledger(empty, AREA_LEDGER, AreaFilter())}
    assert rows["上砚村"]["parent_name"] == "砚溪镇"
    assert (rows["上砚村"]["code"], rows["上砚村"]["level"].label) == ("990121103200", "村")


def test_a_parent_below_its_children_in_the_sheet(empty: Office, tmp_path: Path) -> None:
    work = of_rows(
        empty,
        AREAS,
        tmp_path,
        {"行政区代码": "990122101200", "行政区名称": "石门村"},
        {"行政区代码": "990122101", "行政区名称": "石门乡"},
        {"行政区代码": "990122", "行政区名称": "石城县"},
    )
    work.apply()
    rows = {row["name"]: row["parent_name"] for row in ledger(empty, AREA_LEDGER, AreaFilter())}
    assert (rows["石门村"], rows["石门乡"], rows["石城县"]) == ("石门乡", "石城县", None)
    with pytest.raises(Exception, match="第 2 行：它要用到的“石门乡”没有一起导入"):
        of_rows(
            empty,
            AREAS,
            tmp_path,
            {"行政区代码": "990123101200", "行政区名称": "东门村"},
            {"行政区代码": "990123101", "行政区名称": "石门乡"},
            name="b.xlsx",
        ).apply(rows={2})


@pytest.mark.parametrize(
    ("cells", "address", "reason"),
    [
        ({"行政区代码": "99012110320"}, "A2", "行政区代码应是 12 位数字"),
        ({"行政区名称": "云顶"}, "B2", "看不出是哪一级行政区"),
        ({"行政区名称": None}, "B2", "请填写行政区名称。"),
        ({"上级行政区": "石门乡"}, "C2", "台账和本表里都没有上级行政区“石门乡”"),
    ],
)
def test_a_division_that_does_not_fit_is_refused(
    empty: Office, tmp_path: Path, cells: dict[str, Cell], address: str, reason: str
) -> None:
    row: dict[str, Cell] = {"行政区代码": None, "行政区名称": "云顶村", "上级行政区": None, **cells}
    found = refused(of_rows(empty, AREAS, tmp_path, {**row, "人口": 100}).plan())
    assert list(found) == [address]
    assert found[address].startswith(reason)


def test_a_division_changes_field_by_field(empty: Office, village: int, tmp_path: Path) -> None:
    row = {"行政区代码": "990121103203", "行政区名称": "柳塘村", "人口": "2300人"}
    work = of_rows(empty, AREAS, tmp_path, row)
    (change,) = row_of(work.plan(), 2).changes
    assert (change.field, change.before, change.after) == ("population", None, 2300)
    work.apply()
    assert states(work.plan()) == ["same"]


def test_a_water_by_code_and_by_name(empty: Office, reach: int, tmp_path: Path) -> None:
    rows: list[dict[str, Cell]] = [
        {"河流名称": "柳塘河", "河流编码": None, "河流长度(km)": 5.4},
        {"河流名称": "东山水库", "河流编码": "H9", "河流长度(km)": None},
    ]
    work = of_rows(empty, WATERS, tmp_path, *rows)
    made = work.plan()
    assert states(made) == ["changed", "new"]
    assert row_of(made, 3).notes == ("没有填河湖类型，按名称登记为水库。",)
    work.apply()
    waters = {row["name"]: row for row in ledger(empty, WATER_LEDGER, WaterFilter())}
    assert waters["柳塘河"]["length_km"] == 5.4
    assert waters["东山水库"]["kind"].label == "水库"


def test_a_new_code_for_a_known_name_is_left_to_the_clerk(empty: Office, reach: int, tmp_path: Path) -> None:
    work = of_rows(empty, WATERS, tmp_path, {"河流名称": "柳塘河", "河流编码": "H990121103007"})
    (row,) = work.plan().rows
    assert row.state.value == "doubtful"
    assert row.doubts[0].startswith("台账里已有同名的柳塘河，编码是 H001；")
    work.apply(rows={2})
    assert states(work.plan()) == ["same"]


def test_reaches_with_villages_and_the_one_downstream(empty: Office, village: int, tmp_path: Path) -> None:
    empty.reach("澜江", village)
    rows: list[dict[str, Cell]] = [
        {"河段名称": "澜江上段", "河湖名称": "澜江", "流经村": "柳塘村、新渡村", "下游河段": "澜江下段"},
        {"河段名称": "澜江下段", "河湖名称": "澜江", "流经村": "新渡村", "下游河段": None},
        {"河段名称": "石溪段", "河湖名称": "石溪", "流经村": "新渡村", "下游河段": "澜江下段"},
    ]
    lines = [{**row, "河段级别": "乡级", "目标水质": "Ⅲ类", "长度(km)": 3.2} for row in rows]
    work = of_rows(empty, REACHES, tmp_path, *lines)
    made = work.plan()
    assert [(item.name, item.rows) for item in made.missing] == [("新渡村", (2, 3, 4)), ("石溪", (4,))]
    done = work.apply(work.plan(add=made.missing))
    assert done.counts["new"] == 3
    found = {row["name"]: row for row in ledger(empty, REACH_LEDGER, ReachFilter())}
    assert found["澜江上段"]["village_names"] == "柳塘村、新渡村"
    assert found["澜江上段"]["downstream_name"] == "澜江下段"
    assert states(work.plan()) == ["same"] * 3
    work.undo(done.batch_id)
    assert [row["name"] for row in ledger(empty, REACH_LEDGER, ReachFilter())] == ["澜江"]


def test_villages_of_a_township_that_gets_its_code_from_the_same_sheet(tmp_path: Path) -> None:
    database, _ = Database.create(tmp_path / "ledger")
    with database:
        nameless = Office(database)
        nameless.do(office.found_office, office.NewOffice, place="石溪镇")
        work = of_rows(
            nameless,
            AREAS,
            tmp_path,
            {"行政区代码": "990121105200", "行政区名称": "东头村"},
            {"行政区代码": "990121105000", "行政区名称": "石溪镇"},
        )
        assert states(work.plan()) == ["new", "changed"]
        done = work.apply()
        rows = {row["name"]: row["parent_name"] for row in ledger(nameless, AREA_LEDGER, AreaFilter())}
        assert rows["东头村"] == "石溪镇"
        assert set(states(work.plan())) == {"same"}
        work.undo(done.batch_id)
        assert verify(database, replayed=True).is_whole
