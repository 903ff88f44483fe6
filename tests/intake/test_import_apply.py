from __future__ import annotations

import time
from pathlib import Path

import pytest

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.intake.plan import RowState
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import read_sheet
from river_chief.progress import Cancelled, Progress
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.storage.verify import verify
from river_chief.terms import ImportKind
from river_chief.verbs import problems
from tests.builders import Office
from tests.intake.books import Cell
from tests.intake.importing import Import, ledger, of_rows, row_of, states

PROBLEMS = ImportKind.PROBLEMS
ROWS = 5000


def rows(count: int) -> list[dict[str, Cell]]:
    return [
        {
            "问题编号": f"县{number:04}",
            "发现时间": f"2025.3.{number % 28 + 1}",
            "问题来源": "县级暗访",
            "所在村": "柳塘村",
            "关联河湖": "柳塘河",
            "四乱类型": "乱堆",
            "问题描述": f"第{number}处垃圾",
            "占地面积": number + 1,
        }
        for number in range(count)
    ]


def three(office: Office, folder: Path) -> Import:
    return of_rows(office, PROBLEMS, folder, *rows(3))


def in_ledger(office: Office) -> list[dict[str, object]]:
    return ledger(office, PROBLEM_LEDGER, ProblemFilter())


def acts(office: Office) -> int:
    return verify(office.database).acts


def test_a_batch_goes_in_whole_and_the_same_file_again_is_the_same(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    work = three(empty, tmp_path)
    done = work.apply()
    assert done.counts == {"new": 3, "changed": 0, "same": 0, "left_out": 0}
    assert [row["outside_number"] for row in in_ledger(empty)] == ["县0000", "县0001", "县0002"]
    assert {row["town_name"] for row in in_ledger(empty)} == {"砚溪镇"}
    assert states(work.plan()) == ["same"] * 3
    with pytest.raises(Refusal, match="没有可以导入的行"):
        work.apply()


def test_undo_takes_everything_back_and_a_third_import_is_all_new(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    work = of_rows(empty, PROBLEMS, tmp_path, *rows(2), {**rows(3)[2], "所在村": "黑沙村"})
    made = work.plan(add=work.plan().missing)
    done = work.apply(made)
    assert done.counts["new"] == 3
    work.undo(done.batch_id)
    assert in_ledger(empty) == []
    again = work.plan()
    assert [item.name for item in again.missing] == ["黑沙村"]
    assert states(work.plan(add=again.missing)) == ["new"] * 3
    assert verify(empty.database, replayed=True).is_whole


def test_undo_is_refused_once_a_row_was_edited_since(empty: Office, tenure: int, tmp_path: Path) -> None:
    work = three(empty, tmp_path)
    done = work.apply()
    with empty.database.read() as session:
        id = PROBLEM_LEDGER.ids(session, ProblemFilter())[0]
    empty.do(
        problems.edit,
        problems.ProblemEdit,
        id=id,
        found_on="2025-03-01",
        source="Y04",
        village_id=2,
        water_id=1,
        category_code="LD",
        description="改过",
    )
    with pytest.raises(Refusal, match="砚2025-00"):
        work.undo(done.batch_id)


def test_missing_records_are_added_in_the_same_batch_when_applying(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    work = of_rows(empty, PROBLEMS, tmp_path, {**rows(1)[0], "所在村": "黑沙村", "关联河湖": "黑河"})
    made = work.plan()
    done = work.apply(made, add=frozenset(made.missing))
    assert done.counts["new"] == 1
    (row,) = in_ledger(empty)
    assert (row["village_name"], row["water_name"]) == ("黑沙村", "黑河")


def test_only_ticked_rows_and_a_doubtful_one_may_be_ticked(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    bad = {**rows(3)[2], "发现时间": "2025.13.5"}
    doubtful = {**rows(2)[1], "河长姓名": "别人"}
    work = of_rows(empty, PROBLEMS, tmp_path, rows(1)[0], doubtful, bad)
    assert states(work.plan()) == ["new", "doubtful", "refused"]
    with pytest.raises(Refusal, match=r"^第 4 行不能导入：B4：没有 13 月"):
        work.apply(rows={2, 4})
    with pytest.raises(Refusal, match="没有第 9 行数据"):
        work.apply(rows={9})
    assert in_ledger(empty) == []
    assert work.apply(rows={3}).counts == {"new": 1, "changed": 0, "same": 0, "left_out": 2}
    assert work.apply(accept={RowState.NEW}).counts["new"] == 1


def test_stopping_changes_nothing(empty: Office, tenure: int, tmp_path: Path) -> None:
    work = three(empty, tmp_path)
    before = acts(empty)
    told: list[int] = []

    def report(done: int, total: int, words: str) -> None:
        told.append(done)

    with pytest.raises(Cancelled):
        work.apply(progress=Progress(report, lambda: len(told) == 2))
    assert told == [0, 1]
    assert in_ledger(empty) == []
    assert acts(empty) == before


def test_a_row_a_verb_refuses_is_named_and_nothing_is_done(empty: Office, reach: int, tmp_path: Path) -> None:
    """Two reaches that each flow into the other: no single row is wrong."""
    work = of_rows(
        empty,
        ImportKind.REACHES,
        tmp_path,
        {"河段名称": "上段", "河湖名称": "柳塘河", "下游河段": "下段"},
        {"河段名称": "下段", "河湖名称": "柳塘河", "下游河段": "上段"},
    )
    assert states(work.plan()) == ["new", "new"]
    before = acts(empty)
    with pytest.raises(
        Refusal, match=r"^第 3 行：下游河段不能是河段自己，也不能绕回自己，请另选。没有导入任何内容。$"
    ):
        work.apply()
    assert acts(empty) == before


def test_a_ledger_that_changed_since_the_preview_is_planned_anew(
    empty: Office, tenure: int, village: int, reach: int, tmp_path: Path
) -> None:
    work = three(empty, tmp_path)
    made = work.plan()
    empty.village("上溪村")
    assert work.apply(made).counts["new"] == 3
    other = of_rows(empty, PROBLEMS, tmp_path, {**rows(1)[0], "问题描述": "改了描述"}, name="b.xlsx")
    seen = other.plan()
    assert states(seen) == ["changed"]
    third = of_rows(empty, PROBLEMS, tmp_path, {**rows(1)[0], "问题描述": "又改了"}, name="c.xlsx")
    third.apply()
    with pytest.raises(Refusal, match=r"^预览之后台账有了改动，第 2 行的结果不同了"):
        other.apply(seen)


def test_a_row_that_waited_for_a_village_is_held_to_its_preview_too(
    empty: Office, tenure: int, tmp_path: Path
) -> None:
    work = of_rows(empty, PROBLEMS, tmp_path, {**rows(1)[0], "所在村": "黑沙村"})
    seen = work.plan(add=work.plan().missing)
    empty.village("黑沙村")
    assert work.apply(seen).counts["new"] == 1
    other = of_rows(empty, PROBLEMS, tmp_path, {**rows(2)[1], "所在村": "白沙村"}, name="b.xlsx")
    seen = other.plan(add=other.plan().missing)
    other.apply(seen)
    with pytest.raises(Refusal, match="没有可以导入的行"):
        other.apply(seen)


def test_five_thousand_rows_in_reasonable_time(empty: Office, tenure: int, tmp_path: Path) -> None:
    """A plan asks the ledger a few questions, not one for every row: it costs about what reading does."""
    work = of_rows(empty, PROBLEMS, tmp_path, *rows(ROWS))
    started = time.perf_counter()
    sheet = read_sheet(work.path, SHEET_KINDS[PROBLEMS])
    reading = time.perf_counter() - started
    asked: list[str] = []
    from sqlalchemy import event

    event.listen(empty.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    started = time.perf_counter()
    made = work.plan()
    planning = time.perf_counter() - started - reading
    assert len(sheet.rows) == ROWS
    assert states(made).count("new") == ROWS
    assert len(asked) < 60
    assert planning < 25 * max(reading, 0.2)


def test_a_file_that_is_away_or_locked_is_said_in_one_sentence(empty: Office, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="找不到文件"):
        Import(empty, PROBLEMS, tmp_path / "没有.xlsx", empty.today).plan()
    random = tmp_path / "x.xlsx"
    random.write_bytes(b"\x00\x01 not a workbook")
    with pytest.raises(Refusal, match="不是表格文件"):
        Import(empty, PROBLEMS, random, empty.today).plan()


def test_the_batch_is_on_record(empty: Office, tenure: int, tmp_path: Path) -> None:
    from river_chief.records import ImportBatch

    done = three(empty, tmp_path).apply()
    with empty.database.read() as session:
        batch = session.get_one(ImportBatch, done.batch_id)
    assert (batch.name, batch.file_name, batch.sheet, batch.new) == ("导入", "导入.xlsx", "表", 3)
    assert len(batch.sha256) == 64
    assert row_of(three(empty, tmp_path).plan(), 2).known
