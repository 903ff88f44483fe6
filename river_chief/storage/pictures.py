"""What a picture file says: its kind, when and where it was taken, and what it looks like.

The bytes come from anywhere. A file that is no picture is refused; a picture whose EXIF is broken or absurd is a
picture without that time or place.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from math import isfinite
from typing import Any

from PIL import Image

from river_chief.errors import Refusal
from river_chief.rules.photo_checks import GREYS

PDF = "application/pdf"
BEIJING = timezone(timedelta(hours=8))
_ENDINGS = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "BMP": ("image/bmp", ".bmp"),
    "TIFF": ("image/tiff", ".tif"),
    "GIF": ("image/gif", ".gif"),
}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ORIENTATION, _CHANGED = 0x0112, 0x0132
# DateTimeOriginal and DateTimeDigitized, each with the tag of its offset from UTC.
_TAKEN = ((0x9003, 0x9011), (0x9004, 0x9012))
_LAT_REF, _LAT, _LON_REF, _LON = 1, 2, 3, 4
# A camera whose clock was never set says 1970, 1980 or nothing; no digital photo is older than this.
_YEARS = range(1990, 2200)
# What Pillow and plain arithmetic raise on EXIF that was broken or made up.
_ODD = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError)
_BROKEN = (*_ODD, struct.error)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIELDS = (24, 18)
# Under this many grey levels between its darkest and its lightest part a picture shows nothing to compare.
_CONTRAST = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file of photos or scans is.

    ``taken_at``  the camera's local time (Beijing time, where the camera noted another zone).
    ``lon`` ``lat``  where it stood, WGS84 degrees.  ``looks``  see ``looks``, "" for a page of one colour or a PDF.
    """

    media_type: str
    ending: str
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    looks: str = ""


def recognised(content: bytes) -> Picture:
    """What *content* is; ``Refusal`` where it is no picture or PDF that can be read to its end."""
    if content.startswith(b"%PDF-"):
        return Picture(PDF, ".pdf")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                kind = _ENDINGS.get(picture.format or "")
                exif = _exif(picture)
                taken_at, (lon, lat) = _taken_at(exif), _position(exif)
                picture.load()
                seen = looks(upright(picture, exif))
    except _BROKEN:
        raise Refusal("这个文件不是能读取的图片或 PDF，请另存为 JPG 或 PDF 后再添加。") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal("图片的像素太多，请缩小后再添加。") from None
    if kind is None:
        raise Refusal("不支持这种图片格式，请另存为 JPG 或 PDF 后再添加。")
    return Picture(kind[0], kind[1], taken_at, lon, lat, seen)


def small_copy(content: bytes, size: int) -> bytes:
    """The picture turned upright, no larger than *size* pixels either way, on white, as a JPEG.

    Raises ``Refusal`` where it can not be read (any more).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content)) as picture:
                exif = _exif(picture)
                picture.draft("RGB", (size * 2, size * 2))
                plain = upright(_on_white(picture), exif)
    except (*_BROKEN, Image.DecompressionBombError):
        raise Refusal("这张照片的文件读不出来，可能被改动过，请在“设置 → 台账文件”核对台账。") from None
    plain.thumbnail((size, size))
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def upright(picture: Image.Image, exif: Image.Exif | None = None) -> Image.Image:
    """*picture* as it was seen: turned the way its EXIF says."""
    try:
        turn = None if exif is None else _TURNS.get(int(exif.get(_ORIENTATION, 1)))
    except _BROKEN:
        return picture
    return picture if turn is None else picture.transpose(turn)


def looks(picture: Image.Image) -> str:
    """The fingerprint of what *picture* shows: 18 rows of 24 fields, a digit of base 64 for the grey of each.

    A copy of a picture, saved again or smaller, differs by a step or two in any field. Photos of one place before and
    after differ by more where something was cleared away; a fingerprint of 64 bits can not tell those two apart.
    """
    grey = picture.convert("L").resize(_FIELDS, Image.Resampling.BOX).tobytes()
    if max(grey) - min(grey) < _CONTRAST:
        return ""
    return "".join(GREYS[field >> 2] for field in grey)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        ground.alpha_composite(seen)
        return ground.convert("RGB")
    return picture.convert("RGB")


def _exif(picture: Image.Image) -> Image.Exif | None:
    try:
        return picture.getexif()
    except _BROKEN:
        return None


def _block(exif: Image.Exif | None, ifd: int) -> dict[int, Any]:
    try:
        return {} if exif is None else dict(exif.get_ifd(ifd))
    except _BROKEN:
        return {}


def _taken_at(exif: Image.Exif | None) -> datetime | None:
    block = _block(exif, _EXIF_IFD)
    for taken, offset in _TAKEN:
        moment = _moment(block.get(taken), block.get(offset))
        if moment is not None:
            return moment
    try:
        return None if exif is None else _moment(exif.get(_CHANGED), None)
    except _BROKEN:
        return None


def _moment(text: object, offset: object) -> datetime | None:
    try:
        moment = datetime.strptime(_words(text)[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    try:
        zone = datetime.strptime(_words(offset), "%z").tzinfo
        moment = moment.replace(tzinfo=zone).astimezone(BEIJING).replace(tzinfo=None)
    except (ValueError, OverflowError):
        pass  # no zone noted, or a broken one: the camera's clock as it is
    return moment if moment.year in _YEARS else None


def _words(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
    return text.strip("\x00 ")


def _position(exif: Image.Exif | None) -> tuple[float | None, float | None]:
    block = _block(exif, _GPS_IFD)
    lat = _degrees(block.get(_LAT), _words(block.get(_LAT_REF)) == "S", 90)
    lon = _degrees(block.get(_LON), _words(block.get(_LON_REF)) == "W", 180)
    # Null Island is what a phone without a fix writes.
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None, None
    return lon, lat


def _degrees(parts: object, is_negative: bool, most: int) -> float | None:
    """Degrees of (degrees, minutes, seconds), to 7 digits (a centimetre)."""
    if not isinstance(parts, Sequence) or isinstance(parts, str | bytes) or len(parts) != 3:
        return None
    try:
        whole, minutes, seconds = (float(part) for part in parts)
    except _BROKEN:
        return None
    value = whole + minutes / 60 + seconds / 3600
    if not isfinite(value) or not 0 <= value <= most:
        return None
    return round(-value if is_negative else value, 7)
