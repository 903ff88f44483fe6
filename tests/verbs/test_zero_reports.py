"""零报告: signed for a month, refused where something was found, withdrawn by a void."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from river_chief.errors import InvalidInput, Refusal
from river_chief.records import ZeroReport
from river_chief.terms import Action
from river_chief.verbs import office, zero_reports
from tests.builders import Office

MARCH = {"year": 2025, "month": 3}


def sign(made: Office, *villages: int, **values: object) -> str:
    entry = {**MARCH, "signer": "钱树", **values}
    return made.do(zero_reports.sign, zero_reports.ZeroSigning, area_ids=villages, **entry).sentence


def reports(made: Office) -> list[ZeroReport]:
    with made.database.read() as session:
        return list(session.exec(select(ZeroReport).order_by("id")))


def test_several_villages_sign_as_one_act(empty: Office, village: int) -> None:
    second = empty.village("上砚村")
    assert sign(empty, village, second, words="月末例会签报") == "柳塘村、上砚村签报2025年3月零报告"
    told = [(each.area_id, each.signer, each.signed_on, each.words) for each in reports(empty)]
    assert told == [(id, "钱树", date(2025, 3, 31), "月末例会签报") for id in (village, second)]


def test_the_chief_of_the_day_signs_where_nobody_is_named(empty: Office, village: int, tenure: int) -> None:
    sign(empty, village, signer="")
    assert reports(empty)[0].signer == "赵春"
    without = empty.village("上砚村")
    with pytest.raises(InvalidInput, match="上砚村在 2025-03-31 没有村级河长，请填写签报人"):
        sign(empty, without, signer="")


def test_a_village_that_found_something_can_not_sign(empty: Office, village: int, problem: int) -> None:
    second = empty.village("上砚村")
    with pytest.raises(Refusal, match="柳塘村2025年3月已登记发现的问题砚2025-001，不能签报零报告"):
        sign(empty, second, village)
    assert reports(empty) == []
    sign(empty, village, month=2, signed_on="2025-02-28")
    empty.step(problem, Action.VOID, words="录错")
    sign(empty, village)


def test_the_month_is_the_offices_own(empty: Office, village: int, reach: int) -> None:
    empty.do(office.change_settings, office.SettingChange, values={"period_start_day": 26})
    empty.problem(village, reach, on="2025-02-26")
    with pytest.raises(Refusal, match="2025年3月已登记发现的问题"):
        sign(empty, village)
    sign(empty, village, month=4, signed_on="2025-03-26")
    with pytest.raises(InvalidInput, match="从 2025-03-26 开始"):
        sign(empty, empty.village("上砚村"), month=4, signed_on="2025-03-25")


def test_days_that_do_not_fit(empty: Office, village: int) -> None:
    with pytest.raises(Refusal, match="晚于今天"):
        sign(empty, village, signed_on="2025-04-01")
    with pytest.raises(InvalidInput, match="不能早于这一天"):
        sign(empty, village, signed_on="2025-02-28")
    with pytest.raises(Refusal, match="砚溪镇不是村"):
        sign(empty, 1)
    with pytest.raises(InvalidInput, match="月应不大于 12"):
        sign(empty, village, month=13)


def test_signed_once_and_withdrawn_by_a_void(empty: Office, village: int) -> None:
    sign(empty, village)
    with pytest.raises(Refusal, match="柳塘村2025年3月的零报告已由钱树于 2025-03-31 签报"):
        sign(empty, village)
    id = reports(empty)[0].key
    void = zero_reports.ZeroVoid
    done = empty.do(zero_reports.void_zero, void, id=id, words="村里后来报有问题")
    assert done.sentence == "作废柳塘村2025年3月的零报告：村里后来报有问题"
    with pytest.raises(Refusal, match="已经作废"):
        empty.do(zero_reports.void_zero, void, id=id, words="再来")
    sign(empty, village)
