"""The words of every report that has some, to be read and edited apart from the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.papers.kinds.circular import circular_passages
from river_chief.papers.kinds.monthly_report import monthly_passages
from river_chief.papers.kinds.passages import Passage
from river_chief.papers.kinds.summaries import summary_passages
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.month_closes import close_of
from river_chief.rules.periods import Span, period_of, span_text
from river_chief.terms import Period
from river_chief.verbs.office import settings_of
from river_chief.verbs.report_texts import FROZEN, REPORTS

_MAKERS: dict[str, Callable[[Wanted], tuple[Passage, ...]]] = {
    "monthly": monthly_passages,
    "circular": circular_passages,
    "half-year": lambda wanted: summary_passages(wanted, "half-year"),
    "year": lambda wanted: summary_passages(wanted, "year"),
}
_PERIODS = {"half-year": Period.HALF_YEAR, "year": Period.YEAR}


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of the report *kind* of *span*, and what the two are called.

    ``edition`` is that of the closed month the report is frozen with; None while its words may be edited.
    """

    kind: str
    name: str
    span: Span
    days: str
    passages: tuple[Passage, ...]
    edition: int | None = None


def words_of_report(session: Session, kind: str, *, today: date, span: Span) -> Words:
    """The words of a report; for a half-year or a year those of the one in which *span* ends.

    Raises ``Refusal`` where the kind has no words or its days have not begun.
    """
    if kind not in _MAKERS:
        raise Refusal(f"“{kind}”没有可改写的文字，可用的有：{'、'.join(_MAKERS)}。")
    settings = settings_of(session)
    if kind in _PERIODS:
        span = period_of(_PERIODS[kind], span.last, settings.period_start_day)
    wanted = Wanted(session=session, settings=settings, today=today, span=span)
    close = close_of(session, span) if kind in FROZEN else None
    return Words(
        kind,
        REPORTS[kind],
        span,
        span_text(span, settings.period_start_day),
        _MAKERS[kind](wanted),
        None if close is None else close.edition,
    )
