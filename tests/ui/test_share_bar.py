from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.style import Tone
from ui.tables.figure_table import FigureColumn, FigureTable
from ui.tables.share_bar import TRACK, bar_of


def drawn(qtbot: QtBot, share: float | None) -> set[str]:
    """The colours along the middle of a cell with a bar of that share."""
    table = FigureTable(
        [
            FigureColumn("名称", 4, lambda _line: "甲", lambda _line: None),
            FigureColumn("进度", 12, lambda _line: "50.0%", lambda line: line),
        ],
        "进度",
    )
    qtbot.addWidget(table)
    table.rows.show_lines([share])
    bar_of(table, 1, lambda index: table.rows.line_at(index.row()))
    table.resize(420, 120)
    table.show()
    picture = table.viewport().grab().toImage()
    cell = table.visualRect(table.rows.index(0, 1))
    return {picture.pixelColor(x, cell.center().y()).name() for x in range(cell.left(), cell.right())}


@pytest.mark.parametrize(
    ("share", "there", "missing"),
    [
        (0.5, (Tone.ACCENT, TRACK), (Tone.GOOD,)),
        (1.0, (Tone.GOOD,), (Tone.ACCENT, TRACK)),
        (0.0, (TRACK,), (Tone.ACCENT, Tone.GOOD)),
        (None, (), (Tone.ACCENT, Tone.GOOD, TRACK)),
    ],
)
def test_a_bar_is_as_long_as_what_is_done(
    qtbot: QtBot,
    share: float | None,
    there: tuple[Tone | QColor, ...],
    missing: tuple[Tone | QColor, ...],
) -> None:
    colours = drawn(qtbot, share)
    assert {name(colour) for colour in there} <= colours
    assert not {name(colour) for colour in missing} & colours


def name(colour: Tone | QColor) -> str:
    return colour.name() if isinstance(colour, QColor) else colour.value
