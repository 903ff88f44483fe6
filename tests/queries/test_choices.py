"""What a clerk may pick: only what is in use, with what tells two of one name apart."""

from __future__ import annotations

from datetime import date

from river_chief.queries import choices
from river_chief.queries.choices import Choice
from river_chief.terms import Level
from river_chief.verbs import chiefs, waters
from river_chief.verbs import office as offices
from tests.builders import Office


def test_villages_and_areas_in_use(empty: Office, village: int) -> None:
    empty.village("石埠村", "990121103202")
    gone = empty.village("老村")
    empty.do(waters.retire_area, waters.Retirement, id=gone)
    with empty.database.read() as session:
        assert choices.villages(session) == [
            Choice(3, "石埠村", "990121103202", parent=1),
            Choice(village, "柳塘村", "990121103203", parent=1),
        ]
        assert [(each.label, each.hint) for each in choices.areas(session)] == [
            ("砚溪镇", "乡镇"),
            ("石埠村", "村"),
            ("柳塘村", "村"),
        ]
        assert "老村" in {each.label for each in choices.areas(session, retired=True)}


def test_waters_and_reaches_in_use(empty: Office, reach: int, village: int) -> None:
    second = empty.reach("石埠溪", village)
    empty.do(waters.retire_reach, waters.Retirement, id=second)
    empty.do(waters.retire_water, waters.Retirement, id=2)
    with empty.database.read() as session:
        assert choices.waters(session) == [Choice(1, "柳塘河", "H001")]
        assert choices.reaches(session) == [Choice(reach, "柳塘河", "H001-01", "柳塘河", 1)]


def test_categories_stand_under_their_group(empty: Office) -> None:
    with empty.database.read() as session:
        found = choices.categories(session)
    groups = {each.code for each in found if each.parent is None}
    leaves = [each for each in found if each.parent is not None]
    assert {"LZ", "LC", "LD", "LJ"} <= groups
    assert {each.parent for each in leaves} <= groups
    assert all(each.code.startswith(str(each.parent)) for each in leaves)


def test_campaigns_in_use(empty: Office) -> None:
    id = empty.do(offices.add_campaign, offices.NewCampaign, name="五清行动").id
    with empty.database.read() as session:
        assert Choice(id, "五清行动") in choices.campaigns(session)
    empty.do(offices.retire_campaign, offices.CampaignRetirement, id=id)
    with empty.database.read() as session:
        assert Choice(id, "五清行动") not in choices.campaigns(session)
        assert Choice(id, "五清行动") in choices.campaigns(session, retired=True)


def test_persons_in_use_are_told_apart_by_unit_or_title(empty: Office, village: int) -> None:
    for values in (
        {"unit": "柳塘村村委会", "title": "主任"},
        {"title": "水管员", "phone": "12000000001"},
        {"unit": "砚溪镇", "phone": "12000000002", "code": "YX1"},
    ):
        empty.do(chiefs.add_person, chiefs.NewPerson, name="赵春", area_id=village, **values)
    empty.do(chiefs.retire_person, chiefs.PersonRetirement, id=3)
    with empty.database.read() as session:
        assert choices.persons(session) == [
            Choice(1, "赵春", "", "柳塘村村委会", village),
            Choice(2, "赵春", "", "水管员", village),
        ]


def test_chiefs_in_force_on_a_day(empty: Office, tenure: int, village: int, reach: int) -> None:
    town = empty.chief("李海", 1, reach, level="town", role="general_chief")
    empty.chief("吴国", village, reach, role="patroller")
    empty.do(chiefs.end_tenure, chiefs.EndTenure, tenure_id=tenure, last_day="2025-03-10")
    with empty.database.read() as session:
        assert choices.chiefs(session, date(2025, 3, 10)) == [
            Choice(tenure, "赵春", hint="柳塘村村级河长", parent=village),
            Choice(town, "李海", hint="砚溪镇乡级总河长", parent=1),
        ]
        assert [each.id for each in choices.chiefs(session, date(2025, 3, 11))] == [town]
        assert [each.id for each in choices.chiefs(session, date(2025, 3, 10), (Level.VILLAGE,))] == [tenure]
