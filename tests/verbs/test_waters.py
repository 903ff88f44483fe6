"""Divisions, waters, reaches: added, edited, retired; codes, parents, ways down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.queries.waters import villages_of
from river_chief.records import Area, Reach, ReachArea, TenureReach, Water
from river_chief.verbs import waters
from tests.builders import Office

TOWN = 1


def area(office: Office, id: int) -> Area:
    with office.database.read() as session:
        return session.get_one(Area, id)


def reach_of(office: Office, id: int) -> Reach:
    with office.database.read() as session:
        return session.get_one(Reach, id)


def crossed(office: Office, reach: int) -> list[str]:
    with office.database.read() as session:
        return [name for _, name in villages_of(session, [reach]).get(reach, ())]


def add_area(office: Office, name: str, level: str = "village", **values: Any) -> int:
    return office.do(
        waters.add_area, waters.NewArea, **{"name": name, "level": level, "parent_id": TOWN, **values}
    ).id


def edit_reach(office: Office, id: int, **values: Any) -> str:
    """Edit a reach with its own values but for those given."""
    with office.database.read() as session:
        own = session.get_one(Reach, id).model_dump(include=set(waters.ReachEdit.model_fields))
        own["area_ids"] = [area_id for area_id, _ in villages_of(session, [id]).get(id, ())]
    return office.do(waters.edit_reach, waters.ReachEdit, **{**own, "version": None, **values}).sentence


def test_an_area_is_added_with_its_sentence(empty: Office) -> None:
    done = empty.do(
        waters.add_area,
        waters.NewArea,
        name="柳塘村",
        level="village",
        parent_id=TOWN,
        code="990121103203",
        population=2300,
    )
    assert done.sentence == "新增行政区柳塘村"
    assert done.ledgers == {"area"}
    made = area(empty, done.id)
    assert (made.name, made.code, made.population, made.parent_id) == ("柳塘村", "990121103203", 2300, TOWN)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "柳塘村"}, "“柳塘村”已经在台账里，不必重复新增"),
        ({"code": "990121103203"}, "行政区代码 990121103203 已用于“柳塘村”"),
        ({"code": "990121103"}, "村级的行政区代码应是12位数字"),
        ({"code": "99012110320x"}, "村级的行政区代码应是12位数字"),
        ({"code": "９９０１２１１０３２０３"}, "村级的行政区代码应是12位数字"),
        ({"code": "1" * 13}, "行政区代码太长，最多 12 个字"),
        ({"level": "county", "code": "990121103"}, "县级的行政区代码应是6或12位数字"),
        ({"level": "county"}, "砚溪镇是乡镇级，不能作县级的上级行政区"),
        ({"parent_id": 999}, "没有这个上级行政区"),
        ({"population": -1}, "人口应不小于 0"),
        ({"population": 10**20}, "人口应小于"),
        ({"name": "  "}, "请填写行政区名称"),
        ({"valid_from": "2025-03-01", "valid_to": "2025-02-01"}, "止用日期早于启用日期"),
    ],
)
def test_a_bad_area_is_refused(empty: Office, village: int, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        add_area(empty, **{"name": "杨湾村", **values})
    with empty.database.read() as session:
        assert session.exec(select(Area.name)).all() == ["砚溪镇", "柳塘村"]


def test_an_area_is_edited_under_the_version_the_clerk_saw(empty: Office, village: int) -> None:
    values = {"id": village, "level": "village", "parent_id": TOWN, "code": "990121103203", "version": 1}
    done = empty.do(waters.edit_area, waters.AreaEdit, name="柳塘社区", **values)
    assert done.sentence == "修改行政区柳塘社区"
    with pytest.raises(Conflict, match="行政区柳塘社区在您打开之后已被修改"):
        empty.do(waters.edit_area, waters.AreaEdit, name="柳塘村", **values)
    other = add_area(empty, "杨湾村", code="990121103204")
    with pytest.raises(Refusal, match="990121103204 已用于“杨湾村”"):
        empty.do(
            waters.edit_area,
            waters.AreaEdit,
            **{**values, "name": "柳塘村", "code": "990121103204", "version": None},
        )
    merged = {**values, "name": "柳塘村", "version": None, "merged_into_id": other}
    empty.do(waters.edit_area, waters.AreaEdit, **merged)
    assert area(empty, village).merged_into_id == other
    with pytest.raises(Refusal, match="不能并入自己"):
        empty.do(waters.edit_area, waters.AreaEdit, **{**merged, "merged_into_id": village})


def test_the_levels_of_a_tree_stay_in_order(empty: Office, village: int) -> None:
    with pytest.raises(InvalidInput, match="柳塘村是村级，不能作乡镇级的上级行政区"):
        empty.do(
            waters.edit_area,
            waters.AreaEdit,
            id=TOWN,
            name="砚溪镇",
            level="town",
            code="990121103",
            parent_id=village,
        )
    with pytest.raises(Refusal, match="砚溪镇有下级行政区，不能改成村级"):
        empty.do(waters.edit_area, waters.AreaEdit, id=TOWN, name="砚溪镇", level="village")


def test_an_area_is_retired_when_nothing_in_it_is_in_use(empty: Office, tenure: int, reach: int) -> None:
    village = 2
    with pytest.raises(Refusal, match="砚溪镇还有在用的下级行政区（柳塘村）"):
        empty.do(waters.retire_area, waters.Retirement, id=TOWN)
    with pytest.raises(Refusal, match="还有河段流经柳塘村（柳塘河）"):
        empty.do(waters.retire_area, waters.Retirement, id=village)
    edit_reach(empty, reach, area_ids=())
    with pytest.raises(Refusal, match="柳塘村还有 1 个在任的任职"):
        empty.do(waters.retire_area, waters.Retirement, id=village)
    assert area(empty, village).retired_on is None


def test_a_retired_area_keeps_its_name_and_day(empty: Office, village: int) -> None:
    with pytest.raises(Refusal, match="停用日期 2025-04-01 晚于今天"):
        empty.do(waters.retire_area, waters.Retirement, id=village, on="2025-04-01")
    done = empty.do(waters.retire_area, waters.Retirement, id=village, on="2025-03-15")
    assert done.sentence == "停用行政区柳塘村"
    gone = area(empty, village)
    assert (gone.retired_on, gone.valid_to) == (date(2025, 3, 15), date(2025, 3, 15))
    with pytest.raises(Refusal, match="柳塘村已于 2025-03-15 停用"):
        empty.do(waters.retire_area, waters.Retirement, id=village)
    with pytest.raises(Refusal, match="“柳塘村”已经在台账里（已停用）"):
        add_area(empty, "柳塘村")
    with pytest.raises(Refusal, match="“柳塘村”已于 2025-03-15 停用，请另选"):
        empty.reach("柳塘河", village)


def test_waters_get_the_next_free_code(empty: Office) -> None:
    codes = []
    for name, code in (("澜江", ""), ("砚溪", "H003"), ("柳塘河", ""), ("石埠溪", "")):
        done = empty.do(waters.add_water, waters.NewWater, name=name, code=code)
        assert done.sentence == f"新增河湖{name}"
        with empty.database.read() as session:
            codes.append(session.get_one(Water, done.id).code)
    assert codes == ["H001", "H003", "H002", "H004"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"code": "H001"}, "河湖编码 H001 已用于“澜江”"),
        ({"name": ""}, "请填写河湖名称"),
        ({"kind": "海"}, "河湖类型“海”不在可选范围内"),
        ({"length_km": float("nan")}, "长度"),
        ({"catchment_km2": float("inf")}, "流域面积“inf”应是数字"),
        ({"source_lon": 181}, "河源经度应不大于 180"),
        ({"note": "长" * 501}, "备注太长，最多 500 个字"),
    ],
)
def test_a_bad_water_is_refused(empty: Office, values: dict[str, object], sentence: str) -> None:
    empty.do(waters.add_water, waters.NewWater, name="澜江", code="H001")
    with pytest.raises(Refusal, match=sentence):
        empty.do(waters.add_water, waters.NewWater, **{"name": "砚溪", **values})


def test_a_water_is_edited_and_keeps_its_code_when_none_is_given(empty: Office) -> None:
    id = empty.do(waters.add_water, waters.NewWater, name="澜江", code="H009").id
    done = empty.do(waters.edit_water, waters.WaterEdit, id=id, name="澜江干流", version=1)
    assert done.sentence == "修改河湖澜江干流"
    with empty.database.read() as session:
        assert session.get_one(Water, id).code == "H009"
    with pytest.raises(Conflict, match="河湖澜江干流"):
        empty.do(waters.edit_water, waters.WaterEdit, id=id, name="澜江", version=1)
    with pytest.raises(NotFound, match="没有这条河湖"):
        empty.do(waters.edit_water, waters.WaterEdit, id=99, name="澜江")


def test_a_water_is_retired_after_its_reaches(empty: Office, reach: int) -> None:
    water = reach_of(empty, reach).water_id
    with pytest.raises(Refusal, match="柳塘河还有在用河段（柳塘河），请先停用河段"):
        empty.do(waters.retire_water, waters.Retirement, id=water)
    empty.do(waters.retire_reach, waters.Retirement, id=reach)
    assert empty.do(waters.retire_water, waters.Retirement, id=water).sentence == "停用河湖柳塘河"
    with pytest.raises(Refusal, match="柳塘河已于 2025-03-31 停用"):
        empty.do(waters.retire_water, waters.Retirement, id=water)
    with pytest.raises(Refusal, match="“柳塘河”已于 2025-03-31 停用"):
        empty.do(waters.add_reach, waters.NewReach, water_id=water, name="柳塘河下段")


def test_a_reach_crosses_villages_downstream(empty: Office, village: int, reach: int) -> None:
    second, third = empty.village("杨湾村"), empty.village("南圩村")
    assert edit_reach(empty, reach, area_ids=(second, village)) == "修改河段柳塘河"
    assert crossed(empty, reach) == ["杨湾村", "柳塘村"]
    edit_reach(empty, reach, area_ids=(third, second, third))
    assert crossed(empty, reach) == ["南圩村", "杨湾村"]
    edit_reach(empty, reach, area_ids=(village,))
    assert crossed(empty, reach) == ["柳塘村"]
    with empty.database.read() as session:
        assert len(session.exec(select(ReachArea)).all()) == 3
    with pytest.raises(InvalidInput, match="砚溪镇不是村"):
        edit_reach(empty, reach, area_ids=(TOWN,))


def test_reach_codes_run_by_water_and_never_clash(empty: Office, village: int) -> None:
    first = empty.reach("澜江上段", village)
    water = reach_of(empty, first).water_id
    assert reach_of(empty, first).code == "H001-01"
    other = empty.do(waters.add_water, waters.NewWater, name="砚溪").id
    edit_reach(empty, first, water_id=other)
    second = empty.do(waters.add_reach, waters.NewReach, water_id=water, name="澜江下段").id
    assert reach_of(empty, second).code == "H001-02"
    with pytest.raises(Refusal, match="河段编码 H001-01 已用于“澜江上段”"):
        edit_reach(empty, second, code="H001-01")
    with pytest.raises(Refusal, match="河段编码 H001-01 已用于“澜江上段”"):
        empty.do(waters.add_reach, waters.NewReach, water_id=water, name="澜江", code="H001-01")


def test_a_reach_code_too_long_is_asked_for(empty: Office) -> None:
    water = empty.do(waters.add_water, waters.NewWater, name="澜江", code="H" * 40).id
    with pytest.raises(InvalidInput, match="请填写河段编码"):
        empty.do(waters.add_reach, waters.NewReach, water_id=water, name="澜江上段")


def test_ways_down_do_not_lead_back(empty: Office, village: int) -> None:
    ids = [empty.reach(name, village) for name in ("桐坪坑", "砚溪", "澜江")]
    edit_reach(empty, ids[0], downstream_id=ids[1])
    edit_reach(empty, ids[1], downstream_id=ids[2])
    for last in (ids[0], ids[1], ids[2]):
        with pytest.raises(Refusal, match="下游河段不能是河段自己，也不能绕回自己"):
            edit_reach(empty, ids[2], downstream_id=last)
    with pytest.raises(NotFound, match="没有这个下游河段"):
        edit_reach(empty, ids[2], downstream_id=999)


def test_a_way_down_retired_since_may_stay_but_not_be_chosen(empty: Office, village: int) -> None:
    upper, lower, third = (empty.reach(name, village) for name in ("桐坪坑", "砚溪", "石埠溪"))
    edit_reach(empty, upper, downstream_id=lower)
    empty.do(waters.retire_reach, waters.Retirement, id=lower)
    edit_reach(empty, upper, note="演示")
    with pytest.raises(Refusal, match="“砚溪”已于 2025-03-31 停用"):
        edit_reach(empty, third, downstream_id=lower)


def test_a_reach_with_problems_stays_on_its_water(empty: Office, problem: int, reach: int) -> None:
    other = empty.do(waters.add_water, waters.NewWater, name="砚溪").id
    with pytest.raises(Refusal, match="柳塘河已登记过问题，不能改到另一条河湖"):
        edit_reach(empty, reach, water_id=other)
    assert reach_of(empty, reach).water_id != other


def test_a_reach_is_edited_under_its_version(empty: Office, reach: int) -> None:
    seen = reach_of(empty, reach).version
    edit_reach(empty, reach, name="柳塘河上段", version=seen)
    with pytest.raises(Conflict, match="河段柳塘河上段"):
        edit_reach(empty, reach, name="柳塘河", version=seen)


def test_retiring_a_reach_ends_what_its_chiefs_answer_for(empty: Office, tenure: int, reach: int) -> None:
    done = empty.do(waters.retire_reach, waters.Retirement, id=reach, on="2025-03-20")
    assert done.sentence == "停用河段柳塘河"
    assert done.ledgers == {"reach", "tenure_reach"}
    with empty.database.read() as session:
        assert [link.valid_to for link in session.exec(select(TenureReach))] == [date(2025, 3, 20)]
    with pytest.raises(Refusal, match="柳塘河已于 2025-03-20 停用"):
        empty.do(waters.retire_reach, waters.Retirement, id=reach)
