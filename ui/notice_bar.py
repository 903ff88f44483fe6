"""The bar at the top of the page that says what has been done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.buttons import push, tool
from ui.messages import Notice
from ui.style import Tone, pixmap

SHOWN_MS = 12_000


class NoticeBar(QFrame):
    """Shows one notice at a time; one that warns stays until it is closed, others go by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._sign = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 5, 10, 5)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(tool("x", "关闭提示", self.hide))
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show *notice* instead of the one before."""
        self.text.setText(notice.text)
        tone = Tone.WARN if notice.warn else Tone.GOOD
        self._sign.setPixmap(pixmap("alert-triangle" if notice.warn else "circle-check", 18, tone))
        self.setProperty("kind", "warn" if notice.warn else "")
        self.style().unpolish(self)
        self.style().polish(self)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = [push(label, self._acting(act)) for label, act in notice.actions]
        for place, button in enumerate(self.buttons):
            self._row.insertWidget(2 + place, button)
        self.show()
        if notice.warn:
            self._timer.stop()
        else:
            self._timer.start()

    def _acting(self, act: Callable[[], object]) -> Callable[[], object]:
        def work() -> None:
            if not self.isHidden():  # the second click of a double click comes too late
                self.hide()
                act()

        return work
