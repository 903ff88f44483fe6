"""What speaks against a photo after, each doubt by itself and none where all is well."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from river_chief.rules.coordinates import Point, shifted
from river_chief.rules.photo_checks import Doubt, Photo, Run, Site, alike, warnings_of
from river_chief.terms import Datum, Phase

TODAY = date(2025, 3, 31)
HERE = Point(118.4600, 29.0500)
SITE = Site(date(2025, 3, 3), (Run(date(2025, 3, 3), date(2025, 3, 5)),), HERE, Datum.CGCS2000)
BEFORE = Photo(
    "前.jpg",
    "a" * 64,
    Phase.BEFORE,
    "AZ" * 216,
    datetime(2025, 3, 3, 9),
    date(2025, 3, 3),
    118.46,
    29.05,
)


def after(**values: Any) -> Photo:
    kept: dict[str, Any] = {
        "name": "后.jpg",
        "sha256": "b" * 64,
        "phase": Phase.AFTER,
        "looks": "ZA" * 216,
        "taken_at": datetime(2025, 3, 8, 10),
        "happened_on": date(2025, 3, 8),
        "lon": 118.4601,
        "lat": 29.0501,
        **values,
    }
    return Photo(**kept)


def doubts(photo: Photo, *others: Photo, site: Site = SITE, **more: Any) -> list[Doubt]:
    return [item.doubt for item in warnings_of(photo, others or (BEFORE,), site, today=TODAY, **more)]


def sentence(photo: Photo, *others: Photo, site: Site = SITE, **more: Any) -> str:
    [warning] = warnings_of(photo, others or (BEFORE,), site, today=TODAY, **more)
    return warning.sentence


def test_nothing_is_said_of_a_right_photo() -> None:
    assert doubts(after()) == []


def test_the_same_file_and_the_same_picture() -> None:
    assert sentence(after(sha256="a" * 64)) == "与整改前照片“前.jpg”是同一张"
    assert sentence(after(looks="AZ" * 215 + "CX")) == "与整改前照片“前.jpg”几乎一样，可能是同一张"
    assert doubts(after(looks="AZ" * 215 + "DZ")) == []
    during = Photo("中.jpg", "b" * 64, Phase.DURING)
    assert doubts(after(), during) == []


def test_a_look_back_must_not_repeat_the_photo_after_either() -> None:
    again = after(phase=Phase.LOOK_BACK, sha256="c" * 64)
    assert doubts(again, BEFORE, after()) == [Doubt.SAME_LOOKS]


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (datetime(2025, 3, 2, 23, 59), "拍摄时间 2025-03-02 23:59 早于发现时间 2025-03-03"),
        (datetime(2025, 3, 4, 8), "拍摄时间 2025-03-04 08:00 早于交办时间 2025-03-05"),
        (datetime(2025, 4, 1, 8), "拍摄时间 2025-04-01 08:00 晚于今天，相机的时间可能不准"),
    ],
)
def test_a_photo_of_the_wrong_time(taken: datetime, words: str) -> None:
    assert sentence(after(taken_at=taken)) == words


def test_the_day_of_assigning_itself_is_right() -> None:
    assert doubts(after(taken_at=datetime(2025, 3, 5))) == []


def test_after_a_relapse_the_new_clock_counts() -> None:
    runs = (
        Run(date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 10)),
        Run(date(2025, 3, 20), date(2025, 3, 20)),
    )
    twice = Site(date(2025, 3, 3), runs, HERE, Datum.WGS84)
    assert doubts(after(), site=twice) == []
    old = after(happened_on=date(2025, 3, 25))
    assert sentence(old, site=twice) == "拍摄时间 2025-03-08 10:00 早于反弹时间 2025-03-20"
    looked = after(phase=Phase.LOOK_BACK, happened_on=date(2025, 3, 12))
    assert sentence(looked, site=twice) == "拍摄时间 2025-03-08 10:00 早于销号时间 2025-03-10"
    relapsed = after(phase=Phase.LOOK_BACK, taken_at=datetime(2025, 3, 20, 9), happened_on=date(2025, 3, 20))
    assert doubts(relapsed, site=twice) == []


def test_a_photo_taken_elsewhere() -> None:
    far = after(lon=118.47, lat=29.06)
    assert sentence(far) == "拍摄位置离问题坐标约1.5公里，超过500米"
    assert doubts(far, metres=2000) == []
    assert sentence(after(lat=29.0555)) == "拍摄位置离问题坐标约612米，超过500米"


def test_a_place_from_a_phones_map_is_put_back_first() -> None:
    map = Site(SITE.found_on, SITE.runs, shifted(HERE), Datum.GCJ02)
    assert doubts(after(), site=map, metres=50) == []
    unknown = Site(SITE.found_on, SITE.runs, shifted(HERE), None)
    assert doubts(after(), site=unknown, metres=50) == []
    taken_for_wgs84 = Site(SITE.found_on, SITE.runs, shifted(HERE), Datum.WGS84)
    assert doubts(after(), site=taken_for_wgs84, metres=50) == [Doubt.ELSEWHERE]


def test_without_coordinates_the_photo_before_says_where() -> None:
    nowhere = Site(SITE.found_on, SITE.runs)
    far = after(lon=118.47)
    assert sentence(far, site=nowhere) == "拍摄位置离整改前照片的拍摄位置约972米，超过500米"
    assert doubts(far, Photo("前.jpg", "a" * 64, Phase.BEFORE), site=nowhere) == []


def test_no_time_is_a_mild_note_where_others_have_one() -> None:
    assert doubts(after(taken_at=None)) == [Doubt.NO_TIME]
    assert Doubt.NO_TIME.is_mild
    assert not Doubt.TOO_OLD.is_mild
    assert doubts(after(taken_at=None), Photo("前.jpg", "a" * 64, Phase.BEFORE)) == []


def test_the_same_photo_in_other_problems() -> None:
    assert sentence(after(), used_in=["砚2025-002"]) == "同一张照片也用在砚2025-002"
    many = [f"砚2025-00{n}" for n in range(2, 7)]
    assert sentence(after(), used_in=many).endswith("砚2025-002、砚2025-003、砚2025-004等5个问题")


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DURING, Phase.SCAN, Phase.EVIDENCE, Phase.PATROL])
def test_what_proves_nothing_is_not_checked(phase: Phase) -> None:
    assert (
        doubts(after(phase=phase, sha256="a" * 64, taken_at=datetime(2020, 1, 1)), used_in=["砚2025-002"])
        == []
    )


def test_a_draft_without_dates_is_only_compared() -> None:
    assert doubts(after(sha256="a" * 64, taken_at=datetime(2020, 1, 1)), site=Site()) == [Doubt.SAME_FILE]


def test_no_looks_are_like_no_others() -> None:
    assert not alike("", "")
    assert not alike("A" * 432, "")
    assert alike("A" * 432, "A" * 431 + "C")
    assert not alike("A" * 432, "A" * 431 + "D")
