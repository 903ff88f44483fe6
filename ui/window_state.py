"""What this computer remembers of the window: places, sizes, columns. Nothing of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter, QWidget

from river_chief.storage.paths import program_folder


def settings() -> QSettings:
    """The file it is kept in, beside the user's log; what can not be written is simply forgotten."""
    return QSettings(str(Path(program_folder()) / "window.ini"), QSettings.Format.IniFormat)


def save_geometry(widget: QWidget, name: str) -> None:
    """Remember place and size of a window or dialog under *name*."""
    settings().setValue(f"geometry/{name}", widget.saveGeometry())


def restore_geometry(widget: QWidget, name: str) -> bool:
    """Put a window or dialog where it was; False when nothing is remembered."""
    kept = settings().value(f"geometry/{name}")
    return isinstance(kept, QByteArray) and widget.restoreGeometry(kept)


def save_splitter(splitter: QSplitter, name: str) -> None:
    """Remember how a splitter is divided."""
    settings().setValue(f"splitter/{name}", splitter.saveState())


def restore_splitter(splitter: QSplitter, name: str) -> bool:
    """Divide a splitter as it was; False when nothing is remembered."""
    kept = settings().value(f"splitter/{name}")
    return isinstance(kept, QByteArray) and splitter.restoreState(kept)


def save_columns(name: str, columns: Sequence[tuple[str, int]]) -> None:
    """Remember the visible columns of table *name* in order, with their widths in pixels."""
    settings().setValue(f"columns/{name}", ",".join(f"{key}:{width}" for key, width in columns))


def columns(name: str) -> list[tuple[str, int]]:
    """The remembered columns of table *name*; empty when there are none."""
    kept = settings().value(f"columns/{name}")
    parts = kept if isinstance(kept, list) else str(kept or "").split(",")
    found = []
    for part in parts:
        key, _, width = str(part).partition(":")
        if key and width.isdigit():
            found.append((key, int(width)))
    return found


def folder(name: str) -> Path | None:
    """The folder used last for *name*, while it is there."""
    kept = Path(str(settings().value(f"folder/{name}") or ""))
    return kept if kept != Path() and kept.is_dir() else None


def remember_folder(name: str, path: Path) -> None:
    """Note the folder used for *name*."""
    settings().setValue(f"folder/{name}", str(path))


def clerk() -> str:
    """The name under which acts are written in a ledger without users; empty until it was set."""
    return str(settings().value("clerk") or "")


def remember_clerk(name: str) -> None:
    """Note the clerk's name for the next start."""
    settings().setValue("clerk", name)
