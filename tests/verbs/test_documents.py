"""Papers and their numbers; photos and scans on problems, patrols and papers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import NotFound, Refusal
from river_chief.queries.problem_detail import problem_detail
from river_chief.records import Attachment, Paper, PaperProblem
from river_chief.terms import ImportKind, Phase
from river_chief.verbs import documents, imports, office, problems
from tests.builders import Office

SHA = "ab" * 32


def book(of: Office, **values: Any) -> int:
    fields = {"kind": "supervise", "title": "关于柳塘河的督办单", "issued_on": "2025-03-10", **values}
    return of.do(documents.book_paper, documents.NewPaper, **fields).id


def number(of: Office, id: int) -> str:
    with of.database.read() as session:
        return session.get_one(Paper, id).number


def attach(of: Office, **values: Any) -> int:
    fields = {
        "sha256": SHA,
        "name": "现场.jpg",
        "media_type": "image/jpeg",
        "size": 1000,
        "phase": "before",
        **values,
    }
    return of.do(documents.attach, documents.NewAttachment, **fields).id


def test_papers_are_numbered_by_kind_and_year(empty: Office) -> None:
    ids = [
        book(empty),
        book(empty),
        book(empty, kind="urge"),
        book(empty, issued_on="2024-12-31"),
    ]
    assert [number(empty, id) for id in ids] == [
        "砚河长办督〔2025〕1号",
        "砚河长办督〔2025〕2号",
        "砚河长办催〔2025〕1号",
        "砚河长办督〔2024〕1号",
    ]


def test_a_paper_is_booked_with_its_problems_and_sentence(empty: Office, problem: int) -> None:
    done = empty.do(
        documents.book_paper,
        documents.NewPaper,
        kind="supervise",
        title="督办单",
        issued_on="2025-03-10",
        due_on="2025-03-10",
        problem_ids=(problem, problem),
    )
    assert done.sentence == "印发督办单砚河长办督〔2025〕1号"
    with empty.database.read() as session:
        assert len(session.exec(select(PaperProblem)).all()) == 1
        assert [paper.id for paper in problem_detail(session, problem, empty.today).papers] == [done.id]


def test_a_number_given_by_hand_is_passed_over_by_the_series(empty: Office) -> None:
    given = "砚河长办督〔2025〕1号"
    assert number(empty, book(empty, number=given)) == given
    assert number(empty, book(empty)) == "砚河长办督〔2025〕2号"
    with pytest.raises(Refusal, match="文号砚河长办督〔2025〕1号已经用过"):
        book(empty, number=given)


def test_a_problem_number_given_by_hand_is_passed_over_too(empty: Office, village: int, reach: int) -> None:
    empty.problem(village, reach, number="砚2025-001")
    second = empty.problem(village, reach)
    with empty.database.read() as session:
        assert problem_detail(session, second, empty.today).row["number"] == "砚2025-002"


def test_a_draft_passes_over_a_number_that_looks_like_one(empty: Office, village: int, reach: int) -> None:
    empty.problem(village, reach, number="草稿1")
    draft = empty.do(problems.save_draft, problems.NewProblem).id
    with empty.database.read() as session:
        assert problem_detail(session, draft, empty.today).row["number"] == "草稿2"


def test_numbers_follow_the_patterns_of_the_office(empty: Office, village: int, reach: int) -> None:
    patterns = {
        "paper_pattern": "{河长办}{类}字[{年}]第{序号:2}号",
        "problem_pattern": "{年}{简称}{序号:4}",
        "office_word": "河湖长办",
    }
    empty.do(office.change_settings, office.SettingChange, values=patterns)
    assert number(empty, book(empty)) == "河湖长办督字[2025]第01号"
    made = empty.problem(village, reach)
    with empty.database.read() as session:
        assert problem_detail(session, made, empty.today).row["number"] == "2025砚0001"


def test_a_number_too_long_is_refused_not_cut(empty: Office, village: int, reach: int) -> None:
    long = "字" * 50 + "{年}{序号}"
    empty.do(office.change_settings, office.SettingChange, values={"problem_pattern": long})
    with pytest.raises(Refusal, match="超过 40 个字，请在设置中把编号格式改短"):
        empty.problem(village, reach)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"issued_on": "2025-04-01"}, "印发日期 2025-04-01 晚于今天"),
        ({"issued_on": "0205-03-05"}, "印发日期应不小于 1980-01-01"),
        ({"issued_on": "2025-02-30"}, "印发日期“2025-02-30”不是日期"),
        ({"due_on": "2025-03-09"}, "期限早于印发日期"),
        ({"title": ""}, "请填写标题"),
        ({"title": "长" * 121}, "标题太长，最多 120 个字"),
        ({"body": "长" * 4001}, "正文太长，最多 4000 个字"),
        ({"number": "长" * 61}, "文号太长，最多 60 个字"),
        ({"kind": "letter"}, "文书种类“letter”不在可选范围内"),
        ({"problem_ids": (99,)}, "没有这个问题"),
    ],
)
def test_a_bad_paper_is_refused_and_draws_no_number(
    empty: Office, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        book(empty, **values)
    assert number(empty, book(empty)) == "砚河长办督〔2025〕1号"


def test_a_photo_is_attached_and_taken_off(empty: Office, problem: int) -> None:
    done = empty.do(
        documents.attach,
        documents.NewAttachment,
        sha256=SHA,
        name="现场.jpg",
        media_type="image/jpeg",
        size=1000,
        phase="before",
        problem_id=problem,
        taken_at="2025-03-03 10:20",
    )
    assert done.sentence == "砚2025-001添加整改前附件现场.jpg"
    with empty.database.read() as session:
        [row] = problem_detail(session, problem, empty.today).attachments
    assert (row.sha256, row.phase, row.taken_at) == (SHA, Phase.BEFORE, datetime(2025, 3, 3, 10, 20))
    with pytest.raises(Refusal, match=r"整改前附件“现场\.jpg”已经添加过"):
        attach(empty, problem_id=problem)
    attach(empty, problem_id=problem, phase="after")
    voided = empty.do(documents.void_attachment, documents.VoidAttachment, id=done.id)
    assert voided.sentence == "移除附件现场.jpg"
    with pytest.raises(Refusal, match="已经移除"):
        empty.do(documents.void_attachment, documents.VoidAttachment, id=done.id)
    attach(empty, problem_id=problem)
    with empty.database.read() as session:
        found = problem_detail(session, problem, empty.today).attachments
        assert [row.phase for row in found] == [Phase.BEFORE, Phase.AFTER]
        assert session.get_one(Attachment, done.id).voided_on == date(2025, 3, 31)


def test_a_photo_under_the_wrong_phase_is_moved_to_the_right_one(empty: Office, problem: int) -> None:
    photo = attach(empty, problem_id=problem)
    settled = empty.do(documents.settle, documents.Settling, id=photo, words="已现场核对")
    assert settled.sentence == "核对砚2025-001的附件现场.jpg：已现场核对"
    done = empty.do(documents.rephase, documents.Rephasing, id=photo, phase="after")
    assert done.sentence == "砚2025-001的附件现场.jpg由整改前改为整改后"
    with empty.database.read() as session:
        kept = session.get_one(Attachment, photo)
        assert (kept.phase, kept.settled, kept.problem_id) == (Phase.AFTER, "", problem)
    with pytest.raises(Refusal, match="已经是整改后"):
        empty.do(documents.rephase, documents.Rephasing, id=photo, phase="after")
    twin = attach(empty, problem_id=problem)
    with pytest.raises(Refusal, match="整改后附件里已经有“现场"):
        empty.do(documents.rephase, documents.Rephasing, id=twin, phase="after")
    empty.do(documents.void_attachment, documents.VoidAttachment, id=twin)
    for verb, entry in (
        (documents.rephase, {"phase": "during"}),
        (documents.settle, {"words": "看过"}),
    ):
        accepts = documents.Rephasing if verb is documents.rephase else documents.Settling
        with pytest.raises(Refusal, match="已经移除"):
            empty.do(verb, accepts, id=twin, **entry)


def test_patrols_and_papers_carry_attachments_too(empty: Office, tenure: int, reach: int) -> None:
    log, paper = empty.patrol(tenure, reach, at="2025-03-05 09:00"), book(empty)
    attach(empty, patrol_id=log, phase="patrol")
    attach(empty, paper_id=paper, phase="scan", name="签收页.pdf")
    with empty.database.read() as session:
        found = session.exec(select(Attachment).order_by("id")).all()
        assert [(row.patrol_id, row.paper_id) for row in found] == [(log, None), (None, paper)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"problem_id": None}, "附件要挂在一个问题、一条巡河记录、一份文书或一个图斑上"),
        ({"patrol_id": 1}, "附件要挂在一个问题、一条巡河记录、一份文书或一个图斑上"),
        ({"problem_id": 99}, "没有这个问题"),
        ({"problem_id": None, "patrol_id": 99}, "没有这条巡河记录"),
        ({"problem_id": None, "paper_id": 99}, "没有这份文书"),
        ({"sha256": "../" * 21 + "x"}, "文件校验值.*写法不对"),
        ({"size": -1}, "文件大小应不小于 0"),
        ({"name": "长" * 201}, "文件名太长，最多 200 个字"),
        ({"happened_on": "2025-04-01"}, "日期 2025-04-01 晚于今天"),
        ({"taken_at": datetime(2025, 3, 3, tzinfo=UTC)}, "拍摄时间：请填写当地时间"),
        ({"lat": 91}, "应不大于 90"),
    ],
)
def test_a_bad_attachment_is_refused(
    empty: Office, problem: int, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        attach(empty, **{"problem_id": problem, **values})
    with empty.database.read() as session:
        assert session.exec(select(Attachment)).all() == []


def test_a_missing_attachment_is_said(empty: Office) -> None:
    with pytest.raises(NotFound, match="没有这个附件"):
        empty.do(documents.void_attachment, documents.VoidAttachment, id=1)


def test_a_batch_is_opened_with_its_counts(empty: Office) -> None:
    done = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.AREAS, name="三月", file_name="a.xlsx", new=3
    )
    assert done.sentence == "导入行政区划“三月”"
    with pytest.raises(Refusal, match="拒收应不小于 0"):
        empty.do(
            imports.open_batch, imports.NewBatch, kind="areas", name="三月", file_name="a.xlsx", refused=-1
        )
