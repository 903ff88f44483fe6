"""A field for a folder: typed, or chosen in Qt's dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui.buttons import push
from ui.forms.fields import LineField


class FolderField(QWidget):
    """The value is the path as text. *name_inside*, when given, names a new folder in the one chosen."""

    changed = Signal()

    def __init__(self, title: str, *, name_inside: Callable[[], str] | None = None) -> None:
        super().__init__()
        self._title, self._name_inside = title, name_inside
        self.line = LineField()
        self.line.changed.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line, 1)
        layout.addWidget(push("浏览…", self.choose, sign="folder-open"))
        self.setFocusProxy(self.line)

    def choose(self) -> None:
        """Let the clerk choose a folder."""
        chosen = QFileDialog.getExistingDirectory(self, self._title)
        if chosen:
            inside = self._name_inside() if self._name_inside is not None else ""
            self.line.set_value(str(Path(chosen) / inside))
            self.changed.emit()

    def value(self) -> str:
        return self.line.value()

    def set_value(self, value: Any) -> None:
        self.line.set_value(value)

    def set_error(self, sentence: str) -> None:
        self.line.set_error(sentence)

    def complaint(self) -> str:
        return ""
