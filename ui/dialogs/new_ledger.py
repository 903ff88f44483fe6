"""Making a new ledger: where it lies, whose it is, with which password."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from river_chief.errors import InvalidInput, LedgerError, Refusal
from river_chief.storage.database import Database
from river_chief.storage.keys import check_strength
from river_chief.verbs import office
from river_chief.verbs.input import Input
from ui import messages, window_state
from ui.buttons import push
from ui.dialogs.open_ledger import NO_NAME, Opened, workspace_on
from ui.forms.fields import FlagField, LineField
from ui.forms.folder import FolderField
from ui.forms.form import Form
from ui.workspace import local_day


class NewLedger(Input):
    """What is asked for a new ledger."""

    folder: str = Field(title="存放位置", min_length=1)
    place: str = Field(title="乡镇名称", min_length=1, max_length=60)
    area_code: str = Field("", title="行政区代码", pattern=r"^(\d{9}|\d{12})?$")
    clerk: str = Field("", title="经办人姓名", max_length=40)
    with_password: bool = Field(True, title="口令保护")
    password: str = Field("", title="口令")
    again: str = Field("", title="再输一次")


class NewLedgerDialog(QDialog):
    """Makes the ledger and hands its workspace on; the recovery code is shown before it closes."""

    def __init__(self, parent: QWidget, opened: Opened, *, day: date | None = None) -> None:
        super().__init__(parent)
        self._opened, self._day = opened, day
        self.setWindowTitle("新建台账")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form: Form[NewLedger] = Form(NewLedger, columns=1)
        self.form.add("place", LineField(hint="如 砚溪镇"))
        self.form.add("area_code", LineField(hint="9 或 12 位，可不填"))
        self.form.add("clerk", LineField(hint="记在每一步操作上"))
        self.form.add(
            "folder",
            FolderField("选择存放位置", name_inside=self._folder_name),
            help="台账是一个文件夹，整个文件夹可以复制到U盘。",
        )
        self.password, self.again = LineField(), LineField()
        self.form.add("with_password", FlagField("打开台账时要输入口令（建议）"))
        self.form.add("password", self.password, help="至少 10 位，含字母、数字、符号中的两种。")
        self.form.add("again", self.again)
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.fields["with_password"].set_value(True)
        self.form.fields["with_password"].changed.connect(self._on_protection)
        self.form.finish()
        self._lay_out()

    def accept(self) -> None:
        entry = self.form.entry()
        if entry is None:
            return
        try:
            check(entry)
            database, recovery = make(entry, local_day(self._day))
        except InvalidInput as error:
            self.form.refuse(error)
            return
        except LedgerError as error:
            messages.show_error(self, error)
            return
        if entry.clerk:
            window_state.remember_clerk(entry.clerk)
        if recovery:
            messages.tell(self, "恢复码", f"{RECOVERY_WORDS}\n\n{recovery}")
        super().accept()
        self._opened(workspace_on(database, self._day))

    def _folder_name(self) -> str:
        return f"{self.form.fields['place'].value() or '新'}河长台账"

    def _on_protection(self) -> None:
        on = bool(self.form.fields["with_password"].value())
        self.password.setEnabled(on)
        self.again.setEnabled(on)

    def _lay_out(self) -> None:
        accept = push("新建(&Y)", self.accept, part="main")
        accept.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(accept)
        foot.addWidget(push("取消(&Z)", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        words = QLabel("一个乡镇一本台账。新台账自带问题分类和巡河规则，都可以按当地要求修改。")
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.form)
        layout.addLayout(foot)
        self.resize(560, 0)


RECOVERY_WORDS = (
    "请把下面的恢复码抄写或打印，装入信封封存。忘记口令时，只有它能打开台账；\n两者都丢失，台账将无法打开。"
)


def check(entry: NewLedger) -> None:
    """Refuse passwords that differ or are too weak."""
    if not entry.with_password:
        return
    if entry.password != entry.again:
        raise InvalidInput({"again": "两次输入的口令不一样，请重新输入"})
    try:
        check_strength(entry.password)
    except Refusal as refusal:
        raise InvalidInput({"password": refusal.sentence}) from refusal


def make(entry: NewLedger, today: date) -> tuple[Database, str]:
    """Make the ledger with its office; return it and its recovery code ("" without a password)."""
    user = entry.clerk or NO_NAME
    password = entry.password if entry.with_password else None
    database, recovery = Database.create(Path(entry.folder), password=password, user=user)
    database.set_office(entry.area_code or entry.place)
    founding = office.NewOffice(place=entry.place, area_code=entry.area_code)
    with database.write(by=user, today=today) as writer:
        writer.do(office.found_office, founding)
    return database, recovery
