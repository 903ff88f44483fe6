"""Buttons made alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QPushButton, QToolButton

from ui.style import Tone, icon

Part = Literal["plain", "main", "danger"]


def push(
    text: str, clicked: Callable[[], object] | None = None, *, sign: str = "", part: Part = "plain"
) -> QPushButton:
    """A button with *text*; *part* main stands out, danger warns; *sign* names an icon."""
    button = QPushButton(text)
    if part != "plain":
        button.setProperty("role", part)
    if sign:
        button.setIcon(icon(sign, Tone.PAPER if part == "main" else Tone.TEXT))
    button.setAutoDefault(False)
    if clicked is not None:
        button.clicked.connect(lambda _on: clicked())
    return button


def chip(text: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    """One of a row of buttons of which one is down: a quick list."""
    button = push(text, clicked)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    button.setAutoExclusive(True)
    return button


def tool(sign: str, tip: str, clicked: Callable[[], object] | None = None, *, text: str = "") -> QToolButton:
    """A flat button with an icon; *tip* says what it does, also to screen readers."""
    button = QToolButton()
    button.setIcon(icon(sign, Tone.MUTED))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    if text:
        button.setText(text)
    if clicked is not None:
        button.clicked.connect(lambda _on: clicked())
    return button
