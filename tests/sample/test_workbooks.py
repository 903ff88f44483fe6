"""The workbooks the sample is fed with, read back as the program reads a county's."""

from __future__ import annotations

from pathlib import Path

import pytest

from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet, read_sheet
from river_chief.sample.county_sheet import FILE
from river_chief.sample.places import VILLAGES
from river_chief.sample.workbooks import AREAS, CHIEFS, PATCHES, PATROLS, WATERS, write_workbooks
from river_chief.terms import ImportKind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks") / "workbooks"
    assert {path.name for path in write_workbooks(folder)} == {path.name for path in folder.iterdir()}
    return folder


def read(path: Path, kind: ImportKind) -> RawSheet:
    return read_sheet(path, SHEET_KINDS[kind])


def heads(sheet: RawSheet) -> list[str]:
    return [head.split("/")[-1] for head in sheet.keys]


def test_the_county_sheet_is_messy(folder: Path) -> None:
    sheet = read(folder / FILE, ImportKind.PROBLEMS)
    assert (sheet.header_rows, sheet.year, sheet.unknown_columns) == ((3, 4), 2025, ())
    for head in "四乱类型 严重程度 问题来源 河道等级 关联河湖 河长姓名 详细地址 所在乡镇 地理坐标".split():
        assert head in heads(sheet)
    for head in "问题描述 占地面积 整改要求 通知单位 备注".split():
        assert head in heads(sheet)
    assert len(sheet.rows) == 14
    assert len(sheet.skipped) == 3
    found = {row.cells["found_on"].address: row.cells["found_on"].value for row in sheet.rows}
    assert found["C10"] == "2025.13.5"
    assert {"2025.3.5", "3月5日", 45721} <= set(found.values())
    villages = [row.cells["village_name"].value for row in sheet.rows]
    assert villages[:2] == ["柳塘村", "柳塘村"]
    assert {"枫林村", "柳塘村、杨湾村"} <= set(villages)
    numbers = [row.cells["number"].value for row in sheet.rows]
    assert len(numbers) - len(set(numbers)) == 1
    assert any("°" in str(row.cells["position_text"].value) for row in sheet.rows)


def test_the_tidy_ones_have_the_heads_of_a_county_system(folder: Path) -> None:
    areas = read(folder / AREAS, ImportKind.AREAS)
    assert heads(areas) == ["行政区代码", "行政区名称"]
    assert len(areas.rows) == 1 + len(VILLAGES)
    waters = read(folder / WATERS, ImportKind.WATERS)
    assert (
        heads(waters)
        == (
            "河流编码 河流名称 所属水系 所属流域 河流岸别 河流长度(km) 流域面积(km2) 上级河流编码 上级河流名称 "
            "河源 河源经度 河源纬度 河口 河口经度 河口纬度"
        ).split()
    )
    assert len(waters.rows) == 17
    chiefs = read(folder / CHIEFS, ImportKind.CHIEFS)
    assert heads(chiefs) == "用户编码 用户名称 用户性别 用户手机 行政区域 部门名称 角色名称 职位名称".split()
    assert len(chiefs.rows) == 65
    patches = read(folder / PATCHES, ImportKind.PATCHES)
    assert heads(patches) == (
        "图斑编号 乡镇 村 河湖 中心经度 中心纬度 面积(平方米) 疑似类型 下发日期 核查期限".split()
    )
    assert len(patches.rows) == 6
    patrols = read(folder / PATROLS, ImportKind.PATROLS)
    assert heads(patrols) == (
        "巡河人员名称 巡河人员行政区 巡河开始时间 巡河结束时间 巡河起点 巡河终点 巡河时长 巡河里程".split()
    )
    assert len(patrols.rows) > 130
