"""Photos and scans of a ledger: kept once under their SHA-256, shown small from a cache.

A file lies at ``photos/ab/abcdef….jpg``; thumbnails, which can be made again at any time, under
``photos/thumbs``. What is kept is never changed: its EXIF and its digest are evidence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from river_chief.errors import EnvironmentFault, Refusal, reason_of
from river_chief.storage import pictures
from river_chief.storage.paths import LedgerFolder

LARGEST = 50 * 1024 * 1024
# Longest side, in pixels, of the small copies for the screen and for paper.
THUMBNAIL, PRINT = 320, 1600


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the ledger, with what it says of itself (``pictures.Picture``).

    ``is_new``  it was not there before; whoever drops it again before an attachment refers to it may ``discard`` it.
    """

    sha256: str
    media_type: str
    size: int
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    looks: str = ""
    is_new: bool = field(default=False, compare=False)

    @property
    def values(self) -> Mapping[str, Any]:
        """What an attachment keeps of it, by the names of its columns."""
        found = asdict(self)
        del found["is_new"]
        return found


def keep(folder: LedgerFolder, source: Path | bytes) -> Kept:
    """Copy a picture or PDF into the ledger; a file kept before is kept once.

    Files are kept before the transaction that refers to them: one that a verb then refuses, or that a crash leaves
    behind, lies there without being shown anywhere and does no harm.

    Raises ``Refusal`` for anything else, ``EnvironmentFault`` where it can not be read or written.
    """
    content = _content(source)
    picture = pictures.recognised(content)
    digest = sha256(content).hexdigest()
    path = folder.photos / digest[:2] / f"{digest}{picture.ending}"
    is_new = not path.exists()
    if is_new or path.stat().st_size != len(content):
        _write(path, content)
    return Kept(
        digest,
        picture.media_type,
        len(content),
        picture.taken_at,
        picture.lon,
        picture.lat,
        picture.looks,
        is_new,
    )


def discard(folder: LedgerFolder, digest: str) -> None:
    """Take a file away that nothing refers to, and its small copies."""
    for path in (folder.photo(digest), *_copies(folder).glob(f"{digest}-*.jpg")):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue  # another program holds it open; it stays, unused


def thumbnail(folder: LedgerFolder, digest: str, size: int = THUMBNAIL) -> Path:
    """The kept picture turned upright and no larger than *size* pixels either way, as a JPEG file."""
    small = _copies(folder) / f"{digest}-{size}.jpg"
    if small.exists():
        return small
    path = folder.photo(digest)
    if path.suffix == ".pdf":
        raise Refusal("这个附件是 PDF，没有缩略图，请直接打开查看。")
    with _reading(path):
        copy = pictures.small_copy(path.read_bytes(), size)
    _write(small, copy)
    return small


def copy_out(folder: LedgerFolder, digest: str, target: Path) -> None:
    """Write a copy of the original to *target*, so that no other program is given the original itself."""
    path = folder.photo(digest)
    with _reading(path):
        content = path.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise EnvironmentFault("这个附件的文件被改动过，和登记时不一样，请在“设置 → 台账文件”核对台账。")
    _write(target, content)


def _copies(folder: LedgerFolder) -> Path:
    return folder.photos / "thumbs"


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, Path):
        with _reading(source):
            if source.stat().st_size > LARGEST:
                raise _too_large()
            source = source.read_bytes()
    if len(source) > LARGEST:
        raise _too_large()
    return source


def _too_large() -> Refusal:
    return Refusal(f"文件超过 {LARGEST // 1024 // 1024} MB，请压缩后再添加。")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise EnvironmentFault(f"附件没有保存：{reason_of(error)}，请检查磁盘后重试。") from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise EnvironmentFault(f"找不到文件“{path.name}”，请检查是否已被移走。") from None
    except PermissionError:
        raise EnvironmentFault(f"没有权限读取“{path.name}”，请检查文件或关闭正在使用它的程序。") from None
    except OSError as error:
        raise EnvironmentFault(f"读取“{path.name}”时出错：{reason_of(error)}，请重试。") from error
