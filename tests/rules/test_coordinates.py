"""One point in the systems of the trade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.coordinates import Point, apart_m, distance_m, shifted, to_wgs84
from river_chief.terms import Datum

# The same places as phones (WGS84) and maps (GCJ-02) are known to give them.
KNOWN = [
    (Point(121.5272106, 31.1774276), Point(121.531541859215, 31.17530398364597)),
    (Point(113.912316, 22.543847), Point(113.9171764808363, 22.540796131694766)),
    (Point(116.377817, 39.911954), Point(116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("phone", "map"), KNOWN)
def test_known_places(phone: Point, map: Point) -> None:
    assert apart_m(shifted(phone), map) < 0.5
    assert apart_m(to_wgs84(map, Datum.GCJ02), phone) < 0.5
    assert 50 < apart_m(phone, map) < 800


def test_what_baidu_shows_is_shifted_once_more() -> None:
    phone, map = KNOWN[2]
    baidu = Point(116.39045, 39.91964)
    assert apart_m(to_wgs84(baidu, Datum.BD09), phone) < 30
    assert apart_m(baidu, map) > 500


@given(st.floats(75, 134), st.floats(4, 53))
def test_there_and_back(lon: float, lat: float) -> None:
    point = Point(lon, lat)
    assert apart_m(to_wgs84(shifted(point), Datum.GCJ02), point) < 0.1


@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(Datum))
def test_any_point_of_the_earth_can_be_asked(lon: float, lat: float, datum: Datum) -> None:
    point = Point(lon, lat)
    assert 0 <= distance_m(Point(118.46, 29.05), point, datum) <= 20_100_000


def test_abroad_and_the_countys_system_are_as_they_are() -> None:
    assert to_wgs84(Point(-0.1276, 51.5072), Datum.GCJ02) == Point(-0.1276, 51.5072)
    assert to_wgs84(Point(118.46, 29.05), Datum.CGCS2000) == Point(118.46, 29.05)


def test_metres() -> None:
    assert apart_m(Point(118.46, 29.05), Point(118.46, 29.06)) == pytest.approx(1112, abs=1)
    assert apart_m(Point(118.46, 29.05), Point(118.47, 29.05)) == pytest.approx(972, abs=1)
    assert apart_m(Point(179.999, 0), Point(-179.999, 0)) == pytest.approx(222, abs=1)


def test_an_unknown_system_gets_the_benefit_of_the_doubt() -> None:
    camera, map = KNOWN[0]
    assert distance_m(camera, map, Datum.WGS84) > 400
    assert distance_m(camera, map, None) < 1
    assert distance_m(camera, map, Datum.UNKNOWN) < 1
    assert distance_m(camera, camera, None) < 1
