"""The journal: whole, chained, replayable; and undo, which never tramples on later work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import LedgerError, Refusal
from river_chief.queries.history import acts_on, recent_acts
from river_chief.queries.problem_detail import problem_detail
from river_chief.records import METADATA, Act, ActChange, Area
from river_chief.records.columns import col
from river_chief.storage import undo
from river_chief.storage.verify import verify
from river_chief.terms import Action, ImportKind, State
from river_chief.verbs import imports, waters
from tests.builders import CLERK, TODAY, Office


def _undo(office: Office, how: Callable[..., str], *args: Any) -> str:
    with office.database.write(by=CLERK, today=TODAY) as writer:
        return how(writer, *args)


def _names(office: Office) -> list[str]:
    with office.database.read() as session:
        return list(session.exec(select(Area.name).order_by(col(Area.id))).all())


def _last_act(office: Office) -> int:
    with office.database.read() as session:
        return recent_acts(session, 1)[0].id


def test_an_act_tells_who_what_and_which_fields(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04", severity="serious")
    with empty.database.read() as session:
        newest = acts_on(session, "problem", problem)[0]
    assert (newest.by, newest.verb, newest.sentence) == (
        CLERK,
        "verifying.verify",
        "砚2025-001核实属实，较严重",
    )
    told = {change.name: (change.before, change.after) for change in newest.changes}
    assert told == {
        "state": ("to_verify", "to_assign"),
        "severity": ("minor", "serious"),
        "severity_reason": ("", "现场研判"),
    }


def test_each_change_carries_the_version_it_saw(empty: Office, village: int) -> None:
    for name in ("柳塘一村", "柳塘二村"):
        empty.do(waters.edit_area, waters.AreaEdit, id=village, name=name, level="village", parent_id=1)
    with empty.database.read() as session:
        seen = session.exec(
            select(ActChange.version_seen)
            .where(ActChange.ledger == "area", ActChange.record_id == village)
            .order_by(col(ActChange.id))
        ).all()
    assert seen == [0, 1, 2]


def test_numbers_of_a_site_have_no_gap_and_the_chain_holds(empty: Office, problem: int) -> None:
    empty.close(problem)
    verdict = verify(empty.database, replayed=True)
    assert verdict.faults == []
    with empty.database.read() as session:
        acts = session.exec(select(Act).order_by(col(Act.seq))).all()
    assert [act.seq for act in acts] == list(range(1, len(acts) + 1))
    assert verdict.acts == len(acts)
    assert verdict.head == acts[-1].hash
    assert verify(empty.database, anchor=verdict.head[:16].upper()).faults == []


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        ("UPDATE problem SET description = '改过'", "重演"),
        ("UPDATE act SET sentence = '改过' WHERE seq = 3", "被改动过"),
        ("UPDATE act_change SET after = '{}' WHERE ledger = 'problem'", "被改动过"),
        ("DELETE FROM act_change WHERE act_id = 2", "被改动过"),
        ("UPDATE act SET by = '别人' WHERE seq = 1", "被改动过"),
        ("UPDATE act SET seq = 99 WHERE seq = 4", "不相连"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found(
    empty: Office, problem: int, damage: str, word: str
) -> None:
    with empty.database.engine.begin() as connection:
        connection.exec_driver_sql(damage)
    assert any(word in fault for fault in verify(empty.database, replayed=True).faults)


def test_a_cut_tail_is_found_by_a_printed_head(empty: Office, problem: int) -> None:
    head = verify(empty.database).head
    with empty.database.engine.begin() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM act").scalar_one()
        connection.exec_driver_sql("DELETE FROM act_change WHERE act_id = ?", (last,))
        connection.exec_driver_sql("DELETE FROM act WHERE id = ?", (last,))
    assert verify(empty.database).faults == []
    assert any("校验码" in fault for fault in verify(empty.database, anchor=head[:16]).faults)


def test_an_undone_step_is_gone_and_remembered(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04")
    assert _undo(empty, undo.undo_last) == "撤销：砚2025-001核实属实，一般"
    with empty.database.read() as session:
        detail = problem_detail(session, problem, TODAY)
        acts = recent_acts(session, 2)
    assert detail.state is State.TO_VERIFY
    assert [step.action for step in detail.steps] == [Action.REGISTER]
    assert [(act.verb, act.undone) for act in acts] == [("undo", False), ("verifying.verify", True)]
    assert verify(empty.database, replayed=True).faults == []


def test_what_was_undone_can_be_brought_back(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04")
    before = _content(empty)
    _undo(empty, undo.undo_last)
    _undo(empty, undo.undo_act, _last_act(empty))
    assert _content(empty, "version") == {
        name: [{key: value for key, value in row.items() if key != "version"} for row in rows]
        for name, rows in before.items()
    }
    assert verify(empty.database, replayed=True).faults == []


def test_undo_goes_back_step_by_step(empty: Office, problem: int) -> None:
    states = []
    empty.close(problem)
    for _ in range(6):
        _undo(empty, undo.undo_last)
        with empty.database.read() as session:
            states.append(problem_detail(session, problem, TODAY).state.label)
    assert states == ["待销号", "待验收", "整改中", "待签收", "待交办", "待核实"]
    assert verify(empty.database, replayed=True).faults == []


def test_an_older_step_is_not_torn_out_from_under_later_ones(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04")
    verified = _last_act(empty)
    empty.step(problem, Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村")
    before = _content(empty)
    with pytest.raises(Refusal, match=r"不能撤销：问题砚2025-001之后又有改动，见“砚2025-001交办给柳塘村"):
        _undo(empty, undo.undo_act, verified)
    assert _content(empty) == before


def test_a_referenced_record_is_not_taken_away(empty: Office, village: int) -> None:
    made = _last_act(empty)
    empty.reach("柳塘河", village)
    with pytest.raises(Refusal, match="不能撤销：河段柳塘河正在引用它"):
        _undo(empty, undo.undo_act, made)


def test_nothing_is_undone_twice(empty: Office, village: int) -> None:
    made = _last_act(empty)
    _undo(empty, undo.undo_act, made)
    with pytest.raises(Refusal, match="已经撤销过"):
        _undo(empty, undo.undo_act, made)
    with pytest.raises(Refusal, match="没有可以撤销"):
        _undo(empty, undo.undo_last)


def test_a_number_taken_back_is_not_given_again(empty: Office, village: int, reach: int) -> None:
    empty.problem(village, reach)
    _undo(empty, undo.undo_last)
    second = empty.problem(village, reach)
    with empty.database.read() as session:
        assert problem_detail(session, second, TODAY).row["number"] == "砚2025-002"


def test_a_batch_is_taken_back_whole_even_after_other_work(empty: Office) -> None:
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.AREAS, name="三月", file_name="a.xlsx"
    ).id
    with empty.database.write(by=CLERK, today=TODAY, batch_id=batch) as writer:
        for name in ("柳塘村", "杨湾村"):
            writer.do(
                waters.add_area,
                waters.NewArea.model_validate({"name": name, "level": "village", "parent_id": 1}),
            )
    empty.village("石埠村")
    assert _undo(empty, undo.undo_batch, batch) == "撤销导入“三月”"
    with empty.database.read() as session:
        assert session.exec(select(Area.name)).all() == ["砚溪镇", "石埠村"]
        assert all(act.undone for act in recent_acts(session) if act.batch_id == batch and act.verb != "undo")
    with pytest.raises(Refusal, match="已经撤销过"):
        _undo(empty, undo.undo_batch, batch)
    assert verify(empty.database, replayed=True).faults == []


def test_a_batch_brought_back_can_be_taken_back_again(empty: Office) -> None:
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.AREAS, name="三月", file_name="a.xlsx"
    ).id
    entry = waters.NewArea.model_validate({"name": "柳塘村", "level": "village", "parent_id": 1})
    with empty.database.write(by=CLERK, today=TODAY, batch_id=batch) as writer:
        writer.do(waters.add_area, entry)
    for _ in range(2):
        _undo(empty, undo.undo_last)
        assert _names(empty) == ["砚溪镇"]
        with pytest.raises(Refusal, match="已经撤销过"):
            _undo(empty, undo.undo_batch, batch)
        _undo(empty, undo.undo_act, _last_act(empty))
        assert _names(empty) == ["砚溪镇", "柳塘村"]
    assert _undo(empty, undo.undo_last) == "撤销导入“三月”"
    with pytest.raises(Refusal, match="没有可以撤销的操作"):
        _undo(empty, undo.undo_last)
    assert verify(empty.database, replayed=True).faults == []


def test_a_name_used_again_is_not_restored_over(empty: Office) -> None:
    village = empty.village("柳塘村")
    empty.do(waters.edit_area, waters.AreaEdit, id=village, name="柳塘新村", level="village", parent_id=1)
    edited = _last_act(empty)
    empty.village("柳塘村")
    before = _content(empty)
    with pytest.raises(Refusal, match="编号或名称已经被另一条记录使用"):
        _undo(empty, undo.undo_act, edited)
    assert _content(empty) == before
    assert verify(empty.database, replayed=True).faults == []


def test_undo_goes_back_beyond_a_page_of_what_was_taken_back(
    empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "LOOKED_AT", 2)
    for number in range(5):
        empty.village(f"第{number}村")
    for left in (4, 3, 2, 1, 0):
        _undo(empty, undo.undo_last)
        assert len(_names(empty)) == 1 + left


def test_a_batch_edited_since_is_refused_with_the_edit(empty: Office) -> None:
    batch = empty.do(
        imports.open_batch, imports.NewBatch, kind=ImportKind.AREAS, name="三月", file_name="a.xlsx"
    ).id
    with empty.database.write(by=CLERK, today=TODAY, batch_id=batch) as writer:
        entry = waters.NewArea.model_validate({"name": "柳塘村", "level": "village", "parent_id": 1})
        made = writer.do(waters.add_area, entry).id
    empty.do(waters.edit_area, waters.AreaEdit, id=made, name="柳塘新村", level="village", parent_id=1)
    with pytest.raises(Refusal, match="修改行政区柳塘新村"):
        _undo(empty, undo.undo_batch, batch)
    _undo(empty, undo.undo_last)
    _undo(empty, undo.undo_batch, batch)
    with empty.database.read() as session:
        assert session.exec(select(Area.name)).all() == ["砚溪镇"]


def test_bulk_loads_are_journalled_replayed_and_undone(empty: Office) -> None:
    table = METADATA.tables["area"]
    columns = ("id", "uid", "office", "version", "code", "name", "level")
    rows = [(100 + n, f"{n:032x}", "990121103", 1, "", f"村{n}", "village") for n in range(1, 12)]
    with empty.database.write(by=CLERK, today=TODAY) as writer:
        writer.load(table, columns, rows)
        writer.seal_load("sample.load", "批量载入 11 个村")
    assert verify(empty.database, replayed=True).faults == []
    _undo(empty, undo.undo_last)
    assert verify(empty.database, replayed=True).faults == []
    with empty.database.read() as session:
        assert session.exec(select(Area.name)).all() == ["砚溪镇"]


def _content(office: Office, without: str = "") -> dict[str, list[dict[str, Any]]]:
    """Every ledger's rows, but the journal's."""
    with office.database.engine.connect() as connection:
        return {
            table.name: [
                {key: value for key, value in row.items() if key != without}
                for row in connection.execute(table.select().order_by(table.c.id)).mappings()
            ]
            for table in METADATA.sorted_tables
            if table.name not in ("act", "act_change")
        }


def test_every_refusal_has_a_sentence(empty: Office) -> None:
    with pytest.raises(LedgerError) as caught:
        _undo(empty, undo.undo_act, 999)
    assert caught.value.sentence.endswith("。")
