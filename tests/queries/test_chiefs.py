"""Tenures asked for, and who answered for a reach on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from river_chief.fields.chiefs import CHIEFS
from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter, responsible_on
from river_chief.queries.ledger_query import Row
from river_chief.terms import Level, Role
from river_chief.verbs import chiefs, waters
from tests.builders import Office


def ids(office: Office, sort: str = "", **conditions: Any) -> list[int]:
    with office.database.read() as session:
        found = CHIEF_LEDGER.ids(session, ChiefFilter(**conditions), sort=sort)
        assert CHIEF_LEDGER.count(session, ChiefFilter(**conditions)) == len(found)
        return found


def row(office: Office, id: int, day: str = "2025-03-31") -> Row:
    with office.database.read() as session:
        return CHIEF_LEDGER.rows(session, [id], date.fromisoformat(day))[0]


def end(office: Office, tenure: int, day: str) -> None:
    office.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day=day)


def test_a_row_has_every_field(empty: Office, village: int, reach: int) -> None:
    person = empty.do(
        chiefs.add_person,
        chiefs.NewPerson,
        name="赵春",
        code="YX0001",
        gender="male",
        phone="12000000001",
        unit="柳塘村村委会",
        title="党支部书记",
        area_id=village,
    ).id
    helper = empty.do(chiefs.add_person, chiefs.NewPerson, name="钱树").id
    tenure = empty.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="village",
        area_id=village,
        title="村党支部书记",
        valid_from="2024-01-01",
        reach_ids=(reach,),
        note="兼任",
    ).id
    empty.do(
        chiefs.delegate,
        chiefs.Delegation,
        tenure_id=tenure,
        delegate_id=helper,
        delegate_from="2025-03-01",
        delegate_to="2025-03-20",
    )
    end(empty, tenure, "2025-03-25")
    empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=person, on="2025-03-30")
    found = row(empty, tenure)
    assert [field.key for field in CHIEFS if found[field.key] in (None, "")] == []
    assert {
        key: found[key]
        for key in "title reach_names delegate_name delegate_from delegate_to valid_to retired_on role".split()
    } == {
        "title": "村党支部书记",
        "reach_names": "柳塘河",
        "delegate_name": "钱树",
        "delegate_from": date(2025, 3, 1),
        "delegate_to": date(2025, 3, 20),
        "valid_to": date(2025, 3, 25),
        "retired_on": date(2025, 3, 30),
        "role": Role.CHIEF,
    }


def test_tenures_are_filtered(empty: Office, tenure: int, village: int, reach: int) -> None:
    creek = empty.reach("石埠溪", village)
    town = empty.chief("李海", 1, creek, level="town", role="deputy_general_chief", title="副镇长_分管")
    walker = empty.chief("吴国", village, reach, creek, role="patroller", valid_from="2025-03-10")
    end(empty, town, "2025-03-09")
    assert ids(empty) == [tenure, town, walker]
    assert ids(empty, ids=(walker, tenure)) == [tenure, walker]
    assert ids(empty, on=date(2025, 3, 9)) == [tenure, town]
    assert ids(empty, on=date(2025, 3, 10)) == [tenure, walker]
    assert ids(empty, on=date(2023, 12, 31)) == []
    assert ids(empty, levels=(Level.TOWN,)) == [town]
    assert ids(empty, roles=(Role.PATROLLER, Role.CHIEF)) == [tenure, walker]
    assert ids(empty, areas=(1,)) == [town]
    assert ids(empty, persons=(1, 2)) == [tenure, town]
    assert ids(empty, reaches=(creek,)) == [town, walker]
    assert ids(empty, reaches=(creek,), on=date(2025, 3, 31)) == [walker]
    assert ids(empty, text="柳塘 吴") == [walker]
    assert ids(empty, text="副镇长") == [town]
    assert ids(empty, text="_") == [town]
    assert ids(empty, text="%") == []
    assert ids(empty, sort="level") == [town, tenure, walker]
    assert ids(empty, sort="role") == [town, tenure, walker]
    assert ids(empty, sort="valid_to") == [town, tenure, walker]


def test_a_reach_given_up_is_not_in_charge_on_a_later_day(empty: Office, tenure: int, reach: int) -> None:
    empty.do(
        chiefs.leave_reaches, chiefs.LeaveReaches, tenure_id=tenure, reach_ids=(reach,), last_day="2025-03-10"
    )
    assert ids(empty, reaches=(reach,)) == [tenure]
    assert ids(empty, reaches=(reach,), on=date(2025, 3, 10)) == [tenure]
    assert ids(empty, reaches=(reach,), on=date(2025, 3, 11)) == []


def test_the_reaches_named_are_those_of_the_day(empty: Office, tenure: int, village: int) -> None:
    vacant = empty.reach("柳塘水库", village)
    empty.do(
        chiefs.take_reaches,
        chiefs.ReachCharge,
        tenure_id=tenure,
        reach_ids=(vacant,),
        valid_from="2025-02-01",
        valid_to="2025-02-28",
    )
    days = ("2023-06-01", "2025-01-31", "2025-02-01", "2025-03-01")
    assert [row(empty, tenure, day)["reach_names"] for day in days] == [
        "柳塘河",
        "柳塘河",
        "柳塘河、柳塘水库",
        "柳塘河",
    ]
    end(empty, tenure, "2025-02-10")
    assert row(empty, tenure)["reach_names"] == "柳塘河、柳塘水库"


def test_who_answered_for_a_reach_on_a_past_day(empty: Office, tenure: int, village: int, reach: int) -> None:
    other = empty.village("杨湾村")
    county = empty.do(waters.add_area, waters.NewArea, name="澜川县", level="county", code="990121").id
    empty.chief("周国", county, reach, level="county", valid_from="2025-03-05")
    empty.chief("李海", 1, reach, level="town", role="general_chief")
    empty.chief("王平", 1, reach, level="town")
    empty.chief("孙文", other, reach)
    empty.chief("吴国", village, reach, role="patroller")
    end(empty, tenure, "2025-03-10")
    empty.chief("钱树", village, reach, valid_from="2025-03-11")
    before, after = date(2025, 3, 4), date(2025, 3, 11)
    with empty.database.read() as session:
        old, new, everyone, nowhere, early = responsible_on(
            session,
            [
                (reach, village, before),
                (reach, village, after),
                (reach, None, after),
                (None, village, after),
                (reach, village, date(2023, 1, 1)),
            ],
        )
    assert (old.names(Level.VILLAGE), new.names(Level.VILLAGE)) == ("赵春", "钱树")
    assert (old.names(Level.COUNTY), new.names(Level.COUNTY)) == ("", "周国")
    assert new.names(Level.TOWN) == "李海、王平"
    assert everyone.names(Level.VILLAGE) == "孙文、钱树"
    assert (new.lowest(), nowhere.lowest(), early.lowest()) == ("钱树", "", "")


def test_without_a_village_chief_the_town_answers(empty: Office, village: int, reach: int) -> None:
    empty.chief("李海", 1, reach, level="town")
    with empty.database.read() as session:
        [found] = responsible_on(session, [(reach, village, empty.today)])
        assert responsible_on(session, []) == []
    assert found.lowest() == "李海"
