"""Any breakdown of a closed month, added up from its frozen rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.breakdown import Line
from river_chief.figures.by import lines_by, lines_from
from river_chief.figures.frozen import frozen_month, frozen_proof
from river_chief.figures.proof import Proof, Proven, sums
from river_chief.figures.tally import Counts, Tally
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.queries.month_closes import close_of
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span


def reported_lines(
    session: Session,
    settings: OfficeSettings,
    span: Span,
    today: date,
    dimension: Dimension,
    edition: int | None = None,
) -> tuple[Line, ...]:
    """The figures of *span* by *dimension*: of a closed month those of its frozen rows, else counted now."""
    close = close_of(session, span, edition)
    if close is None:
        return lines_by(session, settings, Window.of(span, today, settings.period_start_day), dimension)
    window = frozen_month(session, close).figures.window
    return lines_from(session, settings, window, dimension, tally_of(frozen_proof(session, close), dimension))


def tally_of(proof: Proof, dimension: Dimension) -> Tally:
    """The counts of *proof* by *dimension*, as ``figures.tally.tally_by`` gives those of the ledger."""
    lines: dict[Any, list[Proven]] = {}
    for each in proof.values():
        for key in each.values(dimension):
            lines.setdefault(key, []).append(each)
    by = {key: _counts(problems) for key, problems in lines.items()}
    return Tally(_counts(list(proof.values())), {dimension: by})


def _counts(problems: list[Proven]) -> Counts:
    found = sums(problems)
    return Counts(dict(found.counts), found.days, found.clocks)
