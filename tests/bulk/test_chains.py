"""Merged steps (合并办理): one form, each step and act for itself, taken back as one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from river_chief.bulk import chains
from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.queries.history import recent_acts
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.records import ImportBatch
from river_chief.rules.workflow import Merges, chain
from river_chief.storage.undo import undo_last
from river_chief.terms import Action, State
from river_chief.verbs import office
from river_chief.verbs.input import understood
from river_chief.verbs.steps import merged
from tests.builders import CLERK, Office

A = Action


def merging(office_: Office, *names: str) -> None:
    values = {f"merge_{name}": True for name in names}
    office_.do(office.change_settings, office.SettingChange, values=values)


def do(office_: Office, problem: int, action: Action, **values: Any) -> Changes:
    """The action with what is merged with it, as the window and the command line do it."""
    with office_.database.write(by=CLERK, today=office_.today) as writer:
        actions = merged.chain_of(writer.session, problem, action)
        entry = understood(merged.accepted_by(actions), {"problem_id": problem, **values})
        return chains.do(writer, actions, entry, f"问题{problem}")


def detail(office_: Office, problem: int) -> ProblemDetail:
    with office_.database.read() as session:
        return problem_detail(session, problem, office_.today)


@pytest.mark.parametrize(
    ("merges", "action", "expected"),
    [
        (Merges(), A.VERIFY, (A.VERIFY,)),
        (Merges(verify_assign=True), A.VERIFY, (A.VERIFY, A.ASSIGN)),
        (Merges(True, True), A.VERIFY, (A.VERIFY, A.ASSIGN, A.SIGN_FOR)),
        (Merges(assign_sign=True), A.ASSIGN, (A.ASSIGN, A.SIGN_FOR)),
        (Merges(accept_close=True), A.ACCEPT, (A.ACCEPT, A.CLOSE)),
        (Merges(True, True, True), A.SUBMIT, (A.SUBMIT,)),
    ],
)
def test_what_is_done_in_one_go(merges: Merges, action: Action, expected: tuple[Action, ...]) -> None:
    assert chain(action, merges) == expected


def test_every_chain_an_office_can_choose_has_its_input_and_words() -> None:
    flags = (False, True)
    every = {chain(action, Merges(a, b, c)) for action in Action for a in flags for b in flags for c in flags}
    long = sorted(merged.label(actions) for actions in every if len(actions) > 1)
    assert long == ["交办并签收", "核实、交办并签收", "核实并交办", "验收并销号"]
    for actions in every:
        assert "problem_id" in merged.accepted_by(actions).model_fields


def test_verify_assign_and_sign_in_one_go(empty: Office, problem: int) -> None:
    merging(empty, "verify_assign", "assign_sign")
    done = do(
        empty, problem, A.VERIFY, unit="柳塘村", signer="赵春", words="属实", happened_at="2025-03-10 09:00"
    )
    assert done.sentence == f"问题{problem}核实、交办并签收"
    found = detail(empty, problem)
    assert found.state is State.RECTIFYING
    assert [step.action for step in found.steps] == [A.REGISTER, A.VERIFY, A.ASSIGN, A.SIGN_FOR]
    assert [step.words for step in found.steps] == ["", "属实", "", ""]
    assert found.steps[-1].actor == "赵春"
    with empty.database.read() as session:
        acts = recent_acts(session)[:3]
        batch = session.exec(select(ImportBatch)).one()
        assert [act.verb for act in acts] == ["assigning.sign_for", "assigning.assign", "verifying.verify"]
        assert (batch.kind, batch.changed) == (None, 1)


def test_one_undo_takes_the_whole_chain_back(empty: Office, problem: int) -> None:
    merging(empty, "verify_assign")
    do(empty, problem, A.VERIFY, unit="柳塘村")
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        undo_last(writer)
    found = detail(empty, problem)
    assert found.state is State.TO_VERIFY
    assert [step.action for step in found.steps] == [A.REGISTER]


def test_what_is_missing_stops_the_whole_chain(empty: Office, problem: int) -> None:
    merging(empty, "verify_assign", "assign_sign")
    with pytest.raises(InvalidInput) as caught:
        do(empty, problem, A.VERIFY, unit="柳塘村")
    assert caught.value.fields == {"signer": "请填写签收人"}
    with pytest.raises(InvalidInput):
        do(empty, problem, A.VERIFY, unit="柳塘村", signer="赵春", deadline="2025-01-01")
    assert detail(empty, problem).state is State.TO_VERIFY


def test_accepting_closes_only_where_the_township_may(empty: Office, village: int, reach: int) -> None:
    merging(empty, "accept_close")
    own, county = empty.problem(village, reach), empty.problem(village, reach, source="Y04")
    states = []
    for id in (own, county):
        empty.step(id, A.VERIFY, happened_at="2025-03-04")
        empty.step(id, A.ASSIGN, happened_at="2025-03-04", unit="柳塘村")
        empty.step(id, A.SIGN_FOR, happened_at="2025-03-04", actor="赵春")
        empty.step(id, A.SUBMIT, happened_at="2025-03-05", progress="清完", exception="测试")
        do(empty, id, A.ACCEPT, actor="钱树、孙文", happened_at="2025-03-06")
        states.append(detail(empty, id).state)
    assert states == [State.CLOSED, State.TO_CLOSE]
