"""The figures of a month as they are to be read: frozen where it is closed, else counted with what was corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.figures.as_reported import as_reported
from river_chief.figures.corrections import corrections
from river_chief.figures.frozen import frozen_month
from river_chief.figures.month import MonthFigures, monthly
from river_chief.queries.month_closes import close_of
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span


def month_figures(
    session: Session, settings: OfficeSettings, span: Span, today: date, edition: int | None = None
) -> MonthFigures:
    """The figures of *span*: frozen where it is a closed month, else counted as of *today* with the corrections.

    ``edition`` asks for that one, also when it was reopened. ``Refusal`` for a span still to come or an edition there
    is not, ``LedgerDamaged`` where a frozen body is gone or was changed.
    """
    close = close_of(session, span, edition)
    if close is not None:
        return frozen_month(session, close).figures
    if edition is not None:
        raise NotFound(f"这个月没有第{edition}版月结，请核对版次。")
    found = as_reported(session, monthly(session, settings, span, today))
    return replace(found, corrections=corrections(session, settings, span.first))
