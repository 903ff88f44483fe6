from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desk import Shown
from ui import app


def test_the_day_and_the_ledger_can_be_given() -> None:
    asked = app._arguments(["--ledger", "台账", "--today", "2025-03-31"])
    assert asked.ledger == Path("台账")
    assert asked.today == date(2025, 3, 31)


def test_a_bug_in_a_slot_is_logged_and_apologised_for(
    qtbot: QtBot, shown: Shown, caplog: pytest.LogCaptureFixture
) -> None:
    error = RuntimeError("broken")
    with caplog.at_level(logging.ERROR):
        app._show_bug(RuntimeError, error, None)
    assert "broken" in caplog.text
    assert shown.last.startswith("对不起")


def test_the_log_lies_in_the_users_folder(own_folder: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    app.start_log()
    (added,) = [handler for handler in root.handlers if handler not in before]
    root.removeHandler(added)
    added.close()
    assert len(list(own_folder.rglob("window.log"))) == 1


@pytest.mark.parametrize(
    ("method", "modifiers", "expected"),
    [("fcitx", "", "ibus"), ("", "@im=fcitx", "ibus"), ("ibus", "", "ibus"), ("compose", "", "compose")],
)
def test_fcitx_answers_through_ibus(
    monkeypatch: pytest.MonkeyPatch, method: str, modifiers: str, expected: str
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("QT_IM_MODULE", method)
    monkeypatch.setenv("XMODIFIERS", modifiers)
    app._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == expected
