from __future__ import annotations

import pytest

from river_chief.fields.chiefs import CHIEFS
from river_chief.fields.field import FieldSet
from river_chief.fields.patrols import PATROLS
from river_chief.fields.problems import PROBLEMS
from river_chief.fields.waters import WATERS
from river_chief.intake.heads import Heads, brings_nothing


@pytest.mark.parametrize(
    ("fields", "parts", "key", "unit"),
    [
        (PROBLEMS, ["问题编号"], "number", ""),
        (PROBLEMS, ["问 题\n编 号"], "number", ""),
        (PROBLEMS, ["四乱类型"], "category_group", ""),
        (PROBLEMS, ["村（社区）"], "village_name", ""),
        (PROBLEMS, ["占地面积（亩）"], "area_m2", "亩"),
        (PROBLEMS, ["占地面积(单位：亩)"], "area_m2", "亩"),
        (PROBLEMS, ["面积㎡"], "area_m2", ""),
        (PROBLEMS, ["面积，亩"], "area_m2", "亩"),
        (PROBLEMS, ["面积(丈)"], "area_m2", "丈"),
        (PROBLEMS, ["面积（必填）"], "area_m2", ""),
        (PROBLEMS, ["数量（立方米）"], "volume_m3", "立方米"),
        (PROBLEMS, ["数量（处）"], "count_n", "处"),
        (PROBLEMS, ["问题描述（200字以内）"], "description", ""),
        (PROBLEMS, ["涉事单位（个人）"], "party", ""),
        (PROBLEMS, ["规模", "面积"], "area_m2", ""),
        (PROBLEMS, ["发现", "时间"], "found_on", ""),
        (PROBLEMS, ["发现情况", "时间"], "found_on", ""),
        (PROBLEMS, ["整改", "时限"], "first_deadline", ""),
        (PROBLEMS, ["县级河长", "姓名"], "county_chief", ""),
        (PROBLEMS, ["地理坐标", "经度"], "lon", ""),
        (WATERS, ["流域面积(km2)"], "catchment_km2", "km2"),
        (WATERS, ["河流长度（公里）"], "length_km", "公里"),
        (CHIEFS, ["单位"], "unit", ""),
        (PATROLS, ["巡河时长(小时)"], "minutes", "小时"),
        (PATROLS, ["巡河里程（km）"], "km", "km"),
    ],
)
def test_a_head_stands_for_its_field(fields: FieldSet, parts: list[str], key: str, unit: str) -> None:
    match = Heads(fields).match(parts)
    assert match is not None
    assert (match.field.key, match.unit) == (key, unit)


@pytest.mark.parametrize(
    "parts", [[], ["照片"], ["县级河长", "联系电话"], ["砚溪镇河湖问题台账"], ["（）"], [""]]
)
def test_a_head_no_field_goes_by(parts: list[str]) -> None:
    assert Heads(PROBLEMS).match(parts) is None


def test_row_numbers_bring_nothing() -> None:
    assert brings_nothing(" 序 号")
    assert not brings_nothing("编号")
