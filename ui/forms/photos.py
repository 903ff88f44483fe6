"""The photos and scans of a record: small pictures by phase, added by choosing, dropping or pasting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QImageWriter,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.errors import LedgerError, Refusal
from river_chief.progress import Progress
from river_chief.storage import attachments
from river_chief.storage.database import Writer
from river_chief.terms import Phase
from river_chief.verbs.documents import NewAttachment, VoidAttachment, attach, void_attachment
from river_chief.verbs.input import understood
from ui import jobs, messages
from ui.buttons import push
from ui.messages import Notice
from ui.style import Tone, icon
from ui.workspace import Workspace

PICTURE = QSize(148, 111)
CELL = QSize(160, 158)
FILES = "照片和扫描件 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.pdf)"


class Attached(Protocol):
    """What is shown of an attachment."""

    @property
    def id(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def phase(self) -> Phase: ...


class PhotoStrip(QWidget):
    """The attachments of one record; Enter opens one in its own program, Ctrl+V pastes a picture."""

    def __init__(self, workspace: Workspace, phases: Sequence[Phase]) -> None:
        """*phases* are those a new photo of these records can have."""
        super().__init__()
        self.workspace = workspace
        self.phases = tuple(phases)
        self.owner: Mapping[str, int] = {}
        self.phase = self.phases[0]
        self._shown = 0
        self.listing = QListWidget()
        self.listing.setViewMode(QListWidget.ViewMode.IconMode)
        self.listing.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.listing.setMovement(QListWidget.Movement.Static)
        self.listing.setIconSize(PICTURE)
        self.listing.setGridSize(CELL)
        self.listing.setWordWrap(True)
        self.listing.setAccessibleName("照片")
        self.listing.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.listing.customContextMenuRequested.connect(self._show_menu)
        self.listing.itemActivated.connect(self.open)
        self.add_button = push("添加照片", sign="camera")
        self.add_button.setMenu(self._phase_menu())
        self.none = QLabel("还没有照片。可以点“添加照片”，也可以把图片拖进来，或按 Ctrl+V 粘贴。")
        self.none.setProperty("role", "muted")
        self.none.setWordWrap(True)
        self.setAcceptDrops(True)
        self._lay_out()

    def show_photos(self, owner: Mapping[str, int], photos: Sequence[Attached], phase: Phase) -> None:
        """Show *photos* of the record *owner* (``{"problem_id": 7}``); dropped ones are of *phase*."""
        self.owner, self.phase = dict(owner), phase
        self._shown += 1
        self.listing.clear()
        self.none.setVisible(not photos)
        self.listing.setVisible(bool(photos))
        for item in photos:
            self.listing.addItem(_item(item))
        if photos:
            wanted = [item.sha256 for item in photos if item.media_type.startswith("image/")]
            jobs.fetch(
                self,
                self.workspace,
                partial(_thumbnails, self.workspace, wanted),
                partial(self._draw, self._shown),
            )

    def choose(self, phase: Phase) -> None:
        """Let the clerk choose files to add as *phase*."""
        names, _ = QFileDialog.getOpenFileNames(self, f"添加{phase.label}照片", "", FILES)
        self.add([Path(name) for name in names], phase)

    def add(self, files: Sequence[Path | tuple[str, bytes]], phase: Phase) -> None:
        """Keep *files* (paths, or names with their content) and attach them all, or none."""
        if not files or not self.owner:
            return
        work = partial(attach_files, self.workspace, dict(self.owner), tuple(files), phase)
        done = f"已添加 {len(files)} 张{phase.label}照片。"
        noticed = self.workspace.noticed
        jobs.start(self, self.workspace, "正在添加照片", work, done=lambda _: noticed.emit(Notice(done)))

    def open(self, item: QListWidgetItem) -> None:
        """Open the original in the program the computer has for it."""
        try:
            path = self.workspace.database.folder.photo(str(item.data(_DIGEST)))
        except LedgerError as error:
            messages.show_error(self, error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def remove(self, item: QListWidgetItem) -> None:
        """Take an attachment off the record, after asking."""
        question = f"要从这条记录移除“{item.text()}”吗？文件本身仍保存在台账里。"
        if messages.confirm(self, "移除照片", question, action="移除", dangerous=True):
            entry = VoidAttachment(id=int(item.data(_ID)))
            jobs.run(self, self.workspace, void_attachment, entry)

    def paste(self) -> None:
        """Add the picture on the clipboard."""
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            messages.show_error(self, Refusal("剪贴板里没有图片，请先复制一张图片。"))
            return
        self.add([("粘贴的图片.png", _png(picture))], self.phase)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.owner and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()], self.phase
        )
        event.acceptProposedAction()

    def _draw(self, shown: int, pictures: dict[str, Path]) -> None:
        """Put the small pictures in, unless another record is shown by now."""
        if shown != self._shown:
            return
        for row in range(self.listing.count()):
            item = self.listing.item(row)
            path = pictures.get(str(item.data(_DIGEST)))
            if path is not None:
                item.setIcon(QIcon(QPixmap(str(path))))

    def _phase_menu(self) -> QMenu:
        menu = QMenu(self.add_button)
        for phase in self.phases:
            menu.addAction(f"{phase.label}…", partial(self.choose, phase))
        menu.addSeparator()
        menu.addAction("粘贴剪贴板里的图片\tCtrl+V", self.paste)
        return menu

    def _show_menu(self) -> None:
        chosen = self.listing.selectedItems()
        if not chosen:
            return
        item = chosen[0]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开", partial(self.open, item))
        menu.addAction("移除…", partial(self.remove, item))
        menu.popup(self.listing.viewport().mapToGlobal(self.listing.visualItemRect(item).center()))

    def _lay_out(self) -> None:
        paste = QAction(self)
        paste.setShortcut(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.triggered.connect(self.paste)
        self.addAction(paste)
        self.listing.setStyleSheet("border: none;")
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.none)
        layout.addWidget(self.listing, 1)
        layout.addStretch()


_ID = Qt.ItemDataRole.UserRole
_DIGEST = Qt.ItemDataRole.UserRole + 1


def attach_files(
    workspace: Workspace,
    owner: Mapping[str, int],
    files: Sequence[Path | tuple[str, bytes]],
    phase: Phase,
    progress: Progress,
) -> Changes:
    """Keep *files* in the ledger and attach them to *owner* in one transaction; called by a worker."""
    entries = []
    for place, file in enumerate(files):
        name, source = (file.name, file) if isinstance(file, Path) else file
        progress.step(place, len(files), f"正在保存 {name}")
        kept = attachments.keep(workspace.database.folder, source)
        entries.append(understood(NewAttachment, {**kept.values, **owner, "name": name, "phase": phase}))

    def attach_all(writer: Writer) -> None:
        for entry in entries:
            writer.do(attach, entry)

    return workspace.database.run(attach_all, by=workspace.clerk, today=workspace.today())


def _item(photo: Attached) -> QListWidgetItem:
    sign = "photo" if photo.media_type.startswith("image/") else "file-type-pdf"
    item = QListWidgetItem(icon(sign, Tone.MUTED), f"{photo.phase.label}　{photo.name}")
    item.setData(_ID, photo.id)
    item.setData(_DIGEST, photo.sha256)
    item.setToolTip(photo.name)
    item.setSizeHint(CELL)
    return item


def _thumbnails(workspace: Workspace, digests: Sequence[str]) -> dict[str, Path]:
    """Small pictures by digest; an original that can not be read keeps its sign."""
    found: dict[str, Path] = {}
    for digest in digests:
        try:
            found[digest] = attachments.thumbnail(workspace.database.folder, digest)
        except LedgerError:
            continue
    return found


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
