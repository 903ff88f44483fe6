"""A line of several words parted by 、: the labels of a signature row."""

from __future__ import annotations

import re
from typing import Any

from ui.forms.fields import LineField

_PARTS = re.compile(r"[、,，;；\s]+")


class WordsField(LineField):
    """The value is the tuple of the words."""

    def value(self) -> Any:
        return tuple(word for word in _PARTS.split(self.text()) if word)

    def set_value(self, value: Any) -> None:
        self.setText("、".join(value or ()))
