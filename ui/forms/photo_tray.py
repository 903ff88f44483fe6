"""Photos held by a dialog: dropped, pasted or chosen before the record is saved, and saved together with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from river_chief.intake.photos import File, NewPhoto, drop_unused, take_in, with_photos
from river_chief.progress import Progress
from river_chief.queries.photos import warnings_about
from river_chief.rules.photo_checks import PhotoWarning
from river_chief.storage.attachments import thumbnail
from river_chief.storage.database import Writer
from river_chief.terms import Phase
from ui import jobs
from ui.buttons import push
from ui.forms.photo_files import add_menu, choose_files, dropped, pasted
from ui.style import Tone, icon
from ui.workspace import Workspace

PICTURE, CELL = QSize(92, 69), QSize(112, 110)
_PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Held:
    """A photo in the tray, with its small copy (None for a PDF)."""

    photo: NewPhoto
    small: Path | None


class PhotoTray(QWidget):
    """The photos that go with a record once it is saved; ``save`` does that within the dialog's transaction.

    ``changed``  a photo was added, removed or put under another phase.
    """

    changed = Signal()

    def __init__(
        self, workspace: Workspace, phases: Sequence[Phase], owner: Mapping[str, int] | str, name: str
    ) -> None:
        """*phases* are those offered, the usual one first; *owner* as in ``with_photos``; *name* is the record's."""
        super().__init__()
        self.workspace = workspace
        self.phases = tuple(phases)
        self.owner = owner
        self.name = name
        self.held: list[Held] = []
        self.warnings: list[tuple[PhotoWarning, ...]] = []
        self.add_button = push("添加照片", sign="camera")
        self.add_button.setMenu(add_menu(self.add_button, self.phases, self.choose, self.paste))
        self.hint = QLabel(f"{self.phases[0].label}照片可以拖到窗口里，随本次办理一起保存。")
        self.hint.setProperty("role", "muted")
        self.listing = QListWidget()
        self.listing.setAccessibleName("要添加的照片")
        self.listing.setViewMode(QListWidget.ViewMode.IconMode)
        self.listing.setMovement(QListWidget.Movement.Static)
        self.listing.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.listing.setWrapping(False)
        self.listing.setIconSize(PICTURE)
        self.listing.setGridSize(CELL)
        self.listing.setWordWrap(True)
        self.listing.setFixedHeight(CELL.height() + 14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.listing.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.listing.customContextMenuRequested.connect(self._show_menu)
        self.listing.hide()
        self.doubts = QLabel()
        self.doubts.setProperty("role", "warn")
        self.doubts.setWordWrap(True)
        self.doubts.setTextFormat(Qt.TextFormat.PlainText)
        self.doubts.hide()
        self._lay_out()

    @property
    def photos(self) -> list[NewPhoto]:
        """What is held, in the order it came."""
        return [held.photo for held in self.held]

    def choose(self, phase: Phase) -> None:
        """Let the clerk choose files to hold as *phase*."""
        self.add(choose_files(self, phase), phase)

    def paste(self) -> None:
        """Hold the picture on the clipboard."""
        self.add(pasted(self), self.phases[0])

    def add(self, files: Sequence[File], phase: Phase | None = None) -> None:
        """Take *files* in on a worker and hold them, all or none."""
        if files:
            work = partial(_read, self.workspace, tuple(files), phase or self.phases[0])
            jobs.start(self, self.workspace, "正在读取照片", work, done=self._hold)

    def take_drop(self, event: QDropEvent) -> None:
        """Hold what was dropped on the dialog."""
        self.add(dropped(event))
        event.acceptProposedAction()

    def accepts(self, event: QDragEnterEvent) -> bool:
        """Whether files are being dragged."""
        return event.mimeData().hasUrls()

    def remove(self, place: int) -> None:
        """Hold the photo at *place* no longer."""
        gone = self.held.pop(place)
        self._drop([gone.photo])
        self._draw()

    def rephase(self, place: int, phase: Phase) -> None:
        """Put the photo at *place* under another phase."""
        held = self.held[place]
        self.held[place] = replace(held, photo=replace(held.photo, phase=phase))
        self._draw()

    def save(self, writer: Writer, work: Callable[[], object], day: date | None) -> None:
        """Do *work* and attach what is held, as proof of *day*, in the transaction of *writer*."""
        with_photos(writer, self.photos, self.owner, work, name=self.name, day=day)

    def give_up(self) -> None:
        """The record is not saved: take the files away again."""
        self._drop(self.photos)
        self.held = []

    def _drop(self, photos: Sequence[NewPhoto]) -> None:
        with self.workspace.read() as session:
            drop_unused(session, self.workspace.database.folder, photos)

    def _hold(self, found: list[Held]) -> None:
        for held in found:
            same = [(other.photo.kept.sha256, other.photo.phase) for other in self.held]
            if (held.photo.kept.sha256, held.photo.phase) not in same:
                self.held.append(held)
        self._draw()

    def _draw(self) -> None:
        self._check()
        self.listing.clear()
        for place, held in enumerate(self.held):
            self.listing.addItem(_item(place, held, self.warnings[place]))
        self.listing.setVisible(bool(self.held))
        self.hint.setVisible(not self.held)
        lines = [
            f"⚠ {held.photo.name}：{item.sentence}。"
            for held, found in zip(self.held, self.warnings, strict=True)
            for item in found
        ]
        self.doubts.setText("\n".join(lines))
        self.doubts.setVisible(bool(lines))
        self.changed.emit()

    def _check(self) -> None:
        today = self.workspace.today()
        photos = [photo.photo(today, today) for photo in self.photos]
        id = None if isinstance(self.owner, str) else self.owner.get("problem_id")
        with self.workspace.read() as session:
            self.warnings = warnings_about(session, id, photos, today)

    def _show_menu(self) -> None:
        chosen = self.listing.selectedItems()
        if chosen:
            menu = self._menu(int(chosen[0].data(_PLACE)))
            menu.popup(self.listing.viewport().mapToGlobal(self.listing.visualItemRect(chosen[0]).center()))

    def _menu(self, place: int) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for phase in self.phases:
            if phase is not self.held[place].photo.phase:
                menu.addAction(f"改为{phase.label}", partial(self.rephase, place, phase))
        menu.addAction("移除", partial(self.remove, place))
        return menu

    def _remove_chosen(self) -> None:
        chosen = self.listing.selectedItems()
        if chosen:
            self.remove(int(chosen[0].data(_PLACE)))

    def _lay_out(self) -> None:
        for key, work in (
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste),
            (QKeySequence(QKeySequence.StandardKey.Delete), self._remove_chosen),
        ):
            action = QAction(self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(work)
            self.addAction(action)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.hint)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.listing)
        layout.addWidget(self.doubts)


def _read(workspace: Workspace, files: Sequence[File], phase: Phase, progress: Progress) -> list[Held]:
    """Take the files in and make their small copies; called by a worker."""
    folder = workspace.database.folder
    found = take_in(folder, files, phase, progress)
    return [
        Held(
            photo,
            thumbnail(folder, photo.kept.sha256) if photo.kept.media_type.startswith("image/") else None,
        )
        for photo in found
    ]


def _item(place: int, held: Held, warnings: Sequence[PhotoWarning]) -> QListWidgetItem:
    photo = held.photo
    taken = photo.kept.taken_at
    sign = "⚠ " if warnings else ""
    second = f"{taken:%m-%d %H:%M}" if taken is not None else photo.name
    item = QListWidgetItem(f"{sign}{photo.phase.label}\n{second}")
    item.setIcon(icon("file-type-pdf", Tone.MUTED) if held.small is None else QIcon(QPixmap(str(held.small))))
    item.setData(_PLACE, place)
    item.setToolTip("\n".join([photo.name, *(each.sentence for each in warnings)]))
    item.setSizeHint(CELL)
    return item
