"""A form: fields laid out in a grid and bound to the input of a verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from river_chief.errors import InvalidInput
from river_chief.verbs.input import InputT, understood
from ui.forms.fields import FormField

# Few enough fields for a letter each; longer forms give Alt+digit to their sections.
LETTERS = "ABCDEFGHIJKLMNOP"


class Form(QWidget, Generic[InputT]):
    """Fields of the input *kind*, laid out left to right in *columns*; labels are the input's titles.

    Use::

        form = Form(steps.Assign)
        form.section("责任")
        form.add("unit", LineField(), required=True)
        form.add("goal", TextField(), span=2)
        form.finish()
        entry = form.entry(problem_id=7, version=3)      # None: errors are shown beside the fields

    ``changed``  the clerk changed some field.
    """

    changed = Signal()

    def __init__(self, kind: type[InputT], *, columns: int = 2) -> None:
        super().__init__()
        self.kind = kind
        self.fields: dict[str, FormField] = {}
        self.unplaced: list[str] = []
        self._labels: dict[str, QLabel] = {}
        self._errors: dict[str, QLabel] = {}
        self._sections: list[QLabel] = []
        self._columns = columns
        self._row = self._column = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        for column in range(columns):
            self._grid.setColumnStretch(column * 2 + 1, 1)

    # Laying out

    def section(self, title: str) -> QLabel:
        """Begin a titled section on a new line; in a long form Alt+digit leads to its first field."""
        self._new_line()
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 8 if self._row else 0, 0, 2)
        self._grid.addWidget(heading, self._row, 0, 1, self._columns * 2)
        self._row += 1
        self._sections.append(heading)
        return heading

    def add(
        self,
        key: str,
        field: FormField,
        *,
        label: str = "",
        unit: str = "",
        required: bool | None = None,
        span: int = 1,
        help: str = "",
    ) -> FormField:
        """Put *field* for the input's *key* at the next place; it takes *span* of the columns.

        *label* replaces the input's title; *unit* is added to it; *required* adds the red star (by default
        where the input demands a value); *help* is a grey line under the field. Returns *field*.
        """
        if not isinstance(field, QWidget):
            raise TypeError(f"{key}: a form field is a widget")
        if self._column + span > self._columns:
            self._new_line()
        info = self.kind.model_fields.get(key)
        words = label or (info.title if info is not None and info.title else key)
        must = required if required is not None else info is not None and info.is_required()
        caption = QLabel(_caption(words, unit, must))
        caption.setBuddy(field)
        caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        caption.setContentsMargins(0, 5, 0, 0)
        field.setAccessibleName(words)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        self._grid.addWidget(caption, self._row, self._column * 2)
        self._grid.addWidget(self._cell(key, field, help), self._row, self._column * 2 + 1, 1, span * 2 - 1)
        field.changed.connect(lambda: self._on_changed(key))
        if self._sections and self._sections[-1].buddy() is None:
            self._sections[-1].setBuddy(field)
        self.fields[key] = field
        self._labels[key] = caption
        self._column += span
        return field

    def add_wide(self, widget: QWidget) -> None:
        """Put any *widget* over the whole width on a line of its own."""
        self._new_line()
        self._grid.addWidget(widget, self._row, 0, 1, self._columns * 2)
        self._row += 1

    def finish(self) -> None:
        """Give access keys: a letter to each field of a short form, a digit to each section of a long one.

        Of a long form without sections the first fields get the letters there are.
        """
        if len(self.fields) <= len(LETTERS) or not self._sections:
            for letter, label in zip(LETTERS, self._labels.values(), strict=False):
                label.setText(f"{label.text()}(&{letter})")
        else:
            for number, heading in enumerate(self._sections, 1):
                heading.setText(f"{heading.text()}(&{number})")
        self._new_line()
        self._grid.setRowStretch(self._row, 1)

    def set_shown(self, key: str, is_shown: bool) -> None:
        """Show the field *key* with its label, or hide both; what stands in it stays."""
        field = self.fields[key]
        for widget in (self._labels[key], field.parentWidget() if isinstance(field, QWidget) else None):
            if widget is not None:
                widget.setVisible(is_shown)
        self._grid.invalidate()

    # Values

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def load(self, values: Mapping[str, Any]) -> None:
        """Show *values*; keys without a field are passed over."""
        for key, field in self.fields.items():
            if key in values:
                field.set_value(values[key])

    def entry(self, **fixed: Any) -> InputT | None:
        """The checked input of the fields and *fixed*; None when errors are now shown beside fields.

        What is wrong with the input as a whole stands in ``unplaced`` then.
        """
        self.show_errors({})
        self.unplaced = []
        own = {key: sentence for key, field in self.fields.items() if (sentence := field.complaint())}
        values = {key: value for key, value in self.values().items() if value is not None}
        try:
            entry = understood(self.kind, {**values, **fixed})
        except InvalidInput as error:
            own = {**error.fields, **own}
        else:
            if not own:
                return entry
        refused = InvalidInput(own)
        self.refuse(refused)
        self.unplaced = self.others(refused)
        return None

    # Errors

    def refuse(self, error: InvalidInput) -> None:
        """Show the sentence of each field beside it; the first wrong field gets the focus."""
        self.show_errors(error.fields)
        for key in self.fields:
            if key in error.fields:
                self.focus(key)
                return

    def show_errors(self, sentences: Mapping[str, str]) -> None:
        """Show *sentences* by key and take all other marks away."""
        for key, field in self.fields.items():
            sentence = sentences.get(key, "")
            field.set_error(sentence)
            self._errors[key].setText(sentence)
            self._errors[key].setVisible(bool(sentence))

    def others(self, error: InvalidInput) -> list[str]:
        """Sentences of *error* for which this form has no field."""
        return [sentence for key, sentence in error.fields.items() if key not in self.fields]

    def focus(self, key: str) -> None:
        """Put the cursor into the field *key*."""
        field = self.fields[key]
        if isinstance(field, QWidget):
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cell(self, key: str, field: QWidget, help: str) -> QWidget:
        error = QLabel()
        error.setProperty("role", "alert")
        error.setWordWrap(True)
        error.hide()
        self._errors[key] = error
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(1)
        layout.addWidget(field)
        if help:
            line = QLabel(help)
            line.setProperty("role", "muted")
            line.setWordWrap(True)
            layout.addWidget(line)
        layout.addWidget(error)
        layout.addStretch()
        return cell

    def _on_changed(self, key: str) -> None:
        self.fields[key].set_error("")
        self._errors[key].hide()
        self.changed.emit()

    def _new_line(self) -> None:
        if self._column:
            self._row += 1
            self._column = 0


def _caption(words: str, unit: str, must: bool) -> str:
    text = f"{words}（{unit}）" if unit else words
    return f"{text} *" if must else text
