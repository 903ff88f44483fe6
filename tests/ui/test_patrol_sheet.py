from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.patrol_walkers import walkers_in
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.terms import Entry
from river_chief.verbs import chiefs, patrols, waters
from tests.ui.desk import TODAY, Filler, Shown
from ui.dialogs.patrol_sheet import PatrolSheetDialog
from ui.messages import Notice
from ui.tables.patrol_rows import CODE, DAY, FOUND, KM, MINUTES, TYPED, WORDS, PatrolRows, codes_of
from ui.workspace import Workspace


@pytest.fixture
def dialog(qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler) -> PatrolSheetDialog:
    other = filler.do(waters.add_reach, waters.NewReach, water_id=1, name="砚溪上段", area_ids=(2,)).id
    filler.do(
        chiefs.take_reaches, chiefs.ReachCharge, tenure_id=1, reach_ids=(other,), valid_from="2025-03-10"
    )
    made = PatrolSheetDialog(host, workspace, (2025, 3))
    made.show()
    return made


def type_rows(model: PatrolRows, *rows: dict[int, str]) -> None:
    for place, row in enumerate(rows):
        while place >= len(model.rows):
            model.next_cell(len(model.rows) - 1, WORDS)
        for column in TYPED:
            model.setData(model.index(place, column), row.get(column, ""))


def walked(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.read() as session:
        rows = PATROL_LEDGER.all(session, PatrolFilter(), TODAY)
    return [(row["started_at"].date(), row["reach_names"], row["minutes"], row["entry"]) for row in rows]


def test_one_in_charge_of_several_reaches_has_a_code_for_all_and_for_each(
    dialog: PatrolSheetDialog,
) -> None:
    assert dialog.place.currentText() == "柳塘村"
    assert dialog.legend.rows.rows == [
        ("1", "赵春", "砚溪柳塘段、砚溪上段"),
        ("2", "赵春", "砚溪柳塘段"),
        ("3", "赵春", "砚溪上段"),
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({DAY: "5", CODE: "2", MINUTES: "30", KM: "1.2"}, ""),
        ({DAY: "3.5", CODE: "2"}, ""),
        ({DAY: "5", CODE: "2", FOUND: "1", WORDS: "有垃圾"}, ""),
        ({CODE: "2"}, "请填日期"),
        ({DAY: "32", CODE: "2"}, "本月没有32日"),
        ({DAY: "4.5", CODE: "2"}, "2025-04-05 不在本月"),
        ({DAY: "xx", CODE: "2"}, "日期“xx”看不懂"),
        ({DAY: "5"}, "请填代码"),
        ({DAY: "5", CODE: "9"}, "没有代码“9”"),
        ({DAY: "5", CODE: "3"}, "赵春当日不负责这里"),
        ({DAY: "5", CODE: "2", MINUTES: "半"}, "分钟“半”应是数字"),
        ({DAY: "5", CODE: "2", MINUTES: "2000"}, "分钟应是0至1440的整数"),
        ({DAY: "5", CODE: "2", FOUND: "3"}, "发现问题填1，没有填0"),
        ({DAY: "5", CODE: "2", WORDS: "有垃圾"}, "写了问题，请在“发现问题”填1"),
    ],
)
def test_every_row_says_what_is_wrong(dialog: PatrolSheetDialog, row: dict[int, str], fault: str) -> None:
    type_rows(dialog.model, row)
    assert dialog.model.rows[0].fault == fault


def test_a_day_after_today_and_a_log_typed_twice_are_named(workspace: Workspace) -> None:
    model = PatrolRows()
    span = workspace.settings.month(2025, 3)
    with workspace.read() as session:
        model.set_frame(span, date(2025, 3, 20), codes_of(walkers_in(session, (span.first, span.last))))
    type_rows(model, {DAY: "21", CODE: "1"}, {DAY: "4", CODE: "1"}, {DAY: "4", CODE: "1"})
    assert model.faults() == [(1, "晚于今天"), (3, "与第2行重复")]


def test_the_count_must_match_before_anything_is_saved(
    qtbot: QtBot, dialog: PatrolSheetDialog, workspace: Workspace
) -> None:
    dialog.submit()
    assert dialog.complaint.text() == "还没有录入任何一行。"
    type_rows(dialog.model, {DAY: "5", CODE: "2", MINUTES: "30"}, {DAY: "12", CODE: "1", MINUTES: "40"})
    assert not dialog.place.isEnabled()
    dialog.submit()
    assert "纸质记录的张数" in dialog.complaint.text()
    dialog.papers.set_value(3.0)
    dialog.submit()
    assert "3 张，录入 2 行，对不上" in dialog.complaint.text()
    assert walked(workspace) == []
    dialog.papers.set_value(2.0)
    notices: list[Notice] = []
    workspace.noticed.connect(notices.append)
    with qtbot.waitSignal(workspace.changed):
        dialog.submit()
    assert walked(workspace) == [
        (date(2025, 3, 12), "砚溪柳塘段、砚溪上段", 40, Entry.PAPER),
        (date(2025, 3, 5), "砚溪柳塘段", 30, Entry.PAPER),
    ]
    assert notices[-1].text == "已补录2025年3月柳塘村巡河记录 2 条。"
    with qtbot.waitSignal(workspace.changed):
        notices[-1].actions[0][1]()
    assert walked(workspace) == []


def test_one_refused_row_keeps_all_from_being_saved_and_is_named(
    dialog: PatrolSheetDialog, workspace: Workspace, filler: Filler, shown: Shown
) -> None:
    filler.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=1,
        reach_ids=(1,),
        started_at="2025-03-12",
        minutes=20,
    )
    type_rows(dialog.model, {DAY: "5", CODE: "2"}, {DAY: "12", CODE: "2"})
    dialog.papers.set_value(2.0)
    dialog.submit()
    assert shown.last.startswith("第2行：2025-03-12")
    assert len(walked(workspace)) == 1


def test_a_row_is_taken_away(dialog: PatrolSheetDialog) -> None:
    type_rows(dialog.model, {DAY: "5", CODE: "2"}, {DAY: "5", CODE: "2"})
    dialog.model.remove_row(1)
    assert dialog.model.faults() == []
    dialog.model.remove_row(0)
    assert dialog.model.rowCount() == 1
    assert dialog.place.isEnabled()
