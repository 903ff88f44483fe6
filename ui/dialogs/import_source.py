"""Which workbook is taken in, as what, and which of its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QWidget

from river_chief.terms import ImportKind
from ui import window_state
from ui.buttons import push

FORMS = "*.xlsx *.xls *.xlsm *.et *.ods *.csv"
SUFFIXES = tuple(form.lstrip("*") for form in FORMS.split())


def dropped_workbook(mime: QMimeData) -> Path | None:
    """The one workbook that is dragged; None for anything else."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES else None


class ImportSource(QWidget):
    """``file_chosen(Path)`` another file; ``changed`` the kind or the sheet of the same file."""

    file_chosen = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = push("选择文件(&O)…", self.ask, sign="folder-open")
        self.name = QLabel("还没有选择文件")
        self.name.setProperty("role", "muted")
        self.kind = QComboBox()
        self.kind.setAccessibleName("表的种类")
        for kind in ImportKind:
            self.kind.addItem(kind.label, kind.value)
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("工作表")
        self.sheet_label = QLabel("工作表")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.name, 1)
        self.kind_label = QLabel("种类")
        for widget in (self.kind_label, self.kind, self.sheet_label, self.sheet):
            row.addWidget(widget)
            widget.hide()
        self.kind.currentIndexChanged.connect(self.changed)
        self.sheet.currentIndexChanged.connect(self.changed)

    def ask(self) -> None:
        """Let the clerk choose a file."""
        dialog = QFileDialog(
            self, "选择要导入的表格", str(window_state.folder("import") or ""), f"表格 ({FORMS})"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_file(self, path: Path, kind: ImportKind, sheets: Sequence[str], sheet: str) -> None:
        """Say which file, kind and sheet are shown."""
        self.name.setText(path.name)
        self.name.setToolTip(str(path))
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(list(ImportKind).index(kind))
        self.kind.blockSignals(False)
        self.kind.show()
        self.kind_label.show()
        self.offer_sheets(sheets)
        self.sheet.blockSignals(True)
        self.sheet.setCurrentText(sheet)
        self.sheet.blockSignals(False)

    def chosen_kind(self) -> ImportKind:
        """The kind that is chosen."""
        return list(ImportKind)[self.kind.currentIndex()]

    def offer_sheets(self, sheets: Sequence[str]) -> None:
        """Offer the sheets of the file; a single one needs no choice."""
        self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems(list(sheets))
        self.sheet.blockSignals(False)
        for widget in (self.sheet, self.sheet_label):
            widget.setVisible(len(sheets) > 1)

    def _take(self, text: str) -> None:
        path = Path(text)
        window_state.remember_folder("import", path.parent)
        self.file_chosen.emit(path)
