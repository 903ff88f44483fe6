"""The small dialog of long work: what is being done, how far it is, and 停止."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget


class ProgressDialog(QDialog):
    """Modal to its window; Esc, the close box and 停止 all ask the work to stop, once."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self.words = QLabel(title)
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.button = QPushButton("停止")
        self.button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        self._over = False

    def advance(self, done: int, total: int, words: str) -> None:
        """Show that *done* of *total* is done (total 0: not known)."""
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        if words and self.button.isEnabled():
            self.words.setText(words)

    def end(self) -> None:
        """The work is over, one way or the other."""
        self._over = True
        self.accept()
        self.deleteLater()

    def reject(self) -> None:
        if self._over or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self.words.setText("正在停止……")
        self.stop_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            event.ignore()
            self.reject()
