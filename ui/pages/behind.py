"""The rows behind the numbers of a report: where a click on a number leads, and what it is called there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from river_chief.figures.comparison import Comparison
from river_chief.figures.duty import DutyLine
from river_chief.figures.frozen import frozen_proof, proven_behind, rows_of
from river_chief.figures.month import MonthFigures
from river_chief.figures.rows import rows_behind
from river_chief.figures.window import Window
from river_chief.queries.month_closes import close_of
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.rules.periods import Span
from ui.pages.figure_columns import counted, total_line
from ui.pages.page import Chosen
from ui.workspace import Workspace


def problems_behind(figures: MonthFigures, key: str, **only: tuple[Any, ...]) -> ProblemFilter:
    """The problems counted under *key*; *only* narrows them as ``rows_behind`` does."""
    return rows_behind(figures.window, key, **only)


def rows_of_number(
    workspace: Workspace, figures: MonthFigures, key: str, **only: tuple[Any, ...]
) -> ProblemFilter:
    """The problems counted under *key* in *figures*: those frozen with a closed month, else those counted now."""
    if figures.closing is None:
        return problems_behind(figures, key, **only)
    edition = figures.closing.edition
    return frozen_rows(workspace, figures.window.span, edition, key, only) or problems_behind(
        figures, key, **only
    )


def frozen_rows(
    workspace: Workspace, span: Span, edition: int | None, key: str, only: Mapping[str, Any]
) -> ProblemFilter | None:
    """The problems a closed month froze under *key*; None where the days are no closed month."""
    with workspace.read() as session:
        close = close_of(session, span, edition)
        return None if close is None else rows_of(proven_behind(frozen_proof(session, close), key, **only))


def count_of(figures: MonthFigures, key: str) -> int | None:
    """How many *figures* tell under *key*; None where they do not say."""
    if key == "exceptions":
        return figures.excepted
    if key in ("overdue", "due_next", "waiting_above"):
        return len(getattr(figures, key))
    return counted(total_line(figures), key)


def problems_of(workspace: Workspace, figures: MonthFigures, against: Comparison, key: str) -> ProblemFilter:
    """The problems counted under *key* in the period held *against*: as it was closed, or as it ended."""
    window = Window(against.span.first, against.span.last, against.span.last, figures.window.next)
    return frozen_rows(workspace, against.span, None, key, {}) or rows_behind(window, key)


def count_against(against: Comparison, key: str) -> int | None:
    """How many were counted under *key* in the period held against."""
    rate, _, part = key.partition(".")
    if not part:
        return next((each.before for each in against.counts if each.key == key), None)
    ratio = next((each.before.ratio for each in against.rates if each.key == rate), None)
    if ratio is None:
        return None
    return ratio.denominator if part == "denominator" else ratio.numerator


def logs_of(figures: MonthFigures, tenures: tuple[int, ...]) -> PatrolFilter:
    """The logs of some chiefs in the period."""
    known = figures.window.known
    return PatrolFilter(tenures=tenures, days=(known.first, known.last))


def logs_behind(figures: MonthFigures, key: str, line: DutyLine) -> PatrolFilter:
    """The logs counted in a line of patrol duty: those of its chiefs; "found" only those with a finding."""
    chiefs = [
        each.tenure_id
        for each in figures.patrols.chiefs
        if line.level in (None, each.level) and line.area_id in (None, each.area_id)
    ]
    known = figures.window.known
    return PatrolFilter(tenures=tuple(chiefs), days=(known.first, known.last), with_finding=key == "found")


def told(workspace: Workspace, filter: ProblemFilter, words: str, number: int | None) -> Chosen:
    """The rows of *filter* under a name that says so when they are fewer than the *number* clicked on."""
    if number is not None:
        with workspace.read() as session:
            rows = PROBLEM_LEDGER.count(session, filter)
        if rows < number:
            words = f"{words}　{number} 件次，一个问题计几次只列一行，共 {rows} 个问题"
        elif rows > number:
            words = f"{words}　报表上是 {number} 个，之后有改动，现在是 {rows} 个"
    return Chosen(filter, words)
