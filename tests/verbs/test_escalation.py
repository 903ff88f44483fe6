from __future__ import annotations

import pytest
from sqlmodel import select

from river_chief.errors import InvalidInput, NotAllowed, Refusal
from river_chief.records import Paper, PaperProblem, Problem, Step
from river_chief.storage.undo import undo_last
from river_chief.terms import Action, PaperKind, State
from river_chief.verbs import escalation
from tests.builders import CLERK, Office


def assigned(of: Office, village: int, reach: int, deadline: str = "2025-03-10") -> int:
    """A problem that is being put right since 2025-03-04."""
    id = of.problem(village, reach)
    of.step(id, Action.VERIFY, happened_at="2025-03-04")
    of.step(id, Action.ASSIGN, happened_at="2025-03-04", unit="柳塘村", deadline=deadline)
    of.step(id, Action.SIGN_FOR, happened_at="2025-03-04", actor="赵春")
    return id


def escalate(of: Office, *ids: int, kind: str = "supervise", **values: object) -> int:
    given = {"kind": kind, "addressee": "柳塘村", "problem_ids": ids, **values}
    return of.do(escalation.escalate, escalation.Escalation, **given).id


def paper_of(of: Office, id: int) -> Paper:
    with of.database.read() as session:
        paper = session.get_one(Paper, id)
        session.expunge(paper)
        return paper


def last_steps(of: Office, *ids: int) -> list[Step]:
    with of.database.read() as session:
        found = [
            session.exec(select(Step).where(Step.problem_id == id).order_by(Step.ordinal.desc())).first()  # type: ignore[attr-defined]
            for id in ids
        ]
        session.expunge_all()
        return [step for step in found if step is not None]


def test_one_paper_covers_several_problems(empty: Office, village: int, reach: int) -> None:
    first, second = (assigned(empty, village, reach) for _ in range(2))
    paper = paper_of(empty, escalate(empty, first, second, reason="已逾期21天"))
    assert paper.number == "砚河长办督〔2025〕1号"
    assert paper.title == "关于砚2025-001等2个问题的督办单"
    assert "1. 砚2025-001（交办单砚河长办交〔2025〕1号，时限2025-03-10）岸坡堆放" in paper.body
    assert "2. 砚2025-002（交办单砚河长办交〔2025〕2号" in paper.body
    assert paper.body.startswith("已逾期21天。\n")
    assert paper.due_on is not None
    assert paper.due_on.isoformat() == "2025-04-03"  # three working days after 2025-03-31
    assert paper.body.endswith("请于2025年4月3日前书面答复。")
    steps = last_steps(empty, first, second)
    assert [step.action for step in steps] == [Action.SUPERVISE] * 2
    assert [step.words for step in steps] == ["已逾期21天"] * 2
    assert steps[0].details == {
        "paper_number": paper.number,
        "addressee": "柳塘村",
        "answer_by": "2025-04-03",
    }
    with empty.database.read() as session:
        assert len(session.exec(select(PaperProblem).where(PaperProblem.paper_id == paper.id)).all()) == 2
        assert session.get_one(Problem, first).state is State.RECTIFYING


def test_a_village_is_written_to_without_a_problem(empty: Office, village: int) -> None:
    paper = paper_of(
        empty, escalate(empty, kind="circulate", area_id=village, reason="按期整改率连续2个月低于80%")
    )
    assert (paper.area_id, paper.kind) == (village, PaperKind.CIRCULATE)
    assert paper.title == "关于柳塘村河湖问题整改情况的通报"


def test_the_clerk_s_own_words_stand(empty: Office, problem_under_way: int) -> None:
    paper = paper_of(
        empty,
        escalate(
            empty, problem_under_way, body="请立即清理。", answer_by="2025-04-10", paper_number="砚督1号"
        ),
    )
    assert (paper.body, paper.number) == ("请立即清理。", "砚督1号")
    assert str(paper.due_on) == "2025-04-10"


def test_a_single_step_books_the_same_paper(empty: Office, problem_under_way: int) -> None:
    empty.step(problem_under_way, Action.URGE, words="请抓紧", addressee="柳塘村村委会")
    with empty.database.read() as session:
        paper = session.exec(select(Paper).where(Paper.kind == PaperKind.URGE)).one()
        assert (paper.number, paper.addressee) == ("砚河长办催〔2025〕1号", "柳塘村村委会")
        assert paper.body.startswith("请抓紧。\n涉及以下问题：\n1. 砚2025-001")


def test_what_can_not_be_issued(empty: Office, village: int, problem_under_way: int) -> None:
    with pytest.raises(InvalidInput, match="至少选一个问题"):
        escalate(empty)
    with pytest.raises(Refusal, match="交办单不是督促文书"):
        escalate(empty, problem_under_way, kind="assign")
    with pytest.raises(InvalidInput, match="请填写主送"):
        escalate(empty, problem_under_way, addressee="")
    with pytest.raises(InvalidInput, match="答复时限早于印发日期"):
        escalate(empty, problem_under_way, answer_by="2025-03-01")
    with pytest.raises(InvalidInput, match="答复时限早于印发日期"):
        empty.step(problem_under_way, Action.URGE, answer_by="2025-03-01")
    with pytest.raises(Refusal, match="晚于今天"):
        escalate(empty, problem_under_way, issued_on="2025-04-01")
    with pytest.raises(Refusal, match="早于上一步"):
        escalate(empty, problem_under_way, issued_on="2025-03-03")
    with pytest.raises(NotAllowed, match="不能督办"):
        escalate(empty, problem_under_way, empty.problem(village, 1))
    with empty.database.read() as session:
        assert session.exec(select(Paper).where(Paper.kind == PaperKind.SUPERVISE)).all() == []


def test_the_answer_is_kept_and_can_be_put_right(empty: Office, problem_under_way: int) -> None:
    id = escalate(empty, problem_under_way, issued_on="2025-03-20")
    given = {"paper_id": id, "answered_on": "2025-03-24", "answerer": "柳塘村", "answer": "已清理一半"}
    said = empty.do(escalation.answer_paper, escalation.PaperAnswer, **given)
    assert said.sentence == "登记督办单砚河长办督〔2025〕1号的答复"
    said = empty.do(escalation.answer_paper, escalation.PaperAnswer, **{**given, "answer": "已全部清理"})
    assert said.sentence.startswith("更正")
    paper = paper_of(empty, id)
    assert (str(paper.answered_on), paper.answerer, paper.answer) == ("2025-03-24", "柳塘村", "已全部清理")
    with pytest.raises(InvalidInput, match="早于印发日期"):
        empty.do(escalation.answer_paper, escalation.PaperAnswer, **{**given, "answered_on": "2025-03-19"})


def test_a_voided_paper_keeps_its_number(empty: Office, problem_under_way: int) -> None:
    id = escalate(empty, problem_under_way)
    voiding = {"paper_id": id, "reason": "主送写错"}
    empty.do(escalation.void_paper, escalation.PaperVoiding, **voiding)
    assert paper_of(empty, id).void_reason == "主送写错"
    with pytest.raises(Refusal, match="已经作废"):
        empty.do(escalation.void_paper, escalation.PaperVoiding, **voiding)
    assert paper_of(empty, escalate(empty, problem_under_way)).number == "砚河长办督〔2025〕2号"
    with pytest.raises(Refusal, match="已经用过"):
        escalate(empty, problem_under_way, paper_number="砚河长办督〔2025〕1号")


def test_other_papers_have_no_answer_here(empty: Office, problem_under_way: int) -> None:
    with empty.database.read() as session:
        assign = session.exec(select(Paper.id)).first()
    with pytest.raises(Refusal, match="交办单不是督促文书"):
        empty.do(escalation.void_paper, escalation.PaperVoiding, paper_id=assign, reason="错")


def test_issuing_is_taken_back_as_one_act(empty: Office, village: int, reach: int) -> None:
    ids = [assigned(empty, village, reach) for _ in range(2)]
    before = [step.ordinal for step in last_steps(empty, *ids)]
    escalate(empty, *ids)
    empty.database.run(undo_last, by=CLERK, today=empty.today)
    assert [step.ordinal for step in last_steps(empty, *ids)] == before
    with empty.database.read() as session:
        assert session.exec(select(Paper).where(Paper.kind == PaperKind.SUPERVISE)).all() == []


@pytest.fixture
def problem_under_way(empty: Office, village: int, reach: int) -> int:
    return assigned(empty, village, reach)
