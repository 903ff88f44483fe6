"""月报: everything the monthly report says, counted from the ledger; plain values, no layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from river_chief.collector import held_back
from river_chief.figures import breakdown
from river_chief.figures.breakdown import Line
from river_chief.figures.closing import Closing
from river_chief.figures.comparison import Comparisons, comparisons
from river_chief.figures.correction import Correction
from river_chief.figures.cumulated import Cumulated, ever, ever_filters, year_to_date
from river_chief.figures.duty import DutyFigures, duty_figures
from river_chief.figures.measures import due_next, overdue, waiting_above
from river_chief.figures.ranking import ranked_against
from river_chief.figures.rates import RateFigure
from river_chief.figures.stock import Stock
from river_chief.figures.tally import tally
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.queries.exceptions import ExceptionStep, exceptions_in
from river_chief.queries.round_counts import DueProblem, due_problems, numbers_of
from river_chief.queries.work import work_done
from river_chief.queries.zero_reports import ZeroMonth, zero_month
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_of
from river_chief.terms import WorkKind


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of a month or of another span of days, as of the end of ``window.cut``.

    ``average_days``  平均整改天数 of what was finished in the span.
    ``work``          amounts done, in the unit of their kind.
    ``overdue``       open past the deadline; ``due_next`` due in the office's month after the span.
    ``exceptions``    steps done without the proof they need; ``waiting_above`` the numbers of problems accepted and
    not yet struck off by the level above.
    ``year_to_date`` (本年累计) and ``ever`` (历年累计) are up to the cut-off day.
    ``comparisons``   with the period before and the same one of last year; ``zero_reports`` None unless the span is
    a month of the office.
    ``closing`` of a closed month; ``corrections`` of closed months before it, see ``figures.closed.month_figures``.
    """

    window: Window
    office: str
    stock: Stock
    rates: tuple[RateFigure, ...]
    average_days: float | None
    by_village: tuple[Line, ...]
    by_category: tuple[Line, ...]
    by_severity: tuple[Line, ...]
    by_source: tuple[Line, ...]
    by_campaign: tuple[Line, ...]
    patrols: DutyFigures
    work: dict[WorkKind, float]
    overdue: tuple[DueProblem, ...]
    due_next: tuple[DueProblem, ...]
    exceptions: tuple[ExceptionStep, ...]
    waiting_above: tuple[str, ...]
    comparisons: Comparisons
    zero_reports: ZeroMonth | None
    year_to_date: Cumulated
    ever: Cumulated
    closing: Closing | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def excepted(self) -> int:
        """How many problems were taken on without the proof a step needs (例外办理)."""
        return len({step.id for step in self.exceptions})

    @property
    def balances(self) -> bool:
        """Whether the stock identity holds for the office and in every line that adds up to it."""
        lines = (*self.by_village, *self.by_category, *self.by_severity, *self.by_source)
        return self.stock.balances and all(line.stock.balances for line in lines)

    def rate(self, key: str) -> RateFigure:
        """The rate *key* of the whole office."""
        return next(figure for figure in self.rates if figure.key == key)


def monthly(session: Session, settings: OfficeSettings, span: Span, today: date) -> MonthFigures:
    """Count *span* (``settings.month(2025, 3)``) as seen on *today*; a span still to come is refused."""
    with held_back():
        return _monthly(session, settings, span, today)


def _monthly(session: Session, settings: OfficeSettings, span: Span, today: date) -> MonthFigures:
    window = Window.of(span, today, settings.period_start_day)
    counted = tally(session, window, ever_filters(window))
    digits = settings.rate_digits
    return MonthFigures(
        window=window,
        office=settings.office_name,
        stock=counted.total.stock,
        rates=counted.total.rates(digits),
        average_days=counted.total.average_days,
        by_village=ranked_against(
            session,
            settings,
            window,
            Dimension.VILLAGE,
            breakdown.by_village(session, counted, digits, settings.official_rate),
        ),
        by_category=breakdown.by_category(session, counted, digits),
        by_severity=breakdown.by_severity(counted, digits),
        by_source=breakdown.by_source(counted, digits),
        by_campaign=breakdown.by_campaign(session, counted, digits),
        patrols=duty_figures(session, settings, span),
        work=work_done(session, window.known),
        overdue=tuple(due_problems(session, overdue(window))),
        due_next=tuple(due_problems(session, due_next(window))),
        exceptions=tuple(exceptions_in(session, window.known)),
        waiting_above=tuple(numbers_of(session, waiting_above(window))),
        comparisons=comparisons(session, settings, window, counted.total),
        zero_reports=_zero_reports(session, settings, span, today),
        year_to_date=year_to_date(session, settings, window),
        ever=ever(settings, window, counted),
    )


def _zero_reports(session: Session, settings: OfficeSettings, span: Span, today: date) -> ZeroMonth | None:
    month = month_of(span.last, settings.period_start_day)
    return zero_month(session, settings, *month, today) if span == settings.month(*month) else None
