"""The manual: chapters with their pictures, links between them, words searched in all of them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from river_chief.errors import EnvironmentFault
from river_chief.resources import ROOT

MANUAL = ROOT.parent / "docs" / "用户手册.md"
CHAPTERS_WIDTH, CHAPTER_HEIGHT = 150, 30
MARGIN = 14
FOUND = QColor("#fff0b3")
_MARKUP = re.compile(r"\]\([^)]*\)|[*`\[]")


def chapters() -> dict[str, str]:
    """Title and Markdown of each chapter; ``EnvironmentFault`` when the manual is not there."""
    try:
        text = MANUAL.read_text(encoding="utf-8")
    except OSError:
        raise EnvironmentFault("找不到用户手册，请重新安装本程序。") from None
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0].strip(): f"## {part}" for part in parts}


class ManualDialog(QDialog):
    """Chapters on the left, the chosen one on the right; it may stay open beside the work.

    Keys: Ctrl+F goes to the search, Enter there to the next place where the words stand.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("用户手册")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._chapters = chapters()
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜索 (Ctrl+F)")
        self.search.setAccessibleName("搜索手册")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(CHAPTERS_WIDTH)
        self.titles = QListWidget()
        self.titles.setObjectName("plain")
        self.titles.setAccessibleName("章节")
        self.titles.setFixedWidth(CHAPTERS_WIDTH)
        for title in self._chapters:
            QListWidgetItem(title, self.titles).setSizeHint(QSize(0, CHAPTER_HEIGHT))
        self.text = ManualText(MANUAL.parent)
        self._lay_out()
        self.titles.currentTextChanged.connect(self._show)
        self.text.anchorClicked.connect(lambda url: self.go(url.fragment()))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.find_next)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.search.setFocus)
        self.titles.setCurrentRow(0)
        self.titles.setFocus()

    def go(self, heading: str) -> None:
        """Show the chapter or the section *heading*; one that is not there changes nothing."""
        for row, (title, text) in enumerate(self._chapters.items()):
            if title == heading or f"\n### {heading}\n" in text:
                self.search.clear()
                self.titles.setCurrentRow(row)
                self.text.scroll_to(heading)
                return

    def find_next(self) -> None:
        """Go to the next place of the words searched, in the chapters after this one too."""
        words = self.search.text().strip()
        if not words or self.text.find(words):
            return
        shown = [row for row in range(self.titles.count()) if not self.titles.item(row).isHidden()]
        if shown:
            after = [row for row in shown if row > self.titles.currentRow()]
            self.titles.setCurrentRow((after or shown)[0])
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words)

    def _search(self) -> None:
        """List the chapters that have the words, and mark them in the text."""
        words = self.search.text().strip().casefold()
        for row, text in enumerate(self._chapters.values()):
            plain = _MARKUP.sub("", text).casefold()
            self.titles.item(row).setHidden(words not in plain)
        if self.titles.currentItem().isHidden():
            rows = range(self.titles.count())
            first = next((row for row in rows if not self.titles.item(row).isHidden()), -1)
            if first >= 0:
                self.titles.setCurrentRow(first)
        self.text.mark(self.search.text().strip())

    def _show(self, title: str) -> None:
        self.text.show_chapter(self._chapters[title])
        self.text.mark(self.search.text().strip())

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.titles, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addLayout(left)
        layout.addWidget(self.text, 1)
        self.resize(1000, 640)


class ManualText(QTextBrowser):
    """One chapter; its pictures, whose places are relative to *folder*, are no wider than the view."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._chapter = ""
        self._drawn_at = 0
        self.setOpenLinks(False)
        # A bar that came and went would change the width, and have the chapter drawn within its drawing.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(MARGIN)
        self.document().setDefaultStyleSheet("table { border-collapse: collapse; }")

    def show_chapter(self, markdown: str) -> None:
        """Show a chapter from its beginning."""
        self._chapter = markdown
        self._draw()
        self.verticalScrollBar().setValue(0)

    def scroll_to(self, heading: str) -> None:
        """Bring a heading of the chapter to the top."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                return
            block = block.next()

    def mark(self, words: str) -> None:
        """Mark every place of *words*; none when empty."""
        marks = []
        cursor = self.document().find(words) if words else QTextCursor()
        while not cursor.isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor  # type: ignore[attr-defined]  # missing in Qt's stubs
            selection.format.setBackground(FOUND)  # type: ignore[attr-defined]
            marks.append(selection)
            cursor = self.document().find(words, cursor)
        self.setExtraSelections(marks)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the manual, made smaller to fit."""
        place = name if isinstance(name, str) else name.path()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(str(self._folder / place))
        room = max(self.viewport().width() - 3 * MARGIN, 1)
        dots = self.devicePixelRatioF()
        if image.width() <= room:
            return image
        small = image.scaledToWidth(int(room * dots), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(dots)
        return small

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._chapter and self.viewport().width() != self._drawn_at:
            share = self.verticalScrollBar().value() / max(self.verticalScrollBar().maximum(), 1)
            self._draw()
            self.verticalScrollBar().setValue(int(share * self.verticalScrollBar().maximum()))

    def _draw(self) -> None:
        self._drawn_at = self.viewport().width()
        self.document().clear()
        self.setMarkdown(self._chapter)
