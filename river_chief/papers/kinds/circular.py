"""通报: how the villages stand, told to all of them; or the sheet of one village."""

from __future__ import annotations

from dataclasses import replace

from river_chief.figures.ratio import Ratio
from river_chief.figures.stock import Stock
from river_chief.papers.document import (
    Cell,
    Cells,
    Column,
    Document,
    Kind,
    Level,
    Orientation,
    Paragraph,
    Style,
    Table,
)
from river_chief.papers.formulas import Ref, rate_of
from river_chief.papers.kinds.circular_words import circular_words
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_notes import ranking_note, rate_sentence
from river_chief.papers.kinds.monthly_tables import number, rank_cells, rate_cell
from river_chief.papers.kinds.passages import Passage, body, paragraphs, passages, remarks
from river_chief.papers.kinds.reckoned import with_formulas, with_sums
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
    parts = circular_passages(wanted, facts)
    situation, ranking, *rest = parts
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
        remarks=remarks(parts),
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
    name = official_name(facts)
    counts = ("分子", "分母", "比率")
    table = Table(
        (
            Column("名次", 3.5, Kind.ORDER),
            Column("位次变化", 4, Kind.ORDER),
            Column("等次", 3.5, Kind.ORDER),
            Column("村（社区）", 9),
            *(Column(label, 4, Kind.NUMBER, name) for label in counts),
            Column("逾期", 3, Kind.NUMBER),
            Column("期末存量", 4, Kind.NUMBER),
        ),
        tuple(
            (*rank_cells(line), *_cells(line.name, official(facts, line), line.overdue, line.stock))
            for line in lines
        ),
        total=(
            Cell("合计"),
            *(Cell(),) * 2,
            *_cells("", whole, len(facts.figures.overdue), facts.figures.stock),
        )
        if lines
        else (),
        notes=(rate_sentence(facts, rate), ranking_note(facts)),
    )
    reckoned = rate_of(Ref("分子"), Ref("分母"), facts.settings.rate_digits)
    summed = with_sums(table, ("分子", "分母", "逾期", "期末存量"))
    return with_formulas(summed, lambda row, label, cell: reckoned if label == "比率" else None)


def _cells(name: str, rate: Ratio, overdue: int, stock: Stock) -> Cells:
    return (
        Cell(name),
        number(rate.numerator),
        number(rate.denominator),
        rate_cell(rate),
        number(overdue),
        number(stock.ending),
    )
