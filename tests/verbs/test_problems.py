"""Problems: drafts, what is missing, numbers, suggestions, edits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.records import Category, Reach
from river_chief.terms import Action, Severity, State
from river_chief.verbs import office as offices
from river_chief.verbs import problems
from tests.builders import Office


def detail(office: Office, id: int) -> ProblemDetail:
    with office.database.read() as session:
        return problem_detail(session, id, office.today)


def _editable(office: Office, id: int) -> dict[str, Any]:
    values = detail(office, id).values
    names = [name for name in problems.ProblemEdit.model_fields if name in values]
    return {name: values[name] for name in names if name != "version"}


def test_registering_gives_number_round_and_step(empty: Office, problem: int) -> None:
    found = detail(empty, problem)
    assert found.row["number"] == "砚2025-001"
    assert found.row["water_name"] == "柳塘河"
    assert found.row["severity"] is Severity.MINOR
    assert found.state is State.TO_VERIFY
    assert [(item.ordinal, item.opened_on) for item in found.rounds] == [(1, date(2025, 3, 3))]


def test_numbers_run_by_year(empty: Office, village: int, reach: int) -> None:
    ids = [empty.problem(village, reach, on=day) for day in ("2024-12-30", "2024-12-31", "2025-01-02")]
    assert [detail(empty, id).row["number"] for id in ids] == ["砚2024-001", "砚2024-002", "砚2025-001"]


def test_a_number_of_before_is_kept_and_not_given_twice(empty: Office, village: int, reach: int) -> None:
    old = empty.problem(village, reach, number="YX-2024-17")
    assert detail(empty, old).row["number"] == "YX-2024-17"
    with pytest.raises(Refusal, match="YX-2024-17已经在台账里"):
        empty.problem(village, reach, number="YX-2024-17")


def test_what_is_missing_is_named_field_by_field(empty: Office) -> None:
    with pytest.raises(InvalidInput) as caught:
        empty.do(problems.register, problems.NewProblem, description="河边有垃圾")
    assert caught.value.fields == {
        "found_on": "请填写发现时间",
        "source": "请填写问题来源",
        "village_id": "请填写所在村",
        "water_id": "请填写河湖名称",
        "category_code": "请填写问题大类",
    }


def test_a_draft_waits_outside_the_stock(empty: Office, village: int, reach: int) -> None:
    draft = empty.do(problems.save_draft, problems.NewProblem, description="河边有垃圾").id
    assert detail(empty, draft).row["number"] == "草稿1"
    assert detail(empty, draft).rounds == ()
    with pytest.raises(InvalidInput, match="请填写所在村"):
        empty.do(problems.register_draft, problems.Registration, problem_id=draft)
    empty.do(
        problems.edit,
        problems.ProblemEdit,
        id=draft,
        description="河边有垃圾",
        found_on="2025-03-02",
        source="Y11",
        village_id=village,
        reach_id=reach,
        category_code="LD01",
    )
    empty.do(problems.register_draft, problems.Registration, problem_id=draft, happened_at="2025-03-03")
    assert detail(empty, draft).row["number"] == "砚2025-001"
    with pytest.raises(Refusal, match="不必再登记"):
        empty.do(problems.register_draft, problems.Registration, problem_id=draft)


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        ("LD01", {"volume_m3": 4.9}, Severity.MINOR),
        ("LD01", {"volume_m3": 5}, Severity.SERIOUS),
        ("LD01", {"volume_m3": 500}, Severity.MAJOR),
        ("LZ01", {}, Severity.MAJOR),
        ("LZ03", {"volume_m3": None}, None),
    ],
)
def test_the_category_suggests_the_severity(
    empty: Office, village: int, reach: int, code: str, values: dict[str, Any], expected: Severity | None
) -> None:
    made = empty.problem(village, reach, **{"category_code": code, "volume_m3": None, **values})
    assert detail(empty, made).row["severity"] is expected


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"found_on": "2025-04-01"}, "发现时间 2025-04-01 晚于今天"),
        ({"happened_at": "2025-03-01"}, "登记时间 2025-03-01 早于发现时间"),
        ({"category_code": "XX99"}, "不在分类表里"),
        ({"village_id": 999}, "没有这个村"),
        ({"area_m2": -1}, "面积应不小于 0"),
        ({"lon": 500}, "经度应不大于 180"),
        ({"description": "长" * 2001}, "问题描述太长，最多 2000 个字"),
        ({"area_m2": float("nan")}, "面积“nan”应是数字"),
        ({"length_m": float("inf")}, "长度“inf”应是数字"),
        ({"lon": 181}, "经度应不大于 180$"),
        ({"found_on": "0205-03-05"}, "发现时间：0205-03-05 的年份不对"),
        ({"happened_at": "9999-12-31 09:00"}, "登记时间：9999-12-31 的年份不对"),
        ({"patrol_id": 10**20}, "巡河记录：数字太大"),
        ({"campaign_ids": (10**20,)}, "专项：数字太大"),
    ],
)
def test_bad_values_are_refused_in_words(
    empty: Office, village: int, reach: int, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        empty.problem(village, reach, **values)
    with empty.database.read() as session:
        assert PROBLEM_LEDGER.count(session, ProblemFilter()) == 0


def test_a_reach_must_lie_on_the_water(empty: Office, village: int, reach: int) -> None:
    other = empty.reach("石埠溪", village)
    with empty.database.read() as session:
        water = session.get_one(Reach, other).water_id
    with pytest.raises(InvalidInput, match="不在所选的河湖上"):
        empty.problem(village, reach, water_id=water)


def test_editing_keeps_state_and_checks_the_version(empty: Office, problem: int) -> None:
    before = detail(empty, problem)
    edit = {
        **_editable(empty, problem),
        "description": "岸坡堆放生活垃圾约9立方米",
        "version": before.row.version,
    }
    empty.do(problems.edit, problems.ProblemEdit, **edit)
    assert detail(empty, problem).row["description"] == "岸坡堆放生活垃圾约9立方米"
    assert detail(empty, problem).state is State.TO_VERIFY
    with pytest.raises(Conflict):
        empty.do(problems.edit, problems.ProblemEdit, **edit)
    with pytest.raises(InvalidInput, match="请填写问题描述"):
        empty.do(problems.edit, problems.ProblemEdit, **{**edit, "description": "", "version": None})


def test_campaigns_are_tags(empty: Office, village: int, reach: int) -> None:
    first = empty.do(offices.add_campaign, offices.NewCampaign, name="五清行动").id
    made = empty.problem(village, reach, campaign_ids=(first,))
    assert detail(empty, made).row["campaigns"] == "五清行动"
    values = _editable(empty, made)
    empty.do(problems.edit, problems.ProblemEdit, **{**values, "campaign_ids": ()})
    assert detail(empty, made).row["campaigns"] == ""
    empty.do(problems.edit, problems.ProblemEdit, **{**values, "campaign_ids": (first,)})
    assert detail(empty, made).row["campaigns"] == "五清行动"
    with pytest.raises(NotFound, match="没有这个专项"):
        empty.problem(village, reach, campaign_ids=(999,))


def test_a_missing_problem_is_said(empty: Office) -> None:
    with pytest.raises(NotFound, match="刷新后重试"):
        detail(empty, 7)


def test_a_problem_is_not_found_after_it_was_registered(empty: Office, village: int, reach: int) -> None:
    made = empty.problem(village, reach, on="2025-03-03")
    kept = {key: detail(empty, made).values[key] for key in problems.ProblemEdit.model_fields}
    with pytest.raises(Refusal, match="登记时间 2025-03-03 早于发现时间 2025-03-04"):
        empty.do(problems.edit, problems.ProblemEdit, **{**kept, "found_on": "2025-03-04"})
    empty.do(problems.edit, problems.ProblemEdit, **{**kept, "found_on": "2025-03-02"})
    assert detail(empty, made).row["registered_on"] == date(2025, 3, 3)


# Grades


def test_another_severity_than_the_suggested_one_needs_words(empty: Office, village: int, reach: int) -> None:
    with pytest.raises(InvalidInput, match="建议等级为一般，定为重大要填写等级说明") as refused:
        empty.problem(village, reach, severity="major", severity_reason="")
    assert set(refused.value.fields) == {"severity_reason"}
    made = empty.problem(village, reach, severity="major", severity_reason="县级挂牌督办")
    assert detail(empty, made).row["severity"] is Severity.MAJOR


def test_the_suggested_severity_and_one_without_a_rule_need_no_words(
    empty: Office, village: int, reach: int
) -> None:
    empty.problem(village, reach, severity="minor", severity_reason="")
    empty.problem(village, reach, category_code="LC", severity="major", severity_reason="")
    empty.problem(village, reach, volume_m3=None, severity="major", severity_reason="")


def test_verifying_with_another_severity_needs_words(empty: Office, problem: int) -> None:
    with pytest.raises(InvalidInput, match="定为较严重要填写等级说明"):
        empty.step(problem, Action.VERIFY, severity="serious", severity_reason="")
    assert detail(empty, problem).state is State.TO_VERIFY
    empty.step(problem, Action.VERIFY, severity="serious", severity_reason="临近取水口")
    assert detail(empty, problem).row["severity_reason"] == "临近取水口"


def test_an_edit_asks_for_words_only_when_the_grading_changes(empty: Office, problem: int) -> None:
    values = {**_editable(empty, problem), "id": problem, "volume_m3": 800}
    with pytest.raises(InvalidInput, match="建议等级为重大，定为一般要填写等级说明"):
        empty.do(problems.edit, problems.ProblemEdit, **values)
    empty.do(problems.edit, problems.ProblemEdit, **{**values, "severity": "major"})
    with empty.database.read() as session:
        kept = session.exec(select(Category).where(Category.code == "LD01")).one()
    empty.do(offices.edit_category, offices.CategoryEdit, id=kept.id, name=kept.name, grade="1")
    noted = {**values, "severity": "major", "note": "与定级无关的修改"}
    empty.do(problems.edit, problems.ProblemEdit, **noted)
    assert detail(empty, problem).row["note"] == "与定级无关的修改"
