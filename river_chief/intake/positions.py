"""Coordinates as sheets hold them: decimal degrees, 度分秒, dotted, a pair in a cell, swapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.characters import plain

DIGITS = 6  # about 0.1 m

POSITION_FORM = "请写成 118.475139,29.058333（经度在前），或 118°28′30.5″"


class Axis(Enum):
    """One of the two angles, with the degrees it may have in China."""

    LONGITUDE = ("经度", "E", "东经", 73, 136)
    LATITUDE = ("纬度", "N", "北纬", 3, 54)

    def __init__(self, label: str, letter: str, word: str, least: int, most: int) -> None:
        self.label = label
        self.letter = letter
        self.word = word
        self.least = least
        self.most = most

    def holds(self, degrees: Decimal) -> bool:
        return self.least <= degrees <= self.most


@dataclass(frozen=True, slots=True)
class Position:
    """Longitude and latitude in degrees, 6 decimals; the datum is the caller's to know.

    ``swapped``: the latitude stood first, without a letter to say so.
    """

    lon: float
    lat: float
    swapped: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Angle:
    degrees: Decimal
    axis: Axis | None


# One set of signs for the marks, half of which NFKC would turn into something else.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("°º˚゜℃度", "°"),
        **dict.fromkeys("′’‘'`´＇ʹ分", "'"),
        **dict.fromkeys('″”“"＂〃ʺ秒', '"'),
    }
)
_WORDS = re.compile(r"(?:东经|longitude|lon|lng|E|北纬|latitude|lat|N)[:=]?", re.IGNORECASE)
_NORTH = re.compile(r"(?:北纬|latitude|lat|N)[:=]?", re.IGNORECASE)
# X and Y are the other way round for surveyors, so they say nothing.
_GRID_LETTER = re.compile(r"(?<![A-Za-z])[XYxy] ?[:=]")
_FOREIGN = re.compile(r"西经|南纬|(?<![a-z])[WS](?![a-z])", re.IGNORECASE)
_PLANE = re.compile(r"\d{6,8}(?:\.\d+)?")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?°?")
_SEXAGESIMAL = re.compile(
    r"(?P<d>\d{1,3})(?:°|[ -]) ?(?P<m>\d{1,2}(?:\.\d+)?)(?:'|[ -]|$) ?(?:(?P<s>\d{1,2}(?:\.\d+)?)\"?)?"
)
_DOTTED = re.compile(r"(?P<d>\d{1,3})\.(?P<m>\d{1,2})\.(?P<s>\d{2})(?:\.?(?P<f>\d{1,4}))?")
_BETWEEN = re.compile(r"[,、;/|\n]")
_LETTER_BETWEEN = re.compile(r"(?<=[\d°'\"ENen]) ?(?=(?:东经|北纬|lon|lat|[EN](?=[ :=]*\d)))", re.IGNORECASE)


def position(value: CellValue) -> Position | Unreadable | None:
    """The pair of coordinates in one cell, in either order. None for an empty cell."""
    if value is None:
        return None
    if not isinstance(value, str):
        return Unreadable(f"坐标要有经度和纬度两个数，{POSITION_FORM}。")
    text = _tidy(value)
    if not text:
        return None
    halves = _halves(text)
    if len(halves) != 2:
        return Unreadable(f"要有经度和纬度两个数，{POSITION_FORM}。")
    return _pair(_angle(halves[0]), _angle(halves[1]))


def pair(lon: CellValue, lat: CellValue) -> Position | Unreadable | None:
    """The pair of coordinates in two cells; swapped columns are put right. None if both are empty."""
    first, second = _angle_of_cell(lon), _angle_of_cell(lat)
    if first is None and second is None:
        return None
    if first is None or second is None:
        return Unreadable("经度和纬度要成对填写，请补上另一个。")
    return _pair(first, second)


def longitude(value: CellValue) -> float | Unreadable | None:
    """The longitude a cell holds, in degrees. None for an empty cell."""
    return _single(value, Axis.LONGITUDE)


def latitude(value: CellValue) -> float | Unreadable | None:
    """The latitude a cell holds, in degrees. None for an empty cell."""
    return _single(value, Axis.LATITUDE)


def _single(value: CellValue, axis: Axis) -> float | Unreadable | None:
    angle = _angle_of_cell(value)
    if angle is None or isinstance(angle, Unreadable):
        return angle
    return _rounded(angle) if _fits(angle, axis) else _out_of_range(axis)


def _pair(first: _Angle | Unreadable, second: _Angle | Unreadable) -> Position | Unreadable:
    if isinstance(first, Unreadable):
        return first
    if isinstance(second, Unreadable):
        return second
    for lon, lat in ((first, second), (second, first)):
        if _fits(lon, Axis.LONGITUDE) and _fits(lat, Axis.LATITUDE):
            unsaid = lon.axis is None and lat.axis is None
            return Position(_rounded(lon), _rounded(lat), swapped=unsaid and lon is second)
    return Unreadable(
        f"经度应在 {Axis.LONGITUDE.least}—{Axis.LONGITUDE.most}、"
        f"纬度应在 {Axis.LATITUDE.least}—{Axis.LATITUDE.most} 之间，{POSITION_FORM}。"
    )


def _fits(angle: _Angle, axis: Axis) -> bool:
    return angle.axis in (None, axis) and axis.holds(angle.degrees)


def _rounded(angle: _Angle) -> float:
    return float(round(angle.degrees, DIGITS))


def _out_of_range(axis: Axis) -> Unreadable:
    return Unreadable(f"{axis.label}应在 {axis.least}—{axis.most} 之间，请核对经纬度是否写错或写反。")


def _tidy(text: str) -> str:
    """*text* in half width with one set of degree signs and without brackets."""
    axes = text.replace("经度", "东经").replace("纬度", "北纬")
    marked = plain(axes.translate(_SIGNS).replace("''", '"'))
    return _GRID_LETTER.sub(" ", marked).strip("()[]。.,;、 ").replace("  ", " ")


def _halves(text: str) -> list[str]:
    """The two angles of a pair: parted by a comma or the like, else by their letters, else by a space."""
    for parting in (_BETWEEN, _LETTER_BETWEEN):
        halves = [half.strip() for half in parting.split(text) if half.strip(" .。")]
        if len(halves) == 2:
            return halves
    words = text.split(" ")
    if len(words) in (4, 6):
        middle = len(words) // 2
        return [" ".join(words[:middle]), " ".join(words[middle:])]
    return words


def _angle_of_cell(value: CellValue) -> _Angle | Unreadable | None:
    if value is None or (isinstance(value, str) and not _tidy(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Unreadable(f"这不是坐标，{POSITION_FORM}。")
    if isinstance(value, str):
        return _angle(_tidy(value))
    if not 0 <= value <= 360:
        return _plane() if abs(value) >= 100_000 else Unreadable(f"不是度数，{POSITION_FORM}。")
    return _Angle(Decimal(repr(value)), None)


def _plane() -> Unreadable:
    return Unreadable("这像是平面直角坐标（米），请先换算成经纬度。")


def _angle(text: str) -> _Angle | Unreadable:
    """One angle in any notation, with the axis its letters name."""
    if _FOREIGN.search(text):
        return Unreadable(f"西经和南纬不在我国境内，{POSITION_FORM}。")
    axes = {Axis.LATITUDE if _NORTH.fullmatch(word) else Axis.LONGITUDE for word in _WORDS.findall(text)}
    if len(axes) > 1:
        return Unreadable(f"一个坐标不能既是经度又是纬度，{POSITION_FORM}。")
    axis = axes.pop() if axes else None
    written = _WORDS.sub("", text).strip(" :=")
    if _PLANE.fullmatch(written):
        return _plane()
    degrees = _degrees(written)
    return degrees if isinstance(degrees, Unreadable) else _Angle(degrees, axis)


def _degrees(written: str) -> Decimal | Unreadable:
    if _NUMBER.fullmatch(written):
        return Decimal(written.rstrip("°"))
    match = _DOTTED.fullmatch(written)
    if match is not None:
        return _sum(match["d"], match["m"], f"{match['s']}.{match['f'] or 0}")
    match = _SEXAGESIMAL.fullmatch(written)
    if match is not None and not ("." in match["m"] and match["s"]):
        return _sum(match["d"], match["m"], match["s"] or "0")
    return Unreadable(f"不是看得懂的坐标，{POSITION_FORM}。")


def _sum(degrees: str, minutes: str, seconds: str) -> Decimal | Unreadable:
    if Decimal(minutes) >= 60 or Decimal(seconds) >= 60:
        return Unreadable(f"分和秒都要小于 60，{POSITION_FORM}。")
    return Decimal(degrees) + Decimal(minutes) / 60 + Decimal(seconds) / 3600
