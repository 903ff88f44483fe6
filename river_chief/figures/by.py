"""Any breakdown: one line for each village, unit, category, water, reach, chief … that has figures.

The lines of a dimension add up to the office, except those of campaigns and of chiefs: a problem may
carry several tags, and counts for every chief of every level who answers for its reach.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from river_chief.figures.breakdown import Line, lines_of
from river_chief.figures.ranking import ranked_against
from river_chief.figures.rows import rows_behind
from river_chief.figures.tally import Tally, tally_by
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension, in_use, names
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.office import OfficeSettings

NO_CHIEF = "无河长"
_RANKED = (Dimension.VILLAGE, Dimension.UNIT, Dimension.WATER, Dimension.REACH, Dimension.CHIEF)


def lines_by(
    session: Session, settings: OfficeSettings, window: Window, dimension: Dimension
) -> tuple[Line, ...]:
    """The figures of *window* by *dimension*: rates, stock and average days as in the monthly report.

    Villages, groups, severities, sources and campaigns in use have a line even without figures, everything
    else only with figures; problems without a value stand last, under 未填 (without a chief: 无河长). A
    chief's key is the person, named by the highest post; chiefs are those of the cut-off day. Villages, units,
    waters, reaches and chiefs are ranked by the office's official rate and against the period before.
    """
    return lines_from(session, settings, window, dimension, tally_by(session, window, dimension))


def lines_from(
    session: Session, settings: OfficeSettings, window: Window, dimension: Dimension, counted: Tally
) -> tuple[Line, ...]:
    """The lines of *dimension* from what is *counted* already."""
    others = dict(names(session, dimension, window.cut))
    if dimension is Dimension.CHIEF:
        others[None] = NO_CHIEF
    listed = in_use(session, dimension)
    filled = {key for key, counts in counted.by[dimension].items() if not counts.is_empty}
    listed = {**listed, **{key: name for key, name in others.items() if key in filled - {None, *listed}}}
    lines = tuple(lines_of(counted, dimension, listed, others, settings.rate_digits))
    return ranked_against(session, settings, window, dimension, lines) if dimension in _RANKED else lines


def rows_of(window: Window, key: str, dimension: Dimension, value: Any) -> ProblemFilter:
    """The problems counted under *key* in the line *value* of *dimension* (``Line.key``)."""
    return rows_behind(window, key, **{dimension.field: (value,)})
