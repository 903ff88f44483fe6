"""核对 a photo the program warns of: why it is right all the same."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.queries.photos import AttachmentRow
from river_chief.verbs.documents import Settling, settle
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import TextField
from ui.forms.form import Form
from ui.workspace import Workspace


class SettleDialog(VerbDialog[Settling]):
    """Asks for the clerk's words; the photo then leaves the list of doubtful ones."""

    def __init__(self, parent: QWidget, workspace: Workspace, row: AttachmentRow) -> None:
        form: Form[Settling] = Form(Settling, columns=1)
        form.add(
            "words",
            TextField(hint="如：同一角度拍摄，已到现场核对"),
            help="确认照片没有错的，写明情况；放错了的，请取消后移除或改阶段。",
        )
        form.finish()
        doubts = "；".join(item.sentence for item in row.warnings)
        super().__init__(
            parent,
            workspace,
            "照片核对",
            form,
            settle,
            fixed={"id": row.id},
            headline=f"{row.phase.label}照片“{row.name}”：{doubts}。",
            accept_text="核对无误",
            width=600,
        )
