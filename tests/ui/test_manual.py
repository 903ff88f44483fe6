from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.errors import EnvironmentFault
from river_chief.rules.workflow import allowed
from river_chief.terms import State
from ui.dialogs import manual
from ui.dialogs.manual import ManualDialog, chapters


def test_every_chapter_can_be_read(qtbot: QtBot, host: QWidget) -> None:
    dialog = ManualDialog(host)
    for row, title in enumerate(chapters()):
        dialog.titles.setCurrentRow(row)
        assert dialog.text.toPlainText().startswith(title)


@pytest.mark.parametrize("state", [state for state in State if allowed(state)])
def test_the_manual_says_what_the_table_allows(state: State) -> None:
    actions = "，".join(action.label for action in allowed(state))
    assert f"| {state.label} | {actions} |" in chapters()["问题怎样流转"]


def test_a_manual_that_is_gone_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual, "MANUAL", Path("nowhere.md"))
    with pytest.raises(EnvironmentFault, match="用户手册"):
        chapters()
