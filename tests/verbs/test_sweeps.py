"""举一反三: asked of every village or reach, answered place by place or many at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, Refusal
from river_chief.records import Problem, Sweep, SweepAnswer
from river_chief.records.columns import col
from river_chief.terms import Action, Scope, SweepReply
from river_chief.verbs import sweeps, waters
from tests.builders import Office

NONE, FOUND = SweepReply.NONE, SweepReply.FOUND


@pytest.fixture
def other(empty: Office) -> int:
    """上砚村, with a creek of its own."""
    village = empty.village("上砚村", "990121103200")
    empty.reach("上砚沟", village, kind="creek")
    return village


def ask(office: Office, problem: int, **values: object) -> int:
    return office.do(sweeps.ask, sweeps.NewSweep, problem_id=problem, **values).id


def answer(office: Office, *ids: int, reply: SweepReply = NONE, **values: object) -> str:
    return office.do(sweeps.answer, sweeps.Answering, answer_ids=ids, reply=reply, **values).sentence


def answers_of(office: Office, sweep: int) -> list[SweepAnswer]:
    with office.database.read() as session:
        return list(
            session.exec(
                select(SweepAnswer).where(SweepAnswer.sweep_id == sweep).order_by(col(SweepAnswer.id))
            )
        )


def ids_of(office: Office, sweep: int) -> list[int]:
    return [each.key for each in answers_of(office, sweep)]


def test_every_village_in_use_is_asked_in_the_order_of_the_divisions(
    empty: Office, problem: int, other: int, village: int
) -> None:
    gone = empty.village("老村", "990121103999")
    empty.do(waters.retire_area, waters.Retirement, id=gone, on="2025-03-01")
    done = empty.do(sweeps.ask, sweeps.NewSweep, problem_id=problem)
    assert done.sentence == "就问题砚2025-001逐村举一反三，共2个村"
    assert [each.area_id for each in answers_of(empty, done.id)] == [other, village]
    with empty.database.read() as session:
        sweep = session.get_one(Sweep, done.id)
    assert (sweep.asked_on, sweep.due_on) == (date(2025, 3, 31), date(2025, 4, 10))
    assert sweep.question == (
        "请全面排查本村河湖有无“乱扔乱堆生活垃圾”类问题，对照问题砚2025-001（岸坡堆放生活垃圾约3立方米）逐处核对，"
        "逐项答复。"
    )


def test_the_due_day_rolls_over_rest_days_and_may_be_given(empty: Office, problem: int) -> None:
    first = ask(empty, problem, asked_on="2025-03-26", scope=Scope.REACH)  # ten days on is 清明节
    second = ask(empty, problem, due_on="2025-04-03")
    with empty.database.read() as session:
        found = [session.get_one(Sweep, id) for id in (first, second)]
    assert [sweep.due_on for sweep in found] == [date(2025, 4, 7), date(2025, 4, 3)]


def test_every_reach_is_asked(empty: Office, problem: int, other: int) -> None:
    sweep = ask(empty, problem, scope=Scope.REACH, question="有无垃圾")
    assert all(each.area_id is None and each.reach_id for each in answers_of(empty, sweep))
    assert len(ids_of(empty, sweep)) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"asked_on": "2025-04-01"}, "晚于今天"),
        ({"asked_on": "2025-03-02"}, "早于问题的发现时间 2025-03-03"),
        ({"due_on": "2025-03-30"}, "早于布置日期"),
        ({"problem_id": 99}, "没有这个问题"),
        ({"version": 7}, "已被修改"),
    ],
)
def test_what_does_not_fit_is_not_asked(
    empty: Office, problem: int, values: dict[str, object], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        empty.do(sweeps.ask, sweeps.NewSweep, **{"problem_id": problem, **values})


def test_a_problem_that_is_none_gives_no_question(empty: Office, problem: int) -> None:
    empty.step(problem, Action.REFUTE, words="现场未见")
    with pytest.raises(Refusal, match="现为“不属实”"):
        ask(empty, problem)


def test_the_same_places_are_not_asked_twice_at_a_time(empty: Office, problem: int) -> None:
    sweep = ask(empty, problem)
    with pytest.raises(Refusal, match="2025-03-31 逐村举一反三，还有未答复的"):
        ask(empty, problem)
    answer(empty, *ids_of(empty, sweep))
    assert ask(empty, problem) > sweep


def test_many_places_answer_at_once_and_nothing_is_written_over(
    empty: Office, problem: int, other: int
) -> None:
    sweep = ask(empty, problem)
    first, second = ids_of(empty, sweep)
    assert answer(empty, first, second, answerer="赵春", words="已逐处查看") == (
        "举一反三：上砚村、柳塘村答复已查无此类问题"
    )
    told = [(each.reply, each.answered_on, each.answerer, each.words) for each in answers_of(empty, sweep)]
    assert told == [(NONE, date(2025, 3, 31), "赵春", "已逐处查看")] * 2
    with pytest.raises(Refusal, match="上砚村已经答复过"):
        answer(empty, first, reply=SweepReply.NOT_CONCERNED)
    answer(empty, first, reply=SweepReply.NOT_CONCERNED, corrects=True)
    assert [each.reply for each in answers_of(empty, sweep)] == [SweepReply.NOT_CONCERNED, NONE]


def test_the_chief_of_the_day_answers_where_nobody_is_named(
    empty: Office, problem: int, tenure: int, other: int
) -> None:
    sweep = ask(empty, problem)
    answer(empty, *ids_of(empty, sweep))
    assert [each.answerer for each in answers_of(empty, sweep)] == ["", "赵春"]


def test_what_was_found_is_a_problem_of_that_place(
    empty: Office, problem: int, village: int, reach: int, other: int
) -> None:
    sweep = ask(empty, problem)
    upper, own = ids_of(empty, sweep)
    with pytest.raises(InvalidInput, match="请登记发现的问题"):
        answer(empty, own, reply=FOUND)
    with pytest.raises(InvalidInput, match="不是这次发现的问题"):
        answer(empty, own, reply=FOUND, problem_id=problem)
    found = empty.problem(village, reach, on="2025-03-30")
    with pytest.raises(InvalidInput, match="问题砚2025-002不在上砚村"):
        answer(empty, upper, reply=FOUND, problem_id=found)
    with pytest.raises(InvalidInput, match="只有答复“发现同类问题”的"):
        answer(empty, own, problem_id=found)
    with pytest.raises(Refusal, match="一处一处答复"):
        answer(empty, upper, own, reply=FOUND, problem_id=found)
    assert answer(empty, own, reply=FOUND, problem_id=found) == ("举一反三：柳塘村答复发现同类问题砚2025-002")
    assert answers_of(empty, sweep)[1].problem_id == found
    answer(empty, own, corrects=True)
    assert answers_of(empty, sweep)[1].problem_id is None


def test_what_was_found_is_registered_as_the_answer(
    empty: Office, problem: int, village: int, reach: int, other: int
) -> None:
    sweep = ask(empty, problem)
    upper, own = ids_of(empty, sweep)
    found = {
        "found_on": "2025-03-31",
        "source": "Y03",
        "reach_id": reach,
        "village_id": village,
        "category_code": "LD01",
        "description": "桥下又有垃圾",
        "finder": "赵春",
    }
    done = empty.do(sweeps.report_found, sweeps.FoundHere, answer_id=own, **found)
    assert done.sentence == "举一反三：柳塘村发现同类问题，登记为砚2025-002"
    answered = answers_of(empty, sweep)[1]
    assert (answered.reply, answered.problem_id, answered.answerer) == (FOUND, done.id, "赵春")
    with pytest.raises(InvalidInput, match="不在上砚村"):
        empty.do(sweeps.report_found, sweeps.FoundHere, answer_id=upper, **found)
    with pytest.raises(Refusal, match="已经答复过"):
        empty.do(sweeps.report_found, sweeps.FoundHere, answer_id=own, **found)
    with empty.database.read() as session:
        assert session.get(Problem, 3) is None


def test_days_and_versions_of_answers(empty: Office, problem: int) -> None:
    sweep = ask(empty, problem, asked_on="2025-03-20")
    (own,) = ids_of(empty, sweep)
    with pytest.raises(InvalidInput, match="早于布置日期 2025-03-20"):
        answer(empty, own, answered_on="2025-03-19")
    with pytest.raises(Refusal, match="晚于今天"):
        answer(empty, own, answered_on="2025-04-01")
    with pytest.raises(Conflict, match="柳塘村的答复"):
        answer(empty, own, version=9)
    answer(empty, own, answered_on="2025-03-20", version=1)
    with pytest.raises(InvalidInput, match="至少要有 1 项"):
        answer(empty)


def test_a_voided_sweep_takes_no_answers(empty: Office, problem: int) -> None:
    sweep = ask(empty, problem)
    (own,) = ids_of(empty, sweep)
    done = empty.do(sweeps.void_sweep, sweeps.SweepVoid, id=sweep, words="布置重复")
    assert done.sentence == "作废问题砚2025-001的举一反三：布置重复"
    for refused in (
        lambda: answer(empty, own),
        lambda: empty.do(sweeps.void_sweep, sweeps.SweepVoid, id=sweep, words="再来"),
    ):
        with pytest.raises(Refusal, match="已经作废"):
            refused()
    assert ask(empty, problem) > sweep
