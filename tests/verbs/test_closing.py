"""Who may close: the township by itself, or the level above by its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import InvalidInput
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.records import ClosingRule, Round, Step
from river_chief.terms import Action, Closer, Exit, Source, State
from river_chief.verbs import rule_rows
from tests.builders import TODAY, Office

ASKED, ANSWERED = "2025-03-10", "2025-03-14"


def accepted(office: Office, village: int, reach: int, **values: Any) -> int:
    id = office.problem(village, reach, **values)
    for action, given in (
        (Action.VERIFY, {}),
        (Action.ASSIGN, {"unit": "柳塘村"}),
        (Action.SIGN_FOR, {"actor": "赵春"}),
        (Action.SUBMIT, {"progress": "已清理"}),
        (Action.ACCEPT, {"actor": "钱树、孙文"}),
    ):
        office.step(id, action, happened_at=ASKED, **given)
    return id


def round_of(office: Office, id: int) -> Round:
    with office.database.read() as session:
        return session.exec(select(Round).where(Round.problem_id == id)).one()


def actions(office: Office, id: int) -> list[Action]:
    with office.database.read() as session:
        steps = session.exec(select(Step).where(Step.problem_id == id)).all()
    return [step.action for step in sorted(steps, key=lambda step: step.ordinal)]


def text_of(office: Office, id: int) -> tuple[str, Closer | None]:
    with office.database.read() as session:
        row = PROBLEM_LEDGER.rows(session, [id], TODAY)[0]
    return row.text(PROBLEM_LEDGER.fields["state"]), row["closer"]


def test_what_a_village_found_closes_in_the_township(empty: Office, village: int, reach: int) -> None:
    id = accepted(empty, village, reach)
    assert actions(empty, id)[-1] is Action.ACCEPT
    assert text_of(empty, id) == ("待销号", Closer.TOWN)
    empty.step(id, Action.CLOSE, happened_at=ASKED)
    assert round_of(empty, id).reported_on is None


def test_what_the_county_handed_down_waits_for_its_answer(empty: Office, village: int, reach: int) -> None:
    id = accepted(empty, village, reach, source="Y04")
    assert actions(empty, id)[-2:] == [Action.ACCEPT, Action.REPORT]
    assert text_of(empty, id) == ("待销号（已上报）", Closer.COUNTY)
    with pytest.raises(InvalidInput) as refused:
        empty.step(id, Action.CLOSE, happened_at=ANSWERED)
    assert refused.value.fields == {"approver": "该问题由县级河长办销号，收到批准后请填写批准销号的单位"}
    done = empty.step(
        id, Action.CLOSE, happened_at=ANSWERED, approver="县河长办", approval_number="县河长办〔2025〕3号"
    )
    assert done.sentence.endswith("销号，县河长办批准（县河长办〔2025〕3号）")
    ended = round_of(empty, id)
    assert (ended.accepted_on, ended.reported_on, ended.exit, ended.exit_on) == (
        date(2025, 3, 10),
        date(2025, 3, 10),
        Exit.CLOSED,
        date(2025, 3, 14),
    )
    assert text_of(empty, id) == ("已销号", None)


def test_the_letter_may_be_noted_later_and_the_first_day_stays(
    empty: Office, village: int, reach: int
) -> None:
    id = accepted(empty, village, reach, source="Y04")
    empty.step(
        id, Action.REPORT, happened_at="2025-03-12", receiver="县河长办", letter_number="砚〔2025〕8号"
    )
    assert round_of(empty, id).reported_on == date(2025, 3, 10)
    assert actions(empty, id)[-2:] == [Action.REPORT, Action.REPORT]


def test_the_level_above_may_send_it_back(empty: Office, village: int, reach: int) -> None:
    id = accepted(empty, village, reach, source="Y04")
    empty.step(id, Action.RETURN, happened_at=ANSWERED, words="照片看不清")
    back = round_of(empty, id)
    assert (back.accepted_on, back.reported_on, back.rectified_on) == (None, None, None)
    assert text_of(empty, id)[0] == State.RECTIFYING.label


def test_another_rule_leaves_the_past_as_it_was(empty: Office, village: int, reach: int) -> None:
    id = accepted(empty, village, reach, source="Y04")
    with empty.database.read() as session:
        row = session.exec(select(ClosingRule).where(ClosingRule.source == Source.COUNTY)).one()
    everyone = dict.fromkeys(("minor", "serious", "major"), Closer.TOWN)
    empty.do(rule_rows.put, rule_rows.ClosingRow, id=row.key, source=Source.COUNTY, **everyone)
    assert round_of(empty, id).reported_on == date(2025, 3, 10)
    with pytest.raises(InvalidInput) as refused:
        empty.step(id, Action.CLOSE, happened_at=ANSWERED)
    assert "已于 2025-03-10 上报销号" in refused.value.fields["approver"]
    other = accepted(empty, village, reach, source="Y04")
    assert actions(empty, other)[-1] is Action.ACCEPT
