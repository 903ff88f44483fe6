"""Divisions, waters and reaches asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from river_chief.fields.areas import AREAS
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.queries.waters import (
    AREA_LEDGER,
    REACH_LEDGER,
    WATER_LEDGER,
    AreaFilter,
    ReachFilter,
    WaterFilter,
    total_length,
    villages_of,
)
from river_chief.terms import AreaLevel, Bank, Level, WaterClass, WaterKind
from river_chief.verbs import chiefs, waters
from tests.builders import Office


def water_ids(office: Office, **conditions: Any) -> list[int]:
    with office.database.read() as session:
        found = WATER_LEDGER.ids(session, WaterFilter(**conditions))
        assert WATER_LEDGER.count(session, WaterFilter(**conditions)) == len(found)
        return found


def reach_ids(office: Office, **conditions: Any) -> list[int]:
    with office.database.read() as session:
        found = REACH_LEDGER.ids(session, ReachFilter(**conditions))
        assert REACH_LEDGER.count(session, ReachFilter(**conditions)) == len(found)
        return found


def area_names(office: Office, **conditions: Any) -> list[str]:
    with office.database.read() as session:
        rows = AREA_LEDGER.all(session, AreaFilter(**conditions), office.today)
        assert AREA_LEDGER.count(session, AreaFilter(**conditions)) == len(rows)
        return [row["name"] for row in rows]


@pytest.fixture
def river(empty: Office) -> int:
    """澜江 with every value."""
    return empty.do(
        waters.add_water,
        waters.NewWater,
        code="HA_1",
        name="澜江",
        kind="river",
        system="澜江水系",
        basin="澜江流域",
        bank="左右岸",
        length_km=12.2,
        catchment_km2=310,
        upper_code="H0",
        upper_name="大江",
        source_place="桐坪山口",
        source_lon=118.4,
        source_lat=29.1,
        mouth_place="南圩排涝闸",
        mouth_lon=118.5,
        mouth_lat=29.0,
        note="演示坐标",
    ).id


def test_a_water_row_has_every_field(empty: Office, river: int, village: int) -> None:
    for name in ("上段", "下段"):
        empty.do(waters.add_reach, waters.NewReach, water_id=river, name=name)
    gone = empty.do(waters.add_reach, waters.NewReach, water_id=river, name="老段").id
    empty.do(waters.retire_reach, waters.Retirement, id=gone)
    with empty.database.read() as session:
        [row] = WATER_LEDGER.rows(session, [river], empty.today)
    assert [field.key for field in WATERS if row[field.key] in (None, "")] == ["retired_on"]
    assert (row["reach_count"], row["reach_names"]) == (2, "上段、下段")
    assert (row["kind"], row["length_km"], row["mouth_lon"]) == (WaterKind.RIVER, 12.2, 118.5)


def test_waters_are_filtered(empty: Office, river: int) -> None:
    creek = empty.do(waters.add_water, waters.NewWater, name="石埠溪", kind="creek").id
    assert water_ids(empty) == [river, creek]
    assert water_ids(empty, ids=(creek,)) == [creek]
    assert water_ids(empty, kinds=(WaterKind.CREEK,)) == [creek]
    assert water_ids(empty, text="水系") == [river]
    assert water_ids(empty, text="ha_1") == [river]
    assert water_ids(empty, text="_") == [river]
    assert water_ids(empty, text="%") == []
    empty.do(waters.retire_water, waters.Retirement, id=creek, on="2025-03-01")
    assert water_ids(empty) == [river]
    assert water_ids(empty, retired=True) == [river, creek]
    with empty.database.read() as session:
        [row] = WATER_LEDGER.rows(session, [creek], empty.today)
    assert (row["retired_on"], row["reach_count"], row["reach_names"]) == (date(2025, 3, 1), 0, "")


def test_a_reach_row_has_every_field(empty: Office, river: int, village: int) -> None:
    below = empty.reach("砚溪", village)
    second = empty.village("杨湾村")
    county = empty.do(waters.add_area, waters.NewArea, name="澜川县", level="county", code="990121").id
    reach = empty.do(
        waters.add_reach,
        waters.NewReach,
        water_id=river,
        name="澜江新渡段",
        level="county",
        length_km=6.8,
        from_place="洲头",
        to_place="大桥",
        bank="both",
        target_class="3",
        downstream_id=below,
        area_ids=(second, village),
        note="界河",
    ).id
    empty.chief("周国", county, reach, level="county")
    empty.chief("李海", 1, reach, level="town")
    empty.chief("赵春", village, reach)
    empty.chief("钱树", second, reach)
    with empty.database.read() as session:
        [row] = REACH_LEDGER.rows(session, [reach], empty.today)
        [before] = REACH_LEDGER.rows(session, [reach], date(2023, 12, 31))
    assert [field.key for field in REACHES if row[field.key] in (None, "")] == ["retired_on"]
    assert (row["county_chief"], row["town_chief"], row["village_chief"]) == ("周国", "李海", "赵春、钱树")
    assert (row["village_names"], row["downstream_name"]) == ("杨湾村、柳塘村", "砚溪")
    assert (row["water_code"], row["code"], row["level"]) == ("HA_1", "HA_1-01", Level.COUNTY)
    assert (row["bank"], row["target_class"]) == (Bank.BOTH, WaterClass.III)
    assert before["village_chief"] == ""


def test_reaches_are_filtered(empty: Office, village: int) -> None:
    other = empty.village("杨湾村")
    river = empty.reach("柳塘河", village, other, level="town")
    pond = empty.reach("柳塘水库", village, level="village", kind="reservoir")
    canal = empty.reach("杨湾支渠", other, level="village", kind="canal")
    assert reach_ids(empty) == [river, pond, canal]
    assert reach_ids(empty, ids=(canal, river)) == [river, canal]
    assert reach_ids(empty, villages=(other,)) == [river, canal]
    assert reach_ids(empty, villages=(village, other)) == [river, pond, canal]
    assert reach_ids(empty, levels=(Level.VILLAGE,)) == [pond, canal]
    assert reach_ids(empty, kinds=(WaterKind.CANAL, WaterKind.RIVER)) == [river, canal]
    assert reach_ids(empty, waters=(2,)) == [pond]
    assert reach_ids(empty, text="柳塘") == [river, pond]
    assert reach_ids(empty, text="H003") == [canal]
    assert reach_ids(empty, text="%") == []
    empty.do(waters.retire_reach, waters.Retirement, id=pond)
    assert reach_ids(empty) == [river, canal]
    assert reach_ids(empty, retired=True, levels=(Level.VILLAGE,)) == [pond, canal]


def test_a_village_no_longer_crossed_does_not_find_the_reach(empty: Office, village: int, reach: int) -> None:
    with empty.database.read() as session:
        water = REACH_LEDGER.rows(session, [reach], empty.today)[0]["water_code"]
    assert water == "H001"
    empty.do(waters.edit_reach, waters.ReachEdit, id=reach, water_id=1, name="柳塘河", area_ids=())
    assert reach_ids(empty, villages=(village,)) == []
    with empty.database.read() as session:
        assert villages_of(session, [reach]) == {}


def test_chiefs_of_a_reach_are_those_of_the_day(empty: Office, tenure: int, village: int, reach: int) -> None:
    empty.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day="2025-03-10")
    empty.chief("钱树", village, reach, valid_from="2025-03-12")
    with empty.database.read() as session:
        names = [
            REACH_LEDGER.rows(session, [reach], date(2025, 3, day))[0]["village_chief"]
            for day in (10, 11, 12)
        ]
    assert names == ["赵春", "", "钱树"]


def test_an_area_row_has_every_field(empty: Office, village: int) -> None:
    town = 1
    joined = empty.do(
        waters.add_area,
        waters.NewArea,
        name="老柳塘村",
        level="village",
        parent_id=town,
        code="990121103299",
        population=800,
        valid_from="2000-01-01",
    ).id
    values = {"id": joined, "name": "老柳塘村", "level": "village", "parent_id": town}
    empty.do(
        waters.edit_area,
        waters.AreaEdit,
        **values,
        code="990121103299",
        population=800,
        valid_from="2000-01-01",
        merged_into_id=village,
    )
    empty.do(waters.retire_area, waters.Retirement, id=joined, on="2025-01-01")
    with empty.database.read() as session:
        [row] = AREA_LEDGER.rows(session, [joined], empty.today)
    assert [field.key for field in AREAS if row[field.key] in (None, "")] == []
    assert (row["parent_name"], row["parent_code"], row["merged_into_name"]) == (
        "砚溪镇",
        "990121103",
        "柳塘村",
    )
    assert (row["valid_to"], row["retired_on"]) == (date(2025, 1, 1), date(2025, 1, 1))


def test_areas_are_filtered_and_stand_by_code(empty: Office, village: int) -> None:
    empty.village("石埠村", "990121103202")
    gone = empty.village("老村_一")
    empty.do(waters.retire_area, waters.Retirement, id=gone)
    assert area_names(empty) == ["砚溪镇", "石埠村", "柳塘村"]
    assert area_names(empty, retired=True) == ["老村_一", "砚溪镇", "石埠村", "柳塘村"]
    assert area_names(empty, levels=(AreaLevel.TOWN,)) == ["砚溪镇"]
    assert area_names(empty, ids=(village,)) == ["柳塘村"]
    assert area_names(empty, text="990121103203") == ["柳塘村"]
    assert area_names(empty, text="_", retired=True) == ["老村_一"]


def test_the_length_of_all_reaches_in_use(empty: Office, river: int) -> None:
    ids = [
        empty.do(waters.add_reach, waters.NewReach, water_id=river, name=name, length_km=km).id
        for name, km in (("上段", 6.8), ("下段", 5.4), ("河汊", None))
    ]
    with empty.database.read() as session:
        assert total_length(session) == pytest.approx(12.2)
    empty.do(waters.retire_reach, waters.Retirement, id=ids[0])
    with empty.database.read() as session:
        assert total_length(session) == pytest.approx(5.4)


def test_no_reach_has_no_length(empty: Office) -> None:
    with empty.database.read() as session:
        assert total_length(session) == 0
