"""What the tables of 四比 show of a village."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from river_chief.figures.four import Figure, FourFigures, Place, VillageFour
from river_chief.figures.four_rows import BEHIND, Behind, Rows, number_of
from river_chief.figures.ratio import Ratio
from river_chief.rules.four_words import FigureWords, SideWords
from river_chief.rules.ranking import NO_TASK
from river_chief.terms import Light
from ui.style import Tone
from ui.tables.figure_rows import FigureColumn

WHOLE = ".whole"
"""Ends the key of a rate's denominator."""
TONES = {Light.GREEN: Tone.GOOD, Light.YELLOW: Tone.WARN, Light.RED: Tone.ALERT}
_WORDS = {Rows.PROBLEMS: "看对应的问题", Rows.LOGS: "看巡河日志", Rows.PERSONS: "看是哪些人"}
_RATES = ("看分子", "看分母")


def place_columns(four: FourFigures) -> list[FigureColumn]:
    """Of each comparison the leading figure with its light, the rank and its change."""
    columns = [_name()]
    for side in four.sides:
        words = side.figure(four.leads[side.key])
        columns += [_figure(words, head=f"{side.name}\n{words.name}", light=side), *_places(four, side)]
    return columns


def side_columns(four: FourFigures, side: SideWords) -> list[FigureColumn]:
    """Every figure of one comparison, the rank, its change and the light."""
    lead = four.leads[side.key]
    figures = [
        _figure(words, light=side if words.key == lead else None, leads=words.key == lead)
        for words in side.figures
    ]
    return [_name(), *figures, *_places(four, side)]


def _name() -> FigureColumn:
    return FigureColumn("村（社区）", 6.5, attrgetter("name"), lambda _line: None)


def _figure(
    words: FigureWords, *, head: str = "", light: SideWords | None = None, leads: bool = False
) -> FigureColumn:
    behind = BEHIND.get(words.key)
    name = head or (f"{words.name}★" if leads else words.name)

    def figure(line: VillageFour) -> Figure:
        return line.figures[words.key]

    def place(line: VillageFour) -> Place | None:
        return None if light is None else line.places.get(light.key)

    def text(line: VillageFour) -> str:
        at = place(line)
        lit = f"{at.light.mark}　" if at is not None and at.light is not None else ""
        return f"{lit}{figure(line).text}"

    def tone(line: VillageFour) -> Tone | None:
        at = place(line)
        return None if at is None or at.light is None else TONES[at.light]

    def tip(line: VillageFour) -> str:
        shown = figure(line)
        counts = f"{shown.numerator} ÷ {shown.denominator}　" if isinstance(shown, Ratio) else ""
        return f"{counts}{words.sentence}"

    return FigureColumn(
        name,
        max(map(len, name.split("\n"))),
        text,
        lambda line: figure(line).exact,
        asks="" if behind is None else words.key,
        beside=f"{words.key}{WHOLE}" if behind is not None and behind.whole else "",
        leads=has_rows,
        words=_menu_words(behind),
        tip=tip,
        tone=tone,
        widest="● 绿　100.00%" if light is not None else "",
        explains=words.sentence,
    )


def _menu_words(behind: Behind | None) -> tuple[str, str]:
    if behind is None:
        return "", ""
    return _RATES if behind.whole else (_WORDS[behind.rows], "")


def has_rows(line: VillageFour, key: str) -> bool:
    """Whether something is counted under *key*, a figure's or a rate's denominator's."""
    return number_of(line, key.removesuffix(WHOLE), whole=key.endswith(WHOLE)) > 0


def _places(four: FourFigures, side: SideWords) -> list[FigureColumn]:
    rule = f"按{four.lead_name(side)}排名，并列的名次相同；没有可比数据的为{NO_TASK}，不参加排名。"

    def of(read: Callable[[Place], Any], otherwise: Any) -> Callable[[VillageFour], Any]:
        def told(line: VillageFour) -> Any:
            place = line.places.get(side.key)
            return otherwise if place is None else read(place)

        return told

    return [
        FigureColumn(
            "位次",
            3.6,
            of(attrgetter("rank_words"), ""),
            of(attrgetter("rank"), None),
            explains=rule,
        ),
        FigureColumn(
            "变化",
            2,
            of(attrgetter("change_words"), ""),
            of(attrgetter("change"), None),
            widest="↑10",
            explains=f"与{four.before}比的位次。{rule}",
        ),
    ]
