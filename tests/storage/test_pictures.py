"""What a picture says of itself: time and place of the camera, its looks, and nothing where its EXIF is broken."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from river_chief.errors import Refusal
from river_chief.rules.photo_checks import alike
from river_chief.storage.pictures import looks, recognised, small_copy
from tests.photographs import EXIF, bank, camera, jpeg


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2025:03:05 09:12:30", "", datetime(2025, 3, 5, 9, 12, 30)),
        ("2025:03:05 09:12:30", "+08:00", datetime(2025, 3, 5, 9, 12, 30)),
        ("2025:03:05 20:12:30", "+00:00", datetime(2025, 3, 6, 4, 12, 30)),
        ("2025:03:05 20:12:30", "Z", datetime(2025, 3, 6, 4, 12, 30)),
        ("2025:03:05 09:12:30", "+99:99", datetime(2025, 3, 5, 9, 12, 30)),
        ("2025:03:05 09:12:30\x00", "   :  ", datetime(2025, 3, 5, 9, 12, 30)),
        ("1970:01:01 00:00:00", "", None),
        ("9999:12:31 23:59:59", "-12:00", None),
        ("0000:00:00 00:00:00", "", None),
        ("    :  :     :  :  ", "", None),
    ],
)
def test_the_cameras_time(taken: str, offset: str, expected: datetime | None) -> None:
    assert recognised(jpeg(exif=camera(taken, offset))).taken_at == expected


def test_the_digitised_time_and_the_time_of_the_file_stand_in() -> None:
    exif = Image.Exif()
    exif[0x0132] = "2025:03:07 08:00:00"
    assert recognised(jpeg(exif=exif)).taken_at == datetime(2025, 3, 7, 8)
    exif.get_ifd(EXIF)[0x9004] = "2025:03:06 08:00:00"
    assert recognised(jpeg(exif=exif)).taken_at == datetime(2025, 3, 6, 8)


def test_the_cameras_place_in_degrees() -> None:
    exif = camera(gps={1: "N", 2: (29.0, 3.0, 25.2), 3: "E", 4: (118.0, 27.0, 36.0)})
    found = recognised(jpeg(exif=exif))
    assert (found.lon, found.lat) == (118.46, 29.057)
    exif = camera(gps={1: "S", 2: (29.0, 3.0, 25.2), 3: "W", 4: (118.0, 27.0, 36.0)})
    found = recognised(jpeg(exif=exif))
    assert (found.lon, found.lat) == (-118.46, -29.057)


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (118.0, 0.0, 0.0)},
        {1: "N", 2: (29.0, 0.0), 3: "E", 4: (118.0, 0.0, 0.0)},
        {1: "N", 3: "E", 4: (118.0, 0.0, 0.0)},
    ],
)
def test_an_absurd_place_is_no_place(gps: dict[int, object]) -> None:
    found = recognised(jpeg(exif=camera(gps=gps)))
    assert (found.lon, found.lat) == (None, None)


def test_a_zero_denominator_is_no_place() -> None:
    exif = camera(gps={1: "N", 2: (29.0, 3.0, 25.0), 3: "E", 4: (118.0, 27.0, 36.0)})
    content = jpeg(exif=exif)
    broken = content.replace((29).to_bytes(4, "little") + (1).to_bytes(4, "little"), bytes(8))
    broken = broken.replace((29).to_bytes(4, "big") + (1).to_bytes(4, "big"), bytes(8))
    assert broken != content
    assert recognised(broken).lat is None


@given(st.binary(min_size=1, max_size=12), st.integers(0, 2000))
def test_a_broken_exif_never_keeps_a_photo_out(noise: bytes, place: int) -> None:
    exif = camera(
        "2025:03:05 09:12:30", "+08:00", {1: "N", 2: (29.0, 3.0, 25.2), 3: "E", 4: (118.0, 27.0, 36.0)}
    )
    exif[0x0112] = 6
    content = jpeg(bank(size=(48, 36)), exif=exif)
    block = content.index(b"Exif\x00\x00") + 6
    length = int.from_bytes(content[block - 8 : block - 6], "big") - 8
    start = block + place % (length - len(noise))
    broken = content[:start] + noise + content[start + len(noise) :]
    found = recognised(broken)
    assert found.media_type == "image/jpeg"
    assert small_copy(broken, 32)


@pytest.mark.parametrize(("scale", "quality"), [(0.5, 40), (0.3, 30), (1.0, 60), (1.5, 75)])
def test_a_copy_looks_the_same(scale: float, quality: int) -> None:
    original = bank()
    copy = original.resize((int(640 * scale), int(480 * scale)))
    assert alike(looks(original), recognised(jpeg(copy, quality=quality)).looks)


def test_another_place_and_the_same_place_cleared_look_different() -> None:
    assert len(looks(bank())) == 432
    assert not alike(looks(bank()), looks(bank(seed=2)))
    assert not alike(looks(bank()), looks(bank(rubbish=1)))


def test_a_turned_photo_looks_as_it_was_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = bank().transpose(Image.Transpose.ROTATE_90)
    assert alike(recognised(jpeg(lying, exif)).looks, looks(bank()))


def test_a_page_of_one_colour_has_no_looks() -> None:
    assert recognised(jpeg(Image.new("RGB", (64, 48), "white"))).looks == ""
    assert recognised(b"%PDF-1.7\n").looks == ""


def test_what_is_transparent_is_shown_on_white() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(buffer, "PNG")
    with Image.open(BytesIO(small_copy(buffer.getvalue(), 20))) as shown:
        assert shown.size == (20, 15)
        assert shown.getpixel((5, 5)) == (255, 255, 255)


def test_a_file_that_was_cut_off_has_no_small_copy() -> None:
    with pytest.raises(Refusal, match="读不出来"):
        small_copy(jpeg()[:900], 100)
