"""The photos and scans of a record, phase by phase: added by choosing, dropping or pasting, put right, looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.errors import LedgerError
from river_chief.intake.photos import File, attach_all, take_in
from river_chief.progress import Progress
from river_chief.queries.photos import AttachmentRow, paired
from river_chief.storage import attachments
from river_chief.terms import Phase
from river_chief.verbs.documents import Rephasing, VoidAttachment, rephase, void_attachment
from ui import jobs, messages
from ui.buttons import push
from ui.forms.photo_files import add_menu, choose_files, dropped, pasted
from ui.forms.photo_group import PhotoGroup, row_of
from ui.messages import Notice
from ui.workspace import Workspace


class PhotoStrip(QWidget):
    """The attachments of one record; Enter opens one in its own program, Ctrl+V pastes a picture.

    ``pairs_asked(rows)``  look at before and after side by side.   ``settle_asked(row)``  核对 a photo warned of.
    """

    pairs_asked = Signal(object)
    settle_asked = Signal(object)

    def __init__(self, workspace: Workspace, phases: Sequence[Phase]) -> None:
        """*phases* are those a new photo of these records can have."""
        super().__init__()
        self.workspace = workspace
        self.phases = tuple(phases)
        self.owner: Mapping[str, int] = {}
        self.phase = self.phases[0]
        self.rows: tuple[AttachmentRow, ...] = ()
        self.groups: dict[Phase, PhotoGroup] = {}
        self._shown = 0
        self._copies: QTemporaryDir | None = None
        self.add_button = push("添加照片", sign="camera")
        self.add_button.setMenu(add_menu(self.add_button, self.phases, self.choose, self.paste))
        self.pairs_button = push("前后对照(&D)", lambda: self.pairs_asked.emit(self.rows), sign="columns")
        self.none = QLabel("还没有照片。可以点“添加照片”，也可以把图片拖进来，或按 Ctrl+V 粘贴。")
        self.none.setProperty("role", "muted")
        self.none.setWordWrap(True)
        self.area = QScrollArea()
        self._column = QVBoxLayout()
        self.setAcceptDrops(True)
        self._lay_out()

    def show_photos(self, owner: Mapping[str, int], photos: Sequence[AttachmentRow], phase: Phase) -> None:
        """Show *photos* of the record *owner* (``{"problem_id": 7}``); dropped ones are of *phase*."""
        self.owner, self.phase, self.rows = dict(owner), phase, tuple(photos)
        self._shown += 1
        for group in self.groups.values():
            group.hide()
            group.deleteLater()
        self.groups = {}
        for each in Phase:
            own = [row for row in photos if row.phase is each]
            if own:
                self.groups[each] = self._group(each, own)
        self.none.setVisible(not photos)
        self.area.setVisible(bool(photos))
        self.pairs_button.setVisible(
            any(before is not None and after is not None for before, after in paired(photos))
        )
        wanted = [row.sha256 for row in photos if row.media_type.startswith("image/")]
        if wanted:
            jobs.fetch(
                self,
                self.workspace,
                partial(small_pictures, self.workspace, wanted),
                partial(self._draw, self._shown),
            )

    def items(self) -> list[QListWidgetItem]:
        """Every photo shown, in order."""
        return [
            group.grid.item(place) for group in self.groups.values() for place in range(group.grid.count())
        ]

    def choose(self, phase: Phase) -> None:
        """Let the clerk choose files to add as *phase*."""
        self.add(choose_files(self, phase), phase)

    def add(self, files: Sequence[File], phase: Phase) -> None:
        """Keep *files* (paths, or names with their content) and attach them all, or none."""
        if not files or not self.owner:
            return
        work = partial(attach_files, self.workspace, dict(self.owner), tuple(files), phase)
        done = f"已添加 {len(files)} 张{phase.label}照片。"
        noticed = self.workspace.noticed
        jobs.start(self, self.workspace, "正在添加照片", work, done=lambda _: noticed.emit(Notice(done)))

    def open(self, item: QListWidgetItem) -> None:
        """Open a copy in the program the computer has for it; what is done there does not touch the original."""
        row = row_of(item)
        folder = self.workspace.database.folder
        self._copies = self._copies or QTemporaryDir()
        copy = Path(self._copies.path()) / f"{row.sha256[:12]}{folder.photo(row.sha256).suffix}"
        try:
            attachments.copy_out(folder, row.sha256, copy)
        except LedgerError as error:
            messages.show_error(self, error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def save_copy(self, item: QListWidgetItem) -> None:
        """Write the original to a file the clerk names."""
        row = row_of(item)
        name, _ = QFileDialog.getSaveFileName(self, "照片另存为", row.name)
        if name:
            try:
                attachments.copy_out(self.workspace.database.folder, row.sha256, Path(name))
            except LedgerError as error:
                messages.show_error(self, error)
                return
            self.workspace.noticed.emit(Notice(f"照片已保存到 {name}。"))

    def rephase(self, item: QListWidgetItem, phase: Phase) -> None:
        """Put a photo under the phase it really shows."""
        jobs.run(self, self.workspace, rephase, Rephasing(id=row_of(item).id, phase=phase))

    def remove(self, item: QListWidgetItem) -> None:
        """Take an attachment off the record, after asking."""
        row = row_of(item)
        question = f"要从这条记录移除{row.phase.label}照片“{row.name}”吗？文件本身仍保存在台账里。"
        if messages.confirm(self, "移除照片", question, action="移除", dangerous=True):
            jobs.run(self, self.workspace, void_attachment, VoidAttachment(id=row.id))

    def paste(self) -> None:
        """Add the picture on the clipboard."""
        self.add(pasted(self), self.phase)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.owner and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add(dropped(event), self.phase)
        event.acceptProposedAction()

    def _group(self, phase: Phase, rows: Sequence[AttachmentRow]) -> PhotoGroup:
        group = PhotoGroup(phase, rows)
        group.settle_asked.connect(self.settle_asked)
        group.grid.itemActivated.connect(self.open)
        group.grid.customContextMenuRequested.connect(partial(self._show_menu, group))
        self._column.insertWidget(self._column.count() - 1, group)
        return group

    def _draw(self, shown: int, pictures: dict[str, Path]) -> None:
        """Put the small pictures in, unless another record is shown by now."""
        if shown == self._shown:
            for group in self.groups.values():
                group.draw(pictures)

    def _show_menu(self, group: PhotoGroup, _place: QPoint) -> None:
        chosen = group.grid.selectedItems()
        if chosen:
            rect = group.grid.visualItemRect(chosen[0])
            self.menu_of(chosen[0]).popup(group.grid.viewport().mapToGlobal(rect.center()))

    def menu_of(self, item: QListWidgetItem) -> QMenu:
        """What can be done with a photo."""
        row = row_of(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开", partial(self.open, item))
        menu.addAction("另存为…", partial(self.save_copy, item))
        menu.addSeparator()
        for phase in self.phases:
            if phase is not row.phase:
                menu.addAction(f"改为{phase.label}", partial(self.rephase, item, phase))
        menu.addSeparator()
        if row.is_doubtful:
            menu.addAction("核对无误…", partial(self.settle_asked.emit, row))
        menu.addAction("移除…", partial(self.remove, item))
        return menu

    def _lay_out(self) -> None:
        paste = QAction(self)
        paste.setShortcut(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.triggered.connect(self.paste)
        self.addAction(paste)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.pairs_button)
        row.addStretch()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addStretch()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.none)
        layout.addWidget(self.area, 1)
        layout.addStretch()


def attach_files(
    workspace: Workspace, owner: Mapping[str, int], files: Sequence[File], phase: Phase, progress: Progress
) -> Changes:
    """Keep *files* in the ledger and attach them to *owner* in one transaction; called by a worker."""
    photos = take_in(workspace.database.folder, files, phase, progress)
    return workspace.database.run(
        lambda writer: attach_all(writer, owner, photos), by=workspace.clerk, today=workspace.today()
    )


def small_pictures(
    workspace: Workspace, digests: Sequence[str], size: int = attachments.THUMBNAIL
) -> dict[str, Path]:
    """Small copies by digest; an original that can not be read keeps its sign."""
    found: dict[str, Path] = {}
    for digest in digests:
        try:
            found[digest] = attachments.thumbnail(workspace.database.folder, digest, size)
        except LedgerError:
            continue
    return found
