"""通报: how the villages stand, told to all of them; or the sheet of one village."""

from __future__ import annotations

from dataclasses import replace

from river_chief.figures.rates import BY_KEY
from river_chief.papers.document import (
    Cell,
    Column,
    Document,
    Kind,
    Level,
    Orientation,
    Paragraph,
    Style,
    Table,
)
from river_chief.papers.kinds.circular_words import circular_words
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_notes import NO_TASK
from river_chief.papers.kinds.monthly_tables import number, rate_cell
from river_chief.papers.kinds.passages import Passage, body, paragraphs, passages
from river_chief.papers.kinds.report_frame import signed
from river_chief.papers.kinds.village_sheet import village_sheet
from river_chief.papers.kinds.village_words import official, official_name, ranked
from river_chief.papers.kinds.wanted import Wanted
from river_chief.terms import ReportPart

TITLES = {ReportPart.MEASURES: "排名情况", ReportPart.NEXT: "工作要求"}
"""What two of the parts are called in a circular."""


def circular(wanted: Wanted) -> Document:
    """通报 of the days wanted; with a village, the sheet of that village."""
    facts = gather(replace(wanted, village=None))
    if wanted.village is not None:
        return village_sheet(facts, wanted.village)
    settings, when = wanted.settings, wanted.span_text()
    situation, ranking, *rest = circular_passages(wanted, facts)
    return Document(
        title=f"关于{when}河长制工作情况的通报",
        office=settings.office_name,
        dated=wanted.today,
        blocks=(
            Paragraph("各村（社区）：", Level.ADDRESS),
            Paragraph(f"现将{when}{facts.whole}河长制工作情况通报如下。"),
            *paragraphs([situation]),
            Paragraph(f"二、{ranking.title}", Level.HEADING),
            ranking_table(facts),
            *body(ranking),
            *paragraphs(rest, first=2),
            signed(wanted),
        ),
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )


def circular_passages(wanted: Wanted, facts: MonthlyFacts | None = None) -> tuple[Passage, ...]:
    """The four parts of the circular of the days wanted."""
    facts = facts or gather(wanted)
    return passages(wanted.session, "circular", wanted.month, circular_words(facts), TITLES)


def ranking_table(facts: MonthlyFacts) -> Table:
    """Rank, village, and the counts of the official rate; who has no task stands at the end, unranked."""
    lines = [*ranked(facts), *(line for line in facts.figures.by_village if line.rank is None)]
    rate = facts.settings.official_rate
    whole = facts.figures.rate(rate).ratio
    return Table(
        (
            Column("名次", 3.5, Kind.ORDER),
            Column("村（社区）", 9),
            Column("分子", 3.5, Kind.NUMBER, official_name(facts)),
            Column("分母", 3.5, Kind.NUMBER, official_name(facts)),
            Column("比率", 5, Kind.NUMBER, official_name(facts)),
            Column("逾期", 3.5, Kind.NUMBER),
            Column("期末存量", 4, Kind.NUMBER),
        ),
        tuple(
            (
                Cell(NO_TASK) if line.rank is None else number(line.rank),
                Cell(line.name),
                number(official(facts, line).numerator),
                number(official(facts, line).denominator),
                rate_cell(official(facts, line)),
                number(line.overdue),
                number(line.stock.ending),
            )
            for line in lines
        ),
        total=(
            Cell("合计"),
            Cell(),
            number(whole.numerator),
            number(whole.denominator),
            rate_cell(whole),
            number(len(facts.figures.overdue)),
            number(facts.figures.stock.ending),
        )
        if lines
        else (),
        notes=(
            facts.words.of(BY_KEY[rate].sentence),
            f"比率相同的名次并列；没有可计算的问题的村（社区）写“{NO_TASK}”，不排名。",
        ),
    )
