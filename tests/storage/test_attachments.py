"""Photos and scans kept by their digest: what is taken, what is refused, and how it is shown small."""

from __future__ import annotations

import os
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.storage.attachments import LARGEST, keep, thumbnail
from river_chief.storage.paths import LedgerFolder

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def folder(tmp_path: Path) -> LedgerFolder:
    ledger = LedgerFolder(tmp_path / "ledger")
    ledger.make()
    return ledger


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (640, 480), taken: str = "", orientation: int = 0
) -> bytes:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if orientation:
        exif[0x0112] = orientation
    buffer = BytesIO()
    Image.new("RGB", size, (90, 120, 150)).save(buffer, kind, exif=exif)
    return buffer.getvalue()


def test_a_photo_lies_under_its_digest_with_the_cameras_time(folder: LedgerFolder, tmp_path: Path) -> None:
    content = picture(taken="2025:03:05 09:12:30")
    file = tmp_path / "现场.JPG"
    file.write_bytes(content)
    kept = keep(folder, file)
    digest = sha256(content).hexdigest()
    assert kept.sha256 == digest
    assert (kept.media_type, kept.size, kept.taken_at) == (
        "image/jpeg",
        len(content),
        datetime(2025, 3, 5, 9, 12, 30),
    )
    path = folder.photo(digest)
    assert path == folder.photos / digest[:2] / f"{digest}.jpg"
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (picture("PNG"), "image/png", ".png"),
        (picture("WEBP"), "image/webp", ".webp"),
        (picture("TIFF"), "image/tiff", ".tif"),
        (PDF, "application/pdf", ".pdf"),
    ],
)
def test_other_kinds(folder: LedgerFolder, content: bytes, media_type: str, ending: str) -> None:
    kept = keep(folder, content)
    assert kept.media_type == media_type
    assert folder.photo(kept.sha256).suffix == ending
    assert kept.taken_at is None


def test_the_same_file_is_kept_once(folder: LedgerFolder) -> None:
    first = keep(folder, picture())
    path = folder.photo(first.sha256)
    os.utime(path, (1, 1))
    assert keep(folder, picture()) == first
    assert path.stat().st_mtime == 1
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "昨天", "2025-03-05"])
def test_a_wrong_time_in_the_camera_is_no_time(folder: LedgerFolder, taken: str) -> None:
    assert keep(folder, picture(taken=taken)).taken_at is None


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", picture()[:400], b"PK\x03\x04" + bytes(60), picture("PPM")]
)
def test_what_is_no_picture_is_refused(folder: LedgerFolder, content: bytes) -> None:
    with pytest.raises(Refusal, match="JPG"):
        keep(folder, content)
    assert not [path for path in folder.photos.rglob("*") if path.is_file()]


def test_a_picture_of_too_many_pixels_is_refused(folder: LedgerFolder) -> None:
    buffer = BytesIO()
    Image.new("1", (12000, 12000)).save(buffer, "PNG")
    with pytest.raises(Refusal, match="像素"):
        keep(folder, buffer.getvalue())


def test_a_file_too_large_is_refused_unread(folder: LedgerFolder, tmp_path: Path) -> None:
    file = tmp_path / "大.jpg"
    with file.open("wb") as sparse:
        sparse.truncate(LARGEST + 1)
    with pytest.raises(Refusal, match="50 MB"):
        keep(folder, file)


def test_a_missing_file_is_the_environments(folder: LedgerFolder, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"找不到文件“无\.jpg”"):
        keep(folder, tmp_path / "无.jpg")


def test_a_ledger_that_can_not_be_written(folder: LedgerFolder) -> None:
    content = picture()
    (folder.photos / sha256(content).hexdigest()[:2]).write_text("a file where a folder should be")
    with pytest.raises(EnvironmentFault, match="附件没有保存"):
        keep(folder, content)


def test_a_thumbnail_is_small_upright_and_made_once(folder: LedgerFolder) -> None:
    kept = keep(folder, picture(orientation=6))
    small = thumbnail(folder, kept.sha256, 120)
    with Image.open(small) as shown:
        assert shown.size == (90, 120)
    os.utime(small, (1, 1))
    assert thumbnail(folder, kept.sha256, 120).stat().st_mtime == 1
    assert thumbnail(folder, kept.sha256) != small


def test_no_thumbnail_of_a_pdf_or_of_what_is_gone(folder: LedgerFolder) -> None:
    kept = keep(folder, PDF)
    with pytest.raises(Refusal, match="PDF"):
        thumbnail(folder, kept.sha256)
    with pytest.raises(EnvironmentFault, match="找不到文件"):
        thumbnail(folder, "ab" * 32)
