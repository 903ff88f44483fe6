"""A step needs its proof, or words why it is not there; the list of what is missing agrees with the verbs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import InvalidInput
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.proof import missing_for, missing_next
from river_chief.records import Round, Step
from river_chief.terms import Action, Phase, Proof
from river_chief.verbs import documents, problems, rule_rows, steps
from tests.builders import Office

DIGITS = iter(f"{number:064x}" for number in range(1, 500))
ALL = {"actor": "钱树、孙文"}


def photo(office: Office, id: int, phase: Phase, **values: Any) -> int:
    return office.do(
        documents.attach,
        documents.NewAttachment,
        **{
            "sha256": next(DIGITS),
            "name": "a.jpg",
            "media_type": "image/jpeg",
            "size": 1,
            "phase": phase,
            "problem_id": id,
            **values,
        },
    ).id


def rectifying(office: Office, village: int, reach: int, **values: Any) -> int:
    id = office.problem(village, reach, **values)
    for action, given in (
        (Action.VERIFY, {}),
        (Action.ASSIGN, {"unit": "柳塘村"}),
        (Action.SIGN_FOR, {"actor": "赵春"}),
    ):
        office.step(id, action, happened_at="2025-03-05", **given)
    return id


def bare(office: Office, id: int, action: Action, **values: Any) -> None:
    """The step as it stands, without words for what it lacks."""
    doing = steps.DOINGS[action]
    office.do(doing.verb, doing.accepts, problem_id=id, happened_at="2025-03-10", **values)


def refused(office: Office, id: int, action: Action, **values: Any) -> str:
    with pytest.raises(InvalidInput) as error:
        bare(office, id, action, **values)
    assert list(error.value.fields) == ["exception"]
    return error.value.fields["exception"].removeprefix("缺少：").split("。", maxsplit=1)[0]


def last(office: Office, id: int) -> tuple[Step, Round]:
    with office.database.read() as session:
        step = session.exec(select(Step).where(Step.problem_id == id)).all()[-1]
        return step, session.exec(select(Round).where(Round.problem_id == id)).all()[-1]


def lacking_now(office: Office) -> list[int]:
    with office.database.read() as session:
        return PROBLEM_LEDGER.ids(session, ProblemFilter(lacks_proof=True))


def test_a_report_asks_for_photos_and_work_until_they_are_there(
    empty: Office, village: int, reach: int
) -> None:
    id = rectifying(empty, village, reach)
    assert refused(empty, id, Action.SUBMIT, progress="清完") == "整改前照片、整改后照片、工作量"
    assert lacking_now(empty) == [id]
    photo(empty, id, Phase.BEFORE, happened_on="2025-03-02")
    assert lacking_now(empty) == []
    after = photo(empty, id, Phase.AFTER)
    assert refused(empty, id, Action.SUBMIT, progress="清完") == "工作量"
    empty.do(documents.void_attachment, documents.VoidAttachment, id=after)
    work = {"rubbish": 3}
    assert refused(empty, id, Action.SUBMIT, progress="清完", work=work) == "整改后照片"
    photo(empty, id, Phase.AFTER)
    bare(empty, id, Action.SUBMIT, progress="清完", work=work)
    step, round_ = last(empty, id)
    assert "missing" not in step.details
    assert round_.exceptions == 0


def test_work_noted_on_the_way_counts(empty: Office, village: int, reach: int) -> None:
    id = rectifying(empty, village, reach)
    photo(empty, id, Phase.BEFORE)
    photo(empty, id, Phase.AFTER)
    bare(empty, id, Action.PROGRESS, progress="清了一半", work={"rubbish": 1})
    bare(empty, id, Action.SUBMIT, progress="清完")


def test_an_exception_is_kept_with_what_it_is_about_and_counted(
    empty: Office, village: int, reach: int
) -> None:
    id = rectifying(empty, village, reach)
    photo(empty, id, Phase.BEFORE)
    bare(empty, id, Action.SUBMIT, progress="清完", work={"rubbish": 3}, exception="汛期无法靠近")
    step, round_ = last(empty, id)
    assert step.details["missing"] == ["after_photo"]
    assert step.details["exception"] == "汛期无法靠近"
    assert round_.exceptions == 1
    photo(empty, id, Phase.AFTER)
    bare(empty, id, Action.ACCEPT, actor="钱树、孙文", exception="用不着的说明")
    step, round_ = last(empty, id)
    assert "exception" not in step.details
    assert round_.exceptions == 1


def test_two_acceptors_and_the_scan_of_a_serious_one(empty: Office, village: int, reach: int) -> None:
    id = rectifying(empty, village, reach, severity="serious", volume_m3=None)
    for phase in (Phase.BEFORE, Phase.AFTER):
        photo(empty, id, phase)
    work = {"rubbish": 30}
    assert refused(empty, id, Action.SUBMIT, progress="清完", work=work) == "规模数量"
    assert lacking_now(empty) == [id]
    with empty.database.read() as session:
        assert missing_next(session, id) == (Proof.MEASURED, Proof.WORK)
    own = own_values(empty, id)
    empty.do(problems.edit, problems.ProblemEdit, **{**own, "volume_m3": 30})
    bare(empty, id, Action.SUBMIT, progress="清完", work=work)
    assert refused(empty, id, Action.ACCEPT, actor="钱树") == "两名验收人"
    assert lacking_now(empty) == []
    bare(empty, id, Action.ACCEPT, actor="钱树 孙文")
    assert refused(empty, id, Action.CLOSE, approver="县河长办") == "签字扫描件"
    assert lacking_now(empty) == [id]
    photo(empty, id, Phase.SCAN)
    bare(empty, id, Action.CLOSE, approver="县河长办")


def own_values(office: Office, id: int) -> dict[str, Any]:
    from river_chief.queries.problem_detail import problem_detail

    with office.database.read() as session:
        detail = problem_detail(session, id, office.today)
    return {name: detail.values[name] for name in problems.ProblemEdit.model_fields if name in detail.values}


def test_a_relapse_needs_its_own_photos(empty: Office, village: int, reach: int) -> None:
    id = rectifying(empty, village, reach, category_code="LZ13")
    for phase in (Phase.BEFORE, Phase.AFTER):
        photo(empty, id, phase, happened_on="2025-03-06")
    bare(empty, id, Action.SUBMIT, progress="清完")
    bare(empty, id, Action.ACCEPT, actor="钱树、孙文")
    bare(empty, id, Action.CLOSE)
    empty.step(id, Action.RELAPSE, happened_at="2025-03-20", words="又种上了")
    with empty.database.read() as session:
        assert missing_next(session, id) == (Proof.BEFORE_PHOTO, Proof.AFTER_PHOTO)
    assert lacking_now(empty) == [id]
    photo(empty, id, Phase.LOOK_BACK, happened_on="2025-03-20")
    photo(empty, id, Phase.AFTER, taken_at="2025-03-22T09:00")
    assert lacking_now(empty) == []
    with empty.database.read() as session:
        assert missing_next(session, id) == ()


def test_a_row_of_the_office_lifts_what_a_wider_one_asks(empty: Office, village: int, reach: int) -> None:
    id = rectifying(empty, village, reach)
    for proof, code in ((Proof.BEFORE_PHOTO, "LD"), (Proof.WORK, "LD01")):
        empty.do(
            rule_rows.put,
            rule_rows.ProofRow,
            action=Action.SUBMIT,
            proof=proof,
            category_code=code,
            is_needed=False,
        )
    assert lacking_now(empty) == []
    assert refused(empty, id, Action.SUBMIT, progress="清完") == "整改后照片"
    with empty.database.read() as session:
        assert missing_for(session, id, [Action.SUBMIT, Action.ACCEPT]) == (
            Proof.AFTER_PHOTO,
            Proof.TWO_ACCEPTORS,
        )


def test_a_row_about_a_step_that_is_never_checked_is_refused(empty: Office) -> None:
    with pytest.raises(InvalidInput) as error:
        empty.do(rule_rows.put, rule_rows.ProofRow, action=Action.VOID, proof=Proof.WORK)
    assert "作废" in str(error.value)
