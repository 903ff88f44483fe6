"""The twelve walks through the closed loop, each with a picture of every step."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desk import Shown
from tests.walks.rehearsal import Album, all_walks, at_the_window
from tests.walks.walk import Walk


@pytest.mark.parametrize("walk", all_walks().values(), ids=lambda walk: f"{walk.number:02}")
def test_a_walk(qtbot: QtBot, township: Path, tmp_path: Path, shown: Shown, walk: Walk) -> None:
    album = Album(walk, lambda widget, _name: _looked_at(widget.grab().isNull()))
    with at_the_window(township, tmp_path / "walk", album.shoot) as walker:
        walk.play(walker)
        walker.no_dialog()
    assert len(album.taken) >= 3, "a walk has a picture of each of its steps"
    assert not shown.texts


def _looked_at(empty: bool) -> None:
    assert not empty
