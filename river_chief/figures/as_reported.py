"""What a month is compared with is what was reported: the frozen figures of the months that are closed."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from river_chief.figures.comparison import Comparison, Comparisons
from river_chief.figures.frozen import frozen_month
from river_chief.figures.month import MonthFigures
from river_chief.queries.month_closes import close_of
from river_chief.rules.periods import Span


def as_reported(session: Session, figures: MonthFigures) -> MonthFigures:
    """*figures* with 环比, 同比 and 位次变化 against the closed months as they were closed."""
    before, last_year = figures.comparisons.before, figures.comparisons.last_year
    found = replace(figures, comparisons=Comparisons(_against(session, before), _against(session, last_year)))
    earlier = _frozen(session, before.span)
    if earlier is None:
        return found
    ranks = {line.key: line.rank for line in earlier.by_village}
    lines = (replace(line, rank_before=ranks.get(line.key)) for line in found.by_village)
    return replace(found, by_village=tuple(lines))


def _against(session: Session, comparison: Comparison) -> Comparison:
    """*comparison* with the counts and rates that were frozen; those an older program did not know stay counted."""
    frozen = _frozen(session, comparison.span)
    if frozen is None:
        return comparison
    rates = {each.key: each for each in frozen.rates}
    return replace(
        comparison,
        counts=tuple(
            replace(each, before=_count(frozen, each.key, each.before)) for each in comparison.counts
        ),
        rates=tuple(replace(each, before=rates.get(each.key, each.before)) for each in comparison.rates),
    )


def _count(frozen: MonthFigures, key: str, counted: int) -> int:
    if key == "overdue":
        return len(frozen.overdue)
    found: int = getattr(frozen.stock, key, counted)
    return found


def _frozen(session: Session, span: Span) -> MonthFigures | None:
    close = close_of(session, span)
    return None if close is None else frozen_month(session, close).figures
