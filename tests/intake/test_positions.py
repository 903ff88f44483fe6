from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.positions import Position, latitude, longitude, pair, position

HERE = Position(118.475139, 29.058333)


@pytest.mark.parametrize(
    "cell",
    [
        "118.475139,29.058333",
        "118.475139，29.058333",
        "118.475139、29.058333",
        "118.475139 29.058333",
        "118.475139；29.058333",
        "118.475139\n29.058333",
        "29.058333,118.475139",
        "（118.475139，29.058333）",
        "E118.475139 N29.058333",
        "N29.058333,E118.475139",
        "118.475139E,29.058333N",
        "东经118.475139°，北纬29.058333°",
        "东经118.475139北纬29.058333",
        "经度：118.475139，纬度：29.058333",
        "X:118.475139 Y:29.058333",
        "１１８.４７５１３９，２９.０５８３３３",
        "118°28′30.5″,29°3′30″",
        "118°28'30.5\",29°03'30.0\"",
        "118°28’30.5”，29°3’30”",
        "118º28′30.5″ 29º3′30″",
        "118度28分30.5秒，29度3分30秒",
        "E118°28′30.5″N29°3′30″",
        "北纬29°3′30″，东经118°28′30.5″",
        "118.28.305,29.03.30",
        "118.28.30.5,29.03.300",
        "118 28 30.5,29 3 30",
        "118 28 30.5 29 3 30",
        "118-28-30.5,29-3-30",
    ],
)
def test_one_place_written_in_many_ways(cell: str) -> None:
    assert position(cell) == HERE


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        (118.475139, 118.475139),
        ("118.475139", 118.475139),
        ("118°28′30.5″", 118.475139),
        ("118.28.305", 118.475139),
        ("118°28.50835′", 118.475139),
        ("东经118.475139", 118.475139),
        ("118.475139°E", 118.475139),
        (118, 118.0),
        (None, None),
        (" ", None),
    ],
)
def test_a_longitude_alone(cell: CellValue, degrees: float | None) -> None:
    assert longitude(cell) == degrees


def test_columns_that_were_swapped_are_put_right() -> None:
    assert pair(118.475139, 29.058333) == HERE
    assert pair("29°3′30″", "118°28′30.5″") == HERE
    assert pair(None, "") is None


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("118.4,118.5", "经度应在"),
        ("0,0", "经度应在"),
        ("E29.05,N118.47", "经度应在"),
        ("118.475139", "经度和纬度两个数"),
        (118.475139, "经度和纬度两个数"),
        ("118.4,29.0,30.1", "经度和纬度两个数"),
        ("西经118.4,北纬29.0", "西经"),
        ("118°61′30″,29°3′30″", "小于 60"),
        ("118.28.905,29.03.300", "小于 60"),
        ("118.28.5,29.03.300", "不是看得懂"),
        ("39548123.5,3215678.2", "平面直角坐标"),
        ("桥头,上游", "不是看得懂"),
    ],
)
def test_what_is_no_place_is_refused(cell: CellValue, word: str) -> None:
    answer = position(cell)
    assert isinstance(answer, Unreadable)
    assert word in answer.reason
    assert answer.reason.endswith("。")


def test_half_a_pair_and_a_wrong_axis_are_refused() -> None:
    assert pair(118.475139, None) == Unreadable("经度和纬度要成对填写，请补上另一个。")
    assert isinstance(longitude(29.05), Unreadable)
    assert isinstance(latitude("118.47"), Unreadable)
    assert isinstance(longitude(39548123.5), Unreadable)
    assert isinstance(latitude(True), Unreadable)


cells = st.one_of(
    st.none(), st.text(), st.text("0123456789.,°′″度分秒EN东经北纬 -、"), st.floats(), st.integers()
)


@given(cells, cells)
def test_never_raises(one: CellValue, other: CellValue) -> None:
    for answer in (position(one), pair(one, other)):
        assert answer is None or isinstance(answer, Position | Unreadable)
    for angle in (longitude(one), latitude(one)):
        assert angle is None or isinstance(angle, float | Unreadable)


@given(st.floats(73.1, 135.9), st.floats(3.1, 53.9))
def test_a_place_reads_back_in_either_order(lon: float, lat: float) -> None:
    place = Position(round(lon, 6), round(lat, 6))
    assert position(f"{lon:.6f},{lat:.6f}") == place
    assert position(f"{lat:.6f} {lon:.6f}") == place
    assert pair(round(lat, 6), round(lon, 6)) == place


@given(st.integers(74, 134), st.integers(0, 59), st.integers(0, 599))
def test_degrees_minutes_seconds_and_dots_say_the_same(degrees: int, minutes: int, tenths: int) -> None:
    expected = round(degrees + minutes / 60 + tenths / 36000, 6)
    seconds = f"{tenths // 10:02}.{tenths % 10}"
    assert longitude(f"{degrees}°{minutes}′{seconds}″") == pytest.approx(expected, abs=1.1e-6)
    assert longitude(f"{degrees}.{minutes:02}.{tenths:03}") == pytest.approx(expected, abs=1.1e-6)
