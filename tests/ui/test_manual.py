from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.errors import EnvironmentFault
from river_chief.rules.workflow import allowed
from river_chief.terms import State
from ui.dialogs import manual
from ui.dialogs.manual import ManualDialog, chapters


def test_every_chapter_can_be_read(qtbot: QtBot, host: QWidget) -> None:
    dialog = ManualDialog(host)
    for row, title in enumerate(chapters()):
        dialog.titles.setCurrentRow(row)
        assert dialog.text.toPlainText().startswith(title)


def headings() -> list[str]:
    """Chapters and their sections."""
    found = re.findall(r"^##{1,2} (.+)$", manual.MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    return [str(heading) for heading in found]


def test_a_heading_is_its_own_anchor() -> None:
    assert len(set(headings())) == len(headings())
    assert all(re.fullmatch(r"\w+", heading) for heading in headings())


def test_every_link_leads_to_a_heading() -> None:
    links = re.findall(r"\]\(#(.+?)\)", manual.MANUAL.read_text(encoding="utf-8"))
    assert links
    assert set(links) <= set(headings())


def test_a_link_opens_its_chapter_or_section(qtbot: QtBot, host: QWidget) -> None:
    dialog = ManualDialog(host)
    dialog.show()
    dialog.text.anchorClicked.emit(QUrl("#巡河达标"))
    assert dialog.titles.currentItem().text() == "数字是怎么算的"
    assert dialog.text.verticalScrollBar().value() > 0
    dialog.text.anchorClicked.emit(QUrl("#改错"))
    assert dialog.titles.currentItem().text() == "改错"
    assert dialog.text.verticalScrollBar().value() == 0


def test_words_are_found_in_every_chapter_that_has_them(qtbot: QtBot, host: QWidget) -> None:
    dialog = ManualDialog(host)
    dialog.show()
    dialog.search.setText("恢复码")
    shown = [
        dialog.titles.item(row).text()
        for row in range(dialog.titles.count())
        if not dialog.titles.item(row).isHidden()
    ]
    assert "第一次打开" in shown
    assert "备份与拷贝" in shown
    assert "巡河" not in shown
    assert dialog.titles.currentItem().text() == shown[0]
    assert dialog.text.extraSelections()
    visited = []
    for _ in range(40):
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        assert dialog.text.textCursor().selectedText() == "恢复码"
        visited.append(dialog.titles.currentItem().text())
    assert set(visited) == set(shown)
    dialog.search.clear()
    assert not dialog.text.extraSelections()
    assert not dialog.titles.item(dialog.titles.count() - 1).isHidden()


def test_a_picture_is_no_wider_than_the_text(
    qtbot: QtBot, host: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "手册.md"
    page.write_text("# 手册\n\n## 一\n\n![图](shots/wide.png)\n", encoding="utf-8")
    picture = QImage(3000, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    (tmp_path / "shots").mkdir()
    assert picture.save(str(tmp_path / "shots" / "wide.png"))
    monkeypatch.setattr(manual, "MANUAL", page)
    dialog = ManualDialog(host)
    dialog.show()
    for width in (1000, 700):
        dialog.resize(width, 600)
        shown = dialog.text.document().resource(
            QTextDocument.ResourceType.ImageResource.value, QUrl("shots/wide.png")
        )
        assert isinstance(shown, QImage)
        assert 0 < shown.deviceIndependentSize().width() < dialog.text.viewport().width()
        assert dialog.text.document().size().width() <= dialog.text.viewport().width()


@pytest.mark.parametrize("state", [state for state in State if allowed(state)])
def test_the_manual_says_what_the_table_allows(state: State) -> None:
    actions = "，".join(action.label for action in allowed(state))
    assert f"| {state.label} | {actions} |" in chapters()["问题怎样流转"]


def test_a_manual_that_is_gone_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual, "MANUAL", Path("nowhere.md"))
    with pytest.raises(EnvironmentFault, match="用户手册"):
        chapters()
