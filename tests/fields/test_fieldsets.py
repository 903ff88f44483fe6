"""Every field set: keys that exist, heads that are not claimed twice, the heads counties really use."""

from __future__ import annotations

import pytest

from river_chief.fields.areas import AREAS
from river_chief.fields.chiefs import CHIEFS
from river_chief.fields.field import FieldSet, Kind
from river_chief.fields.papers import LADDER_LETTERS
from river_chief.fields.patches import PATCHES
from river_chief.fields.patrols import PATROLS
from river_chief.fields.problems import PROBLEMS
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.records import (
    Area,
    Paper,
    Patch,
    Patrol,
    Person,
    Problem,
    Reach,
    Record,
    Round,
    Tenure,
    Water,
)

# Keys that are not an attribute of the records themselves: joined names and what is computed.
JOINED = {
    "area": {"parent_code", "parent_name", "merged_into_name"},
    "water": {"reach_count", "reach_names"},
    "reach": {
        "water_code",
        "water_name",
        "village_names",
        "downstream_name",
        "county_chief",
        "town_chief",
        "village_chief",
    },
    "paper": {"answer_state", "problem_count", "problem_numbers", "village_name", "step_name"},
    "tenure": {"area_name", "reach_names", "delegate_name"},
    "patrol": {"person_name", "role", "level", "area_name", "unit", "water_name", "reach_names", "valid"},
    "patch": {
        "campaign",
        "water_name",
        "reach_name",
        "town_name",
        "village_name",
        "position_text",
        "photos",
        "problem_number",
        "problem_state",
    },
}
CASES: list[tuple[FieldSet, tuple[type[Record], ...]]] = [
    (AREAS, (Area,)),
    (WATERS, (Water,)),
    (REACHES, (Reach,)),
    (CHIEFS, (Tenure, Person)),
    (PATROLS, (Patrol,)),
    (LADDER_LETTERS, (Paper,)),
    (PATCHES, (Patch,)),
]
ALL = [AREAS, WATERS, REACHES, CHIEFS, PATROLS, PROBLEMS, LADDER_LETTERS, PATCHES]


@pytest.mark.parametrize(("fields", "records"), CASES, ids=lambda one: getattr(one, "ledger", ""))
def test_a_key_is_an_attribute_of_the_record_or_a_joined_name(
    fields: FieldSet, records: tuple[type[Record], ...]
) -> None:
    attributes = {name for record in records for name in record.model_fields}
    for field in fields:
        assert (field.key in attributes) != (field.key in JOINED[fields.ledger]), field.key


@pytest.mark.parametrize("fields", ALL, ids=lambda fields: fields.ledger)
def test_no_head_stands_for_two_fields(fields: FieldSet) -> None:
    owners: dict[str, str] = {}
    for field in fields:
        for head in set(field.heads):
            assert owners.setdefault(head, field.key) == field.key, head


@pytest.mark.parametrize("fields", ALL, ids=lambda fields: fields.ledger)
def test_a_term_field_names_its_code_list_and_no_other_does(fields: FieldSet) -> None:
    for field in fields:
        assert (field.term is not None) == (field.kind is Kind.TERM), field.key


def test_problem_keys_of_the_record_are_its_attributes() -> None:
    attributes = {*Problem.model_fields, *Round.model_fields}
    stored = [field.key for field in PROBLEMS if field.key in attributes]
    assert {"found_on", "place", "severity", "deadline", "rectified_on", "goal"} <= set(stored)


@pytest.mark.parametrize(
    ("fields", "heads"),
    [
        (AREAS, "行政区代码|行政区名称"),
        (
            WATERS,
            "河流编码|河流名称|所属水系|所属流域|河流岸别|河流长度|流域面积|上级河流编码|上级河流名称|"
            "河源|河源经度|河源纬度|河口|河口经度|河口纬度",
        ),
        (CHIEFS, "用户编码|用户名称|用户性别|用户手机|行政区域|部门名称|角色名称|职位名称"),
        (
            PATROLS,
            "巡河人员名称|巡河人员行政区|巡河开始时间|巡河结束时间|巡河起点|巡河终点|巡河时长|巡河里程",
        ),
        (
            PROBLEMS,
            "四乱类型|严重程度|问题来源|河道等级|关联河湖|河长姓名|详细地址|所在乡镇|地理坐标|问题描述|占地面积|"
            "整改要求|通知单位|备注",
        ),
        (PATCHES, "图斑编号|乡镇|河湖|中心经度|中心纬度|面积|疑似类型|核查结论"),
    ],
    ids=lambda one: getattr(one, "ledger", ""),
)
def test_every_head_of_a_county_export_is_known(fields: FieldSet, heads: str) -> None:
    known = {head: field.key for field in fields for head in field.heads}
    wanted = heads.split("|")
    assert [head for head in wanted if head not in known] == []
    assert len({known[head] for head in wanted}) == len(wanted)
