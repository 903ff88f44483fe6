"""The manual, chapter by chapter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from river_chief.errors import EnvironmentFault
from river_chief.resources import ROOT

MANUAL = ROOT.parent / "docs" / "用户手册.md"
CHAPTERS_WIDTH, CHAPTER_HEIGHT = 150, 34


def chapters() -> dict[str, str]:
    """Title and Markdown of each chapter; ``EnvironmentFault`` when the manual is not there."""
    try:
        text = MANUAL.read_text(encoding="utf-8")
    except OSError:
        raise EnvironmentFault("找不到用户手册，请重新安装本程序。") from None
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0].strip(): f"## {part}" for part in parts}


class ManualDialog(QDialog):
    """Chapters on the left, the chosen one on the right; it may stay open beside the work."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("用户手册")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chapters = chapters()
        self.titles = QListWidget()
        self.titles.setObjectName("plain")
        self.titles.setFixedWidth(CHAPTERS_WIDTH)
        for title in self._chapters:
            QListWidgetItem(title, self.titles).setSizeHint(QSize(0, CHAPTER_HEIGHT))
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(14)
        self.text.document().setDefaultStyleSheet("table { border-collapse: collapse; }")
        self.titles.currentTextChanged.connect(self._show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(self.titles)
        layout.addWidget(self.text, 1)
        self.resize(860, 600)
        self.titles.setCurrentRow(0)

    def _show(self, title: str) -> None:
        self.text.setMarkdown(self._chapters[title])
