"""Patrol logs entered, corrected, voided; the rules of how often one is owed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter, checks, duty_rules
from river_chief.records import Patrol, PatrolCheck, PatrolReach, PatrolRule
from river_chief.terms import Answer
from river_chief.verbs import chiefs, patrols, waters
from tests.builders import Office

AT = "2025-03-05 09:00"


def edit(office: Office, id: int, tenure: int, *reaches: int, **values: Any) -> str:
    fields = {"started_at": AT, "minutes": 30, "km": 1.5, **values}
    return office.do(
        patrols.edit_patrol, patrols.PatrolEdit, id=id, tenure_id=tenure, reach_ids=reaches, **fields
    ).sentence


def void(office: Office, id: int, words: str = "录错", **values: Any) -> str:
    return office.do(patrols.void_patrol, patrols.VoidPatrol, id=id, words=words, **values).sentence


def patrol(office: Office, id: int) -> Patrol:
    with office.database.read() as session:
        return session.get_one(Patrol, id)


def answers(office: Office, id: int) -> dict[int, tuple[Answer, str]]:
    with office.database.read() as session:
        return checks(session, id)


def count(office: Office) -> int:
    with office.database.read() as session:
        return PATROL_LEDGER.count(session, PatrolFilter(voided=True))


def test_a_log_is_entered_with_its_sentence(empty: Office, tenure: int, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village)
    done = empty.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=tenure,
        reach_ids=(reach, second, reach),
        started_at=AT,
        ended_at="2025-03-05 09:45",
        finding="排污口有异味",
    )
    assert done.sentence == "赵春2025-03-05巡查柳塘河、柳塘水库"
    assert done.ledgers == {"patrol", "patrol_reach"}
    made = patrol(empty, done.id)
    assert (made.minutes, made.km, made.has_finding, made.person_id) == (45, None, True, 1)
    assert made.started_at == datetime(2025, 3, 5, 9)


def test_a_long_way_is_told_in_short(empty: Office, tenure: int, village: int) -> None:
    ids = [empty.reach(f"山塘{n}", village) for n in range(1, 8)]
    empty.patrol(tenure, *ids, at=AT)
    with empty.database.read() as session:
        row = PATROL_LEDGER.all(session, PatrolFilter(), empty.today)[0]
    assert row["reach_names"].count("山塘") == 7
    done = empty.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=tenure,
        reach_ids=ids,
        started_at="2025-03-06 09:00",
    )
    assert done.sentence == "赵春2025-03-06巡查山塘1、山塘2、山塘3、山塘4、山塘5等7个"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"started_at": "2025-04-01 08:00"}, "巡河日期 2025-04-01 晚于今天 2025-03-31"),
        ({"started_at": "2023-12-31 08:00"}, "赵春在 2023-12-31 不在任"),
        ({"started_at": "1025-03-05"}, "开始时间应不小于 1980-01-01"),
        ({"started_at": datetime(2025, 3, 5, 9, tzinfo=UTC)}, "开始时间：请填写当地时间，不带时区"),
        ({"started_at": "三月五日"}, "开始时间“三月五日”不是时间"),
        ({"ended_at": "2025-03-05 08:59"}, "结束时间应在开始时间之后的 24 小时内"),
        ({"ended_at": "2025-03-06 09:01"}, "结束时间应在开始时间之后的 24 小时内"),
        ({"started_at": "2025-03-31 20:00", "ended_at": "2025-04-01 08:00"}, "结束时间 2025-04-01 晚于今天"),
        ({"minutes": -1}, "巡河时长应不小于 0"),
        ({"minutes": 1441}, "巡河时长应不大于 1440"),
        ({"km": float("nan")}, "巡河里程"),
        ({"km": 1000}, "巡河里程应小于 1000"),
        ({"reach_ids": ()}, "河段至少要有 1 项"),
        ({"reach_ids": (99,)}, "没有这个河段"),
        ({"tenure_id": 99}, "没有这个任职"),
        ({"checks": ({"item": 10, "answer": "no"},)}, "巡查项目应不大于 9"),
        ({"checks": ({"item": 3, "answer": "no"}, {"item": 3, "answer": "yes"})}, "同一巡查项目填了两次"),
        ({"finding": "长" * 2001}, "问题情况太长，最多 2000 个字"),
        ({"note": "长" * 501}, "备注太长，最多 500 个字"),
    ],
)
def test_a_bad_log_is_refused(
    empty: Office, tenure: int, reach: int, values: dict[str, object], sentence: str
) -> None:
    fields = {"tenure_id": tenure, "reach_ids": (reach,), "started_at": AT, **values}
    with pytest.raises(Refusal, match=sentence):
        empty.do(patrols.record_patrol, patrols.NewPatrol, **fields)
    assert count(empty) == 0


def test_a_log_is_not_entered_twice(empty: Office, tenure: int, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village)
    first = empty.patrol(tenure, reach, at=AT)
    with pytest.raises(Refusal, match="2025-03-05 09:00 的这次巡河已经登记过"):
        empty.patrol(tenure, second, at=AT)
    void(empty, first)
    empty.patrol(tenure, reach, at=AT)
    empty.patrol(tenure, reach, at="2025-03-05 15:00")


def test_logs_without_an_hour_differ_by_reach(empty: Office, tenure: int, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village)
    empty.patrol(tenure, reach, at="2025-03-05")
    empty.patrol(tenure, second, at="2025-03-05")
    with pytest.raises(Refusal, match="已经登记过"):
        empty.patrol(tenure, reach, second, at="2025-03-05")


def test_a_retired_reach_is_walked_only_while_it_was_in_use(
    empty: Office, tenure: int, reach: int, village: int
) -> None:
    log = empty.patrol(tenure, reach, at="2025-03-20 09:00")
    empty.do(waters.retire_reach, waters.Retirement, id=reach, on="2025-03-10")
    empty.patrol(tenure, reach, at="2025-03-10 09:00")
    with pytest.raises(Refusal, match="“柳塘河”已于 2025-03-10 停用"):
        empty.patrol(tenure, reach, at="2025-03-11 09:00")
    edit(empty, log, tenure, reach, started_at="2025-03-20 09:00", note="补充")


def test_only_what_is_not_in_order_is_kept(empty: Office, tenure: int, reach: int) -> None:
    given = (
        {"item": 1, "answer": "yes"},
        {"item": 2, "answer": "no", "note": "有漂浮物"},
        {"item": 3, "answer": "yes", "note": "已复查"},
        {"item": 4, "answer": "unchecked"},
    )
    log = empty.patrol(tenure, reach, at=AT, checks=given)
    assert answers(empty, log) == {
        2: (Answer.NO, "有漂浮物"),
        3: (Answer.YES, "已复查"),
        4: (Answer.UNCHECKED, ""),
    }
    edit(empty, log, tenure, reach, checks=({"item": 4, "answer": "no"}, {"item": 5, "answer": "no"}))
    assert answers(empty, log) == {4: (Answer.NO, ""), 5: (Answer.NO, "")}
    with empty.database.read() as session:
        assert len(session.exec(select(PatrolCheck)).all()) == 4
    with pytest.raises(InvalidInput, match="填了两次"):
        edit(empty, log, tenure, reach, checks=({"item": 6, "answer": "no"}, {"item": 6, "answer": "no"}))


def test_a_log_is_corrected_under_its_version(empty: Office, tenure: int, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village)
    log = empty.patrol(tenure, reach, at=AT)
    assert edit(empty, log, tenure, reach, second, km=2, version=1) == "修改赵春2025-03-05的巡河记录"
    assert patrol(empty, log).km == 2
    with empty.database.read() as session:
        assert len(session.exec(select(PatrolReach)).all()) == 2
    with pytest.raises(Conflict, match="这条巡河记录在您打开之后已被修改"):
        edit(empty, log, tenure, reach, second, version=1)
    with pytest.raises(Refusal, match="已登记的河段不能去掉"):
        edit(empty, log, tenure, second)
    other = empty.patrol(tenure, reach, at="2025-03-06 09:00")
    with pytest.raises(Refusal, match="已经登记过"):
        edit(empty, other, tenure, reach, started_at=AT)
    with pytest.raises(NotFound, match="没有这条巡河记录"):
        edit(empty, 99, tenure, reach)


def test_a_log_may_be_given_to_another_chief(empty: Office, tenure: int, reach: int) -> None:
    log = empty.patrol(tenure, reach, at=AT)
    person = empty.do(chiefs.add_person, chiefs.NewPerson, name="钱树").id
    other = empty.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="town",
        area_id=1,
        valid_from="2025-01-01",
    ).id
    assert edit(empty, log, other, reach) == "修改钱树2025-03-05的巡河记录"
    assert patrol(empty, log).person_id == person


def test_a_log_is_voided_with_its_reason(empty: Office, tenure: int, reach: int) -> None:
    log = empty.patrol(tenure, reach, at=AT, note="雨天")
    with pytest.raises(Refusal, match="请填写作废原因"):
        void(empty, log, " ")
    with pytest.raises(Conflict):
        void(empty, log, version=7)
    assert void(empty, log, "重复录入", version=1) == "作废2025-03-05的巡河记录：重复录入"
    gone = patrol(empty, log)
    assert (gone.voided_on, gone.note) == (date(2025, 3, 31), "雨天 作废：重复录入")
    with pytest.raises(Refusal, match="已经作废"):
        void(empty, log)
    with pytest.raises(Refusal, match="已经作废，不能修改"):
        edit(empty, log, tenure, reach)


def test_a_reason_is_refused_rather_than_cut(empty: Office, tenure: int, reach: int) -> None:
    log = empty.patrol(tenure, reach, at=AT, note="长" * 450)
    with pytest.raises(Refusal, match="备注只容得下 46 个字的原因"):
        void(empty, log, "因" * 47)
    assert patrol(empty, log).voided_on is None
    void(empty, log, "因" * 46)
    assert len(patrol(empty, log).note) == 500


def rule(**values: Any) -> dict[str, Any]:
    return {
        "name": "水库巡河",
        "level": "village",
        "kind": "reservoir",
        "period": "month",
        "count": 2,
        "valid_from": "2025-01-01",
        **values,
    }


def test_a_rule_is_added_edited_and_retired(empty: Office) -> None:
    done = empty.do(
        patrols.add_rule, patrols.NewRule, **rule(months="1-2;11-12", exempt_kinds="reservoir;lake")
    )
    assert done.sentence == "新增巡河规则水库巡河"
    edited = empty.do(patrols.edit_rule, patrols.RuleEdit, id=done.id, version=1, **rule(count=3))
    assert edited.sentence == "修改巡河规则水库巡河"
    with pytest.raises(Conflict, match="巡河规则水库巡河"):
        empty.do(patrols.edit_rule, patrols.RuleEdit, id=done.id, version=1, **rule(count=3))
    with empty.database.read() as session:
        assert {each.name: each.count for each in duty_rules(session)}["水库巡河"] == 3
    retired = empty.do(patrols.retire_rule, patrols.RuleRetirement, id=done.id)
    assert retired.sentence == "停用巡河规则水库巡河"
    with empty.database.read() as session:
        assert "水库巡河" not in {each.name for each in duty_rules(session)}
        assert session.get_one(PatrolRule, done.id).retired_on == empty.today
    with pytest.raises(Refusal, match="“水库巡河”已经停用"):
        empty.do(patrols.retire_rule, patrols.RuleRetirement, id=done.id)
    with pytest.raises(Refusal, match="自 2025-01-01 起已经有了，现已停用"):
        empty.do(patrols.add_rule, patrols.NewRule, **rule())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "村级河长巡河", "valid_from": "2017-01-01"}, "“村级河长巡河”自 2017-01-01 起已经有了"),
        ({"count": 29}, "每月29次不成立"),
        ({"flood_count": 40}, "每月40次不成立"),
        ({"months": "13"}, "适用月份“13”看不懂"),
        ({"exempt_kinds": "大海"}, "河湖类型“大海”不认识"),
        ({"valid_to": "2024-12-31"}, "停用日期早于启用日期"),
        ({"valid_from": "0001-01-01"}, "启用日期应不小于 1980-01-01"),
        ({"min_minutes": 10**30}, "最少分钟应不大于 1440"),
        ({"min_km": float("inf")}, "最少公里“inf”应是数字"),
        ({"period": "每天"}, "周期“每天”不在可选范围内"),
        ({"name": ""}, "请填写规则名称"),
    ],
)
def test_a_bad_rule_is_refused(empty: Office, values: dict[str, object], sentence: str) -> None:
    with empty.database.read() as session:
        before = duty_rules(session)
    with pytest.raises(Refusal, match=sentence):
        empty.do(patrols.add_rule, patrols.NewRule, **rule(**values))
    with empty.database.read() as session:
        assert duty_rules(session) == before


def test_a_rule_is_not_edited_into_another(empty: Office) -> None:
    id = empty.do(patrols.add_rule, patrols.NewRule, **rule()).id
    with pytest.raises(Refusal, match="已经有了，请换名称或启用日期"):
        empty.do(
            patrols.edit_rule,
            patrols.RuleEdit,
            id=id,
            **rule(name="县级河长巡河", valid_from="2017-01-01"),
        )
