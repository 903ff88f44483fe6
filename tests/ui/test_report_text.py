"""The dialog that edits the words of a report."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.papers.kinds.texts import Words, words_of_report
from river_chief.rules.periods import Span
from river_chief.terms import Action, ReportPart
from tests.ui.desk import TODAY, Filler, Shown, write
from ui.dialogs.report_text import ReportTextDialog, edit_report_text
from ui.workspace import Workspace

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))


def words(workspace: Workspace, kind: str = "monthly") -> Words:
    with workspace.read() as session:
        return words_of_report(session, kind, today=TODAY, span=MARCH)


@pytest.fixture
def dialog(host: QWidget, workspace: Workspace) -> ReportTextDialog:
    return ReportTextDialog(host, workspace, words(workspace))


def rewrite(dialog: ReportTextDialog, at: int, text: str) -> None:
    own = dialog.editors[at].own
    own.selectAll()
    write(own, text)


def test_four_tabs_show_the_generated_words(dialog: ReportTextDialog) -> None:
    assert [dialog.tabs.tabText(at) for at in range(4)] == ["总体情况", "主要做法", "存在问题", "下步打算"]
    for editor in dialog.editors:
        assert editor.text() == editor.generated.toPlainText() == editor.passage.generated
        assert editor.generated.isReadOnly()
        assert editor.restore_button.isHidden()
        assert editor.numbers.isHidden()


def test_words_are_kept_in_one_act(dialog: ReportTextDialog, workspace: Workspace) -> None:
    rewrite(dialog, 2, "石桥村有1个问题逾期。")
    rewrite(dialog, 3, "抓紧办结。")
    assert dialog.tabs.tabText(2) == "存在问题（已改写）"
    dialog.save()
    kept = {each.part: each for each in words(workspace).passages}
    assert kept[ReportPart.LACKING].text == "石桥村有1个问题逾期。"
    assert kept[ReportPart.NEXT].written == "抓紧办结。"
    assert not kept[ReportPart.LACKING].is_stale
    assert kept[ReportPart.SITUATION].written == ""


def test_numbers_that_differ_are_named(dialog: ReportTextDialog) -> None:
    generated = dialog.editors[0].passage.generated
    rewrite(dialog, 0, generated.replace("新增8个", "新增9个"))
    told = dialog.editors[0].numbers.text()
    assert "这里没有的数字：" in told
    assert "新增8个" in told
    assert "新增9个" in told
    dialog.editors[0].restore()
    assert dialog.editors[0].numbers.isHidden()
    assert not dialog.editors[0].is_touched()


def test_words_the_figures_left_behind_are_to_be_checked(
    dialog: ReportTextDialog, host: QWidget, workspace: Workspace, filler: Filler
) -> None:
    rewrite(dialog, 0, "本月新增8个问题。")
    dialog.save()
    filler.step(Action.REFUTE, 4, happened_at="2025-03-20", words="现场未见")
    later = ReportTextDialog(host, workspace, words(workspace))
    assert later.tabs.tabText(0) == "总体情况（需核对）"
    editor = later.editors[0]
    assert "请核对" in editor.stale.text()
    assert not editor.stale.isHidden()
    editor.check()
    assert editor.stale.isHidden()
    later.save()
    assert not words(workspace).passages[0].is_stale
    assert words(workspace).passages[0].text == "本月新增8个问题。"


def test_generated_words_come_back(dialog: ReportTextDialog, host: QWidget, workspace: Workspace) -> None:
    rewrite(dialog, 1, "做了很多。")
    dialog.save()
    again = ReportTextDialog(host, workspace, words(workspace))
    again.editors[1].restore()
    again.save()
    assert words(workspace).passages[1].written == ""


def test_nothing_changed_writes_nothing(dialog: ReportTextDialog, workspace: Workspace) -> None:
    seen: list[object] = []
    workspace.changed.connect(seen.append)
    dialog.save()
    assert seen == []
    assert dialog.result() == 0


def test_esc_asks_before_words_are_lost(dialog: ReportTextDialog, shown: Shown) -> None:
    rewrite(dialog, 0, "写了一半")
    shown.answer = "取消"
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "还没有保存" in shown.last
    shown.answer = "放弃"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_opens_for_a_half_year(host: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    edit_report_text(host, workspace, "half-year", MARCH)
    qtbot.waitUntil(lambda: bool(host.findChildren(ReportTextDialog)))
    (dialog,) = host.findChildren(ReportTextDialog)
    assert dialog.windowTitle() == "改写文字　半年小结（2025年上半年）"
    rewrite(dialog, 3, "下半年接着干。")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert words(workspace, "half-year").passages[3].text == "下半年接着干。"
