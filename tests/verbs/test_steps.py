"""The closed loop: every state × action, what each step changes, and the order of dates."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from river_chief.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refusal
from river_chief.queries.problem_detail import ProblemDetail, id_of, problem_detail
from river_chief.rules.workflow import TRANSITIONS, allowed, target
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from river_chief.terms import Action, Disposal, Exit, LookBack, Origin, PaperKind, Severity, State, WorkKind
from tests.builders import Office, new_office

A, S = Action, State
DAY = "2025-03-10"

# How a freshly registered problem (待核实) is brought into each state.
WAYS: dict[State, tuple[Action, ...]] = {
    S.TO_VERIFY: (),
    S.TO_ASSIGN: (A.VERIFY,),
    S.TO_SIGN: (A.VERIFY, A.ASSIGN),
    S.RECTIFYING: (A.VERIFY, A.ASSIGN, A.SIGN_FOR),
    S.TO_ACCEPT: (A.VERIFY, A.ASSIGN, A.SIGN_FOR, A.SUBMIT),
    S.TO_CLOSE: (A.VERIFY, A.ASSIGN, A.SIGN_FOR, A.SUBMIT, A.ACCEPT),
    S.CLOSED: (A.VERIFY, A.ASSIGN, A.SIGN_FOR, A.SUBMIT, A.ACCEPT, A.CLOSE),
    S.UNFOUNDED: (A.REFUTE,),
    S.MERGED: (A.MERGE,),
    S.HANDED_OVER: (A.HAND_OVER,),
    S.SUSPENDED: (A.VERIFY, A.ASSIGN, A.SIGN_FOR, A.SUSPEND),
    S.VOIDED: (A.VOID,),
}
WORDS: dict[Action, dict[str, Any]] = {
    A.REFUTE: {"words": "现场没有发现"},
    A.MERGE: {"into": "砚2025-001"},
    A.HAND_OVER: {"receiver": "澜川县水利局", "letter_number": "砚河长办移〔2025〕1号"},
    A.ASSIGN: {"unit": "柳塘村", "officer": "赵春"},
    A.SIGN_FOR: {"actor": "赵春"},
    A.HAND_BACK: {"words": "不在本村辖区"},
    A.PROGRESS: {"progress": "已清理一半"},
    A.EXTEND: {"deadline": "2025-06-30", "words": "连续降雨"},
    A.SUBMIT: {"progress": "已清理完毕", "work": {"rubbish": 3}},
    A.ACCEPT: {"actor": "钱树、孙文"},
    A.REJECT: {"words": "还有残留"},
    A.RETURN: {"words": "照片角度不一致"},
    A.RELAPSE: {"words": "又有堆放"},
    A.SUSPEND: {"words": "涉及诉讼", "approver": "县河长办", "until": "2025-06-30"},
    A.REPLY: {"reply": "已受理"},
    A.TAKE_BACK: {"words": "不属受理范围，退回"},
    A.VOID: {"words": "录入错误"},
}


def act(office: Office, problem: int, action: Action, **values: Any) -> None:
    office.step(problem, action, **{"happened_at": DAY, **WORDS.get(action, {}), **values})


def detail(office: Office, problem: int) -> ProblemDetail:
    with office.database.read() as session:
        return problem_detail(session, problem, office.today)


def bring(office: Office, problem: int, state: State) -> int:
    for action in WAYS[state]:
        act(office, problem, action)
    return problem


@pytest.fixture
def other(empty: Office, problem: int, village: int, reach: int) -> int:
    """A second problem, so that the first can be the one merged into."""
    return empty.problem(village, reach)


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> dict[State, tuple[Path, int]]:
    """For each state, a ledger whose second problem is in it, and that problem's id."""
    made: dict[State, tuple[Path, int]] = {}
    for state in WAYS:
        folder = tmp_path_factory.mktemp(state.value) / "ledger"
        office = new_office(folder)
        village = office.village("柳塘村")
        reach = office.reach("柳塘河", village)
        office.problem(village, reach)
        made[state] = folder, bring(office, office.problem(village, reach), state)
        office.database.close()
    return made


OPEN = [(state, action) for state in WAYS for action in allowed(state)]


@pytest.mark.parametrize(("state", "action"), OPEN)
def test_what_the_table_opens_is_done(
    brought: dict[State, tuple[Path, int]], tmp_path: Path, state: State, action: Action
) -> None:
    with opened(brought, tmp_path, state) as (office, other):
        before = detail(office, other)
        act(office, other, action)
        after = detail(office, other)
    assert after.state is target(state, action)
    step = after.steps[-1]
    assert (step.action, step.from_state, step.to_state) == (action, state, after.state)
    assert len(after.steps) == len(before.steps) + 1


@pytest.mark.parametrize("state", WAYS)
def test_everything_else_is_refused_and_changes_nothing(
    brought: dict[State, tuple[Path, int]], tmp_path: Path, state: State
) -> None:
    refused = [action for action in Action if action not in (A.REGISTER, *allowed(state))]
    assert refused
    with opened(brought, tmp_path, state) as (office, other):
        before = detail(office, other)
        assert before.state is state
        for action in refused:
            with pytest.raises(NotAllowed, match=f"现为“{state.label}”，不能{action.label}"):
                act(office, other, action)
        assert detail(office, other) == before


@contextmanager
def opened(brought: dict[State, tuple[Path, int]], room: Path, state: State) -> Iterator[tuple[Office, int]]:
    """A copy of the ledger whose problem is in *state*, and that problem's id."""
    folder, other = brought[state]
    shutil.copytree(folder, room / "ledger")
    with Database.open(room / "ledger") as database:
        yield Office(database), other


def test_every_transition_of_the_table_is_tried() -> None:
    reachable = {(state, action) for state in WAYS for action in allowed(state)}
    table = {(source, rule.action) for rule in TRANSITIONS for source in rule.sources}
    assert table - reachable == {(S.DRAFT, A.REGISTER), (S.DRAFT, A.VOID)}


def test_the_whole_loop_and_a_relapse_keep_both_clocks(empty: Office, problem: int) -> None:
    act(empty, problem, A.VERIFY, happened_at="2025-03-04")
    act(empty, problem, A.ASSIGN, happened_at="2025-03-05", deadline="2025-03-12")
    act(empty, problem, A.SIGN_FOR, happened_at="2025-03-05 15:20")
    act(empty, problem, A.EXTEND, happened_at="2025-03-11", deadline="2025-03-20")
    act(empty, problem, A.SUBMIT, happened_at="2025-03-14")
    act(empty, problem, A.REJECT, happened_at="2025-03-15")
    act(empty, problem, A.SUBMIT, happened_at="2025-03-18")
    act(empty, problem, A.ACCEPT, happened_at="2025-03-19")
    act(empty, problem, A.CLOSE, happened_at="2025-03-20")
    act(empty, problem, A.LOOK_BACK, happened_at="2025-03-25")
    act(empty, problem, A.RELAPSE, happened_at="2025-03-28", deadline="2025-04-07")
    found = detail(empty, problem)
    first, second = found.rounds
    assert (first.first_deadline, first.deadline, first.extensions) == (
        date(2025, 3, 12),
        date(2025, 3, 20),
        1,
    )
    assert (first.rectified_on, first.rejections, first.accepted_on) == (
        date(2025, 3, 18),
        1,
        date(2025, 3, 19),
    )
    assert (first.exit, first.exit_on, first.reopened_on) == (
        Exit.CLOSED,
        date(2025, 3, 20),
        date(2025, 3, 28),
    )
    assert (second.origin, second.opened_on, second.deadline) == (
        Origin.RELAPSE,
        date(2025, 3, 28),
        date(2025, 4, 7),
    )
    assert found.row["look_back"] is LookBack.RELAPSED
    assert found.row["state"] is S.RECTIFYING
    assert found.work == ((WorkKind.RUBBISH, 3.0), (WorkKind.RUBBISH, 3.0))
    assert verify(empty.database, replayed=True).faults == []


def test_assigning_draws_the_number_of_the_paper(empty: Office, problem: int, other: int) -> None:
    for id in (problem, other):
        bring(empty, id, S.TO_SIGN)
    papers = [detail(empty, id).papers[0] for id in (problem, other)]
    assert [paper.number for paper in papers] == ["砚河长办交〔2025〕1号", "砚河长办交〔2025〕2号"]
    assert {paper.kind for paper in papers} == {PaperKind.ASSIGN}


@pytest.mark.parametrize(
    ("severity", "deadline"),
    # 7, 15 and 60 natural days from Monday 10 March; rest days roll to the next working day.
    [("minor", date(2025, 3, 17)), ("serious", date(2025, 3, 25)), ("major", date(2025, 5, 9))],
)
def test_a_deadline_left_empty_comes_from_the_settings(
    empty: Office, problem: int, severity: str, deadline: date
) -> None:
    act(empty, problem, A.VERIFY, severity=severity)
    act(empty, problem, A.ASSIGN)
    assert detail(empty, problem).rounds[0].deadline == deadline


def test_hand_back_clears_the_deadline_and_can_be_assigned_anew(empty: Office, problem: int) -> None:
    bring(empty, problem, S.TO_SIGN)
    act(empty, problem, A.HAND_BACK)
    assert detail(empty, problem).rounds[0].deadline is None
    act(empty, problem, A.ASSIGN, unit="上砚村")
    assert detail(empty, problem).row["unit"] == "上砚村"
    assert [paper.number for paper in detail(empty, problem).papers] == [
        "砚河长办交〔2025〕1号",
        "砚河长办交〔2025〕2号",
    ]


def test_what_the_upper_level_returns_is_not_finished(empty: Office, problem: int) -> None:
    bring(empty, problem, S.TO_CLOSE)
    act(empty, problem, A.RETURN)
    last = detail(empty, problem).rounds[0]
    assert (last.rectified_on, last.accepted_on) == (None, None)


def test_verifying_settles_the_severity(empty: Office, village: int, reach: int) -> None:
    unmeasured = empty.problem(village, reach, category_code="BJ", volume_m3=None)
    with pytest.raises(InvalidInput, match="请填写严重程度"):
        act(empty, unmeasured, A.VERIFY)
    act(empty, unmeasured, A.VERIFY, severity="major", severity_reason="县级挂牌")
    assert detail(empty, unmeasured).row["severity"] is Severity.MAJOR


@pytest.mark.parametrize(
    ("action", "values", "sentence"),
    [
        (A.ASSIGN, {"happened_at": "2025-04-01"}, "晚于今天"),
        (A.ASSIGN, {"happened_at": "2025-03-03"}, "早于上一步"),
        (A.ASSIGN, {"deadline": "2025-03-09"}, "早于交办日期"),
        (A.ASSIGN, {"unit": " "}, "请填写责任单位"),
        (A.ASSIGN, {"deadline": "明天"}, "不是日期"),
        (A.ASSIGN, {"colour": "红"}, "没有“colour”这一项"),
        (A.MERGE, {"into": "砚2099-001"}, "没有问题砚2099-001"),
        (A.MERGE, {"into": "砚2025-001"}, "不能并入"),
        (A.VOID, {"words": ""}, "请填写原因说明"),
    ],
)
def test_refusals_change_nothing(
    empty: Office, problem: int, action: Action, values: dict[str, Any], sentence: str
) -> None:
    bring(empty, problem, S.TO_ASSIGN)
    before = detail(empty, problem)
    with pytest.raises(Refusal, match=sentence):
        act(empty, problem, action, **values)
    assert detail(empty, problem) == before


def test_an_extension_must_be_later(empty: Office, problem: int) -> None:
    bring(empty, problem, S.RECTIFYING)
    with pytest.raises(InvalidInput, match="延期应晚于现行时限 2025-03-17"):
        act(empty, problem, A.EXTEND, deadline="2025-03-17")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (-1, "清理垃圾不能是负数"),
        ("inf", "应是数字"),
        ("nan", "应是数字"),
        (1e300, "工作量应小于 1000000000"),
    ],
)
def test_amounts_of_work_are_numbers(empty: Office, problem: int, amount: Any, sentence: str) -> None:
    bring(empty, problem, S.RECTIFYING)
    with pytest.raises(InvalidInput, match=sentence):
        act(empty, problem, A.SUBMIT, work={"rubbish": amount})


def test_a_stale_form_is_refused(empty: Office, problem: int) -> None:
    seen = detail(empty, problem).row.version
    act(empty, problem, A.VERIFY)
    with pytest.raises(Conflict, match="砚2025-001在您打开之后已被修改"):
        act(empty, problem, A.ASSIGN, version=seen)


def test_steps_of_one_day_keep_their_order(empty: Office, problem: int) -> None:
    act(empty, problem, A.VERIFY, happened_at="2025-03-10 09:30")
    act(empty, problem, A.ASSIGN, happened_at="2025-03-10")
    act(empty, problem, A.SIGN_FOR, happened_at="2025-03-10 10:00")
    with pytest.raises(Refusal, match="早于上一步“签收”的 2025-03-10 10:00"):
        act(empty, problem, A.SUBMIT, happened_at="2025-03-10 09:00")


def test_a_problem_is_found_by_either_number(empty: Office, village: int, reach: int) -> None:
    made = empty.problem(village, reach, outside_number="澜川督〔2025〕7-3")
    with empty.database.read() as session:
        assert id_of(session, "砚2025-001") == id_of(session, "澜川督〔2025〕7-3") == made
        with pytest.raises(NotFound, match="请核对编号"):
            id_of(session, "砚2025-999")


@pytest.mark.parametrize(
    ("assigned", "returned", "late"),
    [
        ("2025-03-10 15:00", "2025-03-11 15:00", False),
        ("2025-03-10 15:00", "2025-03-11 15:01", True),
        ("2025-03-10", "2025-03-11", False),
        ("2025-03-10", "2025-03-12", True),
        ("2025-03-10 15:00", "2025-03-11", False),
    ],
)
def test_hand_back_is_open_for_the_hours_of_the_settings(
    empty: Office, problem: int, assigned: str, returned: str, late: bool
) -> None:
    act(empty, problem, A.VERIFY, happened_at="2025-03-10")
    act(empty, problem, A.ASSIGN, happened_at=assigned)
    if late:
        with pytest.raises(Refusal, match="交办已超过 24 小时"):
            act(empty, problem, A.HAND_BACK, happened_at=returned)
        assert detail(empty, problem).state is S.TO_SIGN
    else:
        act(empty, problem, A.HAND_BACK, happened_at=returned)
        assert detail(empty, problem).state is S.TO_ASSIGN


def test_the_report_may_say_how_it_was_disposed_of(empty: Office, problem: int) -> None:
    bring(empty, problem, S.RECTIFYING)
    act(empty, problem, A.SUBMIT, disposal="demolish")
    assert detail(empty, problem).row["disposal"] is Disposal.DEMOLISH
    act(empty, problem, A.REJECT)
    act(empty, problem, A.SUBMIT)
    assert detail(empty, problem).row["disposal"] is Disposal.DEMOLISH
