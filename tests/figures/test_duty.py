"""Patrol duty of a real ledger, with the assignments of the sample township."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from river_chief.figures.as_json import duty_as_json
from river_chief.figures.duty import DutyFigures, DutyLine, duty_figures
from river_chief.figures.ratio import Ratio
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.rules.periods import Span
from river_chief.terms import Level
from river_chief.verbs import chiefs, patrols, waters
from river_chief.verbs.office import settings_of
from tests.builders import Office, new_office

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
TOWN = 1


def reckoned(office: Office, span: Span) -> DutyFigures:
    with office.database.read() as session:
        return duty_figures(session, settings_of(session), span)


def line(lines: tuple[DutyLine, ...], name: str) -> DutyLine:
    return next(each for each in lines if each.name == name)


def area(office: Office, name: str, level: str) -> int:
    return office.do(waters.add_area, waters.NewArea, name=name, level=level).id


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The charges of the sample township: 2 reaches of city level, 5, 20 and 27 held below it."""
    office = new_office(tmp_path_factory.mktemp("duty") / "ledger", today=date(2026, 3, 31))
    with office.database:
        villages = [office.village(f"第{number}村") for number in range(1, 13)]
        reaches = [office.reach(f"河段{number}", villages[number % 12]) for number in range(27)]
        city, county = area(office, "临澜市", "city"), area(office, "澜川县", "county")
        office.chief("市级", city, *reaches[:2], level="city")
        office.chief("县级", county, *reaches[:5], level="county")
        office.chief("县级无河段", county, level="county", role="deputy_general_chief")
        for number in range(10):
            office.chief(f"乡级{number}", TOWN, *reaches[2 * number : 2 * number + 2], level="town")
        for number in range(26):
            office.chief(f"村级{number}", villages[number % 12], reaches[number])
        old = office.chief("原村级", villages[2], reaches[26])
        office.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=old, last_day="2025-07-07")
        office.chief("新村级", villages[2], reaches[26], valid_from="2025-07-08")
        office.chief("保洁", villages[0], reaches[0], role="cleaner")
        yield office


def test_the_year_owes_what_the_rules_ask_for(township: Office) -> None:
    year = reckoned(township, YEAR)
    assert [(each.level, each.owed) for each in year.by_level] == [
        (Level.CITY, 4),
        (Level.COUNTY, 20),
        (Level.TOWN, 360),
        (Level.VILLAGE, 1404),
    ]
    assert year.total.owed == 1788
    assert [each.chiefs for each in year.by_level] == [1, 1, 10, 28]
    assert sum(each.owed for each in year.by_village) == 1404
    assert year.total.compliance == Ratio(0, 1788)
    assert sum(each.missing for each in year.missing) == 1788


def test_the_months_add_up_to_the_year(township: Office) -> None:
    with township.database.read() as session:
        settings = settings_of(session)
        months = [duty_figures(session, settings, settings.month(2025, month)) for month in range(1, 13)]
    assert sum(each.total.owed for each in months) == 1788
    assert [line(each.by_level, "乡级").owed for each in months] == [20] * 3 + [40] * 6 + [20] * 3


@pytest.fixture
def walked(empty: Office, village: int, reach: int, tenure: int) -> Office:
    """March: the village chief walked three weeks of five, the town chief too short, another not at all."""
    town = empty.chief("钱树", TOWN, reach, level="town")
    empty.chief("孙文", empty.village("石埠村"), empty.reach("石埠溪"))
    for at in ("2025-03-01 09:00", "2025-03-05 09:00", "2025-03-12 09:00", "2025-03-12 15:00"):
        empty.patrol(tenure, reach, at=at)
    empty.patrol(town, reach, at="2025-03-08 09:00", minutes=6, finding="岸坡有垃圾")
    empty.patrol(town, reach, at="2025-02-08 09:00")
    void = empty.patrol(tenure, reach, at="2025-03-20 09:00")
    empty.do(patrols.void_patrol, patrols.VoidPatrol, id=void, words="录错")
    return empty


def test_what_was_owed_walked_valid_and_kept(walked: Office) -> None:
    march = reckoned(walked, MARCH)
    village, town = line(march.by_level, "村级"), line(march.by_level, "乡级")
    assert (village.chiefs, village.owed, village.done, village.valid) == (2, 10, 3, 3)
    assert village.compliance == Ratio(3, 10)
    assert (town.chiefs, town.owed, town.done, town.valid) == (1, 1, 1, 0)
    assert town.compliance.text == "0.0%"
    assert (town.patrols, town.found, town.zero_finding) == (1, 1, 0)
    assert (village.patrols, village.found, village.zero_finding) == (4, 0, 1)
    assert (village.met, village.idle, town.met, town.idle) == (0, 1, 0, 0)


def test_a_reach_is_met_when_nobody_owes_anything_for_it(walked: Office) -> None:
    march = reckoned(walked, MARCH)
    assert (march.total.reaches_met, line(march.by_level, "村级").reaches_met) == (0, 0)
    early_days = Span(date(2025, 3, 1), date(2025, 3, 9))
    early = reckoned(walked, early_days)
    assert [(each.name, each.reaches) for each in early.chiefs if each.reaches] == [
        ("赵春", ((1, True),)),
        ("孙文", ((2, False),)),
    ]
    assert early.total.reaches_met == 1


def test_who_owes_what_by_when(walked: Office) -> None:
    march = reckoned(walked, MARCH)
    owed = {each.name: each for each in march.missing}
    assert {name: each.missing for name, each in owed.items()} == {"赵春": 2, "钱树": 1, "孙文": 5}
    assert (owed["孙文"].area, owed["孙文"].reach) == ("石埠村", "石埠溪")
    assert [(each.first, each.until) for each in owed["钱树"].shortfalls] == [MARCH]
    assert [each.name for each in march.zero_finding] == ["赵春"]
    assert {each.name: each.owed for each in march.by_village} == {"柳塘村": 5, "石埠村": 5}
    assert {each.name for each in march.chiefs if each.is_met} == set()


def test_a_half_year_is_judged_by_all_its_days(empty: Office, reach: int) -> None:
    city = empty.chief("李海", area(empty, "临澜市", "city"), reach, level="city")
    empty.patrol(city, reach, at="2025-01-15 09:00")
    june = reckoned(empty, Span(date(2025, 6, 1), date(2025, 6, 30)))
    assert line(june.by_level, "市级").compliance == Ratio(1, 1)
    assert line(june.by_level, "市级").met == 1
    assert line(reckoned(empty, MARCH).by_level, "市级").compliance.text == "—"


def test_the_rules_in_force_are_told(walked: Office) -> None:
    told = reckoned(walked, MARCH).rules
    assert len(told) == 2
    assert told[0].startswith("乡级河长每人每河段每月1次，汛期2次")


def test_the_json_has_the_keys_of_the_command_line(walked: Office) -> None:
    found = duty_as_json(reckoned(walked, MARCH))
    keys = set("level chiefs owed done valid compliant compliance found".split())
    assert keys <= set(found["by_level"][0])
    assert found["by_level"][1]["level"] == "village"
    assert (found["by_level"][1]["compliance"], found["by_level"][1]["text"]) == (30.0, "30.0%")
    assert found["missing"][0]["chief"] == "赵春"
    assert [each["missing"] for each in found["missing"][0]["periods"]] == [2]


def test_a_log_says_whether_it_is_valid(walked: Office) -> None:
    with walked.database.read() as session:
        rows = PATROL_LEDGER.all(session, PatrolFilter(voided=True), walked.today)
    valid = {f"{row['started_at']:%m-%d %H}": row["valid"] for row in rows}
    assert valid["03-08 09"] is False
    assert valid["03-05 09"] is True
    assert valid["03-20 09"] is None  # voided
