"""坐标: one point on earth in the systems of the trade, and how far two points are apart.

Phones and cameras write WGS84; the county's GIS hands in CGCS2000, which is the same to a metre. Maps on phones show
GCJ-02 (shifted by 50 to 700 m inside the mainland) or BD-09 (shifted again).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

from river_chief.terms import Datum

EARTH_M = 6_371_008.8
# The ellipsoid the shift is computed on (Krassovsky 1940): its half axis in metres, its eccentricity squared.
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.00669342162296594323
_BAIDU = pi * 3000 / 180
# Inside of it maps are shifted: west, south, east, north.
_MAINLAND = (72.004, 0.8293, 137.8347, 55.8271)
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of longitude and latitude in one of the systems."""

    lon: float
    lat: float


def to_wgs84(point: Point, datum: Datum) -> Point:
    """*point* of the system *datum* in WGS84, to well under a metre; one of an unknown system as it is."""
    if datum is Datum.GCJ02:
        return _unshifted(point)
    if datum is Datum.BD09:
        return _unshifted(_from_baidu(point))
    return point


def apart_m(one: Point, other: Point) -> float:
    """Metres between two WGS84 points along the surface (haversine)."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def distance_m(camera: Point, place: Point, datum: Datum | None) -> float:
    """Metres from a camera (WGS84) to a *place*; in an unknown system the nearest it can be."""
    systems = [datum]
    if datum in (None, Datum.UNKNOWN):
        systems = [Datum.WGS84, Datum.GCJ02, Datum.BD09]
    return min(apart_m(camera, to_wgs84(place, system or Datum.UNKNOWN)) for system in systems)


def shifted(point: Point) -> Point:
    """*point* of WGS84 in GCJ-02; outside of the mainland nothing is shifted."""
    west, south, east, north = _MAINLAND
    if not (west <= point.lon <= east and south <= point.lat <= north):
        return point
    x, y = point.lon - 105, point.lat - 35
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    up = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    up += (20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)) * 2 / 3
    right = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    right += (
        (20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    )
    latitude = radians(point.lat)
    flat = 1 - _ECCENTRICITY * sin(latitude) ** 2
    lat = point.lat + up * 180 / (_AXIS * (1 - _ECCENTRICITY) / (flat * sqrt(flat)) * pi)
    lon = point.lon + right * 180 / (_AXIS / sqrt(flat) * cos(latitude) * pi)
    return Point(lon, lat)


def _unshifted(point: Point) -> Point:
    """The point that is *point* when shifted; found by correcting a guess by what it misses."""
    guess = point
    for _ in range(_ROUNDS):
        missed = shifted(guess)
        guess = Point(guess.lon + point.lon - missed.lon, guess.lat + point.lat - missed.lat)
    return guess


def _from_baidu(point: Point) -> Point:
    x, y = point.lon - 0.0065, point.lat - 0.006
    radius = hypot(x, y) - 0.00002 * sin(y * _BAIDU)
    angle = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return Point(radius * cos(angle), radius * sin(angle))
