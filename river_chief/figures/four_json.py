"""四比 as the command line's JSON: keys in English, numbers unrounded with their text."""

from __future__ import annotations

from typing import Any

from river_chief.figures.four import Figure, FourFigures, Mean, Place, VillageFour
from river_chief.figures.ratio import Ratio


def four_as_json(four: FourFigures) -> dict[str, Any]:
    """``report compare``."""
    window = four.window
    return {
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "as_of": window.cut.isoformat(),
        "office": four.office,
        "period": four.name,
        "comparisons": [
            {
                "key": side.key,
                "name": side.name,
                "leading": four.leads[side.key],
                "figures": [
                    {
                        "key": each.key,
                        "name": each.name,
                        "sentence": each.sentence,
                        "less_is_better": each.less_is_better,
                    }
                    for each in side.figures
                ],
            }
            for side in four.sides
        ],
        "villages": [
            {
                "village": each.name,
                "village_id": each.key,
                "figures": _figures(each),
                "places": {key: _place(place) for key, place in each.places.items()},
            }
            for each in four.villages
        ],
        "total": _figures(four.total),
    }


def _figures(village: VillageFour) -> dict[str, Any]:
    return {key: _figure(each) for key, each in village.figures.items()}


def _figure(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {"value": figure.value, "text": figure.text}
    if isinstance(figure, Ratio):
        return {"numerator": figure.numerator, "denominator": figure.denominator, **found}
    if isinstance(figure, Mean):
        return {"days": figure.days, "clocks": figure.clocks, **found}
    return found


def _place(place: Place) -> dict[str, Any]:
    return {
        "rank": place.rank,
        "rank_before": place.before,
        "rank_change": place.change,
        "text": place.change_words,
        "light": None if place.light is None else place.light.value,
    }
