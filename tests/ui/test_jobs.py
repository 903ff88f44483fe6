from __future__ import annotations

from itertools import count
from pathlib import Path
from threading import Event, get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.changes import Changes
from river_chief.errors import EnvironmentFault, InvalidInput, Refusal
from river_chief.progress import Progress
from river_chief.storage.database import Database
from river_chief.verbs import waters
from river_chief.verbs.input import understood
from tests.ui.desk import TODAY, Shown
from ui import jobs
from ui.messages import Notice
from ui.progress_dialog import ProgressDialog
from ui.workspace import Workspace


def new_water(name: str = "清水沟") -> waters.NewWater:
    return understood(waters.NewWater, {"name": name})


def test_a_short_verb_is_announced_and_told_with_undo(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    notices: list[Notice] = []
    workspace.noticed.connect(notices.append)
    with qtbot.waitSignal(workspace.changed) as heard:
        changes = jobs.run(host, workspace, waters.add_water, new_water())
    assert changes is not None
    assert changes.ledgers == {"water"}
    assert heard.args == [changes]
    assert notices[-1].text == f"{changes.sentence}。"
    (label, undo) = notices[-1].actions[0]
    assert label == "撤销"
    with qtbot.waitSignal(workspace.changed):
        undo()
    assert notices[-1].text.startswith("已撤销")


def test_a_refusal_is_shown_and_nothing_is_announced(
    qtbot: QtBot, host: QWidget, workspace: Workspace, shown: Shown
) -> None:
    jobs.run(host, workspace, waters.add_water, new_water())
    with qtbot.assertNotEmitted(workspace.changed):
        assert jobs.undo(host, workspace, act_id=99_999) is None
    assert "刷新后重试" in shown.last


def test_complaints_about_fields_go_to_the_form(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    def complain(_writer: object) -> None:
        raise InvalidInput({"name": "请填写河湖名称"})

    heard: list[InvalidInput] = []
    assert jobs.write(host, workspace, complain, invalid=heard.append) is None
    assert heard[0].fields == {"name": "请填写河湖名称"}


def test_long_work_runs_beside_the_window_and_ends_in_it(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    threads: list[int] = []
    results: list[Changes] = []

    def work(progress: Progress) -> Changes:
        threads.append(get_ident())
        progress.step(1, 2, "第一步")
        return workspace.database.run(
            lambda writer: writer.do(waters.add_water, new_water()), by="周敏", today=workspace.today()
        )

    with qtbot.waitSignal(workspace.changed) as heard:
        jobs.start(host, workspace, "正在登记", work, done=results.append)
    assert threads != [get_ident()]
    assert heard.args == results
    qtbot.waitUntil(lambda: host.findChild(ProgressDialog) is None)


def test_long_work_stops_when_asked_and_shows_nothing(
    qtbot: QtBot, host: QWidget, workspace: Workspace, shown: Shown
) -> None:
    begun, asked = Event(), Event()

    def work(progress: Progress) -> None:
        begun.set()
        asked.wait(10)
        progress.step(1, 10, "")
        raise AssertionError("not stopped")

    job = jobs.start(host, workspace, "正在导入", work)
    dialog = host.findChild(ProgressDialog)
    assert isinstance(dialog, ProgressDialog)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.failed):
        QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
        asked.set()
    assert not shown.texts


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refusal("请先填写村名。"), "请先填写村名。"),
        (EnvironmentFault("磁盘空间已满。"), "磁盘空间已满。"),
        (ZeroDivisionError(), "对不起，程序出了错"),
    ],
)
def test_every_failure_of_long_work_is_shown_once(
    qtbot: QtBot, host: QWidget, workspace: Workspace, shown: Shown, error: Exception, words: str
) -> None:
    def work(_progress: Progress) -> None:
        raise error

    with qtbot.waitSignal(jobs.start(host, workspace, "正在导出", work).failed):
        pass
    assert len(shown.texts) == 1
    assert words in shown.last


def test_long_work_stops_when_the_ledger_is_closed(
    qtbot: QtBot, host: QWidget, ledger: Path, shown: Shown
) -> None:
    workspace = Workspace(Database.open(ledger), clerk="周敏", day=TODAY)
    begun, steps = Event(), 0

    def work(progress: Progress) -> None:
        nonlocal steps
        begun.set()
        for _ in count():
            progress.step(1, 2, "")
            steps += 1

    jobs.start(host, workspace, "正在核对", work)
    assert begun.wait(10)
    workspace.close()
    assert steps
    assert not shown.texts
