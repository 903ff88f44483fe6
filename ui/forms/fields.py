"""The fields of forms. All speak one small protocol, so a form needs to know no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from river_chief.fields.field import number_text
from river_chief.intake import dates
from river_chief.intake.cell import Unreadable
from river_chief.terms import Term


class FormField(Protocol):
    """What every field can do.

    ``value()``      what the clerk entered, as the verb's input takes it; text that can not be
                     understood is returned as it is, so that the input complains about it.
    ``set_value(v)`` shows *v* without emitting ``changed``.
    ``changed``      emitted when the clerk changes the value.
    ``set_error(s)`` marks the field as wrong with the sentence *s*; "" takes the mark away.
    ``complaint()``  what the field itself finds wrong with what was entered; "" for nothing.
    """

    changed: Any

    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...

    def set_error(self, sentence: str) -> None: ...

    def complaint(self) -> str: ...


def mark(widget: QWidget, sentence: str) -> None:
    """Mark *widget* as wrong (red frame, tooltip, screen reader), or take the mark away."""
    widget.setProperty("wrong", bool(sentence))
    widget.setToolTip(sentence)
    widget.setAccessibleDescription(sentence)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class LineField(QLineEdit):
    """One line of text; *suggestions* are offered while typing but anything may be typed."""

    changed = Signal()

    def __init__(self, *, hint: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.textEdited.connect(self.changed)
        if suggestions:
            self.suggest(suggestions)

    def suggest(self, words: Sequence[str]) -> None:
        """Offer *words* while typing."""
        completer = QCompleter(list(dict.fromkeys(words)), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.changed)
        self.setCompleter(completer)

    def value(self) -> str:
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""


class TextField(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field."""

    changed = Signal()

    def __init__(self, *, lines: int = 3, hint: str = "") -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 16)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self.blockSignals(True)
        self.setPlainText("" if value is None else str(value))
        self.blockSignals(False)

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""


class NumberField(QLineEdit):
    """A number; its unit stands in the label. Full-width digits and commas are understood."""

    changed = Signal()

    def __init__(self, *, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.textEdited.connect(self.changed)

    def value(self) -> float | str | None:
        text = self.text().strip().translate(_HALF_WIDTH).replace(",", "")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            return self.text().strip()

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else number_text(value, None))

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        value = self.value()
        return f"“{value}”不是数字，只填数字，不带单位" if isinstance(value, str) else ""


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


class DateField(QLineEdit):
    """A day that may be empty. 2025.3.5, 3月5日, 20250305 are understood; ↑ and ↓ go by days.

    *year_of* gives the year of a date typed without one.
    """

    changed = Signal()

    def __init__(self, *, year_of: date | None = None) -> None:
        super().__init__()
        self._year = year_of.year if year_of is not None else None
        self._today = year_of
        self.setPlaceholderText("如 2025.3.5")
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | str | None:
        """The day; None when empty; the text itself when it is no day."""
        text = self.text().strip()
        found = dates.day(text, year=self._year)
        return text if isinstance(found, Unreadable) else found

    def set_value(self, value: Any) -> None:
        day = value.date() if isinstance(value, datetime) else value
        self.setText(day.isoformat() if isinstance(day, date) else str(day or ""))

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        found = dates.day(self.text().strip(), year=self._year)
        return found.reason if isinstance(found, Unreadable) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        day = self.value()
        start = day if isinstance(day, date) else self._today
        if start is not None:
            self.set_value(start + timedelta(days=by) if isinstance(day, date) else start)
            self.changed.emit()

    def _tidy(self) -> None:
        day = self.value()
        if isinstance(day, date):
            self.set_value(day)


class MomentField(QLineEdit):
    """A day with or without a time: 2025.3.5, 2025-03-05 9:30; may be empty."""

    changed = Signal()

    def __init__(self, *, year_of: date | None = None) -> None:
        super().__init__()
        self._day = year_of
        self.setPlaceholderText("如 2025.3.5 或 2025.3.5 9:30")
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._tidy)

    def value(self) -> datetime | str | None:
        """The moment (midnight when no time was typed); None when empty; the text when it is none."""
        found = self._found()
        return self.text().strip() if isinstance(found, Unreadable) else found

    def set_value(self, value: Any) -> None:
        if isinstance(value, datetime) and value.time() != time.min:
            self.setText(value.strftime("%Y-%m-%d %H:%M"))
        elif isinstance(value, date):
            self.setText(f"{value:%Y-%m-%d}")
        else:
            self.setText(str(value or ""))

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        found = self._found()
        return found.reason if isinstance(found, Unreadable) else ""

    def _found(self) -> datetime | Unreadable | None:
        text = self.text().strip()
        return dates.moment(text, year=self._day.year if self._day else None, on=self._day)

    def _tidy(self) -> None:
        moment = self.value()
        if isinstance(moment, datetime):
            self.set_value(moment)


class TermField(QComboBox):
    """A member of a code list (or of a part of one), or none.

    *empty* is the text of none; None: one must be chosen.
    """

    changed = Signal()

    def __init__(self, term: Iterable[Term], *, empty: str | None = "") -> None:
        super().__init__()
        # Kept here: as item data Qt would turn the members into plain text.
        self._members: list[Term | None] = [*([None] if empty is not None else []), *term]
        self.addItems([member.label if member is not None else empty or "" for member in self._members])
        self.activated.connect(self.changed)

    def value(self) -> Term | None:
        return self._members[self.currentIndex()]

    def set_value(self, value: Any) -> None:
        self.setCurrentIndex(self._members.index(value) if value in self._members else 0)

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""


class FlagField(QCheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.clicked.connect(self.changed)

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""
