"""A village chief is replaced by keyboard; past months keep the one who was in office then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from river_chief.queries.chiefs import responsible_on
from river_chief.terms import Level
from tests.journeys.typist import ALT, CTRL, Typist, at_the_desk
from ui.pages.chiefs import ChiefsPage


def chief_on(typist: Typist, day: date) -> str:
    assert typist.window.workspace is not None
    with typist.window.workspace.read() as session:
        return responsible_on(session, [(1, 2, day)])[0].names(Level.VILLAGE)


def test_a_chief_is_replaced_and_taken_back(qtbot: QtBot, ledger: Path) -> None:
    with at_the_desk(qtbot, ledger) as typist:
        typist.press(Qt.Key.Key_7, CTRL)
        page = typist.window.page("chiefs")
        assert isinstance(page, ChiefsPage)
        page.view.select_first()
        typist.press(Qt.Key.Key_C, ALT)
        typist.dialog()
        # From the 15th on, title, nobody of the ledger, a new person with a phone.
        typist.fill("2025.3.15", "村委会主任", "", "李海", "13000001111")
        typist.press(Qt.Key.Key_Return)
        typist.no_dialog()
        assert chief_on(typist, date(2025, 3, 14)) == "赵春"
        assert chief_on(typist, date(2025, 3, 15)) == "李海"
        assert page.panel.file is not None
        assert page.panel.file.values["name"] == "李海"
        assert typist.window.notices.text.text() == "李海自2025-03-15接替赵春任柳塘村村级河长。"
        typist.press(Qt.Key.Key_Z, CTRL)
        assert chief_on(typist, date(2025, 3, 15)) == "赵春"
