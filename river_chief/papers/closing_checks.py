"""What to look at before a month is closed: nothing of it forbids closing, all of it is frozen with the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from river_chief.figures.month import MonthFigures
from river_chief.figures.rows import rows_behind
from river_chief.papers.kinds.monthly_report import monthly_passages
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.month_closes import close_of
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import period_before, span_text
from river_chief.terms import State, ZeroState


class Concern(StrEnum):
    """What a check is about, and so where it is put right."""

    EARLIER = "earlier"
    DRAFTS = "drafts"
    TO_VERIFY = "to_verify"
    EXCEPTIONS = "exceptions"
    PATROLS = "patrols"
    ZERO_REPORTS = "zero_reports"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """Something left open in a month; ``filter`` lets through the problems it speaks of, if it speaks of any."""

    concern: Concern
    sentence: str
    filter: ProblemFilter | None = None


def closing_checks(
    session: Session, settings: OfficeSettings, figures: MonthFigures, today: date
) -> tuple[ClosingCheck, ...]:
    """What is left open in the month of *figures*; nothing when all is in order."""
    return (
        *_earlier(session, settings, figures),
        *_problems(session, figures),
        *_patrols(figures),
        *_zero_reports(figures),
        *_words(Wanted(session, settings, today, span=figures.window.span, figures=figures)),
    )


def _earlier(session: Session, settings: OfficeSettings, figures: MonthFigures) -> Iterator[ClosingCheck]:
    """The month before, where it had figures and is open still."""
    before = period_before(figures.window.span, settings.period_start_day)
    known = any(each.before for each in figures.comparisons.before.counts)
    if known and close_of(session, before) is None:
        name = span_text(before, settings.period_start_day)
        yield ClosingCheck(Concern.EARLIER, f"{name}还没有月结，先结上月，环比才固定得下来。")


def _problems(session: Session, figures: MonthFigures) -> Iterator[ClosingCheck]:
    known = figures.window.known
    for concern, state, words in (
        (Concern.DRAFTS, State.DRAFT, "草稿没有登记，不计入本月。"),
        (Concern.TO_VERIFY, State.TO_VERIFY, "问题还没有核实，按在账统计。"),
    ):
        filter = ProblemFilter(states=(state,), found=(known.first, known.last))
        if count := PROBLEM_LEDGER.count(session, filter):
            yield ClosingCheck(concern, f"{count} 个{words}", filter)
    if figures.excepted:
        filter = rows_behind(figures.window, Concern.EXCEPTIONS)
        yield ClosingCheck(
            Concern.EXCEPTIONS, f"{figures.excepted} 件缺少佐证，按例外办理，月报里另行列出。", filter
        )


def _patrols(figures: MonthFigures) -> Iterator[ClosingCheck]:
    owing = sum(each.missing for each in figures.patrols.missing)
    if owing:
        yield ClosingCheck(Concern.PATROLS, f"还欠巡河 {owing} 次，日志没有录完的先补录。")


def _zero_reports(figures: MonthFigures) -> Iterator[ClosingCheck]:
    zero = figures.zero_reports
    if zero is None or not zero.in_use:
        return
    for state, words in (
        (ZeroState.MISSING, "个村没有发现问题，也没有报零报告。"),
        (ZeroState.CONTRADICTED, "个村报了零报告，当月却有问题。"),
    ):
        if count := zero.counts[state]:
            yield ClosingCheck(Concern.ZERO_REPORTS, f"{count} {words}")


def _words(wanted: Wanted) -> Iterator[ClosingCheck]:
    """Parts of the report the office has written before the figures said something else."""
    stale = [each.title for each in monthly_passages(wanted) if each.is_stale]
    if stale:
        yield ClosingCheck(Concern.WORDS, f"月报里改写过的“{'、'.join(stale)}”之后数字有变动，先核对文字。")
