"""The plan of an action on many problems: what it shows is what is done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.bulk.actions import BULK
from river_chief.bulk.plan import Plan, apply, as_json, asked, make_plan
from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.records import Act, ImportBatch
from river_chief.storage.undo import undo_last
from river_chief.terms import Action, State
from tests.builders import CLERK, Office


def planned(office: Office, key: str, ids: list[int], **values: Any) -> Plan:
    action = BULK[key]
    return make_plan(office.database, action, asked(action, values), ids, by=CLERK, today=office.today)


def done(office: Office, plan: Plan, skip: bool = False) -> Changes:
    return apply(office.database, plan, by=CLERK, today=office.today, skip=skip)


def detail(office: Office, id: int) -> ProblemDetail:
    with office.database.read() as session:
        return problem_detail(session, id, office.today)


def counted(office: Office) -> tuple[int, int]:
    with office.database.read() as session:
        return len(session.exec(select(Act)).all()), len(session.exec(select(ImportBatch)).all())


@pytest.fixture
def pair(empty: Office, village: int, reach: int, tenure: int) -> list[int]:
    """Two problems of two villages, verified: the first has a village chief, the second none."""
    other = empty.village("上溪村", "990121103201")
    ids = [empty.problem(village, reach), empty.problem(other, empty.reach("上溪", other))]
    for id in ids:
        empty.step(id, Action.VERIFY, happened_at="2025-03-04")
    return ids


def test_each_is_assigned_to_its_own_village(empty: Office, pair: list[int]) -> None:
    before = counted(empty)
    plan = planned(empty, "assign", pair, happened_at="2025-03-05")
    assert counted(empty) == before
    assert [line.words for line in plan.lines] == [
        "砚2025-001交办给柳塘村，限2025-03-12前完成",
        "砚2025-002交办给上溪村，限2025-03-12前完成",
    ]
    assert plan.name == "批量交办 2件"
    changes = done(empty, plan)
    assert changes.sentence == "批量交办 2件"
    first, second = (detail(empty, id).values for id in pair)
    assert (first["unit"], first["officer"]) == ("柳塘村", "赵春")
    assert (second["unit"], second["officer"]) == ("上溪村", "")
    assert counted(empty) == (before[0] + 3, before[1] + 1)
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        undo_last(writer)
    assert [detail(empty, id).state for id in pair] == [State.TO_ASSIGN] * 2


def test_one_unit_for_all_has_no_village_chief(empty: Office, pair: list[int]) -> None:
    done(empty, planned(empty, "assign", pair, unit="镇水利站", deadline="2025-04-30"))
    for id in pair:
        values = detail(empty, id).values
        assert (values["unit"], values["officer"]) == ("镇水利站", "")
        assert detail(empty, id).rounds[0].deadline == date(2025, 4, 30)


def test_what_can_not_be_done_is_named_and_left_out_only_when_asked(empty: Office, pair: list[int]) -> None:
    empty.step(pair[0], Action.ASSIGN, unit="柳塘村")
    plan = planned(empty, "assign", pair)
    assert [line.can for line in plan.lines] == [False, True]
    assert plan.lines[0].words.startswith("砚2025-001现为“待签收”，不能交办；现在可以：签收、")
    with pytest.raises(Refusal, match="砚2025-001不能办理。请改正，或选择跳过不能办理的"):
        done(empty, plan)
    assert detail(empty, pair[1]).state is State.TO_ASSIGN
    assert done(empty, plan, skip=True).sentence == "批量交办 1件"
    assert detail(empty, pair[1]).state is State.TO_SIGN


def test_a_plan_of_nothing_is_refused(empty: Office, pair: list[int]) -> None:
    plan = planned(empty, "close", pair)
    with pytest.raises(Refusal, match="所选问题都不能办理"):
        done(empty, plan, skip=True)


def test_a_problem_changed_since_the_plan_stops_all_of_it(empty: Office, pair: list[int]) -> None:
    plan = planned(empty, "assign", pair)
    empty.step(pair[1], Action.ASSIGN, unit="上溪村")
    with pytest.raises(Refusal, match=r"砚2025-002.*已被修改.*没有办理任何一件，请重新预览"):
        done(empty, plan)
    assert detail(empty, pair[0]).state is State.TO_ASSIGN
    assert counted(empty)[1] == 0


def test_another_outcome_than_shown_stops_all_of_it(empty: Office, pair: list[int]) -> None:
    plan = planned(empty, "assign", pair)
    empty.today = date(2025, 4, 2)
    with pytest.raises(Refusal, match="预览之后台账有了改动，砚2025-001的结果不同了"):
        done(empty, plan)
    assert detail(empty, pair[0]).state is State.TO_ASSIGN


def test_extended_to_a_day_or_by_days(empty: Office, pair: list[int]) -> None:
    empty.step(pair[0], Action.ASSIGN, unit="柳塘村", deadline="2025-04-02")
    empty.step(pair[1], Action.ASSIGN, unit="上溪村", deadline="2025-04-05")
    by_days = planned(empty, "extend", pair, days=10, words="汛期水位高")
    assert [line.words for line in by_days.lines] == [
        "砚2025-001延期至2025-04-12",
        "砚2025-002延期至2025-04-15",
    ]
    to_a_day = planned(empty, "extend", pair, deadline="2025-04-03", words="汛期水位高")
    assert [line.words for line in to_a_day.lines] == [
        "砚2025-001延期至2025-04-03",
        "延期应晚于现行时限 2025-04-05",
    ]
    done(empty, by_days)
    assert [detail(empty, id).rounds[0].extensions for id in pair] == [1, 1]


def test_days_that_do_not_reach_the_day_of_extending_are_refused(empty: Office, pair: list[int]) -> None:
    empty.step(pair[0], Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村", deadline="2025-03-12")
    plan = planned(empty, "extend", pair[:1], days=10, words="汛期")
    assert plan.lines[0].words.startswith("砚2025-001已逾期，延长10天仍早于办理日期 2025-03-31")
    plan = planned(empty, "extend", pair[:1], days=10, words="汛期", happened_at="2025-03-12")
    assert plan.lines[0].words == "砚2025-001延期至2025-03-22"


@pytest.mark.parametrize("values", [{}, {"days": 3, "deadline": "2025-04-03"}])
def test_an_extension_needs_a_day_or_days(empty: Office, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="请填写“延期至”或“延长天数”中的一项"):
        asked(BULK["extend"], {"words": "汛期", **values})


def test_the_state_comes_before_what_is_missing(empty: Office, pair: list[int]) -> None:
    plan = planned(empty, "extend", pair[:1], days=3, words="汛期")
    assert plan.lines[0].words.startswith("砚2025-001现为“待交办”，不能延期；现在可以：")


def test_signed_for_by_each_officer_or_unit(empty: Office, pair: list[int]) -> None:
    done(empty, planned(empty, "assign", pair))
    plan = planned(empty, "sign_for", pair)
    assert [line.words for line in plan.lines] == ["砚2025-001签收：赵春", "砚2025-002签收：上溪村"]
    done(empty, plan)
    assert [detail(empty, id).state for id in pair] == [State.RECTIFYING] * 2


def test_a_campaign_is_put_on_and_taken_off(empty: Office, pair: list[int]) -> None:
    done(empty, planned(empty, "tag", pair[:1], campaign_id=1))
    plan = planned(empty, "tag", pair, campaign_id=1)
    assert [line.words for line in plan.lines] == [
        "砚2025-001已经在专项“四乱”里。",
        "砚2025-002加入专项“四乱”",
    ]
    done(empty, plan, skip=True)
    assert [detail(empty, id).values["campaign_ids"] for id in pair] == [(1,), (1,)]
    done(empty, planned(empty, "untag", pair, campaign_id=1))
    assert [detail(empty, id).values["campaign_ids"] for id in pair] == [(), ()]
    assert not planned(empty, "untag", pair, campaign_id=1).doable
    done(empty, planned(empty, "tag", pair, campaign_id=1))
    assert [detail(empty, id).values["campaign_ids"] for id in pair] == [(1,), (1,)]


def test_the_common_values_are_checked_before_anything_is_rehearsed() -> None:
    with pytest.raises(InvalidInput, match="请填写原因说明"):
        asked(BULK["refute"], {})
    with pytest.raises(InvalidInput, match="没有“unti”这一项"):
        asked(BULK["assign"], {"unti": "柳塘村"})


def test_every_bulk_action_asks_for_common_values_only() -> None:
    for key, action in BULK.items():
        assert {"problem_id", "version"} <= set(action.asks.model_fields), key
        assert action.label


def test_the_same_problem_chosen_twice_is_done_once(empty: Office, pair: list[int]) -> None:
    plan = planned(empty, "assign", [*pair, pair[0]])
    assert [line.id for line in plan.lines] == pair


def test_the_plan_as_json(empty: Office, pair: list[int]) -> None:
    empty.step(pair[0], Action.ASSIGN, unit="柳塘村")
    document = as_json(planned(empty, "assign", pair))
    assert (document["action"], document["doable"], document["refused"]) == ("assign", 1, 1)
    assert document["lines"][1] == {
        "number": "砚2025-002",
        "can": True,
        "sentence": "砚2025-002交办给上溪村，限2025-04-07前完成",
    }
    assert document["lines"][0]["can"] is False
    assert "不能交办" in document["lines"][0]["reason"]
