"""Photos and scans brought from outside: kept in the ledger first, then attached with the record they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from river_chief.progress import Progress
from river_chief.records import Attachment
from river_chief.records.columns import col
from river_chief.rules.photo_checks import Photo
from river_chief.storage.attachments import Kept, discard, keep
from river_chief.storage.database import Writer
from river_chief.storage.paths import LedgerFolder
from river_chief.terms import Phase
from river_chief.verbs.documents import NewAttachment, attach
from river_chief.verbs.imports import NewBatch, open_batch
from river_chief.verbs.input import understood

LONGEST_NAME = 200
# A file, or the name and content of what never was one (a picture pasted).
File = Path | tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo kept in the ledger's folder that no record refers to yet."""

    name: str
    phase: Phase
    kept: Kept

    def speaks_for(self, day: date | None, today: date) -> date | None:
        """The day it is proof of: *day*, else the one it was taken on (not one to come)."""
        taken = None if self.kept.taken_at is None else self.kept.taken_at.date()
        return day or (taken if taken is not None and taken <= today else None)

    def photo(self, day: date | None, today: date) -> Photo:
        """What the rules compare."""
        kept = self.kept
        return Photo(
            self.name,
            kept.sha256,
            self.phase,
            kept.looks,
            kept.taken_at,
            self.speaks_for(day, today),
            kept.lon,
            kept.lat,
        )


def take_in(
    folder: LedgerFolder, files: Sequence[File], phase: Phase, progress: Progress | None = None
) -> list[NewPhoto]:
    """Keep *files* as photos of *phase*; all of them, or none when one can not be taken."""
    told = progress or Progress()
    found: list[NewPhoto] = []
    try:
        for place, file in enumerate(files):
            name, source = (file.name, file) if isinstance(file, Path) else file
            told.step(place, len(files), f"正在读取 {name}")
            found.append(NewPhoto(_plain(name), phase, keep(folder, source)))
    except BaseException:
        for photo in found:
            if photo.kept.is_new:
                discard(folder, photo.kept.sha256)
        raise
    return found


def attach_all(
    writer: Writer, owner: Mapping[str, int], photos: Sequence[NewPhoto], day: date | None = None
) -> None:
    """Attach *photos* to the record *owner* (``{"problem_id": 7}``) as proof of *day*, an act for each."""
    for photo in photos:
        values = {
            **photo.kept.values,
            **owner,
            "name": photo.name,
            "phase": photo.phase,
            "happened_on": photo.speaks_for(day, writer.today),
        }
        writer.do(attach, understood(NewAttachment, values))


def with_photos(
    writer: Writer,
    photos: Sequence[NewPhoto],
    owner: Mapping[str, int] | str,
    work: Callable[[], object],
    *,
    name: str,
    day: date | None = None,
) -> None:
    """Do *work* and attach *photos* as one batch called *name*, one undo: the record and its proof together.

    Photos of an *owner* that is there already are attached before the work, whose rules may ask for them; where the
    work makes the owner, *owner* is the key that will name it (``"problem_id"``), and they are attached after it.
    """
    if not photos:
        work()
        return
    told = f"{name}（附{len(photos)}张照片）"
    if writer.batch_id is None:
        entry = understood(NewBatch, {"name": told, "new": len(photos), "changed": 1})
        writer.batch_id = writer.do(open_batch, entry).id
    if not isinstance(owner, str):
        attach_all(writer, owner, photos, day)
    work()
    outcome = writer.done[-1]
    if isinstance(owner, str):
        attach_all(writer, {owner: outcome.id}, photos, day)
    writer.note(f"{outcome.sentence}，附{len(photos)}张照片", frozenset(), outcome.id)


def drop_unused(session: Session, folder: LedgerFolder, photos: Sequence[NewPhoto]) -> None:
    """Take the files of *photos* away again that came with them and that no attachment refers to."""
    fresh = [photo.kept.sha256 for photo in photos if photo.kept.is_new]
    if not fresh:
        return
    query = select(Attachment.sha256).where(col(Attachment.sha256).in_(fresh))
    used = set(session.exec(query))
    for digest in fresh:
        if digest not in used:
            discard(folder, digest)


def _plain(name: str) -> str:
    """A file's name as the ledger can hold it."""
    return name.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_NAME] or "照片"
