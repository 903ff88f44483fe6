"""Scenes of the dialog that edits a report's words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.papers.kinds.texts import words_of_report
from tests.scenes.stage import Stage, scene
from ui.dialogs.report_text import ReportTextDialog


def _dialog(stage: Stage) -> ReportTextDialog:
    workspace = stage.workspace
    with workspace.read() as session:
        words = words_of_report(
            session, "monthly", today=workspace.today(), span=workspace.settings.month(2025, 3)
        )
    dialog = ReportTextDialog(stage.window, workspace, words)
    dialog.open()
    return dialog


@scene("report-text")
def generated(stage: Stage) -> QWidget:
    _dialog(stage)
    return stage.dialog()


@scene("report-text-edited")
def edited(stage: Stage) -> QWidget:
    dialog = _dialog(stage)
    editor = dialog.editors[0]
    editor.own.setPlainText(editor.passage.generated.replace("新增11个", "新增12个"))
    return stage.dialog()
