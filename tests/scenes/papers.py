"""Scenes of the preview of papers."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from tests.scenes.stage import Stage, scene
from ui.dialogs.paper_preview import PaperAsked, PaperPreview, preview_paper

MONTH = (2025, 3)


def paper_scene(kind: str, page: int = 1) -> None:
    @scene(f"paper-{kind}")
    def show(stage: Stage) -> QWidget:
        span = stage.workspace.settings.month(*MONTH)
        preview_paper(stage.window, stage.workspace, PaperAsked(kind, span=span))
        stage.until(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview))
        dialog = stage.dialog()
        assert isinstance(dialog, PaperPreview)
        stage.until(lambda: dialog.sheets.is_sharp)
        dialog.sheets.go_to(page)
        return dialog


for _kind in ("issue", "responsibility", "rectification", "sign-off", "monthly", "half-year"):
    paper_scene(_kind)
paper_scene("circular", page=2)
