"""Photos and scans of a ledger: kept once under their SHA-256, shown small from a cache.

A file lies at ``photos/ab/abcdef….jpg``; thumbnails, which can be made again at any time, under
``photos/thumbs``. What is kept is never changed: its EXIF and its digest are evidence.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from river_chief.errors import EnvironmentFault, Refusal, reason_of
from river_chief.storage.paths import LedgerFolder

LARGEST = 50 * 1024 * 1024
THUMBNAIL = 320
_PDF = "application/pdf"
_ENDINGS = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "BMP": ("image/bmp", ".bmp"),
    "TIFF": ("image/tiff", ".tif"),
    "GIF": ("image/gif", ".gif"),
}
_EXIF_IFD, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the ledger; ``taken_at`` is the camera's local time, where it says so."""

    sha256: str
    media_type: str
    size: int
    taken_at: datetime | None = None


def keep(folder: LedgerFolder, source: Path | bytes) -> Kept:
    """Copy a picture or PDF into the ledger; a file kept before is kept once.

    Raises ``Refusal`` for anything else, ``EnvironmentFault`` where it can not be read or written.
    """
    content = _content(source)
    media_type, ending, taken_at = _recognised(content)
    digest = sha256(content).hexdigest()
    path = folder.photos / digest[:2] / f"{digest}{ending}"
    if not path.exists():
        _write(path, content)
    return Kept(digest, media_type, len(content), taken_at)


def thumbnail(folder: LedgerFolder, digest: str, size: int = THUMBNAIL) -> Path:
    """The kept picture turned upright and no larger than *size* pixels either way, as a JPEG file."""
    small = folder.photos / "thumbs" / f"{digest}-{size}.jpg"
    if small.exists():
        return small
    path = folder.photo(digest)
    if path.suffix == ".pdf":
        raise Refusal("这个附件是 PDF，没有缩略图，请直接打开查看。")
    with _reading(path), Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((size, size))
        buffer = BytesIO()
        upright.save(buffer, "JPEG", quality=80)
    _write(small, buffer.getvalue())
    return small


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


def _recognised(content: bytes) -> tuple[str, str, datetime | None]:
    """Media type, file ending and time taken of a picture or PDF that can be read to its end."""
    if content.startswith(b"%PDF-"):
        return _PDF, ".pdf", None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                kind = _ENDINGS.get(picture.format or "")
                taken = _taken_at(picture)
                picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refusal("这个文件不是能读取的图片或 PDF，请另存为 JPG 或 PDF 后再添加。") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal("图片的像素太多，请缩小后再添加。") from None
    if kind is None:
        raise Refusal("不支持这种图片格式，请另存为 JPG 或 PDF 后再添加。")
    return kind[0], kind[1], taken


def _taken_at(picture: Image.Image) -> datetime | None:
    exif = picture.getexif()
    text = exif.get_ifd(_EXIF_IFD).get(_TAKEN) or exif.get(_CHANGED)
    try:
        return datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


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
