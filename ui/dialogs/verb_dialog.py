"""The frame of every dialog that asks for the input of a verb and carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.storage.database import Verb, Writer
from river_chief.verbs.input import Input, InputT
from ui import jobs, messages
from ui.buttons import push
from ui.forms.form import Form
from ui.forms.photo_tray import PhotoTray
from ui.workspace import Workspace

MOST_HEIGHT = 690
# Head, buttons and margins around the form, in pixels: their height, and their width.
AROUND, FRAME = 130, 44
# How much of AROUND is the head: two lines.
HEAD = 36
# What the desktop puts above a window.
TITLE_BAR = 40


class VerbDialog(QDialog, Generic[InputT]):
    """Shows *form*; 确定 (Enter) checks it, carries out *verb* and closes; 取消 (Esc) changes nothing.

    ``done_well(Changes)`` is emitted after the verb was carried out. *fixed* are values of the input
    that the clerk does not enter (ids, the version that was seen). *headline* says what it is about.
    Open it with ``open()``; it deletes itself when closed.
    """

    done_well = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        title: str,
        form: Form[InputT],
        verb: Verb[InputT],
        *,
        fixed: Mapping[str, Any] | None = None,
        headline: str = "",
        accept_text: str = "确定",
        dangerous: bool = False,
        width: int = 620,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.form = form
        self.verb = verb
        self.fixed = dict(fixed or {})
        self.is_over = False
        self.tray: PhotoTray | None = None
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.complaint = QLabel()
        self.complaint.setProperty("role", "alert")
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.accept_button = push(f"{accept_text}(&Y)", self.submit, part="danger" if dangerous else "main")
        self.accept_button.setDefault(True)
        self.cancel_button = push("取消(&Z)", self.reject)
        self.foot = QHBoxLayout()
        self.foot.addStretch()
        self.foot.addWidget(self.accept_button)
        self.foot.addWidget(self.cancel_button)
        self._lay_out(headline, width)

    def submit(self) -> None:
        """Check the form and carry out the verb; the dialog stays open when it is refused."""
        self.carry_out(self.form, self.verb, **self.fixed)

    def carry_out(self, form: Form[InputT], verb: Verb[InputT], **fixed: Any) -> None:
        """Carry out *verb* on what *form* holds; close when it was done, and never do it twice."""
        if self.is_over:
            return
        self._complain([])
        entry = form.entry(**fixed)
        if entry is None:
            self._complain(form.unplaced)
            self._make_room()
            return
        given = entry
        self.save(lambda writer: self.work(writer, verb, given), _day_of(entry))

    def save(self, work: Callable[[Writer], object], day: date | None = None) -> None:
        """Do *work* in one transaction, with the photos held as proof of *day*; close when it was done."""
        tray, come = self.tray, day if day is not None and day <= self.workspace.today() else None

        def whole(writer: Writer) -> None:
            if tray is None:
                work(writer)
            else:
                tray.save(writer, lambda: work(writer), come)

        changes = jobs.write(self, self.workspace, whole, invalid=self.refuse)
        if changes is not None:
            self._close_with(changes)

    def hold_photos(self, tray: PhotoTray) -> None:
        """Let photos be dropped on the dialog, to be saved together with the record."""
        self.tray = tray
        self.body.addWidget(tray)
        self.setAcceptDrops(True)
        tray.changed.connect(self._make_room)
        self.resize(self.width(), min(self._wanted_height(self.width()), self._most_height()))

    def work(self, writer: Writer, verb: Verb[InputT], entry: InputT) -> None:
        """What is done in one transaction: the verb; a dialog that does more around it overrides this."""
        writer.do(verb, entry)

    def refuse(self, error: InvalidInput) -> None:
        """Show the complaints of a verb: beside the fields, and above the form what has no field."""
        self.form.refuse(error)
        self._complain(self.form.others(error))
        self._make_room()

    def is_touched(self) -> bool:
        """Whether the clerk has entered something that 取消 would lose."""
        holds = self.tray is not None and bool(self.tray.held)
        return holds or self.form.values() != self._untouched

    def load(self, values: Mapping[str, Any]) -> None:
        """Show *values* as the starting point."""
        self.form.load(values)
        self._untouched = self.form.values()

    def reject(self) -> None:
        if self.is_touched() and not messages.confirm(
            self, "放弃填写", "已经填写的内容还没有保存，确定放弃吗？", action="放弃", dangerous=True
        ):
            return
        if self.tray is not None:
            self.tray.give_up()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.tray is not None and self.tray.accepts(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.tray is not None:
            self.tray.take_drop(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter submits from a field of several lines, where Enter makes a new line.

        The Enter that opened the dialog and is still held down does not submit it.
        """
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.isAutoRepeat():
            event.accept()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _close_with(self, changes: Changes) -> None:
        self.is_over = True
        self.accept()
        self.done_well.emit(changes)

    def _complain(self, sentences: list[str]) -> None:
        self.complaint.setText("；".join(sentences))
        self.complaint.setVisible(bool(sentences))

    def _lay_out(self, headline: str, width: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        self.head = QLabel(headline)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setWordWrap(True)
        self.head.setProperty("role", "muted")
        self.head.setVisible(bool(headline))
        layout.addWidget(self.head)
        layout.addWidget(self.complaint)
        self.body = QVBoxLayout()
        self.body.addWidget(_scrolled(self.form))
        layout.addLayout(self.body)
        layout.addLayout(self.foot)
        self._untouched = self.form.values()
        self.resize(width, min(self._wanted_height(width), self._most_height()))

    def _wanted_height(self, width: int) -> int:
        layout = self.form.layout()
        wrapped = layout.totalHeightForWidth(width - FRAME) if layout is not None else 0
        tray = 0 if self.tray is None else self.tray.sizeHint().height() + self.body.spacing()
        head = max(self.head.heightForWidth(width - FRAME) - HEAD, 0) if self.head.text() else 0
        return max(self.form.sizeHint().height(), wrapped) + AROUND + head + tray

    def _most_height(self) -> int:
        """As high as the screen allows, its scaling (125 %, 150 %) counted in."""
        return min(MOST_HEIGHT, self.screen().availableSize().height() - TITLE_BAR)

    def _make_room(self) -> None:
        """Grow for the sentences beside the fields, as far as the screen allows."""
        wanted = min(self._wanted_height(self.width()), self._most_height())
        if wanted > self.height():
            self.resize(self.width(), wanted)


def _day_of(entry: Input) -> date | None:
    """The day a record speaks for: found, walked or done."""
    for key in ("found_on", "started_at", "happened_at"):
        value = getattr(entry, key, None)
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
    return None


def _scrolled(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    form.setContentsMargins(0, 0, 6, 0)
    area.setWidget(form)
    return area
