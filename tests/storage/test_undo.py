"""Undo in full: names the records edited since, handles batches of any kind, and can itself be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from river_chief.bulk.batch import Deed, carry_out
from river_chief.errors import Refusal
from river_chief.fields.ledger_names import known_names
from river_chief.queries.history import recent_acts
from river_chief.records import METADATA, Act, Area, ImportBatch, SweepAnswer
from river_chief.records.columns import col
from river_chief.storage import undo
from river_chief.storage.database import Database
from river_chief.storage.record_words import in_words, words_for
from river_chief.storage.standing import VERB, ActHead, standing
from river_chief.storage.verify import verify
from river_chief.terms import Action, BatchState
from river_chief.verbs import office, sweeps, waters, zero_reports
from tests.builders import CLERK, TODAY, Office


def take_back(made: Office, how: Callable[..., str], *args: Any) -> str:
    with made.database.write(by=CLERK, today=TODAY) as writer:
        return how(writer, *args)


def last_act(made: Office) -> int:
    with made.database.read() as session:
        return recent_acts(session, 1)[0].id


def village_names(made: Office) -> list[str]:
    with made.database.read() as session:
        return list(session.exec(select(Area.name).where(Area.id != 1).order_by(col(Area.id))))


def content(made: Office) -> dict[str, list[dict[str, Any]]]:
    """Every ledger's rows but the journal's, without their versions."""
    with made.database.engine.connect() as connection:
        return {
            table.name: [
                {key: value for key, value in row.items() if key != "version"}
                for row in connection.execute(table.select().order_by(table.c.id)).mappings()
            ]
            for table in METADATA.sorted_tables
            if table.name not in ("act", "act_change", "number_series")
        }


def bulk(made: Office, *names: str) -> int:
    """Villages added as one batch without a workbook; the batch's id."""
    deeds = [
        Deed(waters.add_area, waters.NewArea.model_validate({"name": n, "level": "village", "parent_id": 1}))
        for n in names
    ]
    with made.database.write(by=CLERK, today=TODAY) as writer:
        carry_out(writer, deeds, f"批量新增村 {len(names)}个")
    with made.database.read() as session:
        batch = session.exec(select(ImportBatch).order_by(col(ImportBatch.id).desc())).first()
    assert batch is not None
    return batch.key


# Which acts stand


def heads(*acts: tuple[str, int | None, int | None]) -> list[ActHead]:
    return [ActHead(id, *act) for id, act in enumerate(acts, 1)]


def test_what_was_brought_back_stands() -> None:
    found = standing(heads(("do", None, None), (VERB, None, 1), (VERB, None, 2), (VERB, None, 3)))
    assert found.taken == {1, 3}
    assert found.effective == set()


def test_a_batch_takes_back_what_stood_of_it() -> None:
    acts = heads(
        ("do", 7, None),
        ("do", 7, None),
        (VERB, None, 1),
        (VERB, 7, None),
        (VERB, None, 4),
        ("do", None, None),
    )
    assert standing(acts[:4]).undos[4] == {2}
    found = standing(acts)
    assert found.taken == {1, 4}
    assert found.effective == {2, 6}


# Records in words


def test_every_ledger_can_be_told_in_words(empty: Office, problem: int, tenure: int, village: int) -> None:
    empty.patrol(tenure, 1, at="2025-03-05T09:00")
    empty.do(sweeps.ask, sweeps.NewSweep, problem_id=problem)
    second = empty.village("上砚村")
    empty.do(
        zero_reports.sign,
        zero_reports.ZeroSigning,
        area_ids=(second,),
        year=2025,
        month=3,
        signer="钱树",
    )
    with empty.database.engine.connect() as connection:
        told = {
            name: in_words(connection, name, id)
            for name in sorted(known_names())
            if name not in ("problem_step", "import_batch", "number_series")
            for id in connection.execute(select(METADATA.tables[name].c.id).limit(1)).scalars()
        }
        gone = in_words(connection, "problem", 99)
        once = words_for(connection, [("problem", 1), ("step", 1), ("problem_round", 1), ("area", 1)])
    expected = {
        "problem": "问题砚2025-001",
        "step": "问题砚2025-001",
        "problem_round": "问题砚2025-001",
        "reach_area": "河段柳塘河",
        "person": "人员赵春",
        "tenure": "赵春的任职",
        "tenure_reach": "赵春的任职",
        "patrol": "赵春2025-03-05的巡河记录",
        "patrol_reach": "赵春2025-03-05的巡河记录",
        "sweep": "问题砚2025-001的举一反三",
        "sweep_answer": "柳塘村的举一反三答复",
        "zero_report": "上砚村2025年3月的零报告",
        "deadline_default": "核实的时限",
    }
    assert {name: told[name] for name in expected} == expected
    assert all(told.values())
    assert told["setting"].startswith("设置“")
    assert gone == "问题（第99条）"
    assert once == ["问题砚2025-001", "行政区砚溪镇"]


# Refused with the rows edited since


def test_a_batch_edited_since_names_the_records(empty: Office) -> None:
    batch = bulk(empty, *(f"第{n}村" for n in range(1, 9)))
    for id, name in zip(range(2, 9), "甲乙丙丁戊己庚", strict=True):
        empty.do(waters.edit_area, waters.AreaEdit, id=id, name=f"{name}村", level="village", parent_id=1)
    before = content(empty)
    with pytest.raises(Refusal) as refused:
        take_back(empty, undo.undo_batch, batch)
    assert refused.value.sentence.startswith(
        "不能撤销：行政区甲村、行政区乙村、行政区丙村、行政区丁村、行政区戊村等7条之后又有改动，见“修改行政区甲村”（"
    )
    assert "等7步。请先撤销后来的操作" in refused.value.sentence
    assert content(empty) == before


def test_a_record_in_use_names_what_uses_it(empty: Office, problem: int) -> None:
    made = last_act(empty)
    empty.do(sweeps.ask, sweeps.NewSweep, problem_id=problem)
    with pytest.raises(Refusal, match="问题砚2025-001的举一反三正在引用它"):
        take_back(empty, undo.undo_act, made)


def test_the_founding_of_the_ledger_stays(empty: Office) -> None:
    with empty.database.read() as session:
        first = session.exec(select(Act.id).where(Act.verb == undo.FOUNDING)).one()
    assert first is not None
    with pytest.raises(Refusal, match="建立台账的这一步不能撤销"):
        take_back(empty, undo.undo_act, first)


# Batches of acts without a workbook


def test_a_batch_of_acts_goes_and_comes_back_whole(empty: Office) -> None:
    before = content(empty)
    batch = bulk(empty, "柳塘村", "上砚村")
    after = content(empty)
    assert take_back(empty, undo.undo_last) == "撤销“批量新增村 2个”"
    assert village_names(empty) == []
    assert {k: v for k, v in content(empty).items() if k != "import_batch"} == {
        k: v for k, v in before.items() if k != "import_batch"
    }
    assert take_back(empty, undo.redo_last) == "恢复“批量新增村 2个”"
    assert content(empty) == after
    assert take_back(empty, undo.undo_batch, batch) == "撤销“批量新增村 2个”"
    with empty.database.read() as session:
        assert session.get_one(ImportBatch, batch).state is BatchState.UNDONE
    with pytest.raises(Refusal, match="“批量新增村 2个”已经撤销过"):
        take_back(empty, undo.undo_batch, batch)
    assert verify(empty.database, replayed=True).faults == []


def test_one_act_of_a_batch_then_the_rest_then_each_back(empty: Office) -> None:
    batch = bulk(empty, "柳塘村", "上砚村")
    one = last_act(empty)
    take_back(empty, undo.undo_act, one)
    single = last_act(empty)
    assert village_names(empty) == ["柳塘村"]
    take_back(empty, undo.undo_batch, batch)
    whole = last_act(empty)
    assert village_names(empty) == []
    take_back(empty, undo.undo_act, whole)
    assert village_names(empty) == ["柳塘村"]
    take_back(empty, undo.undo_act, single)
    assert village_names(empty) == ["柳塘村", "上砚村"]
    take_back(empty, undo.undo_batch, batch)
    assert village_names(empty) == []
    assert verify(empty.database, replayed=True).faults == []


# Undoing the undo


def test_redo_goes_forward_step_by_step(empty: Office) -> None:
    for name in ("柳塘村", "上砚村", "石桥村"):
        empty.village(name)
    for _ in range(3):
        take_back(empty, undo.undo_last)
    assert take_back(empty, undo.redo_last) == "恢复：新增行政区柳塘村"
    take_back(empty, undo.redo_last)
    assert village_names(empty) == ["柳塘村", "上砚村"]
    assert take_back(empty, undo.undo_last) == "撤销：新增行政区上砚村"
    take_back(empty, undo.redo_last)
    take_back(empty, undo.redo_last)
    assert village_names(empty) == ["柳塘村", "上砚村", "石桥村"]
    with pytest.raises(Refusal, match="没有可以恢复的撤销"):
        take_back(empty, undo.redo_last)
    assert verify(empty.database, replayed=True).faults == []


def test_other_work_ends_what_can_be_brought_back_by_one_key(empty: Office) -> None:
    empty.village("柳塘村")
    take_back(empty, undo.undo_last)
    undone = last_act(empty)
    empty.village("上砚村")
    with pytest.raises(Refusal, match="之后已经办理了别的事"):
        take_back(empty, undo.redo_last)
    assert take_back(empty, undo.undo_act, undone) == "恢复：新增行政区柳塘村"


# After a restart


def test_after_a_restart_every_kind_of_act_is_taken_back(empty: Office, problem: int, village: int) -> None:
    folder: Path = empty.database.folder.path
    before = content(empty)
    with_nothing = empty.village("上砚村")
    sweep = empty.do(sweeps.ask, sweeps.NewSweep, problem_id=problem).id
    with empty.database.read() as session:
        asked = session.exec(select(SweepAnswer).where(SweepAnswer.sweep_id == sweep))
        ids = tuple(each.key for each in asked)
    empty.do(sweeps.answer, sweeps.Answering, answer_ids=ids, reply="none")
    empty.do(sweeps.void_sweep, sweeps.SweepVoid, id=sweep, words="布置重复")
    month = {"year": 2025, "month": 3, "signer": "钱树"}
    empty.do(zero_reports.sign, zero_reports.ZeroSigning, area_ids=(with_nothing,), **month)
    empty.do(zero_reports.void_zero, zero_reports.ZeroVoid, id=1, words="签错")
    empty.do(office.change_settings, office.SettingChange, values={"sweep_days": 5})
    empty.step(problem, Action.VERIFY)
    empty.database.close()
    with Database.open(folder) as database:
        again = Office(database)
        for _ in range(8):
            take_back(again, undo.undo_last)
        assert content(again) == before
        assert verify(database, replayed=True).faults == []


def test_a_long_sentence_still_fits_the_journal(empty: Office, village: int) -> None:
    made = last_act(empty)
    acts = METADATA.tables["act"]
    with empty.database.engine.begin() as connection:
        connection.execute(acts.update().where(acts.c.id == made).values(sentence="长" * 500))
    assert len(take_back(empty, undo.undo_act, made)) == 500
