"""录入一年: the notice of the State Council pasted as it is, or read from a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from river_chief.errors import InvalidInput, LedgerError
from river_chief.intake.holidays import YearText, read_year, text_of
from river_chief.rules.calendar import published_years
from river_chief.storage.database import Writer
from river_chief.verbs.calendar_years import YearDays, enter_year
from ui import messages
from ui.buttons import push
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import FlagField, NumberField, TextField
from ui.forms.form import Form
from ui.workspace import Workspace

HINT = (
    "把国务院办公厅的放假通知整段粘贴在这里；\n也可以一天一行：\n2027-01-01 放假 元旦\n2027-01-31 上班 春节"
)


def year_dialog(parent: QWidget, workspace: Workspace) -> YearDialog:
    """The dialog that enters the arrangement of the next year that is not known."""
    known = {*published_years(), *workspace.settings.calendar_years}
    dialog = YearDialog(parent, workspace)
    dialog.load({"year": max(known) + 1, "is_complete": True})
    dialog.form.focus("text")
    return dialog


class YearDialog(VerbDialog[YearText]):
    """Says while the clerk types how many days were understood."""

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        form: Form[YearText] = Form(YearText, columns=2)
        self.read_words = QLabel()
        self.read_words.setWordWrap(True)
        self.read_words.setProperty("role", "muted")
        form.add("year", NumberField())
        form.add("is_complete", FlagField("这一年已经录全，可以按它计算时限"))
        form.add("text", TextField(lines=12, hint=HINT), span=2)
        form.add_wide(self.read_words)
        form.finish()
        verb: Any = enter_year
        super().__init__(
            parent,
            workspace,
            "录入一年的放假安排",
            form,
            verb,
            headline="这一年的节假日表以这里录入的为准；原来登记过、这里没有写的日子会停用。",
            accept_text="录入",
            width=680,
        )
        self.file_button = push("从表格读入…(&F)", self.choose_file, sign="file-spreadsheet")
        self.foot.insertWidget(0, self.file_button)
        form.changed.connect(self.look_again)

    def choose_file(self) -> None:
        """Let the clerk choose a sheet and put its days into the text."""
        path, _ = QFileDialog.getOpenFileName(
            self, "选择放假安排的表格", "", "表格 (*.xlsx *.xls *.et *.ods *.csv)"
        )
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Put the days of the sheet *path* into the text."""
        try:
            self.form.load({"text": text_of(path)})
        except LedgerError as error:
            messages.show_error(self, error)
            return
        self.look_again()

    def look_again(self) -> None:
        """Say what was understood so far."""
        values = self.form.values()
        if not values["text"] or not isinstance(values["year"], float):
            self.read_words.clear()
            return
        try:
            found = read_year(YearText(year=int(values["year"]), text=values["text"], is_complete=False))
        except (InvalidInput, ValueError) as error:
            self.read_words.setText(str(error) if isinstance(error, InvalidInput) else "")
            return
        self.read_words.setText(_counted(found))

    def work(self, writer: Writer, verb: Any, entry: YearText) -> None:
        writer.do(verb, read_year(entry))

    def refuse(self, error: InvalidInput) -> None:
        """What is wrong with the days is shown beside the text they were read from."""
        days = error.fields.get("days")
        super().refuse(InvalidInput({"text": days}) if days else error)


def _counted(found: YearDays) -> str:
    rests = [one for one in found.days if not one.is_working]
    worked = [one for one in found.days if one.is_working]
    names = "、".join(dict.fromkeys(one.name.removesuffix("放假") for one in rests if one.name))
    days = "、".join(f"{one.day.month}月{one.day.day}日" for one in worked)
    more = f"，调休上班 {len(worked)} 天（{days}）" if worked else ""
    return f"读出放假 {len(rests)} 天{f'（{names}）' if names else ''}{more}。"
