from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.photos import AttachmentRow
from river_chief.queries.problem_detail import problem_detail
from river_chief.terms import Phase
from tests.ui.desk import Shown
from ui.pages.problem_panel import ProblemPanel
from ui.workspace import Workspace


def picture(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def panel(qtbot: QtBot, host: QWidget, workspace: Workspace) -> ProblemPanel:
    made = ProblemPanel(workspace)
    made.setParent(host)
    made.show_problem(1)
    return made


def attached(workspace: Workspace) -> tuple[AttachmentRow, ...]:
    with workspace.read() as session:
        return problem_detail(session, 1, workspace.today()).attachments


def test_dropped_files_are_attached_and_shown_small(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "桥下.jpg"
    file.write_bytes(picture("green"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(workspace.changed):
        panel.photos.dropEvent(drop)
    assert [(item.name, item.phase) for item in attached(workspace)] == [("桥下.jpg", Phase.AFTER)]
    item = panel.photos.listing.item(0)
    qtbot.waitUntil(lambda: item.icon().availableSizes() != [])
    assert panel.tabs.tabText(2) == "照片 1"


def test_a_picture_is_pasted(qtbot: QtBot, panel: ProblemPanel, workspace: Workspace) -> None:
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(workspace.changed):
        panel.photos.paste()
    assert attached(workspace)[0].media_type == "image/png"


def test_one_bad_file_keeps_all_out(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace, shown: Shown
) -> None:
    files: list[Path | tuple[str, bytes]] = [("好.jpg", picture("red")), ("坏.jpg", b"no picture")]
    with qtbot.assertNotEmitted(workspace.changed):
        panel.photos.add(files, Phase.BEFORE)
        qtbot.waitUntil(lambda: shown.texts != [])
    assert "不是能读取的图片" in shown.last
    assert attached(workspace) == ()


def test_removing_asks_first_and_can_be_refused(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace, shown: Shown
) -> None:
    with qtbot.waitSignal(workspace.changed):
        panel.photos.add([("前.jpg", picture("red"))], Phase.BEFORE)
    panel.photos.remove(panel.photos.listing.item(0))
    assert len(attached(workspace)) == 1
    shown.answer = "移除"
    panel.photos.remove(panel.photos.listing.item(0))
    assert attached(workspace) == ()
