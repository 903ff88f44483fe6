"""Patches: handed down, checked, registered as problems, voided."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, Refusal
from river_chief.records import Attachment, Campaign, Patch, Problem, ProblemCampaign
from river_chief.storage.undo import undo_last
from river_chief.storage.verify import verify
from river_chief.terms import Action, Phase, Source, State, Verdict
from river_chief.verbs import documents, patches
from tests.builders import CLERK, Office

NUMBER = "TB2025-007"


def patch(of: Office, village: int | None = None, reach: int | None = None, **values: Any) -> int:
    fields = {
        "number": NUMBER,
        "village_id": village,
        "reach_id": reach,
        "lon": 118.4962,
        "lat": 29.0574,
        "area_m2": 420,
        "suspected": "疑似房屋",
        "handed_on": "2025-03-01",
        "due_on": "2025-03-31",
        **values,
    }
    return of.do(patches.add_patch, patches.NewPatch, **fields).id


def check(of: Office, id: int, verdict: str = "real", **values: Any) -> str:
    fields = {"patch_id": id, "verdict": verdict, "checked_on": "2025-03-10", "shows": "钢棚", **values}
    return of.do(patches.check_patch, patches.PatchCheck, **fields).sentence


def photo(of: Office, id: int) -> None:
    of.do(
        documents.attach,
        documents.NewAttachment,
        sha256="ab" * 32,
        name="现场.jpg",
        media_type="image/jpeg",
        size=1000,
        phase="evidence",
        patch_id=id,
    )


def register(of: Office, id: int, **values: Any) -> int:
    fields = {"patch_id": id, "category_code": "LJ02", "description": "搭建钢棚", **values}
    return of.do(patches.register_patch, patches.PatchProblem, **fields).id


def kept(of: Office, id: int) -> Patch:
    with of.database.read() as session:
        return session.get_one(Patch, id)


def test_a_patch_belongs_to_the_campaign_unless_another_is_named(empty: Office) -> None:
    first, second = patch(empty), patch(empty, number="TB2025-008", campaign_id=1)
    with empty.database.read() as session:
        names = {one.key: one.name for one in session.exec(select(Campaign))}
    assert names[kept(empty, first).campaign_id or 0] == "图斑核查"
    assert kept(empty, second).campaign_id == 1


@pytest.mark.parametrize(
    ("values", "key", "sentence"),
    [
        ({}, "number", "已经在台账里"),
        ({"number": "新", "due_on": "2025-02-01"}, "due_on", "早于下发日期"),
        ({"number": "新", "lon": 999}, "lon", "经度应不大于 180"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(
    empty: Office, values: dict[str, Any], key: str, sentence: str
) -> None:
    patch(empty)
    with pytest.raises(InvalidInput) as caught:
        patch(empty, **values)
    assert sentence in caught.value.fields[key]


def test_a_patch_is_corrected_as_the_clerk_saw_it(empty: Office, village: int) -> None:
    id = patch(empty)
    edit = {"id": id, "number": NUMBER, "village_id": village, "handed_on": "2025-03-02"}
    empty.do(patches.edit_patch, patches.PatchEdit, version=1, **edit)
    assert (kept(empty, id).village_id, kept(empty, id).area_m2) == (village, None)
    with pytest.raises(Conflict):
        empty.do(patches.edit_patch, patches.PatchEdit, version=1, **edit)
    check(empty, id)
    with pytest.raises(Refusal, match="晚于核查日期"):
        empty.do(patches.edit_patch, patches.PatchEdit, **{**edit, "handed_on": "2025-03-11"})


@pytest.mark.parametrize("verdict", [Verdict.NOT_REAL, Verdict.LAWFUL])
def test_one_that_is_no_problem_needs_a_photo_or_words_why_not(empty: Office, verdict: Verdict) -> None:
    id = patch(empty)
    with pytest.raises(InvalidInput) as caught:
        check(empty, id, verdict.value)
    assert "没有照片的，请在这里写明原因" in caught.value.fields["exception"]
    check(empty, id, verdict.value, exception="雨天道路中断，只能远望")
    assert kept(empty, id).exception == "雨天道路中断，只能远望"
    photo(empty, id)
    assert check(empty, id, verdict.value, exception="雨天") == f"图斑{NUMBER}核查：{verdict.label}"
    assert (kept(empty, id).exception, kept(empty, id).checker) == ("", CLERK)


@pytest.mark.parametrize(
    ("day", "sentence"), [("2025-02-28", "早于下发日期 2025-03-01"), ("2025-04-01", "晚于今天")]
)
def test_a_check_lies_between_handing_down_and_today(empty: Office, day: str, sentence: str) -> None:
    id = patch(empty)
    with pytest.raises(Refusal, match=sentence):
        check(empty, id, checked_on=day)


def test_a_real_one_becomes_a_problem_that_takes_over_what_is_known(
    empty: Office, village: int, reach: int
) -> None:
    id = patch(empty, village, reach, place="老石桥上游60米", campaign_id=1)
    with pytest.raises(Refusal, match="还没有核查属实"):
        register(empty, id)
    check(empty, id, checker="赵春", words="左岸搭建钢棚，未办手续")
    found = register(empty, id, area_m2=430)
    with empty.database.read() as session:
        problem = session.get_one(Problem, found)
        tags = session.exec(select(ProblemCampaign.campaign_id)).all()
        campaign = patches.default_campaign(session)
    assert (problem.source, problem.patch_number, problem.finder) == (Source.SATELLITE, NUMBER, "赵春")
    assert (problem.lon, problem.lat, problem.area_m2) == (118.4962, 29.0574, 430)
    assert (problem.village_id, problem.reach_id, problem.place) == (village, reach, "老石桥上游60米")
    assert (str(problem.found_on), problem.state) == ("2025-03-10", State.TO_VERIFY)
    assert sorted(tags) == sorted((1, campaign or 0))
    assert kept(empty, id).problem_id == found
    for refused in (
        lambda: register(empty, id),
        lambda: check(empty, id, "not_real", exception="看错"),
        lambda: empty.do(patches.void_patch, patches.PatchVoid, id=id, reason="重复"),
    ):
        with pytest.raises(Refusal, match=f"已经登记为问题{problem.number}"):
            refused()


def test_its_photos_show_the_problem_before(empty: Office, village: int, reach: int) -> None:
    id = patch(empty, village, reach)
    photo(empty, id)
    check(empty, id)
    found = register(empty, id)
    with empty.database.read() as session:
        photos = session.exec(select(Attachment)).all()
    assert [(one.phase, one.patch_id, one.problem_id) for one in photos] == [
        (Phase.EVIDENCE, id, None),
        (Phase.BEFORE, None, found),
    ]
    assert photos[0].sha256 == photos[1].sha256


def test_a_patch_whose_problem_is_no_more_may_be_checked_again(
    empty: Office, village: int, reach: int
) -> None:
    id = patch(empty, village, reach)
    check(empty, id)
    found = register(empty, id)
    empty.step(found, Action.REFUTE, words="已办手续")
    check(empty, id, "lawful", exception="资料核实，未到现场")
    assert kept(empty, id).verdict is Verdict.LAWFUL


def test_a_problem_registered_before_is_linked_not_registered_again(
    empty: Office, village: int, reach: int
) -> None:
    other = empty.problem(village, reach, patch_number="TB2025-099")
    same = empty.problem(village, reach, patch_number=NUMBER)
    id = patch(empty, village, reach)
    check(empty, id)
    with pytest.raises(Refusal, match="关联问题"):
        register(empty, id)
    with pytest.raises(Refusal, match="图斑编号是TB2025-099"):
        empty.do(patches.link_patch, patches.PatchLink, patch_id=id, problem_id=other)
    empty.do(patches.link_patch, patches.PatchLink, patch_id=id, problem_id=same)
    assert kept(empty, id).problem_id == same


def test_a_voided_patch_is_left_alone(empty: Office) -> None:
    id = patch(empty)
    assert (
        empty.do(patches.void_patch, patches.PatchVoid, id=id, reason="重复下发").sentence
        == f"图斑{NUMBER}作废：重复下发"
    )
    with pytest.raises(Refusal, match="已经作废"):
        check(empty, id)


def test_every_act_is_taken_back_whole(empty: Office, village: int, reach: int) -> None:
    id = patch(empty, village, reach)
    check(empty, id)
    register(empty, id)
    for _ in range(3):
        with empty.database.write(by=CLERK, today=empty.today) as writer:
            undo_last(writer)
    with empty.database.read() as session:
        assert session.exec(select(Patch)).all() == []
        assert session.exec(select(Problem)).all() == []
    assert verify(empty.database, replayed=True).is_whole
