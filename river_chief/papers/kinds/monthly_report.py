"""河长制工作月报: four paragraphs from the figures, its tables, and what every rate means."""

from __future__ import annotations

from collections.abc import Iterator

from river_chief.papers.document import Document, FormTable, Table
from river_chief.papers.kinds.correction_tables import correction_tables
from river_chief.papers.kinds.cumulated_table import cumulated_table
from river_chief.papers.kinds.figure_book import with_workings
from river_chief.papers.kinds.monthly_charts import chart_blocks
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_lists import due_next_table, watched_table
from river_chief.papers.kinds.monthly_notes import text_notes
from river_chief.papers.kinds.monthly_patrols import missing_table, patrol_tables
from river_chief.papers.kinds.monthly_tables import (
    basic_table,
    kind_tables,
    village_table,
    work_table,
)
from river_chief.papers.kinds.monthly_words import narrative
from river_chief.papers.kinds.passages import Passage, passages
from river_chief.papers.kinds.proof_tables import proof_tables
from river_chief.papers.kinds.report_frame import report
from river_chief.papers.kinds.wanted import Wanted
from river_chief.papers.kinds.zero_report_table import zero_table
from river_chief.rules.periods import day_text, days_text


def monthly_report(wanted: Wanted) -> Document:
    """The default monthly report of a township (domain page, monthly report)."""
    facts = gather(wanted)
    name = "河长制工作月报" if facts.is_month else "河长制工作报告"
    document = report(
        wanted,
        f"{wanted.settings.place_name}{name}（{wanted.span_text()}）",
        f"统计期：{days_text(facts.figures.window.span)}{cut_text(facts)}",
        monthly_passages(wanted, facts),
        f"{name}统计表（表一至{_last_table(facts)}）、附图",
        (*monthly_tables(facts), *chart_blocks(facts)),
        text_notes(facts),
    )
    return with_workings(document, facts)


def monthly_passages(wanted: Wanted, facts: MonthlyFacts | None = None) -> tuple[Passage, ...]:
    """The four parts of the report of the days wanted."""
    facts = facts or gather(wanted)
    return passages(wanted.session, "monthly", wanted.month, narrative(facts))


def monthly_tables(facts: MonthlyFacts) -> Iterator[Table | FormTable]:
    """表一 to 表九, 表十 where there are zero reports, 更正, and 附表 where asked for; what they mean stands under each."""
    yield basic_table(facts)
    yield from patrol_tables(facts)
    yield missing_table(facts)
    yield village_table(facts)
    yield cumulated_table(facts)
    yield from kind_tables(facts)
    yield work_table(facts)
    yield watched_table(facts)
    yield due_next_table(facts)
    yield from _zero_reports(facts)
    yield from correction_tables(facts.figures.corrections)
    if facts.wanted.appendix:
        yield from proof_tables(facts)


def _last_table(facts: MonthlyFacts) -> str:
    return "表十" if any(_zero_reports(facts)) else "表九"


def _zero_reports(facts: MonthlyFacts) -> Iterator[Table]:
    """表十 零报告情况, where the office has its villages sign them."""
    found = facts.figures.zero_reports
    if found is not None and found.in_use:
        yield zero_table(found.rows, "表十　村（社区）零报告情况")


def cut_text(facts: MonthlyFacts) -> str:
    window = facts.figures.window
    return f"（情况截至{day_text(window.cut)}）" if window.cut < window.last else ""
