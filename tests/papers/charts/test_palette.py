"""Inks: seen on white, told apart by colour-blind eyes and on a black-and-white print."""

from __future__ import annotations

from itertools import combinations, pairwise

from river_chief.papers.charts.palette import (
    ALERT,
    HEAT,
    INKS,
    MUTED,
    PAPER,
    TEXT,
    Hatch,
    contrast,
    luminance,
    text_on,
)


def lightness(colour: str) -> float:
    """CIE L* of a colour: equal steps look equal, in grey too."""
    part: float = luminance(colour)
    return 116 * part ** (1 / 3) - 16 if part > 0.008856 else 903.3 * part


def test_every_ink_stands_out_from_paper() -> None:
    assert all(contrast(ink.colour, PAPER) >= 3 for ink in INKS)
    assert all(contrast(words, PAPER) >= 4.5 for words in (TEXT, MUTED, ALERT))


def test_in_grey_neighbours_differ_by_hatch_and_mark() -> None:
    for one, other in pairwise(INKS):
        assert one.hatch is not other.hatch
        assert one.mark is not other.mark
        assert one.dash != other.dash


def test_no_two_inks_have_the_same_hatch_or_the_same_mark_and_dash() -> None:
    assert len({ink.hatch for ink in INKS}) == len(INKS) == len(Hatch)
    assert all((one.mark, one.dash) != (other.mark, other.dash) for one, other in combinations(INKS, 2))


def test_shades_of_a_heat_map_darken_in_grey() -> None:
    assert all(lightness(lighter) - lightness(darker) >= 8 for lighter, darker in pairwise(HEAT))


def test_numbers_are_read_on_every_shade_and_ink() -> None:
    for ground in (*HEAT, *(ink.colour for ink in INKS)):
        assert contrast(text_on(ground), ground) >= 4.5
