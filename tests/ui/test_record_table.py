from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from river_chief.changes import Changes, Touched
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.waters import WATER_LEDGER, WaterFilter
from river_chief.terms import Action, State
from river_chief.verbs import waters
from tests.ui.desk import Filler
from ui.style import Tone
from ui.tables import record_table
from ui.tables.record_table import Look, RecordTable
from ui.workspace import Workspace


@pytest.fixture
def table(workspace: Workspace) -> RecordTable:
    model = RecordTable(workspace, PROBLEM_LEDGER, ProblemFilter(), watch=("problem_round",))
    model.ask(ProblemFilter())
    return model


def column(table: RecordTable, key: str) -> list[str]:
    place = table.column_of(key)
    return [table.data(table.index(row, place)) for row in range(table.rowCount())]


def test_the_model_keeps_qts_rules(table: RecordTable, filler: Filler) -> None:
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.ask(ProblemFilter(states=(State.TO_VERIFY,)), "found_on", True)
    table.workspace.changed.emit(filler.step(Action.VERIFY, 5))
    table.ask(ProblemFilter(text="没有这样的问题"))
    assert table.rowCount() == 0


def test_it_lists_filters_and_sorts_in_sql(table: RecordTable) -> None:
    assert column(table, "number") == [f"砚2025-{n:03}" for n in range(1, 9)]
    table.ask(ProblemFilter(states=(State.TO_VERIFY,)), "found_on", True)
    assert column(table, "found_on") == [f"2025-03-0{n}" for n in (8, 7, 6, 5, 4)]
    table.ask(ProblemFilter(text="第3处"))
    assert column(table, "state") == ["待交办"]


def test_a_change_moves_rows_and_the_current_row_follows_its_record(
    table: RecordTable, filler: Filler
) -> None:
    table.ask(ProblemFilter(states=(State.TO_VERIFY,)))
    held = QPersistentModelIndex(table.index(2, 0))
    gone = QPersistentModelIndex(table.index(0, 0))
    record = table.id_at(2)
    table.workspace.changed.emit(filler.step(Action.VERIFY, table.id_at(0)))
    assert table.total == 4
    assert held.row() == 1
    assert table.id_at(held.row()) == record
    assert not gone.isValid()


def test_a_change_elsewhere_is_no_reason_to_ask(table: RecordTable, filler: Filler, qtbot: QtBot) -> None:
    row = table.row_at(0)
    with qtbot.assertNotEmitted(table.layoutChanged):
        table.workspace.changed.emit(Changes("", 0, frozenset({Touched("setting", 1)})))
    assert table.row_at(0) is row


def test_a_change_of_another_table_it_watches_makes_rows_stale(table: RecordTable, filler: Filler) -> None:
    before = table.row_at(0)
    table.workspace.changed.emit(filler.step(Action.EXTEND, 1, deadline="2025-04-20", words="降雨"))
    after = table.row_at(0)
    assert before is not None
    assert after is not None
    assert before["deadline"] != after["deadline"]


def test_a_table_that_is_not_in_the_ledger_can_not_be_watched(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="rounds"):
        RecordTable(workspace, PROBLEM_LEDGER, ProblemFilter(), watch=("rounds",))


def test_a_record_that_vanished_is_shown_disabled(table: RecordTable) -> None:
    table.ids[3] = 777
    index = table.index(3, table.column_of("number"))
    assert table.data(index) is None
    assert not table.flags(index) & Qt.ItemFlag.ItemIsEnabled
    assert table.flags(table.index(2, 0)) & Qt.ItemFlag.ItemIsEnabled


def test_looks_mark_cells_by_sign_and_tone(table: RecordTable) -> None:
    table.look = lambda row, key: Look(Tone.ALERT, "⚠ ", bold=True) if key == "number" else None
    index = table.index(0, table.column_of("number"))
    assert table.data(index).startswith("⚠ ")
    assert table.data(index, Qt.ItemDataRole.ForegroundRole).name() == Tone.ALERT.value
    assert table.data(index, Qt.ItemDataRole.FontRole).bold()
    assert table.data(table.index(0, table.column_of("state")), Qt.ItemDataRole.ForegroundRole) is None


def test_a_large_ledger_shows_its_first_page_before_all_ids_are_there(
    qtbot: QtBot, workspace: Workspace, filler: Filler, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        filler.do(waters.add_water, waters.NewWater, name=f"水渠{number:02}")
    monkeypatch.setattr(record_table, "AT_ONCE", 7)
    monkeypatch.setattr(record_table, "PAGE", 5)
    model = RecordTable(workspace, WATER_LEDGER, WaterFilter())
    model.ask(WaterFilter(), "name")
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.total == 31
    assert not model.complete
    name = model.column_of("name")
    assert model.data(model.index(29, name)) == "水渠29"
    qtbot.waitUntil(lambda: model.complete)
    assert [model.data(model.index(row, name)) for row in (0, 28, 29, 30)] == [
        "水渠00",
        "水渠28",
        "水渠29",
        "砚溪",
    ]
    added = filler.do(waters.add_water, waters.NewWater, name="水渠000")
    with qtbot.waitSignal(model.layoutChanged):
        workspace.changed.emit(added)
    assert model.total == 32
    assert model.id_at(1) == added.id
