"""Photos dropped into a dialog before the record is saved, and what becomes of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.photos import AttachmentRow, attachments_of
from river_chief.queries.problem_detail import problem_detail
from river_chief.rules.photo_checks import Doubt
from river_chief.terms import Action, Phase, State
from river_chief.verbs.problems import NewProblem
from tests.photographs import photograph
from tests.ui.desk import TODAY, Shown, drop
from ui import jobs
from ui.dialogs.problem_dialog import ProblemDialog, new_problem
from ui.dialogs.steps import step_dialog
from ui.forms.photo_tray import PhotoTray
from ui.workspace import Workspace

VALUES = {
    "found_on": date(2025, 3, 3),
    "water_id": 1,
    "reach_id": 1,
    "village_id": 2,
    "category_code": "LD01",
    "description": "岸坡堆放生活垃圾约3立方米",
    "volume_m3": 3.0,
}


def photos(workspace: Workspace, problem: int) -> list[AttachmentRow]:
    with workspace.read() as session:
        return list(attachments_of(session, {"problem_id": problem}, TODAY))


def files(workspace: Workspace) -> list[Path]:
    return [path for path in workspace.database.folder.photos.rglob("*") if path.is_file()]


def held(dialog: QWidget) -> PhotoTray:
    tray = getattr(dialog, "tray", None)
    assert isinstance(tray, PhotoTray)
    return tray


@pytest.fixture
def dialog(host: QWidget, workspace: Workspace) -> ProblemDialog[NewProblem]:
    made = new_problem(host, workspace, VALUES)
    made.open()
    return made


def test_a_photo_dropped_on_the_dialog_is_registered_with_the_problem(
    qtbot: QtBot, dialog: ProblemDialog[NewProblem], workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "桥下.jpg"
    file.write_bytes(photograph(1, rubbish=3, taken=datetime(2025, 3, 3, 9, 12)))
    tray = held(dialog)
    with qtbot.waitSignal(tray.changed):
        assert drop(dialog, file)
    assert tray.listing.item(0).text() == "整改前\n03-03 09:12"
    with qtbot.waitSignal(workspace.changed) as caught:
        dialog.submit()
    [changes] = caught.args or []
    [photo] = photos(workspace, changes.id)
    assert (photo.name, photo.phase, photo.happened_on) == ("桥下.jpg", Phase.BEFORE, date(2025, 3, 3))
    assert changes.sentence.endswith("，附1张照片")
    assert jobs.undo(dialog, workspace) is not None
    with workspace.read() as session:
        assert attachments_of(session, {"problem_id": changes.id}, TODAY) == ()


def test_a_draft_keeps_its_photo_too(
    qtbot: QtBot, dialog: ProblemDialog[NewProblem], workspace: Workspace
) -> None:
    tray = held(dialog)
    with qtbot.waitSignal(tray.changed):
        tray.add([("前.jpg", photograph())], Phase.BEFORE)
    with qtbot.waitSignal(workspace.changed) as caught:
        dialog.save_draft()
    [changes] = caught.args or []
    assert [photo.name for photo in photos(workspace, changes.id)] == ["前.jpg"]


def test_cancelling_asks_and_takes_the_files_away_again(
    qtbot: QtBot, dialog: ProblemDialog[NewProblem], workspace: Workspace, shown: Shown
) -> None:
    tray = held(dialog)
    with qtbot.waitSignal(tray.changed):
        tray.add([("前.jpg", photograph())], Phase.BEFORE)
    assert len(files(workspace)) == 2
    dialog.reject()
    assert "还没有保存" in shown.last
    assert tray.held
    shown.answer = "放弃"
    dialog.reject()
    assert files(workspace) == []


def test_what_is_held_can_be_put_right_and_taken_out(
    qtbot: QtBot, dialog: ProblemDialog[NewProblem], workspace: Workspace
) -> None:
    tray = held(dialog)
    with qtbot.waitSignal(tray.changed):
        tray.add([("一.jpg", photograph(1)), ("二.jpg", photograph(2)), ("同.jpg", photograph(1))])
    assert [photo.name for photo in tray.photos] == ["一.jpg", "二.jpg"]
    tray.rephase(1, Phase.EVIDENCE)
    assert [photo.phase for photo in tray.photos] == [Phase.BEFORE, Phase.EVIDENCE]
    tray.listing.setCurrentRow(0)
    tray.remove(0)
    assert [photo.name for photo in tray.photos] == ["二.jpg"]
    assert len(files(workspace)) == 2


def test_a_picture_is_pasted(qtbot: QtBot, dialog: ProblemDialog[NewProblem], shown: Shown) -> None:
    tray = held(dialog)
    QGuiApplication.clipboard().clear()
    tray.paste()
    assert "剪贴板里没有图片" in shown.last
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(tray.changed):
        tray.paste()
    assert [photo.name for photo in tray.photos] == ["粘贴的图片.png"]


def test_one_bad_file_holds_none(
    qtbot: QtBot, dialog: ProblemDialog[NewProblem], workspace: Workspace, shown: Shown
) -> None:
    tray = held(dialog)
    tray.add([("好.jpg", photograph(1)), ("坏.jpg", b"no picture")])
    qtbot.waitUntil(lambda: shown.texts != [])
    assert "不是能读取的图片" in shown.last
    assert tray.held == []
    assert files(workspace) == []


def test_a_step_warns_of_its_photo_before_it_is_done(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    with workspace.read() as session:
        detail = problem_detail(session, 1, TODAY)
    assert detail.state is State.RECTIFYING
    before = photograph(1, rubbish=3)
    step = step_dialog(host, workspace, detail, Action.SUBMIT)
    step.open()
    tray = held(step)
    with qtbot.waitSignal(tray.changed):
        tray.add([("前.jpg", before)], Phase.BEFORE)
    with qtbot.waitSignal(tray.changed):
        tray.add([("后.jpg", before)])
    assert [item.doubt for item in tray.warnings[1]] == [Doubt.SAME_FILE]
    assert tray.doubts.text() == "⚠ 后.jpg：与整改前照片“前.jpg”是同一张。"
    assert tray.listing.item(1).text().startswith("⚠ 整改后")
    step.form.load({"progress": "已清理", "work": {"rubbish": 3.0}})
    with qtbot.waitSignal(workspace.changed):
        step.submit()
    assert [(row.phase, row.is_doubtful) for row in photos(workspace, 1)] == [
        (Phase.BEFORE, False),
        (Phase.AFTER, True),
    ]
    with workspace.read() as session:
        assert problem_detail(session, 1, TODAY).state is State.TO_ACCEPT
