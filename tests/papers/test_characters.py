from pathlib import Path

import pytest

from river_chief.papers.characters import clean, ems, glyphs_of, replace_missing
from river_chief.resources import resource


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("石埠溪左岸", "石埠溪左岸"),
        ("a\x00b\x07c\x7f", "abc"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("列\t列", "列 列"),
        ("半\ud800个", "半个"),
        ("倒\u202e序", "倒序"),
        ("䶮㛃𬍛😀", "䶮㛃𬍛😀"),
    ],
)
def test_clean_keeps_words_and_drops_what_no_paper_can_hold(given: str, kept: str) -> None:
    assert clean(given) == kept


def test_bundled_song_has_the_words_of_the_trade() -> None:
    glyphs = glyphs_of(resource("fonts/NotoSerifSC-Regular.otf"))
    words = "人水河湖乱占采堆建销号〔2025〕㎡m³—“”□√ⅠⅡⅢⅣⅤ〓䶮"
    assert replace_missing(words, glyphs) == words


def test_a_glyph_no_font_has_becomes_the_mark_of_a_missing_type() -> None:
    glyphs = frozenset(map(ord, "河长〓"))
    assert replace_missing("河😀长\n", glyphs) == "河〓长\n"


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    stray = tmp_path / "stray.otf"
    stray.write_bytes(b"not a font at all")
    with pytest.raises(ValueError, match=r"stray\.otf"):
        glyphs_of(stray)


def test_ems_counts_chinese_as_one_and_digits_as_about_half() -> None:
    assert ems("整改时限") == 4
    assert 5 < ems("2025-03-05") < 5.6
