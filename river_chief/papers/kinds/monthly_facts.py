"""Everything a monthly report says, read from one snapshot of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from river_chief.errors import Refusal
from river_chief.figures.closed import month_figures
from river_chief.figures.comparison import Comparison
from river_chief.figures.duty import DutyFigures, duty_figures
from river_chief.figures.month import MonthFigures
from river_chief.papers.kinds.list_table import Values
from river_chief.papers.kinds.period_words import PeriodWords, words_of
from river_chief.papers.kinds.problem_list import shown
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.basics import Basics, basics
from river_chief.queries.first_records import first_record
from river_chief.queries.month_rows import rows_on
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.queries.work import work_done
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import month_of, period_kind, period_of
from river_chief.terms import Period, Severity, State, WorkKind

_KEY_SEVERITIES = (Severity.MAJOR, Severity.SERIOUS)


@dataclass(frozen=True, slots=True)
class MonthlyFacts:
    """The figures of a month and what the report tells besides.

    ``before`` compares a month with the month before (环比), a half-year or year with the same days of last year
    (同比); it, ``duty_before`` and ``work_before`` are None where the report is of other days. ``work_year`` is the
    work of the year up to the cut-off. ``overdue`` are the rows behind the
    figures' list; ``key`` the others in stock that are 重大, 较严重 or 挂账; ``due_next`` those due next.
    """

    wanted: Wanted
    words: PeriodWords
    figures: MonthFigures
    basics: Basics
    before: Comparison | None
    duty_before: DutyFigures | None
    work_before: dict[WorkKind, float] | None
    work_year: dict[WorkKind, float]
    assigned: int
    overdue: tuple[Values, ...]
    key: tuple[Values, ...]
    due_next: tuple[Values, ...]

    @property
    def settings(self) -> OfficeSettings:
        """The office's settings."""
        return self.wanted.settings

    @property
    def is_month(self) -> bool:
        """Whether the report is of a month of the office."""
        return period_kind(self.figures.window.span, self.settings.period_start_day) is Period.MONTH

    @property
    def period(self) -> str:
        """本月, 上半年; 本期 for other days."""
        return self.words.period

    @property
    def opening(self) -> str:
        """月初, 年初; 期初 for other days."""
        return self.words.opening

    @property
    def ending(self) -> str:
        """月末, 年末; 目前 while the period runs."""
        return self.words.ending

    @property
    def after(self) -> str:
        """下月, 7月, or the days of the month after."""
        return self.words.after

    @property
    def unwalked(self) -> int:
        """How many persons owed patrols and have made none of them."""
        made: Counter[int] = Counter()
        for chief in self.figures.patrols.chiefs:
            if chief.owed:
                made[chief.person_id] += chief.compliance.numerator
        return sum(not count for count in made.values())

    @property
    def whole(self) -> str:
        """全镇, 全乡, 全街道: the office's area as a whole."""
        place = self.settings.place_name
        kind = next((word for word in ("街道", "镇", "乡", "县", "区", "市") if place.endswith(word)), "")
        return f"全{kind}" if kind else "辖区"


def gather(wanted: Wanted) -> MonthlyFacts:
    """Read the facts of the days wanted; a report is of the whole office, never of one village."""
    if wanted.village is not None:
        raise Refusal("月报按整个单位编制，不能只做一个村的；某个村的情况请用通报或清单。")
    return facts_of(wanted, figures_of(wanted))


def figures_of(wanted: Wanted) -> MonthFigures:
    """The figures of the days wanted; those of a closed month are frozen."""
    if wanted.figures is not None:
        return wanted.figures
    return month_figures(wanted.session, wanted.settings, wanted.month, wanted.today, wanted.edition)


def facts_of(wanted: Wanted, figures: MonthFigures) -> MonthlyFacts:
    """The facts around *figures*."""
    session, settings, window = wanted.session, wanted.settings, figures.window
    before = _compared(wanted, figures)
    earlier = None if before is None else before.span
    year_start = settings.month(month_of(window.last, settings.period_start_day)[0], 1).first
    overdue = [each.id for each in figures.overdue]
    return MonthlyFacts(
        wanted=wanted,
        words=words_of(window, settings),
        figures=figures,
        basics=basics(session, window.cut),
        before=before,
        duty_before=duty_figures(session, settings, earlier) if earlier else None,
        work_before=work_done(session, earlier) if earlier else None,
        work_year=work_done(session, (year_start, window.cut)),
        assigned=PROBLEM_LEDGER.count(session, ProblemFilter(rounds=RoundFilter(assigned=window.known))),
        overdue=_rows(wanted, overdue, window.cut),
        key=_rows(wanted, _key_ids(wanted, window.cut, frozenset(overdue)), window.cut),
        due_next=_rows(wanted, [each.id for each in figures.due_next], window.cut),
    )


def _compared(wanted: Wanted, figures: MonthFigures) -> Comparison | None:
    """A month against the month before, a half-year or year against last year as far as the ledger knows it."""
    start_day = wanted.settings.period_start_day
    kind = period_kind(figures.window.span, start_day)
    if kind is None:
        return None
    if kind is Period.MONTH:
        return figures.comparisons.before
    earlier = figures.comparisons.last_year
    known = first_record(wanted.session)
    if known is None or known > period_of(Period.MONTH, earlier.span.first, start_day).last:
        return None
    return earlier


def _rows(wanted: Wanted, ids: Sequence[int], day: date) -> tuple[Values, ...]:
    return tuple(shown(row) for row in rows_on(wanted.session, ids, day))


def _key_ids(wanted: Wanted, day: date, overdue: frozenset[int]) -> list[int]:
    """In stock at the end of *day*, and grave or held up; those that are overdue stand before them."""
    stock = ProblemFilter(rounds=RoundFilter(stock_on=day))
    rows = rows_on(wanted.session, PROBLEM_LEDGER.ids(wanted.session, stock), day)
    return [
        row.id
        for row in rows
        if row.id not in overdue and (row["severity"] in _KEY_SEVERITIES or row["state"] is State.SUSPENDED)
    ]
