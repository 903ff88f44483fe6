from __future__ import annotations

import logging

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.progress import Cancelled
from tests.ui.desk import Shown
from ui import messages
from ui.messages import Notice
from ui.notice_bar import NoticeBar


def test_three_faces_and_silence(host: QWidget, shown: Shown, caplog: pytest.LogCaptureFixture) -> None:
    messages.show_error(host, Cancelled())
    assert shown.texts == []
    messages.show_error(host, Refusal("请先选一个村。"))
    messages.show_error(host, EnvironmentFault("磁盘空间已满。"))
    assert shown.texts == ["请先选一个村。", "磁盘空间已满。"]
    with caplog.at_level(logging.ERROR):
        messages.show_error(host, KeyError("village"))
    assert "KeyError" in caplog.text
    assert "KeyError" not in shown.last


@pytest.mark.parametrize(("dangerous", "answer"), [(False, True), (True, False)])
def test_enter_confirms_the_harmless_and_cancels_the_dangerous(
    host: QWidget, shown: Shown, dangerous: bool, answer: bool
) -> None:
    assert messages.confirm(host, "作废", "确定作废吗？", action="作废", dangerous=dangerous) is answer


def test_the_chosen_button_answers(host: QWidget, shown: Shown) -> None:
    shown.answer = "作废"
    assert messages.confirm(host, "作废", "确定作废吗？", action="作废", dangerous=True)


def test_a_notice_offers_its_actions_and_goes_when_one_is_taken(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    taken: list[str] = []
    bar.show_notice(Notice("已导出到 D:\\清单.xlsx。", (("打开文件夹", lambda: taken.append("打开")),)))
    assert bar.isVisible()
    assert bar.text.text().startswith("已导出")
    bar.buttons[0].click()
    assert taken == ["打开"]
    assert not bar.isVisible()


def test_a_second_notice_replaces_the_first(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(Notice("一", (("撤销", lambda: None),)))
    bar.show_notice(Notice("二", warn=True))
    assert bar.text.text() == "二"
    assert bar.buttons == []


def test_a_bug_that_repeats_itself_is_apologised_for_once(
    host: QWidget, shown: Shown, caplog: pytest.LogCaptureFixture
) -> None:
    shown.meanwhile = lambda: messages.show_error(host, KeyError("again"))
    messages.show_error(host, KeyError("first"))
    assert len(shown.texts) == 1
    assert "again" in caplog.text
    shown.meanwhile = lambda: None
    messages.show_error(host, KeyError("later"))
    assert len(shown.texts) == 2


def test_a_double_click_on_undo_takes_back_once(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    taken: list[str] = []
    bar.show_notice(Notice("已登记。", (("撤销", lambda: taken.append("撤销")),)))
    bar.buttons[0].click()
    bar.buttons[0].click()
    assert taken == ["撤销"]
