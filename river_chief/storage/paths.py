"""What lies where: inside a ledger's folder, and the user's own folder of this program."""

from __future__ import annotations

import json
from pathlib import Path

from platformdirs import user_data_path

APP = "river-chief"


class LedgerFolder:
    """The folder of one ledger: a person can copy it whole to a stick."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "ledger.db"
        self.keys = path / "keys.json"
        self.photos = path / "photos"
        self.papers = path / "papers"
        self.journal = path / "journal"
        self.copies = path / "copies"

    def photo(self, digest: str) -> Path:
        """Where the file with this SHA-256 lies (its ending is not part of its name)."""
        drawer = self.photos / digest[:2]
        return next(drawer.glob(f"{digest}.*"), drawer / digest)

    def make(self) -> None:
        """Make the folder and its drawers."""
        for folder in (self.path, self.photos, self.papers, self.journal):
            folder.mkdir(parents=True, exist_ok=True)


def program_folder() -> Path:
    """The folder for this user's log, window state and last opened ledger; made if missing."""
    return user_data_path(APP, appauthor=False, roaming=False, ensure_exists=True)


def last_ledger() -> Path | None:
    """The ledger opened last on this computer, if it is still there."""
    try:
        text = json.loads((program_folder() / "last.json").read_text("utf-8"))["ledger"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    path = Path(text)
    return path if (path / "keys.json").exists() else None


def remember_ledger(path: Path) -> None:
    """Note *path* as the ledger opened last; not being able to is no reason to stop."""
    try:
        (program_folder() / "last.json").write_text(
            json.dumps({"ledger": str(path.resolve())}, ensure_ascii=False), "utf-8"
        )
    except OSError:
        return
