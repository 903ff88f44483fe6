"""重开…: a closed month is opened again, with a reason; its edition stays readable."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.figures.closing import Closing
from river_chief.verbs import months
from river_chief.verbs.months import MonthReopening
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import TextField
from ui.forms.form import Form
from ui.workspace import Workspace


def reopen_dialog(
    parent: QWidget, workspace: Workspace, closing: Closing, version: int
) -> VerbDialog[MonthReopening]:
    """Opens the month of *closing* again; *version* is that of its record as it was seen."""
    form: Form[MonthReopening] = Form(MonthReopening, columns=1)
    form.add("reason", TextField(lines=2, hint="如 漏登村里3月28日报来的问题"))
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        "重开已月结的月份",
        form,
        months.reopen,
        fixed={"id": closing.id, "version": version},
        headline=(
            f"{closing.text}由{closing.closer}在 {closing.closed_on} 月结。重开以后这一版照样能看、能打印，"
            "但不再作数；改完台账再月结，成为下一版，并列出两版的差异。"
        ),
        accept_text="重开",
        dangerous=True,
        width=520,
    )
