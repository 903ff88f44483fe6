from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.photos import AttachmentRow
from river_chief.queries.problem_detail import problem_detail
from river_chief.terms import Phase
from tests.photographs import photograph
from tests.ui.desk import Shown
from ui.dialogs.photo_pairs import PhotoPairs
from ui.dialogs.photo_settle import SettleDialog
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
    [item] = panel.photos.items()
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
    panel.photos.remove(panel.photos.items()[0])
    assert len(attached(workspace)) == 1
    shown.answer = "移除"
    panel.photos.remove(panel.photos.items()[0])
    assert attached(workspace) == ()


def test_photos_stand_by_phase_with_the_time_they_were_taken(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace
) -> None:
    for name, phase, hour in (("后.jpg", Phase.AFTER, 15), ("前.jpg", Phase.BEFORE, 9)):
        with qtbot.waitSignal(workspace.changed):
            taken = datetime(2025, 3, 10, hour, 5)
            panel.photos.add([(name, photograph(1, rubbish=hour, taken=taken))], phase)
    assert [group.heading.text() for group in panel.photos.groups.values()] == [
        "整改前　1 张",
        "整改后　1 张",
    ]
    assert [item.text() for item in panel.photos.items()] == ["2025-03-10 09:05", "2025-03-10 15:05"]
    assert "对应日期：2025-03-10" in panel.photos.items()[0].toolTip()
    panel.photos.rephase(panel.photos.items()[1], Phase.DURING)
    assert list(panel.photos.groups) == [Phase.BEFORE, Phase.DURING]
    actions = [action.text() for action in panel.photos.menu_of(panel.photos.items()[1]).actions()]
    assert "改为整改前" in actions
    assert "改为整改中" not in actions


def test_a_doubtful_photo_is_settled_with_words(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace
) -> None:
    same = photograph(1, rubbish=3)
    for phase in (Phase.BEFORE, Phase.AFTER):
        with qtbot.waitSignal(workspace.changed):
            panel.photos.add([(f"{phase.label}.jpg", same)], phase)
    group = panel.photos.groups[Phase.AFTER]
    [doubt] = group.doubts
    assert "与整改前照片“整改前.jpg”是同一张" in doubt.text()
    assert group.grid.item(0).text().startswith("⚠ ")
    doubt.linkActivated.emit(str(attached(workspace)[1].id))
    [dialog] = panel.findChildren(SettleDialog)
    dialog.form.load({"words": "同一角度，已核对"})
    dialog.submit()
    assert not attached(workspace)[1].is_doubtful
    assert "已核对：同一角度，已核对" in panel.photos.groups[Phase.AFTER].doubts[0].text()


def test_uneven_counts_are_looked_at_in_pairs(
    qtbot: QtBot, panel: ProblemPanel, workspace: Workspace
) -> None:
    with qtbot.waitSignal(workspace.changed):
        panel.photos.add([("前.jpg", photograph(1, rubbish=3))], Phase.BEFORE)
    assert panel.photos.pairs_button.isHidden()
    with qtbot.waitSignal(workspace.changed):
        panel.photos.add([("后1.jpg", photograph(1)), ("后2.jpg", photograph(2))], Phase.AFTER)
    panel.photos.pairs_button.click()
    [pairs] = panel.findChildren(PhotoPairs)
    qtbot.waitUntil(lambda: not pairs.after.shown.pixmap().isNull())
    assert (pairs.before.heading.text(), pairs.after.heading.text()) == ("整改前", "整改后　1 / 2")
    QTest.keyClick(pairs, Qt.Key.Key_Right)
    assert (pairs.before.place, pairs.after.place) == (0, 1)
    assert pairs.after.caption.text() == "照片里没有拍摄时间　后2.jpg"
    assert not pairs.after.forth.isEnabled()


def test_a_copy_is_opened_and_saved_never_the_original(
    qtbot: QtBot,
    panel: ProblemPanel,
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shown: Shown,
) -> None:
    content = photograph(1)
    with qtbot.waitSignal(workspace.changed):
        panel.photos.add([("前.jpg", content)], Phase.BEFORE)
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    item = panel.photos.items()[0]
    panel.photos.open(item)
    assert opened[0].read_bytes() == content
    assert workspace.database.folder.path not in opened[0].parents
    target = tmp_path / "存.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    panel.photos.save_copy(item)
    assert target.read_bytes() == content
    workspace.database.folder.photo(attached(workspace)[0].sha256).write_bytes(photograph(2))
    panel.photos.open(item)
    assert "被改动过" in shown.last
