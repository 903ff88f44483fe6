"""Several acts done together: one batch, one undo, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from river_chief.bulk import Deed, carry_out
from river_chief.errors import NotAllowed, Refusal
from river_chief.progress import Cancelled, Progress
from river_chief.queries.problem_detail import problem_detail
from river_chief.records import Act, ImportBatch
from river_chief.storage.undo import undo_last
from river_chief.terms import Action, BatchState, State
from river_chief.verbs.input import understood
from river_chief.verbs.steps import DOINGS
from tests.builders import CLERK, Office


def deed(problem_id: int, action: Action, named: str = "", **values: Any) -> Deed:
    doing = DOINGS[action]
    return Deed(doing.verb, understood(doing.accepts, {"problem_id": problem_id, **values}), named)


def state(office: Office, id: int) -> State:
    with office.database.read() as session:
        return problem_detail(session, id, office.today).state


@pytest.fixture
def three(empty: Office, village: int, reach: int) -> list[int]:
    return [empty.problem(village, reach) for _ in range(3)]


def test_the_acts_carry_the_batch_and_one_undo_takes_them_back(empty: Office, three: list[int]) -> None:
    deeds = [deed(id, Action.VERIFY) for id in three]
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        done = carry_out(writer, deeds, "批量核实 3件")
    assert writer.changes.sentence == done.sentence == "批量核实 3件"
    assert {item.id for item in done.touched if item.ledger == "problem"} == set(three)
    with empty.database.read() as session:
        batch = session.exec(select(ImportBatch)).one()
        acts = session.exec(select(Act).where(Act.batch_id == batch.id)).all()
    assert (batch.kind, batch.name, batch.changed) == (None, "批量核实 3件", 3)
    assert [act.verb for act in acts] == ["verifying.verify"] * 3
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        undo_last(writer)
    assert {state(empty, id) for id in three} == {State.TO_VERIFY}
    with empty.database.read() as session:
        assert session.exec(select(ImportBatch)).one().state is BatchState.UNDONE


def test_a_refusal_names_what_it_was_about_and_nothing_is_kept(empty: Office, three: list[int]) -> None:
    empty.step(three[1], Action.VERIFY)
    deeds = [deed(id, Action.VERIFY, f"第{id}件") for id in three]
    with (
        pytest.raises(Refusal, match="第2件：砚2025-002现为“待交办”，不能核实属实"),
        empty.database.write(by=CLERK, today=empty.today) as writer,
    ):
        carry_out(writer, deeds, "批量核实 3件")
    assert state(empty, three[0]) is State.TO_VERIFY
    with empty.database.read() as session:
        assert session.exec(select(ImportBatch)).all() == []


def test_two_acts_on_one_problem_are_told_with_its_id(empty: Office, three: list[int]) -> None:
    deeds = [deed(three[0], Action.VERIFY), deed(three[0], Action.ASSIGN, unit="柳塘村")]
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        carry_out(writer, deeds, "砚2025-001核实并交办", changed=1)
    assert (writer.changes.id, writer.changes.sentence) == (three[0], "砚2025-001核实并交办")
    assert state(empty, three[0]) is State.TO_SIGN
    with empty.database.read() as session:
        assert session.exec(select(ImportBatch)).one().changed == 1


def test_within_an_open_batch_the_acts_join_it(empty: Office, three: list[int]) -> None:
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        carry_out(writer, [deed(three[0], Action.VERIFY)], "先")
        assert writer.batch_id is None
        with empty.database.read() as session:
            assert session.exec(select(ImportBatch)).all() == []
        writer.batch_id = 1
        carry_out(writer, [deed(three[1], Action.VERIFY)], "后")
        assert writer.batch_id == 1
    with empty.database.read() as session:
        assert [batch.name for batch in session.exec(select(ImportBatch))] == ["先"]
        assert len(session.exec(select(Act).where(Act.batch_id == 1)).all()) == 2


def test_nothing_to_do_is_refused(empty: Office) -> None:
    with (
        pytest.raises(Refusal, match="没有可以办理的内容"),
        empty.database.write(by=CLERK, today=empty.today) as writer,
    ):
        carry_out(writer, [], "空")


def test_the_clerk_can_stop_it(empty: Office, three: list[int]) -> None:
    asked = Progress(stop_asked=lambda: True)
    with pytest.raises(Cancelled), empty.database.write(by=CLERK, today=empty.today) as writer:
        carry_out(writer, [deed(three[0], Action.VERIFY)], "批量核实", progress=asked)
    assert state(empty, three[0]) is State.TO_VERIFY


def test_a_rehearsal_runs_the_verbs_and_keeps_nothing(empty: Office, three: list[int]) -> None:
    empty.step(three[0], Action.VERIFY)
    with empty.database.read() as session:
        before = [act.hash for act in session.exec(select(Act))]
    with empty.database.rehearse(by=CLERK, today=empty.today) as writer:
        assigned = deed(three[0], Action.ASSIGN, unit="柳塘村")
        assert "交办给柳塘村" in writer.attempt(assigned.verb, assigned.entry).sentence
        with pytest.raises(NotAllowed):
            writer.attempt(assigned.verb, assigned.entry)
        verified = deed(three[1], Action.VERIFY)
        assert writer.attempt(verified.verb, verified.entry).id == three[1]
    with empty.database.read() as session:
        assert [act.hash for act in session.exec(select(Act))] == before
        assert problem_detail(session, three[0], empty.today).values["assign_number"] == ""
    number = empty.step(three[0], Action.ASSIGN, unit="柳塘村")
    with empty.database.read() as session:
        drawn = problem_detail(session, three[0], empty.today).values["assign_number"]
    assert number.id == three[0]
    assert drawn.endswith("1号")


def test_what_a_refused_attempt_had_begun_is_not_kept(empty: Office, three: list[int]) -> None:
    for action, values in ((Action.VERIFY, {}), (Action.ASSIGN, {"unit": "柳塘村"})):
        empty.step(three[0], action, **values)
    late = deed(three[0], Action.EXTEND, deadline="2025-03-04", words="太早")
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        with pytest.raises(Refusal, match="延期应晚于现行时限"):
            writer.attempt(late.verb, late.entry)
        writer.attempt(DOINGS[Action.SIGN_FOR].verb, deed(three[0], Action.SIGN_FOR, actor="赵春").entry)
    with empty.database.read() as session:
        detail = problem_detail(session, three[0], empty.today)
    assert [step.action for step in detail.steps][-2:] == [Action.ASSIGN, Action.SIGN_FOR]
    assert detail.rounds[0].extensions == 0
