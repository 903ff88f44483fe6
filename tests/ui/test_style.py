from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from river_chief.resources import resource
from ui import style
from ui.pages import PAGES
from ui.style import Tone

HEAVY = "sqlmodel sqlalchemy pydantic openpyxl typst docx pypinyin chinese_calendar PIL"


def colours(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = icon.pixmap(QSize(24, 24), mode).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    solid = (image.pixelColor(x, y) for x, y in points)
    return {QColor(colour.rgb()).name() for colour in solid if colour.alpha() == 255}


def test_icons_take_the_tone_and_turn_grey_when_disabled(qtbot: QtBot) -> None:
    assert colours(style.icon("plus", Tone.ALERT)) == {Tone.ALERT.value}
    assert colours(style.icon("plus", Tone.ALERT), QIcon.Mode.Disabled) == {"#a9b4bb"}


def test_icons_outlive_their_makers(qtbot: QtBot) -> None:
    buttons = []
    for _ in range(200):
        button = QPushButton()
        button.setIcon(QIcon(style.icon("check")))
        qtbot.addWidget(button)
        buttons.append(button)
    assert all(not button.icon().pixmap(16, 16).isNull() for button in buttons)


def test_every_page_has_an_icon(qtbot: QtBot) -> None:
    for entry in PAGES:
        assert colours(style.icon(entry.icon))


def test_without_a_chinese_face_the_bundled_one_is_used(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda _system: [])
    assert style.screen_font().family() == "Noto Serif SC"


def test_the_stylesheet_names_only_icons_that_are_there(qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    for part in sheet.split("url(")[1:]:
        path = part.split(")", 1)[0]
        assert path.startswith(resource("icons").as_posix())
        assert resource(f"icons/{path.rsplit('/', 1)[1]}").exists()


def test_the_empty_window_needs_nothing_heavy() -> None:
    code = (
        f"import sys, ui.app; bad = [name for name in {HEAVY.split()!r} if name in sys.modules];"
        "sys.exit(', '.join(bad) or 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
