"""Patrol logs asked for, and the facts patrol duty is reckoned from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from river_chief.fields.patrols import PATROLS
from river_chief.queries.ledger_query import Row
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter, assignments, duty_rules, facts
from river_chief.rules.patrol_duty import PatrolFact
from river_chief.terms import Entry, ImportKind, Level, Period, Role
from river_chief.verbs import chiefs, imports, patrols
from river_chief.verbs.input import understood
from tests.builders import CLERK, Office


def ids(office: Office, sort: str = "", **conditions: Any) -> list[int]:
    with office.database.read() as session:
        found = PATROL_LEDGER.ids(session, PatrolFilter(**conditions), sort=sort)
        assert PATROL_LEDGER.count(session, PatrolFilter(**conditions)) == len(found)
        return found


def row(office: Office, id: int) -> Row:
    with office.database.read() as session:
        return PATROL_LEDGER.rows(session, [id], office.today)[0]


def void(office: Office, id: int) -> None:
    office.do(patrols.void_patrol, patrols.VoidPatrol, id=id, words="录错")


def test_a_row_has_every_field(empty: Office, village: int, reach: int) -> None:
    second = empty.reach("柳塘水库", village, kind="reservoir")
    person = empty.do(chiefs.add_person, chiefs.NewPerson, name="赵春", unit="柳塘村村委会").id
    tenure = empty.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="village",
        area_id=village,
        valid_from="2024-01-01",
        reach_ids=(reach, second),
    ).id
    log = empty.patrol(
        tenure,
        reach,
        second,
        at="2025-03-05 09:00",
        ended_at="2025-03-05 09:30",
        companions="钱树",
        from_place="老桥",
        to_place="水库坝",
        weather="晴",
        finding="坡脚有垃圾",
        handling="当场清理",
        note="补录",
    )
    found = row(empty, log)
    assert [field.key for field in PATROLS if found[field.key] in (None, "")] == ["voided_on"]
    assert {
        key: found[key] for key in "person_name role level area_name unit water_name reach_names".split()
    } == {
        "person_name": "赵春",
        "role": Role.CHIEF,
        "level": Level.VILLAGE,
        "area_name": "柳塘村",
        "unit": "柳塘村村委会",
        "water_name": "柳塘河、柳塘水库",
        "reach_names": "柳塘河、柳塘水库",
    }
    assert (found["started_at"], found["minutes"], found["km"]) == (datetime(2025, 3, 5, 9), 30, 1.5)
    assert (found["valid"], found["has_finding"]) == (True, True)
    void(empty, log)
    assert row(empty, log)["voided_on"] == empty.today


def test_a_log_counts_when_it_is_long_enough(empty: Office, tenure: int, village: int, reach: int) -> None:
    pond = empty.reach("柳塘水库", village, kind="reservoir")
    given: list[tuple[int, dict[str, Any]]] = [
        (reach, {"minutes": 10, "km": 0.5}),
        (reach, {"minutes": 9, "km": 5}),
        (reach, {"minutes": 60, "km": 0.49}),
        (reach, {"minutes": None, "km": 5}),
        (pond, {"minutes": 10, "km": 0}),
    ]
    logs = [
        empty.patrol(tenure, where, at=f"2025-03-{day:02} 09:00", **values)
        for day, (where, values) in enumerate(given, 1)
    ]
    assert [row(empty, log)["valid"] for log in logs] == [True, False, False, False, True]
    void(empty, logs[0])
    assert row(empty, logs[0])["valid"] is None


def test_nothing_is_said_of_logs_no_rule_speaks_of(empty: Office, village: int, reach: int) -> None:
    walker = empty.chief("吴国", village, reach, role="patroller")
    assert row(empty, empty.patrol(walker, reach, at="2025-03-05 09:00"))["valid"] is None


def test_logs_are_filtered(empty: Office, tenure: int, village: int, reach: int) -> None:
    creek = empty.reach("石埠溪", village)
    town = empty.chief("李海", 1, creek, level="town")
    a = empty.patrol(tenure, reach, at="2025-03-01 08:00", from_place="桥头_东")
    b = empty.patrol(tenure, reach, creek, at="2025-03-05 23:30", entry="paper", finding="岸坡有垃圾")
    c = empty.patrol(town, creek, at="2025-03-06 00:00", km=0.2, note="雨天50%")
    gone = empty.patrol(town, creek, at="2025-03-07 09:00")
    void(empty, gone)
    assert ids(empty) == [c, b, a]
    assert ids(empty, voided=True) == [gone, c, b, a]
    assert ids(empty, ids=(a, c)) == [c, a]
    assert ids(empty, days=(date(2025, 3, 1), date(2025, 3, 5))) == [b, a]
    assert ids(empty, days=(date(2025, 3, 6), None)) == [c]
    assert ids(empty, days=(None, date(2025, 3, 4))) == [a]
    assert ids(empty, levels=(Level.TOWN,)) == [c]
    assert ids(empty, areas=(village,)) == [b, a]
    assert ids(empty, persons=(2,)) == [c]
    assert ids(empty, tenures=(tenure,)) == [b, a]
    assert ids(empty, reaches=(creek,)) == [c, b]
    assert ids(empty, reaches=(creek, reach)) == [c, b, a]
    assert ids(empty, entries=(Entry.PAPER,)) == [b]
    assert ids(empty, with_finding=True) == [b]
    assert ids(empty, text="岸坡 赵春") == [b]
    assert ids(empty, text="50%") == [c]
    assert ids(empty, text="_") == [a]
    assert ids(empty, sort="km") == [c, a, b]
    assert ids(empty, sort="level") == [c, a, b]
    with empty.database.read() as session:
        assert PATROL_LEDGER.ids(session, PatrolFilter(), limit=1, offset=1) == [b]


def test_a_batch_shows_what_it_brought(empty: Office, tenure: int, reach: int) -> None:
    empty.patrol(tenure, reach, at="2025-03-01 08:00")
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.PATROLS, name="三月", file_name="a.xls"
    ).id
    values = {"tenure_id": tenure, "reach_ids": (reach,), "started_at": "2025-03-08 09:00", "entry": "sheet"}
    with empty.database.write(by=CLERK, today=empty.today, batch_id=batch) as writer:
        made = writer.do(patrols.record_patrol, understood(patrols.NewPatrol, values)).id
    assert ids(empty, batch=batch) == [made]


def test_a_patrol_of_two_reaches_gives_two_facts(
    empty: Office, tenure: int, village: int, reach: int
) -> None:
    creek = empty.reach("石埠溪", village)
    empty.patrol(tenure, reach, creek, at="2025-03-05 09:00")
    void(empty, empty.patrol(tenure, reach, at="2025-03-06 09:00"))
    empty.patrol(tenure, reach, at="2025-03-31 23:59", minutes=None, km=None)
    with empty.database.read() as session:
        found = facts(session, (date(2025, 3, 5), date(2025, 3, 31)))
        assert facts(session, (date(2025, 3, 6), date(2025, 3, 30))) == []
    assert sorted(found, key=lambda fact: (fact.day, fact.reach_id or 0)) == [
        PatrolFact(tenure, reach, date(2025, 3, 5), 30, 1.5),
        PatrolFact(tenure, creek, date(2025, 3, 5), 30, 1.5),
        PatrolFact(tenure, reach, date(2025, 3, 31), None, None),
    ]


def test_charges_hold_for_the_days_of_their_own(empty: Office, tenure: int, village: int, reach: int) -> None:
    creek = empty.reach("石埠溪", village)
    empty.do(
        chiefs.take_reaches,
        chiefs.ReachCharge,
        tenure_id=tenure,
        reach_ids=(creek,),
        valid_from="2025-02-01",
        valid_to="2025-02-28",
    )
    with empty.database.read() as session:
        february = assignments(session, (date(2025, 2, 28), date(2025, 3, 31)))
        march = assignments(session, (date(2025, 3, 1), date(2025, 3, 31)))
        early = assignments(session, (date(2023, 1, 1), date(2023, 12, 31)))
    assert [each.reach_id for each in february] == [reach, creek]
    assert [(each.tenure_id, each.level, each.valid_to) for each in march] == [(tenure, Level.VILLAGE, None)]
    assert early == []


def test_the_rules_of_the_office_are_read(empty: Office) -> None:
    with empty.database.read() as session:
        rules = {rule.name: rule for rule in duty_rules(session)}
    assert (rules["村级河长巡河"].period, rules["村级河长巡河"].count) == (Period.WEEK, 1)
    assert rules["乡级河长巡河"].flood_count == 2
