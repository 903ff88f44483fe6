"""四比 as it is to be read: frozen with a closed month, else counted with the ranks that were reported before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from river_chief.figures.four import FourFigures, VillageFour, four_figures
from river_chief.figures.four_rows import BEHIND, area_of, problems_of
from river_chief.figures.frozen import frozen_month, frozen_proof, proven_behind, rows_of
from river_chief.queries.month_closes import close_of
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, period_before


def compared(
    session: Session, settings: OfficeSettings, span: Span, today: date, edition: int | None = None
) -> FourFigures:
    """The four comparisons of *span*; of a closed month (or that *edition*) as they were frozen."""
    return _frozen(session, span, edition) or compared_afresh(session, settings, span, today)


def compared_afresh(session: Session, settings: OfficeSettings, span: Span, today: date) -> FourFigures:
    """The same counted now; a closed month before counts with the ranks it was closed with."""
    found = four_figures(session, settings, span, today)
    earlier = _frozen(session, period_before(span, settings.period_start_day))
    if earlier is None:
        return found
    ranks = {(each.key, side): place.rank for each in earlier.villages for side, place in each.places.items()}
    villages = (
        replace(
            each,
            places={
                side: replace(place, before=ranks.get((each.key, side)))
                for side, place in each.places.items()
            },
        )
        for each in found.villages
    )
    return replace(found, villages=tuple(villages))


def problems_told(
    session: Session, four: FourFigures, key: str, village: VillageFour, *, whole: bool = False
) -> ProblemFilter:
    """The problems counted in the figure *key*: of a closed month those frozen with it."""
    close = close_of(session, four.window.span)
    if close is None:
        return problems_of(four, key, village, whole=whole)
    behind = BEHIND[key]
    villages = () if village is four.total else (area_of(village),)
    asked = behind.whole if whole else behind.part
    return rows_of(proven_behind(frozen_proof(session, close), asked, villages=villages))


def _frozen(session: Session, span: Span, edition: int | None = None) -> FourFigures | None:
    close = close_of(session, span, edition)
    return None if close is None else frozen_month(session, close).four
