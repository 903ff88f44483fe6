"""The journal read back: the history of a record, the newest acts, what was taken back."""

from __future__ import annotations

from river_chief.queries.history import acts_on, last_act, recent_acts
from river_chief.storage.undo import undo_act, undo_batch, undo_last
from river_chief.terms import ImportKind
from river_chief.verbs import imports, waters
from river_chief.verbs.input import understood
from tests.builders import CLERK, Office


def rename(office: Office, village: int, name: str) -> None:
    values = {"id": village, "name": name, "level": "village", "parent_id": 1, "code": "990121103203"}
    office.do(waters.edit_area, waters.AreaEdit, **values)


def undo(office: Office, act: int | None = None) -> None:
    with office.database.write(by=CLERK, today=office.today) as writer:
        if act is None:
            undo_last(writer)
        else:
            undo_act(writer, act)


def undone(office: Office) -> dict[str, bool]:
    with office.database.read() as session:
        return {act.sentence: act.undone for act in recent_acts(session)}


def newest(office: Office) -> str | None:
    with office.database.read() as session:
        act = last_act(session)
        return act.sentence if act is not None else None


def test_a_record_tells_its_changes_newest_first(empty: Office, village: int) -> None:
    rename(empty, village, "柳塘社区")
    empty.village("杨湾村")
    with empty.database.read() as session:
        edited, made = acts_on(session, "area", village)
        assert acts_on(session, "area", 999) == []
    assert (edited.sentence, edited.by, edited.verb) == ("修改行政区柳塘社区", CLERK, "waters.edit_area")
    assert [(change.name, change.before, change.after) for change in edited.changes] == [
        ("name", "柳塘村", "柳塘社区")
    ]
    assert {change.name: change.after for change in made.changes} == {
        "code": "990121103203",
        "name": "柳塘村",
        "level": "village",
        "parent_id": 1,
    }
    assert edited.seq == made.seq + 1
    assert edited.at.tzinfo is not None
    assert len(edited.hash) == 64


def test_an_edit_without_a_difference_is_no_change(empty: Office, village: int) -> None:
    rename(empty, village, "柳塘村")
    with empty.database.read() as session:
        assert [act.sentence for act in acts_on(session, "area", village)] == ["新增行政区柳塘村"]


def test_the_newest_acts_come_in_pages(empty: Office, village: int) -> None:
    for name in ("甲村", "乙村"):
        rename(empty, village, name)
    with empty.database.read() as session:
        first = recent_acts(session, 2)
        rest = recent_acts(session, 2, before=first[-1].id)
    assert [act.sentence for act in [*first, *rest]] == [
        "修改行政区乙村",
        "修改行政区甲村",
        "新增行政区柳塘村",
        "建立砚溪镇台账",
    ]


def test_what_was_taken_back_and_brought_back(empty: Office, village: int) -> None:
    rename(empty, village, "甲村")
    assert newest(empty) == "修改行政区甲村"
    undo(empty)
    assert undone(empty)["修改行政区甲村"]
    assert newest(empty) == "新增行政区柳塘村"
    with empty.database.read() as session:
        taking_back = recent_acts(session, 1)[0]
    assert (taking_back.sentence, taking_back.undone) == ("撤销：修改行政区甲村", False)
    undo(empty, taking_back.id)
    found = undone(empty)
    assert (found["修改行政区甲村"], found["撤销：修改行政区甲村"]) == (False, True)
    assert newest(empty) == "修改行政区甲村"


def test_a_batch_taken_back_takes_its_acts_with_it(empty: Office) -> None:
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.AREAS, name="三月", file_name="a.xlsx"
    ).id
    with empty.database.write(by=CLERK, today=empty.today, batch_id=batch) as writer:
        for name in ("甲村", "乙村"):
            values = {"name": name, "level": "village", "parent_id": 1}
            writer.do(waters.add_area, understood(waters.NewArea, values))
    assert newest(empty) == "新增行政区乙村"
    with empty.database.write(by=CLERK, today=empty.today) as writer:
        undo_batch(writer, batch)
    assert undone(empty) == {
        "撤销导入“三月”": False,
        "新增行政区乙村": True,
        "新增行政区甲村": True,
        "导入行政区划“三月”": False,
        "建立砚溪镇台账": False,
    }
    assert newest(empty) is None


def test_the_founding_is_not_offered_for_undo(empty: Office) -> None:
    assert newest(empty) is None
