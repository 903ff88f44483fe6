"""The problem ledger asked for: every filter, order, pages, what is computed, rounds of a relapse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import NotFound, Refusal
from river_chief.fields.problems import PROBLEMS
from river_chief.queries.ledger_query import Row
from river_chief.queries.problem_detail import id_of, problem_detail
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.records import Area, Reach
from river_chief.terms import (
    Action,
    Closer,
    Disposal,
    ImportKind,
    Level,
    LookBack,
    Origin,
    Severity,
    Source,
    State,
)
from river_chief.verbs import chiefs, imports, problems, waters
from river_chief.verbs import office as offices
from river_chief.verbs.input import understood
from tests.builders import CLERK, Office


def ids(office: Office, sort: str = "", **conditions: Any) -> list[int]:
    with office.database.read() as session:
        filter = ProblemFilter(**conditions)
        found = PROBLEM_LEDGER.ids(session, filter, sort=sort)
        assert PROBLEM_LEDGER.count(session, filter) == len(found)
        return found


def row(office: Office, id: int, today: date | None = None) -> Row:
    with office.database.read() as session:
        return PROBLEM_LEDGER.rows(session, [id], today or office.today)[0]


@pytest.fixture
def three(empty: Office, village: int, reach: int) -> tuple[int, int, int]:
    """Three problems: two of 柳塘河 in 柳塘村, one of 石埠溪 in 石埠村."""
    other = empty.village("石埠村", "990121103202")
    creek = empty.reach("石埠溪", other, level="village", kind="creek")
    return (
        empty.problem(village, reach, place="老桥东50%处", volume_m3=3),
        empty.problem(
            village,
            reach,
            on="2025-03-10",
            category_code="LZ03",
            source="Y11",
            severity="major",
            outside_number="县_17",
            volume_m3=None,
            unit="柳塘村村委会",
        ),
        empty.problem(other, creek, on="2025-02-20", description="菜地侵占河滩", volume_m3=8),
    )


@pytest.fixture
def campaign(empty: Office) -> int:
    return empty.do(offices.add_campaign, offices.NewCampaign, name="五清行动").id


def test_plain_conditions(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    with empty.database.read() as session:
        [village, other] = session.exec(select(Area).where(Area.parent_id == 1).order_by("id")).all()
        [reach, creek] = session.exec(select(Reach).order_by("id")).all()
    assert ids(empty) == [a, b, c]
    assert ids(empty, ids=(c, a)) == [a, c]
    assert ids(empty, numbers=("砚2025-002", "没有")) == [b]
    assert ids(empty, states=(State.TO_VERIFY,)) == [a, b, c]
    assert ids(empty, states=(State.CLOSED,)) == []
    assert ids(empty, villages=(other.key,)) == [c]
    assert ids(empty, villages=(village.key, other.key)) == [a, b, c]
    assert ids(empty, waters=(reach.water_id,)) == [a, b]
    assert ids(empty, reaches=(creek.key,)) == [c]
    assert ids(empty, groups=("LZ",)) == [b]
    assert ids(empty, categories=("LD01",)) == [a, c]
    assert ids(empty, severities=(Severity.MAJOR,)) == [b]
    assert ids(empty, severities=(Severity.MAJOR, Severity.SERIOUS)) == [b, c]
    assert ids(empty, sources=(Source.COMPLAINT,)) == [b]
    assert ids(empty, groups=("LD",), severities=(Severity.SERIOUS,)) == [c]


def test_spans_count_both_ends_and_may_be_open(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    third, tenth = date(2025, 3, 3), date(2025, 3, 10)
    assert ids(empty, found=(third, tenth)) == [a, b]
    assert ids(empty, found=(None, third)) == [a, c]
    assert ids(empty, found=(tenth, None)) == [b]
    assert ids(empty, registered=(date(2025, 2, 20), date(2025, 2, 20))) == [c]
    assert ids(empty, registered=(third, None)) == [a, b]
    assert ids(empty, found=(None, None)) == [a, b, c]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("50%", [0]),
        ("%", [0]),
        ("县_17", [1]),
        ("_", [1]),
        ("\\", []),
        ("柳塘 LD", []),
        ("柳塘 垃圾", [0, 1]),
        ("垃圾 柳塘村村委会", [1]),
        ("石埠", [2]),
        ("菜地", [2]),
        ("砚2025-003", [2]),
        ("  ", [0, 1, 2]),
        ("县x17", []),
        ("'; --", []),
    ],
)
def test_text_is_sought_word_by_word_and_literally(
    empty: Office, three: tuple[int, int, int], text: str, places: list[int]
) -> None:
    assert ids(empty, text=text) == [three[place] for place in places]


def test_drafts_stock_and_exits(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    draft = empty.do(problems.save_draft, problems.NewProblem, description="草").id
    empty.close(a, on="2025-03-12")
    empty.step(c, Action.REFUTE, words="现场没有", happened_at="2025-03-01")
    assert ids(empty) == [a, b, c, draft]
    assert ids(empty, drafts=False) == [a, b, c]
    empty.step(draft, Action.VOID, words="录错")
    assert ids(empty, drafts=False) == [a, b, c]
    assert ids(empty, in_stock=True) == [b]
    assert ids(empty, closed=(date(2025, 3, 12), date(2025, 3, 12))) == [a]
    assert ids(empty, closed=(None, date(2025, 3, 11))) == []
    assert ids(empty, closed=(None, None)) == [a]
    assert ids(empty, rounds=RoundFilter(stock_on=date(2025, 2, 28))) == [c]


def test_what_is_due_and_overdue(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, _ = three
    for id, deadline in ((a, "2025-03-20"), (b, "2025-03-25")):
        empty.step(id, Action.VERIFY, happened_at="2025-03-10")
        empty.step(id, Action.ASSIGN, happened_at="2025-03-10", unit="柳塘村", deadline=deadline)
    assert ids(empty, overdue_on=date(2025, 3, 20)) == []
    assert ids(empty, overdue_on=date(2025, 3, 21)) == [a]
    assert ids(empty, due_by=date(2025, 3, 25)) == [a, b]
    assert ids(empty, due_by=date(2025, 3, 24)) == [a]
    assert ids(empty, deadline=(date(2025, 3, 21), None)) == [b]
    empty.step(a, Action.SIGN_FOR, happened_at="2025-03-11", actor="赵春")
    empty.step(a, Action.SUBMIT, happened_at="2025-03-22", progress="已清理")
    assert ids(empty, overdue_on=date(2025, 3, 30)) == [b]
    late, waiting = row(empty, a), row(empty, b, date(2025, 3, 27))
    assert (late["on_time"], late["overdue_days"], late["days_left"]) == (False, 2, None)
    assert (waiting["on_time"], waiting["overdue_days"], waiting["days_left"]) == (False, 2, -2)
    early = row(empty, b, date(2025, 3, 24))
    assert (early["on_time"], early["overdue_days"], early["days_left"]) == (None, 0, 1)


def test_campaigns_are_tags_of_many(empty: Office, village: int, reach: int, campaign: int) -> None:
    tagged = empty.problem(village, reach, campaign_ids=(campaign, 1))
    empty.problem(village, reach)
    assert ids(empty, campaigns=(campaign,)) == [tagged]
    assert ids(empty, campaigns=(campaign, 1)) == [tagged]
    assert row(empty, tagged)["campaigns"] == "四乱、五清行动"


def test_a_batch_shows_what_it_brought(empty: Office, problem: int, village: int, reach: int) -> None:
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.PROBLEMS, name="三月", file_name="a.xlsx"
    ).id
    values = {
        "found_on": "2025-03-04",
        "source": "Y04",
        "village_id": village,
        "reach_id": reach,
        "category_code": "LD01",
        "description": "县级交办",
    }
    with empty.database.write(by=CLERK, today=empty.today, batch_id=batch) as writer:
        made = writer.do(problems.register, understood(problems.NewProblem, values)).id
    assert ids(empty, batch=batch) == [made]
    assert ids(empty, batch=batch + 1) == []


def test_order_by_any_field_with_the_empty_ones_last(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    assert ids(empty, sort="found_on") == [c, a, b]
    assert ids(empty, sort="severity") == [a, c, b]
    assert ids(empty, sort="volume_m3") == [a, c, b]
    with empty.database.read() as session:
        every = ProblemFilter()
        assert PROBLEM_LEDGER.ids(session, every, sort="volume_m3", descending=True) == [c, a, b]
        assert PROBLEM_LEDGER.ids(session, every, sort="severity", descending=True) == [b, c, a]
        assert PROBLEM_LEDGER.ids(session, every, sort="state", descending=True) == [a, b, c]
        for field in PROBLEMS:
            if PROBLEM_LEDGER.can_sort(field.key):
                assert sorted(PROBLEM_LEDGER.ids(session, every, sort=field.key)) == [a, b, c]
        with pytest.raises(Refusal, match="不能按“剩余天数”排序"):
            PROBLEM_LEDGER.ids(session, every, sort="days_left")
        with pytest.raises(Refusal, match="不能按“colour”排序"):
            PROBLEM_LEDGER.ids(session, every, sort="colour")


def test_states_are_ordered_as_the_loop_runs(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    empty.close(a, on="2025-03-12")
    empty.step(c, Action.VERIFY, happened_at="2025-03-01")
    assert ids(empty, sort="state") == [b, c, a]


def test_pages_of_ids_and_rows_in_their_order(empty: Office, three: tuple[int, int, int]) -> None:
    a, b, c = three
    with empty.database.read() as session:
        every = ProblemFilter()
        assert PROBLEM_LEDGER.ids(session, every, limit=2) == [a, b]
        assert PROBLEM_LEDGER.ids(session, every, limit=2, offset=2) == [c]
        assert PROBLEM_LEDGER.ids(session, every, offset=1) == [b, c]
        rows = PROBLEM_LEDGER.rows(session, [c, 999, a], empty.today)
        assert [each.id for each in rows] == [c, a]
        assert [each.id for each in PROBLEM_LEDGER.all(session, every, empty.today, sort="number")] == [
            a,
            b,
            c,
        ]


def test_every_field_of_a_row_gets_a_value(empty: Office, village: int, reach: int, campaign: int) -> None:
    """A problem with everything known, through the whole loop: no field of it stays empty."""
    empty.chief("李海", 1, reach, level="town")
    county = empty.do(waters.add_area, waters.NewArea, name="澜川县", level="county", code="990121").id
    empty.chief("周国", county, reach, level="county")
    empty.chief("赵春", village, reach)
    words = dict.fromkeys(
        "finder place stake position_text severity_reason party patch_number note goal".split(), "甲"
    )
    id = empty.problem(
        village,
        reach,
        severity="minor",
        lon=118.5,
        lat=29.05,
        datum="cgcs2000",
        bank="left",
        area_m2=1,
        length_m=2,
        weight_t=4,
        count_n=5,
        outside_number="县17",
        disposal="demolish",
        campaign_ids=(campaign,),
        **words,
    )
    with empty.database.read() as session:
        own = problem_detail(session, id, empty.today).values
    more = (
        "lead_department helping_departments responsibility_note measures unfinished_reason next_step "
        "rectification_note"
    ).split()
    edit = {name: own[name] for name in problems.ProblemEdit.model_fields if name in own}
    empty.do(problems.edit, problems.ProblemEdit, **{**edit, "version": None, **dict.fromkeys(more, "乙")})
    empty.step(id, Action.VERIFY, happened_at="2025-03-04")
    who = dict.fromkeys("unit officer officer_title officer_phone leader supervisor".split(), "丙")
    empty.step(id, Action.ASSIGN, happened_at="2025-03-05", deadline="2025-03-12", **who)
    empty.step(id, Action.SIGN_FOR, happened_at="2025-03-05", actor="赵春")
    empty.step(id, Action.EXTEND, happened_at="2025-03-06", deadline="2025-03-20", words="降雨")
    waiting = row(empty, id)
    empty.step(id, Action.SUBMIT, happened_at="2025-03-18", progress="已清理")
    empty.step(id, Action.ACCEPT, happened_at="2025-03-19", actor="钱树、孙文")
    empty.step(id, Action.CLOSE, happened_at="2025-03-20")
    empty.step(id, Action.LOOK_BACK, happened_at="2025-03-28")
    found = row(empty, id)
    elsewhere = (
        "suspended_until suspended_by handed_to letter_number replied_on hand_over_reply merged_into".split()
    )
    assert [field.key for field in PROBLEMS if found[field.key] in (None, "")] == [
        "days_left",
        "step_due",
        "waiting",
        "closer",
        "reported_on",
        *elsewhere,
    ]
    assert (waiting["days_left"], waiting["closer"]) == (-11, Closer.TOWN)
    assert {
        key: found[key]
        for key in "county_chief town_chief village_chief chief_name town_name reach_level".split()
    } == {
        "county_chief": "周国",
        "town_chief": "李海",
        "village_chief": "赵春",
        "chief_name": "赵春",
        "town_name": "砚溪镇",
        "reach_level": Level.TOWN,
    }
    assert found["extent"] == "1㎡，2m，3m³，4t，5处"
    assert (found["category_group"], found["category_code"]) == ("乱堆", "LD01")
    assert found["category_name"] != ""
    assert (found["first_deadline"], found["extended_deadline"], found["deadline"]) == (
        date(2025, 3, 12),
        date(2025, 3, 20),
        date(2025, 3, 20),
    )
    assert (found["on_time"], found["overdue_days"], found["is_closed"]) == (True, 0, True)
    assert (found["closed_on"], found["look_back"]) == (date(2025, 3, 20), LookBack.HELD)
    assert found.text(PROBLEMS["severity"]) == "一般"
    assert found.text(PROBLEMS["found_on"]) == "2025-03-03"


def test_a_bare_draft_gives_a_row_too(empty: Office) -> None:
    draft = empty.do(problems.save_draft, problems.NewProblem).id
    found = row(empty, draft)
    assert (found["number"], found["state"], found["brief"], found["extent"]) == (
        "草稿1",
        State.DRAFT,
        "",
        "",
    )
    assert (found["registered_on"], found["deadline"], found["chief_name"]) == (None, None, "")


def test_a_long_description_is_cut_at_its_first_stop(empty: Office, village: int, reach: int) -> None:
    words = (
        "柳塘河老桥上游左岸堆放生活垃圾约三立方米。" + "附近有菜地，已多次劝导，村民称月底前自行清理。" * 2
    )
    long = empty.problem(village, reach, description=words)
    assert row(empty, long)["brief"] == "柳塘河老桥上游左岸堆放生活垃圾约三立方米"


def test_problems_by_the_way_they_are_disposed_of(empty: Office, village: int, reach: int) -> None:
    shut, none = empty.problem(village, reach, disposal="shut"), empty.problem(village, reach)
    assert ids(empty, disposals=(Disposal.SHUT,)) == [shut]
    assert ids(empty, disposals=(None,)) == [none]
    assert ids(empty, disposals=(Disposal.SHUT, None)) == [shut, none]
    assert ids(empty, disposals=(Disposal.CLEAR,)) == []


def test_several_problems_with_relapses_show_their_newest_round(
    empty: Office, three: tuple[int, int, int]
) -> None:
    a, b, c = three
    for id in (a, b):
        empty.close(id, on="2025-03-12")
    for id, day in ((a, "2025-03-20"), (b, "2025-03-25")):
        empty.step(id, Action.RELAPSE, happened_at=day, words="又有堆放", deadline="2025-03-28")
    empty.step(a, Action.SUBMIT, happened_at="2025-03-22", progress="再次清理")
    empty.step(a, Action.ACCEPT, happened_at="2025-03-22", actor="钱树、孙文")
    empty.step(a, Action.CLOSE, happened_at="2025-03-23")
    empty.step(a, Action.RELAPSE, happened_at="2025-03-30", words="第三次", deadline="2025-04-05")
    assert ids(empty) == [a, b, c]
    found = row(empty, a)
    assert (found["registered_on"], found["assigned_on"], found["deadline"]) == (
        date(2025, 3, 3),
        date(2025, 3, 30),
        date(2025, 4, 5),
    )
    assert (found["state"], found["closed_on"], found["is_closed"]) == (State.RECTIFYING, None, False)
    with empty.database.read() as session:
        rounds = problem_detail(session, a, empty.today).rounds
    assert [(each.ordinal, each.origin, each.opened_on, each.exit_on) for each in rounds] == [
        (1, Origin.FOUND, date(2025, 3, 3), date(2025, 3, 12)),
        (2, Origin.RELAPSE, date(2025, 3, 20), date(2025, 3, 23)),
        (3, Origin.RELAPSE, date(2025, 3, 30), None),
    ]
    assert ids(empty, registered=(date(2025, 3, 20), None)) == []
    assert ids(empty, registered=(date(2025, 3, 3), date(2025, 3, 3))) == [a]
    assert ids(empty, closed=(date(2025, 3, 12), date(2025, 3, 23))) == []
    assert ids(empty, rounds=RoundFilter(origins=(Origin.RELAPSE,))) == [a, b]
    assert ids(empty, rounds=RoundFilter(closed_on=date(2025, 3, 19))) == [a, b]
    assert ids(empty, overdue_on=date(2025, 3, 31)) == [b]


def test_the_chief_of_the_day_it_was_assigned_answers(
    empty: Office, tenure: int, village: int, reach: int
) -> None:
    first = empty.problem(village, reach)
    second = empty.problem(village, reach)
    empty.step(second, Action.VERIFY, happened_at="2025-03-12")
    empty.step(second, Action.ASSIGN, happened_at="2025-03-12", unit="柳塘村")
    empty.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day="2025-03-10")
    empty.chief("钱树", village, reach, valid_from="2025-03-11")
    assert [row(empty, id)["village_chief"] for id in (first, second)] == ["赵春", "钱树"]


def test_a_village_sees_its_own_chief_of_a_shared_reach(
    empty: Office, tenure: int, village: int, reach: int
) -> None:
    other = empty.village("杨湾村")
    empty.chief("钱树", other, reach)
    here, there = empty.problem(village, reach), empty.problem(other, reach)
    assert [row(empty, id)["village_chief"] for id in (here, there)] == ["赵春", "钱树"]


def test_a_problem_is_found_by_its_number(empty: Office, three: tuple[int, int, int]) -> None:
    with empty.database.read() as session:
        assert id_of(session, "砚2025-002") == id_of(session, "县_17") == three[1]
        with pytest.raises(NotFound, match="台账里没有问题砚2025-999"):
            id_of(session, "砚2025-999")
