"""The problems of a month: which they are, and how each of them stood at the end of a day."""

from __future__ import annotations

from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.periods import Span


def of_month(span: Span) -> ProblemFilter:
    """The problems that were in stock at any time of *span*: open before it, or new in it."""
    return ProblemFilter(rounds=RoundFilter(stock_during=(span.first, span.last)))
