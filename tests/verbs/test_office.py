"""The office: founded once, its settings, campaigns and categories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.queries.choices import campaigns, categories
from river_chief.records import Campaign, Category, Setting
from river_chief.rules.office import OfficeSettings
from river_chief.storage.database import Database
from river_chief.verbs import office
from tests.builders import Office


def settings(of: Office) -> OfficeSettings:
    with of.database.read() as session:
        return office.settings_of(session)


def change(of: Office, **values: Any) -> str:
    return of.do(office.change_settings, office.SettingChange, values=values).sentence


def test_an_office_is_founded_with_its_rules(empty: Office) -> None:
    found = settings(empty)
    assert (found.office_name, found.short, found.area_code) == ("砚溪镇河长制办公室", "砚", "990121103")
    with empty.database.read() as session:
        codes = {choice.code for choice in categories(session)}
        assert {"LZ", "LC", "LD", "LJ", "LD01"} <= codes
        assert "四乱" in {choice.label for choice in campaigns(session)}
    with pytest.raises(Refusal, match="已经有所属办公室"):
        empty.do(office.found_office, office.NewOffice, place="砚溪镇")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"place": ""}, "请填写乡镇名称"),
        ({"place": "长" * 31}, "乡镇名称太长，最多 30 个字"),
        ({"place": "砚溪镇", "area_code": "99"}, "行政区代码“99”的写法不对"),
        ({"place": "砚溪镇", "short": "长" * 9}, "简称太长，最多 8 个字"),
    ],
)
def test_a_bad_office_is_refused(tmp_path: Path, values: dict[str, str], sentence: str) -> None:
    with Database.create(tmp_path / "ledger")[0] as database:
        with pytest.raises(InvalidInput, match=sentence):
            Office(database).do(office.found_office, office.NewOffice, **values)
        Office(database).do(office.found_office, office.NewOffice, place="长" * 30, short="长")
        assert len(settings(Office(database)).office_name) == 36


def test_settings_change_by_name(empty: Office) -> None:
    assert change(empty, rate_digits=2, due_soon_days=5, short="砚") == "修改设置：比率小数位、临期提醒（天）"
    assert (settings(empty).rate_digits, settings(empty).due_soon_days) == (2, 5)
    assert change(empty, rate_digits=2) == "设置没有变化"
    assert change(empty, rate_digits=1) == "修改设置：比率小数位"
    with empty.database.read() as session:
        assert len(session.exec(select(Setting).where(Setting.name == "rate_digits")).all()) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"colour": "red"}, "没有“colour”这项设置"),
        ({"rate_digits": 3}, "比率小数位应不大于 2"),
        ({"flood_from": "13-01"}, "汛期开始"),
        ({"paper_pattern": "{年}"}, "文号格式.*缺少"),
        ({"office_name": " "}, "请填写单位全称"),
        ({"area_code": "99012110"}, "行政区划代码“99012110”的写法不对"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(
    empty: Office, values: dict[str, object], sentence: str
) -> None:
    before = settings(empty)
    with pytest.raises(Refusal, match=sentence):
        change(empty, due_soon_days=9, **values)
    assert settings(empty) == before


def test_the_field_of_a_bad_setting_is_named(empty: Office) -> None:
    with pytest.raises(InvalidInput) as caught:
        change(empty, rate_digits=3, due_soon_days=-1)
    assert set(caught.value.fields) == {"rate_digits", "due_soon_days"}


def test_campaigns_are_added_edited_and_retired(empty: Office) -> None:
    id = empty.do(office.add_campaign, office.NewCampaign, name="五清行动", starts_on="2025-03-01").id
    edit = {"id": id, "name": "五清", "starts_on": "2025-03-01", "ends_on": "2025-03-01", "version": 1}
    assert empty.do(office.edit_campaign, office.CampaignEdit, **edit).sentence == "修改专项五清"
    with pytest.raises(Conflict, match="专项五清"):
        empty.do(office.edit_campaign, office.CampaignEdit, **edit)
    with pytest.raises(Refusal, match="专项“碍洪”已经有了，请换一个名称"):
        empty.do(office.edit_campaign, office.CampaignEdit, id=id, name="碍洪")
    done = empty.do(office.retire_campaign, office.CampaignRetirement, id=id)
    assert done.sentence == "停用专项五清"
    with empty.database.read() as session:
        assert "五清" not in {choice.label for choice in campaigns(session)}
        assert session.get_one(Campaign, id).retired_on == empty.today
    with pytest.raises(Refusal, match="“五清”已经停用"):
        empty.do(office.retire_campaign, office.CampaignRetirement, id=id)
    with pytest.raises(Refusal, match="专项“五清”已经有了，现已停用"):
        empty.do(office.add_campaign, office.NewCampaign, name="五清")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "四乱"}, "专项“四乱”已经有了"),
        ({"name": ""}, "请填写专项名称"),
        ({"name": "清河", "starts_on": "2025-03-02", "ends_on": "2025-03-01"}, "结束日期早于开始日期"),
        ({"name": "清河", "starts_on": "2025-03-02", "target_on": "2025-03-01"}, "目标日期早于开始日期"),
        ({"name": "清河", "starts_on": "2025.13.5"}, "开始日期“2025.13.5”不是日期"),
    ],
)
def test_a_bad_campaign_is_refused(empty: Office, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        empty.do(office.add_campaign, office.NewCampaign, **values)


def test_a_category_is_reworded_but_keeps_its_code(empty: Office) -> None:
    with empty.database.read() as session:
        own = session.exec(select(Category).where(Category.code == "LD01")).one()
    edit = {"id": own.key, "version": own.version, "name": "堆放垃圾", "grade": "V>=10:2|1"}
    done = empty.do(office.edit_category, office.CategoryEdit, **edit)
    assert done.sentence == "修改分类LD01堆放垃圾"
    with pytest.raises(Conflict, match="分类堆放垃圾"):
        empty.do(office.edit_category, office.CategoryEdit, **edit)
    with pytest.raises(Refusal, match="等级规则“V>10”的第1段“V>10”看不懂"):
        empty.do(office.edit_category, office.CategoryEdit, **{**edit, "version": None, "grade": "V>10"})
    with pytest.raises(NotFound, match="没有这个分类"):
        empty.do(office.edit_category, office.CategoryEdit, **{**edit, "id": 999})
