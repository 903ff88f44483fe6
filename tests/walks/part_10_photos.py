"""Part 10: photos dropped before saving, the photo before shown again as after, settled, looked at in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from river_chief.queries.photos import AttachmentRow, attachments_of, doubtful
from river_chief.queries.problem_detail import problem_detail
from river_chief.rules.photo_checks import Doubt
from river_chief.sample.photos import draw
from river_chief.terms import Phase, State
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.photo_pairs import PhotoPairs
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.step_dialog import StepDialog
from ui.forms.photo_tray import PhotoTray
from ui.pages.problems import ProblemsPage

FOUND = datetime(2026, 3, 31, 8, 40)
NEW = {
    "place": "老街桥下",
    "category_code": "LD01",
    "description": "老街桥下左岸堆放生活垃圾约6立方米",
    "volume_m3": 6.0,
}


@walk(10, "照片")
def photos(clerk: Walker) -> None:
    page = clerk.page("problems")
    assert isinstance(page, ProblemsPage)
    register(clerk, page)
    row = report_done(clerk, page)
    settle(clerk, page, row)
    look_at_pairs(clerk, page)


def register(clerk: Walker, page: ProblemsPage) -> None:
    """A new problem with the photo that shows it, saved in one go."""
    clerk.click("登记问题")
    dialog = clerk.dialog()
    assert isinstance(dialog, ProblemDialog)
    with clerk.workspace.read() as session:
        known = problem_detail(session, 1, DAY).values
    dialog.form.load({**NEW, **{key: known[key] for key in ("reach_id", "water_id", "village_id")}})
    dialog.look_again()
    drop(clerk, dialog, [photo(clerk, "桥下.jpg", draw("桥下", "LD", Phase.BEFORE, FOUND))])
    tray = held(dialog)
    assert [item.photo.phase for item in tray.held] == [Phase.BEFORE]
    clerk.step("登记时拖入照片")
    clerk.click("登记", within=dialog)
    clerk.no_dialog()
    detail = page.panel.detail
    assert detail is not None
    assert [(item.phase, item.taken_at) for item in detail.attachments] == [(Phase.BEFORE, FOUND)]


def report_done(clerk: Walker, page: ProblemsPage) -> AttachmentRow:
    """The unit sends the photo before again as the photo after; the dialog says so, and does not refuse it."""
    page.choose("rectifying")
    clerk.settle()
    detail = page.panel.detail
    assert detail is not None
    before = next(item for item in detail.attachments if item.phase is Phase.BEFORE)
    original = clerk.workspace.database.folder.photo(before.sha256).read_bytes()
    clerk.click("反馈完成", within=page.panel)
    dialog = clerk.dialog()
    assert isinstance(dialog, StepDialog)
    later = draw(str(detail.row["number"]), "LD", Phase.AFTER, datetime(2026, 3, 30, 16, 20))
    sent = photo(clerk, "微信图片_20260331.jpg", original)
    drop(clerk, dialog, [sent, photo(clerk, "清理后.jpg", later)])
    tray = held(dialog)
    assert Doubt.SAME_FILE in [item.doubt for item in tray.warnings[0]]
    assert tray.warnings[1] == ()
    dialog.form.load({"progress": "已清理完毕，恢复原状", "work": {"rubbish": 4.0, "people": 6.0}})
    clerk.step("办理前就提醒")
    clerk.click("反馈完成", within=dialog)
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        assert problem_detail(session, detail.row.id, DAY).state is State.TO_ACCEPT
        [row] = doubtful(session, DAY)[detail.row.id]
    return row


def settle(clerk: Walker, page: ProblemsPage, row: AttachmentRow) -> None:
    """照片存疑 lists what is to be looked at; the clerk takes the wrong photo off its phase."""
    clerk.until(page.doubts.isVisible, "no photo is doubtful")
    assert page.doubts.text() == "照片存疑 1"
    clerk.click(page.doubts)
    page.panel.tabs.setCurrentWidget(page.panel.photos)
    clerk.settle()
    strip = page.panel.photos
    clerk.until(lambda: all(item.icon().availableSizes() for item in strip.items()))
    clerk.step("照片存疑的问题")
    group = strip.groups[Phase.AFTER]
    group.doubts[0].linkActivated.emit(str(row.id))
    dialog = clerk.dialog()
    clerk.step("核对这张照片")
    clerk.press(Qt.Key.Key_Escape, on=dialog)
    clerk.no_dialog()
    item = next(item for item in strip.items() if item.text().startswith("⚠"))
    menu = strip.menu_of(item)
    next(action for action in menu.actions() if action.text() == "改为佐证").trigger()
    menu.close()
    clerk.settle()
    clerk.until(lambda: page.doubts.text() == "照片存疑 0", "the photo is still doubtful")
    with clerk.workspace.read() as session:
        owner = {"problem_id": page.panel.detail.row.id} if page.panel.detail is not None else {}
        phases = [item.phase for item in attachments_of(session, owner, DAY)]
    assert Phase.EVIDENCE in phases
    clerk.until(lambda: all(item.icon().availableSizes() for item in strip.items()))
    clerk.step("放错的改了阶段")
    page.choose("to_accept")
    assert page.doubts.isHidden()


def look_at_pairs(clerk: Walker, page: ProblemsPage) -> None:
    clerk.click("前后对照", within=page.panel)
    pairs = clerk.dialog()
    assert isinstance(pairs, PhotoPairs)
    clerk.until(lambda: not pairs.after.shown.pixmap().isNull())
    clerk.step("前后对照")
    clerk.click("关闭")
    clerk.no_dialog()


def photo(clerk: Walker, name: str, content: bytes) -> Path:
    """A file as a phone leaves it, outside of the ledger."""
    path = clerk.workspace.database.folder.path.parent / name
    path.write_bytes(content)
    return path


def drop(clerk: Walker, dialog: QWidget, files: Sequence[Path]) -> None:
    """Drag *files* onto the dialog and wait until they are taken in."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(60, 60), copy, mime, left, plain)
    QApplication.sendEvent(dialog, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(60, 60), copy, mime, left, plain))
    tray = held(dialog)
    clerk.until(lambda: len(tray.held) == len(files), "the photos were not taken in")
    clerk.until(lambda: QApplication.activeModalWidget() is dialog, "the progress dialog stays")


def held(dialog: QWidget) -> PhotoTray:
    tray = dialog.findChild(PhotoTray)
    assert isinstance(tray, PhotoTray)
    return tray
