"""半年小结 and 年终总结: the report of a half-year or a year, with its months side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from river_chief.papers.document import Document
from river_chief.papers.kinds.figure_book import with_workings
from river_chief.papers.kinds.month_lines import MonthLine, month_lines, months_table
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_notes import text_notes
from river_chief.papers.kinds.monthly_report import cut_text, monthly_tables
from river_chief.papers.kinds.monthly_words import narrative
from river_chief.papers.kinds.passages import Passage, Section, passages
from river_chief.papers.kinds.report_frame import report
from river_chief.papers.kinds.village_words import best_and_worst
from river_chief.papers.kinds.wanted import Wanted
from river_chief.rules.periods import days_text, period_of
from river_chief.terms import Period, ReportPart

_PERIODS = {"half-year": (Period.HALF_YEAR, "半年小结"), "year": (Period.YEAR, "年终总结")}


def half_year_summary(wanted: Wanted) -> Document:
    """半年小结 of the half-year in which the days wanted end."""
    return _summary(wanted, "half-year")


def year_summary(wanted: Wanted) -> Document:
    """年终总结 of the year in which the days wanted end."""
    return _summary(wanted, "year")


def summary_passages(wanted: Wanted, kind: str) -> tuple[Passage, ...]:
    """The four parts of the summary *kind* ("half-year", "year")."""
    facts, lines = _facts(wanted, kind)
    return _passages(facts, lines, kind)


def _summary(wanted: Wanted, kind: str) -> Document:
    facts, lines = _facts(wanted, kind)
    _, name = _PERIODS[kind]
    document = report(
        facts.wanted,
        f"{wanted.settings.place_name}河长制工作{name}（{facts.wanted.span_text()}）",
        f"统计期：{days_text(facts.figures.window.span)}{cut_text(facts)}",
        _passages(facts, lines, kind),
        f"河长制工作{name}统计表（表一至表十）",
        (*monthly_tables(facts), months_table(facts, lines)),
        text_notes(facts),
    )
    return with_workings(document, facts)


def _facts(wanted: Wanted, kind: str) -> tuple[MonthlyFacts, tuple[MonthLine, ...]]:
    period, _ = _PERIODS[kind]
    span = period_of(period, wanted.month.last, wanted.settings.period_start_day)
    facts = gather(replace(wanted, span=span))
    return facts, month_lines(facts)


def _passages(facts: MonthlyFacts, lines: tuple[MonthLine, ...], kind: str) -> tuple[Passage, ...]:
    words = narrative(facts)
    words[ReportPart.SITUATION] += _course(facts, lines)
    return passages(facts.wanted.session, kind, facts.wanted.month, words)


def _course(facts: MonthlyFacts, lines: tuple[MonthLine, ...]) -> Iterator[Section]:
    """How the months went, and which villages stand out."""
    busy = [line for line in lines if line.stock.found]
    if busy:
        yield "各月走势", _months_told(facts, lines)
    told = best_and_worst(facts)
    if told:
        yield "各村（社区）情况", told


def _months_told(facts: MonthlyFacts, lines: tuple[MonthLine, ...]) -> str:
    most = max(lines, key=lambda line: line.stock.found)
    struck = max(lines, key=lambda line: line.stock.closed)
    stock = facts.figures.stock
    text = f"新增问题最多的是{most.month}月（{most.stock.found}个）"
    if struck.stock.closed:
        text += f"，销号最多的是{struck.month}月（{struck.stock.closed}个）"
    change = stock.ending - stock.opening
    against = (
        f"比{facts.opening}{'增加' if change > 0 else '减少'}{abs(change)}个"
        if change
        else f"与{facts.opening}持平"
    )
    text += f"；{facts.ending}存量{against}。"
    judged = [line for line in lines if line.on_time.denominator]
    if len(judged) > 1:
        low = min(judged, key=lambda line: line.on_time.exact or 0)
        if low.on_time.numerator < low.on_time.denominator:
            text += f"按期整改率最低的是{low.month}月（{low.on_time.text}）。"
        else:
            text += "有到期问题的各月均按期整改。"
    return text
