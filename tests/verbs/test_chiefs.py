"""Persons and tenures: who is who, who follows whom, stand-ins and delegates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter, responsible_on
from river_chief.queries.history import recent_acts
from river_chief.records import Person, Tenure, TenureReach
from river_chief.terms import Level
from river_chief.verbs import chiefs, waters
from tests.builders import Office


def add(office: Office, name: str, **values: Any) -> int:
    return office.do(chiefs.add_person, chiefs.NewPerson, name=name, **values).id


def begin(office: Office, person: int, area: int, *reaches: int, **values: Any) -> int:
    fields = {"level": "village", "valid_from": "2024-01-01", **values}
    return office.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        area_id=area,
        reach_ids=reaches,
        **fields,
    ).id


def end(office: Office, tenure: int, day: str, **values: Any) -> str:
    return office.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day=day, **values).sentence


def take(office: Office, tenure: int, *reaches: int, **days: Any) -> str:
    return office.do(
        chiefs.take_reaches, chiefs.ReachCharge, tenure_id=tenure, reach_ids=reaches, **days
    ).sentence


def leave(office: Office, tenure: int, *reaches: int, day: str) -> str:
    return office.do(
        chiefs.leave_reaches, chiefs.LeaveReaches, tenure_id=tenure, reach_ids=reaches, last_day=day
    ).sentence


def trust(office: Office, tenure: int, person: int | None, *days: str) -> str:
    first, last = days or (None, None)
    return office.do(
        chiefs.delegate,
        chiefs.Delegation,
        tenure_id=tenure,
        delegate_id=person,
        delegate_from=first,
        delegate_to=last,
    ).sentence


def village_chief(office: Office, reach: int, village: int, day: str) -> str:
    with office.database.read() as session:
        return responsible_on(session, [(reach, village, date.fromisoformat(day))])[0].names(Level.VILLAGE)


def charges(office: Office, tenure: int) -> list[tuple[int, date, date | None]]:
    with office.database.read() as session:
        found = session.exec(
            select(TenureReach).where(TenureReach.tenure_id == tenure).order_by("valid_from")
        )
        return [(row.reach_id, row.valid_from, row.valid_to) for row in found]


def tenure_record(office: Office, id: int) -> Tenure:
    with office.database.read() as session:
        return session.get_one(Tenure, id)


def test_a_person_is_added_with_its_sentence(empty: Office, village: int) -> None:
    done = empty.do(chiefs.add_person, chiefs.NewPerson, name=" 赵春 ", phone="12000000001", area_id=village)
    assert done.sentence == "新增人员赵春"
    with empty.database.read() as session:
        assert session.get_one(Person, done.id).name == "赵春"
        assert recent_acts(session, 1)[0].sentence == "新增人员赵春"


def test_persons_of_one_name_are_told_apart(empty: Office, village: int) -> None:
    add(empty, "赵春", area_id=village, phone="12000000001")
    add(empty, "赵春", area_id=village, phone="12000000002")
    add(empty, "赵春", phone="12000000001")
    add(empty, "赵春", area_id=village, unit="柳塘村村委会")
    add(empty, "赵春", area_id=village, unit="柳塘水管站")
    with pytest.raises(Refusal, match="“赵春”已在台账里（同一行政区、同一电话）"):
        add(empty, "赵春", area_id=village, phone="12000000002", unit="砚溪镇")
    with pytest.raises(Refusal, match="如确是另一人，请填写电话"):
        add(empty, "赵春", area_id=village, unit="柳塘水管站")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"name": "长" * 41}, "姓名太长，最多 40 个字"),
        ({"gender": "?"}, "性别“\\?”不在可选范围内"),
        ({"code": "YX0001"}, "人员编码 YX0001 已用于“赵春”"),
        ({"area_id": 999}, "没有这个行政区"),
    ],
)
def test_a_bad_person_is_refused(empty: Office, values: dict[str, Any], sentence: str) -> None:
    add(empty, "赵春", code="YX0001")
    with pytest.raises(Refusal, match=sentence):
        add(empty, **{"name": "钱树", **values})
    with empty.database.read() as session:
        assert len(session.exec(select(Person)).all()) == 1


def test_a_person_is_edited_but_not_into_another(empty: Office) -> None:
    id = add(empty, "赵春", phone="12000000001")
    add(empty, "钱树", phone="12000000002", code="YX0002")
    edit = {"id": id, "name": "赵春", "phone": "12000000003", "version": 1}
    assert empty.do(chiefs.edit_person, chiefs.PersonEdit, **edit).sentence == "修改人员赵春"
    with pytest.raises(Conflict, match="人员赵春在您打开之后已被修改"):
        empty.do(chiefs.edit_person, chiefs.PersonEdit, **edit)
    with pytest.raises(Refusal, match="“钱树”已在台账里"):
        empty.do(chiefs.edit_person, chiefs.PersonEdit, id=id, name="钱树", phone="12000000002")
    with pytest.raises(InvalidInput, match="YX0002 已用于“钱树”"):
        empty.do(chiefs.edit_person, chiefs.PersonEdit, id=id, name="赵春", code="YX0002")
    with pytest.raises(NotFound, match="没有这个人员"):
        empty.do(chiefs.edit_person, chiefs.PersonEdit, id=99, name="赵春")


def test_a_tenure_begins_with_its_reaches(empty: Office, village: int, reach: int) -> None:
    done = empty.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=add(empty, "赵春"),
        level="village",
        area_id=village,
        valid_from="2024-01-01",
        reach_ids=(reach, reach),
    )
    assert done.sentence == "赵春任柳塘村村级河长"
    assert charges(empty, done.id) == [(reach, date(2024, 1, 1), None)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"valid_to": "2023-12-31"}, "任职止早于任职起"),
        ({"valid_from": "0205-03-05"}, "任职起应不小于 1980-01-01"),
        ({"area_id": 1}, "砚溪镇不是村级河长的行政区域"),
        ({"level": "town"}, "柳塘村不是乡级河长的行政区域"),
        ({"person_id": 99}, "没有这个人员"),
        ({"area_id": 99}, "没有这个行政区"),
        ({"reach_ids": (99,)}, "没有这个河段"),
        ({"reach_ids": (1,)}, "柳塘河在这段时间已由赵春任村级河长，请先结束其任职或由其移交河段"),
        ({"person_id": 1}, "赵春在这段时间已任柳塘村村级河长"),
    ],
)
def test_a_bad_tenure_is_refused(
    empty: Office, tenure: int, village: int, values: dict[str, object], sentence: str
) -> None:
    person = add(empty, "钱树")
    fields: dict[str, object] = {
        "person_id": person,
        "area_id": village,
        "level": "village",
        "valid_from": "2025-01-01",
        **values,
    }
    with pytest.raises(Refusal, match=sentence):
        empty.do(chiefs.begin_tenure, chiefs.NewTenure, **fields)
    with empty.database.read() as session:
        assert len(session.exec(select(Tenure)).all()) == 1


def test_others_may_share_a_reach_with_its_chief(empty: Office, tenure: int, village: int) -> None:
    second = empty.village("杨湾村")
    empty.chief("钱树", second, 1)
    empty.chief("孙文", 1, 1, level="town")
    empty.chief("李海", 1, 1, level="town", role="general_chief")
    empty.chief("周小", 1, 1, level="town", role="general_chief")
    empty.chief("吴国", village, 1, role="patroller")
    empty.chief("郑建", village, 1, role="patroller")
    with empty.database.read() as session:
        assert CHIEF_LEDGER.count(session, ChiefFilter(reaches=(1,))) == 7


def test_a_successor_follows_when_the_one_before_has_ended(
    empty: Office, tenure: int, village: int, reach: int
) -> None:
    heir = add(empty, "钱树")
    with pytest.raises(Refusal, match="已由赵春任村级河长"):
        begin(empty, heir, village, reach, valid_from="2025-03-10")
    assert end(empty, tenure, "2025-03-09", version=1) == "赵春任职至2025-03-09"
    begin(empty, heir, village, reach, valid_from="2025-03-10")
    assert [village_chief(empty, reach, village, day) for day in ("2025-03-09", "2025-03-10")] == [
        "赵春",
        "钱树",
    ]
    with pytest.raises(Refusal, match="柳塘河在这段时间已由钱树任村级河长"):
        end(empty, tenure, "2025-03-20")
    assert village_chief(empty, reach, village, "2025-03-10") == "钱树"


def test_an_end_is_checked_and_can_be_corrected(empty: Office, tenure: int, reach: int) -> None:
    with pytest.raises(Refusal, match="任职止早于任职起"):
        end(empty, tenure, "2023-12-31")
    empty.patrol(tenure, reach, at="2025-03-12 09:00")
    with pytest.raises(Refusal, match=r"赵春在 2025-03-11 之后还有 1 条巡河记录（最晚 2025-03-12）"):
        end(empty, tenure, "2025-03-11")
    end(empty, tenure, "2025-03-12", version=1)
    with pytest.raises(Conflict, match="赵春的任职"):
        end(empty, tenure, "2025-03-20", version=1)
    end(empty, tenure, "2025-03-20")
    assert charges(empty, tenure) == [(reach, date(2024, 1, 1), date(2025, 3, 20))]


def test_ending_cuts_short_what_was_to_come(empty: Office, tenure: int, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village)
    third = empty.reach("杨湾支渠", village)
    take(empty, tenure, second, valid_from="2025-05-01", valid_to="2025-06-30")
    take(empty, tenure, third, valid_from="2025-01-01", valid_to="2025-01-31")
    other = add(empty, "钱树")
    trust(empty, tenure, other, "2025-03-01", "2025-06-30")
    end(empty, tenure, "2025-03-31")
    assert charges(empty, tenure) == [
        (reach, date(2024, 1, 1), date(2025, 3, 31)),
        (third, date(2025, 1, 1), date(2025, 1, 31)),
        (second, date(2025, 5, 1), date(2025, 4, 30)),
    ]
    assert tenure_record(empty, tenure).delegate_to == date(2025, 3, 31)
    end(empty, tenure, "2025-12-31")
    take(empty, tenure, second, valid_from="2025-05-01")
    assert charges(empty, tenure)[-1] == (second, date(2025, 5, 1), date(2025, 12, 31))
    end(empty, tenure, "2025-02-28")
    assert tenure_record(empty, tenure).delegate_id is None


def test_a_stand_in_takes_a_reach_during_a_vacancy(empty: Office, tenure: int, village: int) -> None:
    vacant = empty.reach("柳塘水库", village)
    assert take(empty, tenure, vacant, valid_from="2025-01-01", valid_to="2025-03-31") == "赵春负责柳塘水库"
    assert village_chief(empty, vacant, village, "2025-03-31") == "赵春"
    assert village_chief(empty, vacant, village, "2025-04-01") == ""
    with pytest.raises(Refusal, match="柳塘水库在这段时间已由赵春任村级河长"):
        begin(empty, add(empty, "钱树"), village, vacant, valid_from="2025-03-01")
    begin(empty, add(empty, "孙文"), village, vacant, valid_from="2025-04-01")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"valid_from": "2025-01-01"}, "赵春在这段时间已经负责柳塘河"),
        ({"valid_from": "2023-01-01"}, "赵春的任职是 2024-01-01 至 今，请把日期填在任职期内"),
        ({"valid_from": "2025-02-01", "valid_to": "2025-01-01"}, "截止日期早于起始日期"),
        ({"valid_from": "2025-01-01", "reach_ids": ()}, "负责河段至少要有 1 项"),
        ({"valid_from": "2025-01-01", "reach_ids": (99,)}, "没有这个河段"),
        ({"valid_from": "2025-01-01", "tenure_id": 99}, "没有这个任职"),
    ],
)
def test_a_bad_charge_is_refused(
    empty: Office, tenure: int, reach: int, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        empty.do(
            chiefs.take_reaches, chiefs.ReachCharge, **{"tenure_id": tenure, "reach_ids": (reach,), **values}
        )
    assert charges(empty, tenure) == [(reach, date(2024, 1, 1), None)]


def test_a_charge_may_not_outlive_the_tenure(empty: Office, tenure: int, village: int) -> None:
    other = empty.reach("柳塘水库", village)
    end(empty, tenure, "2025-06-30")
    with pytest.raises(Refusal, match="2024-01-01 至 2025-06-30"):
        take(empty, tenure, other, valid_from="2025-06-01", valid_to="2025-07-01")
    take(empty, tenure, other, valid_from="2025-06-01")
    assert charges(empty, tenure)[-1] == (other, date(2025, 6, 1), date(2025, 6, 30))


def test_a_reach_is_left_and_taken_again(empty: Office, tenure: int, village: int, reach: int) -> None:
    other = empty.reach("柳塘水库", village)
    with pytest.raises(Refusal, match="赵春在 2025-03-10 及之后并不负责柳塘水库"):
        leave(empty, tenure, reach, other, day="2025-03-10")
    assert charges(empty, tenure) == [(reach, date(2024, 1, 1), None)]
    with pytest.raises(Refusal, match="并不负责柳塘河"):
        leave(empty, tenure, reach, day="2023-12-31")
    assert leave(empty, tenure, reach, day="2025-03-10") == "赵春不再负责柳塘河"
    with pytest.raises(Refusal, match="并不负责柳塘河"):
        leave(empty, tenure, reach, day="2025-03-10")
    take(empty, tenure, reach, valid_from="2025-03-20")
    assert charges(empty, tenure) == [
        (reach, date(2024, 1, 1), date(2025, 3, 10)),
        (reach, date(2025, 3, 20), None),
    ]


def test_a_delegate_is_named_and_called_back(empty: Office, tenure: int) -> None:
    other = add(empty, "钱树")
    sentence = trust(empty, tenure, other, "2025-03-01", "2025-03-31")
    assert sentence == "赵春委托钱树巡河（2025-03-01至2025-03-31）"
    found = tenure_record(empty, tenure)
    assert (found.delegate_id, found.delegate_from) == (other, date(2025, 3, 1))
    assert trust(empty, tenure, None, "2025-03-01", "2025-03-31") == "赵春取消委托巡河"
    found = tenure_record(empty, tenure)
    assert (found.delegate_id, found.delegate_from, found.delegate_to) == (None, None, None)


def test_a_bad_delegate_is_refused(empty: Office, tenure: int) -> None:
    other, gone = add(empty, "钱树"), add(empty, "孙文")
    empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=gone, on="2025-02-01")
    march = ("2025-03-01", "2025-03-31")
    for person, days, sentence in (
        (1, march, "受托人不能是河长本人"),
        (other, march[::-1], "请填写委托的起止日期"),
        (other, (), "请填写委托的起止日期"),
        (other, ("2023-03-01", "2025-03-31"), "请把日期填在任职期内"),
        (gone, march, "“孙文”已于 2025-02-01 停用"),
        (99, march, "没有这个人员"),
    ):
        with pytest.raises(Refusal, match=sentence):
            trust(empty, tenure, person, *days)
    assert tenure_record(empty, tenure).delegate_id is None


def test_a_person_is_retired_when_nothing_is_left_to_do(empty: Office, tenure: int) -> None:
    other = add(empty, "钱树")
    trust(empty, tenure, other, "2025-03-01", "2025-04-30")
    with pytest.raises(Refusal, match="钱树还在受托巡河，请先取消委托"):
        empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=other)
    with pytest.raises(Refusal, match="赵春还有在任职务，请先结束任职"):
        empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=1)
    with pytest.raises(Refusal, match="停用日期 2025-05-01 晚于今天"):
        empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=other, on="2025-05-01")
    end(empty, tenure, "2025-03-31")
    assert empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=1).sentence == "停用人员赵春"
    with pytest.raises(Refusal, match="赵春已于 2025-03-31 停用"):
        empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=1)


def test_nobody_retired_begins_a_tenure_but_past_ones_may_be_entered(
    empty: Office, village: int, reach: int
) -> None:
    gone = add(empty, "赵春")
    empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=gone, on="2025-02-28")
    with pytest.raises(Refusal, match="“赵春”已于 2025-02-28 停用"):
        begin(empty, gone, village, reach)
    begin(empty, gone, village, reach, valid_to="2025-02-28")
    with pytest.raises(Refusal, match="“赵春”已于 2025-02-28 停用"):
        end(empty, 1, "2025-03-20")
    empty.do(waters.retire_reach, waters.Retirement, id=reach)
    with pytest.raises(Refusal, match="“柳塘河”已于 2025-03-31 停用"):
        begin(empty, add(empty, "钱树"), village, reach, valid_from="2025-03-01")
