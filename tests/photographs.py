"""Photos for tests: drawn banks as a field camera would save them, with time and place in their EXIF."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

EXIF, GPS = 0x8769, 0x8825
TAKEN, OFFSET = 0x9003, 0x9011


def bank(seed: int = 1, size: tuple[int, int] = (640, 480), rubbish: int = 0) -> Image.Image:
    """A drawn bank; the same place with or without heaps of *rubbish*."""
    place = Random(seed)
    width, height = size
    picture = Image.new("RGB", size, (196, 214, 226))
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = place.randrange(width), place.randrange(height)
        grey = place.randrange(40, 220)
        pen.rectangle((x, y, x + width // 6, y + height // 8), fill=(grey, grey, grey // 2))
    for _ in range(rubbish):
        x, y = place.randrange(width), place.randrange(height // 2, height)
        pen.ellipse((x, y, x + width // 8, y + height // 8), fill=(250, 250, 240))
    return picture


def camera(taken: object = "", offset: object = "", gps: dict[int, object] | None = None) -> Image.Exif:
    """EXIF as given, right or wrong."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(EXIF)[TAKEN] = taken
    if offset:
        exif.get_ifd(EXIF)[OFFSET] = offset
    if gps is not None:
        exif.get_ifd(GPS).update(gps)
    return exif


def jpeg(picture: Image.Image | None = None, exif: Image.Exif | None = None, quality: int = 85) -> bytes:
    """*picture* (else a bank) as a file."""
    buffer = BytesIO()
    # An Exif with nothing but its blocks of time and place counts as empty.
    told = Image.Exif() if exif is None else exif
    (picture or bank()).save(buffer, "JPEG", exif=told, quality=quality)
    return buffer.getvalue()


def photograph(
    seed: int = 1,
    *,
    rubbish: int = 0,
    taken: datetime | None = None,
    at: tuple[float, float] | None = None,
    quality: int = 85,
) -> bytes:
    """A photo of the bank *seed*, taken then and *at* longitude and latitude."""
    gps: dict[int, object] | None = None
    if at is not None:
        gps = {1: "N", 2: _parts(at[1]), 3: "E", 4: _parts(at[0])}
    exif = camera("" if taken is None else f"{taken:%Y:%m:%d %H:%M:%S}", gps=gps)
    return jpeg(bank(seed, rubbish=rubbish), exif, quality)


def _parts(degrees: float) -> tuple[float, float, float]:
    whole, minutes = int(degrees), degrees % 1 * 60
    return float(whole), float(int(minutes)), round(minutes % 1 * 60, 4)
