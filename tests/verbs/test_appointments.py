from __future__ import annotations

from datetime import date

import pytest

from river_chief.errors import InvalidInput, Refusal
from river_chief.queries.person_file import PersonFile, person_file
from river_chief.storage.undo import undo_last
from river_chief.terms import Level, Role
from river_chief.verbs import appointments, chiefs
from tests.builders import CLERK, TODAY, Office


def file_of(office: Office, tenure: int) -> PersonFile:
    with office.database.read() as session:
        return person_file(session, tenure, TODAY)


def succeed(office: Office, tenure: int, **values: object) -> int:
    given = {"tenure_id": tenure, "valid_from": "2025-03-10", **values}
    return office.do(appointments.succeed, appointments.Succession, **given).id


def test_a_person_and_a_tenure_begin_in_one_act(empty: Office, village: int, reach: int) -> None:
    made = empty.do(
        appointments.appoint,
        appointments.Appointment,
        name="李海",
        phone="13000001111",
        level="village",
        area_id=village,
        valid_from="2025-03-01",
        reach_ids=(reach,),
    )
    file = file_of(empty, made.id)
    assert (file.values["name"], file.area, file.values["phone"]) == ("李海", "柳塘村", "13000001111")
    tenure = file.tenures[0]
    assert (tenure.role, tenure.level, tenure.first) == (Role.CHIEF, Level.VILLAGE, date(2025, 3, 1))
    assert [each.name for each in tenure.reaches] == ["柳塘河"]
    with empty.database.write(by=CLERK, today=TODAY) as writer:
        undo_last(writer)
    with empty.database.read() as session, pytest.raises(Refusal):
        person_file(session, made.id, TODAY)


def test_nothing_of_a_refused_appointment_stays(empty: Office, village: int, reach: int, tenure: int) -> None:
    with pytest.raises(Refusal, match="已由赵春任"):
        empty.do(
            appointments.appoint,
            appointments.Appointment,
            name="李海",
            level="village",
            area_id=village,
            valid_from="2025-03-01",
            reach_ids=(reach,),
        )
    with empty.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 1


def test_a_new_person_takes_over_with_the_same_reaches(empty: Office, village: int, tenure: int) -> None:
    extra = empty.reach("杨湾支渠", village)
    empty.do(
        chiefs.take_reaches,
        chiefs.ReachCharge,
        tenure_id=tenure,
        reach_ids=(extra,),
        valid_from="2025-01-01",
        valid_to="2025-05-31",
    )
    after = file_of(empty, succeed(empty, tenure, name="李海", phone="13000001111"))
    before = file_of(empty, tenure)
    assert before.tenures[0].last == date(2025, 3, 9)
    assert [each.last for each in before.tenures[0].reaches] == [date(2025, 3, 9), date(2025, 3, 9)]
    assert after.values["name"] == "李海"
    assert after.tenures[0].first == date(2025, 3, 10)
    # What was only looked after until a day does not go over by itself.
    assert [each.name for each in after.tenures[0].reaches] == ["柳塘河"]
    assert after.history[0].sentence == "李海自2025-03-10接替赵春任柳塘村村级河长"


def test_a_person_of_the_ledger_takes_over(empty: Office, village: int, tenure: int) -> None:
    other = empty.do(chiefs.add_person, chiefs.NewPerson, name="李海", area_id=village).id
    after = file_of(empty, succeed(empty, tenure, person_id=other, title="村主任"))
    assert (after.id, after.tenures[0].title) == (other, "村主任")


@pytest.mark.parametrize("values", [{}, {"person_id": 1, "name": "李海"}, {"person_id": 1}])
def test_one_successor_and_another_one_is_asked_for(
    empty: Office, tenure: int, values: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        succeed(empty, tenure, **values)
    assert set(refused.value.fields) == {"person_id"}


def test_a_tenure_that_is_over_has_no_successor(empty: Office, tenure: int) -> None:
    empty.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day="2025-01-31")
    with pytest.raises(Refusal, match="已于 2025-01-31 结束"):
        succeed(empty, tenure, name="李海")
