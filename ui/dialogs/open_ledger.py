"""Opening a ledger: asks for its password when it has one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from river_chief.errors import LedgerError, WrongPassword
from river_chief.storage.database import Database
from river_chief.storage.keys import KeyRing
from river_chief.storage.paths import remember_ledger
from ui import messages, window_state
from ui.buttons import push
from ui.workspace import Workspace

NO_NAME = "经办人"
Opened = Callable[[Workspace], object]


def open_ledger(parent: QWidget, path: Path, opened: Opened, *, day: date | None = None) -> None:
    """Open the ledger in *path* and hand its workspace to *opened*; a fault is shown."""
    try:
        if KeyRing.load(path).needs_password:
            PasswordDialog(parent, path, opened, day).open()
        else:
            opened(workspace_on(Database.open(path), day))
    except LedgerError as error:
        messages.show_error(parent, error)


def workspace_on(database: Database, day: date | None) -> Workspace:
    """The workspace of an open ledger; acts go under its user's or this computer's clerk's name."""
    remember_ledger(database.folder.path)
    workspace = Workspace(database, clerk=database.user or window_state.clerk() or NO_NAME, day=day)
    workspace.complete_rules()
    return workspace


class PasswordDialog(QDialog):
    """Asks for the password (or the recovery code) until it opens the ledger or is cancelled."""

    def __init__(self, parent: QWidget, path: Path, opened: Opened, day: date | None) -> None:
        super().__init__(parent)
        self._path, self._opened, self._day = path, opened, day
        self.setWindowTitle("打开台账")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        label = QLabel("口令(&P)")
        label.setBuddy(self.password)
        self.wrong = QLabel()
        self.wrong.setProperty("role", "alert")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        place = QLabel(str(path))
        place.setProperty("role", "muted")
        place.setWordWrap(True)
        accept = push("打开(&Y)", self.accept, part="main")
        accept.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(accept)
        foot.addWidget(push("取消(&Z)", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        for widget in (place, label, self.password, self.wrong):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.resize(420, 0)

    def accept(self) -> None:
        try:
            database = Database.open(self._path, self.password.text())
        except WrongPassword as error:
            self.wrong.setText(error.sentence)
            self.wrong.show()
            self.password.selectAll()
            self.password.setFocus()
            return
        except LedgerError as error:
            messages.show_error(self, error)
            return
        super().accept()
        self._opened(workspace_on(database, self._day))
