"""The photos and scans of a problem, by what they show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from river_chief.queries.problem_detail import AttachmentRow
from ui.pages.problem_sheets import moment
from ui.style import Tone, icon
from ui.workspace import Workspace


class PhotoList(QWidget):
    """Lists attachments in the order of the loop: before, during, after, look back."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.listing = QListWidget()
        self.listing.setStyleSheet("border: none;")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.listing)

    def show_photos(self, attachments: Sequence[AttachmentRow]) -> None:
        """Show *attachments*."""
        self.listing.clear()
        for item in attachments:
            taken = f"　{moment(item.taken_at)}" if item.taken_at is not None else ""
            sign = "photo" if item.media_type.startswith("image/") else "paperclip"
            QListWidgetItem(
                icon(sign, Tone.MUTED), f"{item.phase.label}　{item.name}{taken}　{item.note}", self.listing
            )
        if not attachments:
            self.listing.addItem("还没有照片。")
