"""Inks of charts: colours told apart by colour-blind eyes, each with a hatch, a mark and a dash of its own.

The hues are those of Okabe and Ito's palette (2008), the light ones darkened until they stand out from white by
3:1, as WCAG 2.1 asks of graphics (1.4.11). On a black-and-white print the hatch, mark or dash tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

TEXT = "#22303a"
MUTED = "#5d6b75"
ALERT = "#b3382c"
AXIS = "#87949c"
GRID = "#e1e7ea"
PAPER = "#ffffff"
BLACK = "#000000"


class Hatch(Enum):
    """White strokes over a colour."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    CROSSED = "crossed"
    UPRIGHT = "upright"
    DOTTED = "dotted"


class Mark(Enum):
    """The sign at a point of a line."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Ink:
    """What a line or layer is drawn with; ``dash`` are lengths of stroke and gap in points."""

    colour: str
    hatch: Hatch
    mark: Mark
    dash: tuple[float, ...]


INKS: tuple[Ink, ...] = (
    Ink("#0072b2", Hatch.NONE, Mark.CIRCLE, ()),
    Ink("#c68400", Hatch.RISING, Mark.SQUARE, (6, 2.5)),
    Ink("#007a59", Hatch.DOTTED, Mark.TRIANGLE, (2, 2)),
    Ink("#3e97cc", Hatch.FALLING, Mark.DIAMOND, (8, 2, 2, 2)),
    Ink("#b85f92", Hatch.CROSSED, Mark.DROP, (4, 2)),
    Ink("#d55e00", Hatch.UPRIGHT, Mark.CIRCLE, (1.5, 3)),
    Ink("#66757f", Hatch.LEVEL, Mark.SQUARE, (10, 3)),
)
HEAT = ("#ffffff", "#d6e8f4", "#97c4e2", "#4792c4", "#08436e")
"""From nothing to most: one hue, each step clearly darker than the last."""


def ink(place: int) -> Ink:
    """The ink at *place*; after the last they begin anew."""
    return INKS[place % len(INKS)]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(ground: str) -> str:
    """Black or white, whichever is read on *ground*: at least 4.5:1 on any colour."""
    return max((BLACK, PAPER), key=lambda colour: contrast(colour, ground))
