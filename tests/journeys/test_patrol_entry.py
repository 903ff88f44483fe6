"""A clerk enters one patrol, then a month of paper logs, by keyboard alone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from river_chief.queries.ledger_query import Row
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.terms import Entry
from tests.journeys.typist import ALT, CTRL, Typist, at_the_desk
from tests.ui.desk import TODAY
from ui.dialogs.patrol import PatrolDialog
from ui.dialogs.patrol_sheet import PatrolSheetDialog
from ui.pages.patrols import PatrolsPage


def rows(typist: Typist) -> list[Row]:
    assert typist.window.workspace is not None
    with typist.window.workspace.read() as session:
        return PATROL_LEDGER.all(session, PatrolFilter(), TODAY, sort="started_at")


def test_one_patrol_and_then_it_is_corrected(qtbot: QtBot, ledger: Path) -> None:
    with at_the_desk(qtbot, ledger) as typist:
        typist.press(Qt.Key.Key_5, CTRL)
        page = typist.window.page("patrols")
        assert isinstance(page, PatrolsPage)
        typist.press(Qt.Key.Key_N, CTRL)
        dialog = typist.dialog()
        assert isinstance(dialog, PatrolDialog)
        dialog.started.setFocus()
        # Day, chief by initials, the reach is ticked already; then end, minutes, kilometres.
        typist.fill("2025.3.6 8:30", "zc", "", "9:05", "", "1.4")
        typist.press(Qt.Key.Key_Return)
        typist.no_dialog()
        (row,) = rows(typist)
        assert (row["person_name"], row["reach_names"]) == ("赵春", "砚溪柳塘段")
        assert (row["started_at"], row["minutes"], row["km"]) == (datetime(2025, 3, 6, 8, 30), 35, 1.4)
        assert page.view.current_id() == row.id
        page.view.table.setFocus()
        typist.press(Qt.Key.Key_Return)
        typist.dialog()
        typist.fill("2025.3.7 8:30", "", "", "9:05")
        typist.press(Qt.Key.Key_Return)
        typist.no_dialog()
        assert rows(typist)[0]["started_at"] == datetime(2025, 3, 7, 8, 30)
        typist.press(Qt.Key.Key_Z, CTRL)
        assert rows(typist)[0]["started_at"] == datetime(2025, 3, 6, 8, 30)


def test_a_pile_of_paper_logs_on_the_number_pad(qtbot: QtBot, ledger: Path) -> None:
    with at_the_desk(qtbot, ledger) as typist:
        typist.press(Qt.Key.Key_5, CTRL)
        typist.press(Qt.Key.Key_B, ALT)
        dialog = typist.dialog()
        assert isinstance(dialog, PatrolSheetDialog)
        typist.type("3")
        typist.press(Qt.Key.Key_Enter)
        sheet = (("3", "1", "30", "1.2", "0"), ("10", "", "25", "1", ""), ("17", "", "40", "1.5", "1"))
        for row in sheet:
            for text in row:
                typist.type(text)
                typist.press(Qt.Key.Key_Enter)
        # Only the row that found something asks for words.
        typist.type("岸边有秸秆")
        typist.press(Qt.Key.Key_Enter)
        assert dialog.status.text() == "已录 3 行 / 共 3 张"
        typist.press(Qt.Key.Key_Return, CTRL)
        typist.no_dialog()
        found = rows(typist)
        assert [row["started_at"].date() for row in found] == [
            date(2025, 3, 3),
            date(2025, 3, 10),
            date(2025, 3, 17),
        ]
        assert {row["entry"] for row in found} == {Entry.PAPER}
        assert [row["finding"] for row in found] == ["", "", "岸边有秸秆"]
        typist.press(Qt.Key.Key_Z, CTRL)
        assert rows(typist) == []
