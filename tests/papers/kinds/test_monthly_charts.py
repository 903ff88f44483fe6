"""附图 of the monthly report: numbered, on upright pages, with the numbers of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.papers.charts.chart import Bars, Trend, data_of
from river_chief.papers.document import ChartBlock, Document, Level, Orientation, Paragraph, Turn
from river_chief.papers.kinds import produce
from river_chief.papers.kinds.monthly_charts import chart_blocks
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.wanted import Wanted
from river_chief.papers.pdf import render_pdf
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of
from tests.papers.reading import packed, pages_of

TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def session(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session


@pytest.fixture(scope="module")
def facts(session: Session) -> MonthlyFacts:
    settings = settings_of(session)
    return gather(Wanted(session=session, settings=settings, today=TODAY, span=settings.month(2026, 2)))


@pytest.fixture(scope="module")
def report(session: Session) -> Document:
    return produce(session, "monthly", today=TODAY, span=settings_of(session).month(2026, 2))


def charts(facts: MonthlyFacts) -> list[ChartBlock]:
    return [block for block in chart_blocks(facts) if isinstance(block, ChartBlock)]


def test_the_charts_are_numbered_on_upright_pages(facts: MonthlyFacts) -> None:
    turn, head, *rest = chart_blocks(facts)
    assert turn == Turn(Orientation.PORTRAIT)
    assert head == Paragraph("附图", Level.ATTACHMENT)
    assert len(rest) == 5
    assert [block.caption[:3] for block in charts(facts)] == [
        "附图一",
        "附图二",
        "附图三",
        "附图四",
        "附图五",
    ]
    assert all(block.caption.endswith(f"　{block.chart.title}") for block in charts(facts))


def test_they_show_the_numbers_of_the_tables(facts: MonthlyFacts) -> None:
    stock, rates, _, villages, _ = (block.chart for block in charts(facts))
    assert isinstance(stock, Trend)
    assert isinstance(rates, Trend)
    assert isinstance(villages, Bars)
    last = [line.data[-1].value for line in stock.lines]
    assert last == [facts.figures.stock.ending, facts.figures.stock.found, facts.figures.stock.closed]
    official = facts.settings.official_rate
    assert rates.lines[0].data[-1].text == facts.figures.rate(official).text
    told = {line.name: (line.rate(official).ratio.value, str(line.rank)) for line in facts.figures.by_village}
    assert {bar.name: (bar.datum.value, bar.place) for bar in villages.bars} == told


def test_nothing_on_paper_can_be_clicked(facts: MonthlyFacts) -> None:
    assert all(datum.asks is None for block in charts(facts) for _, datum in data_of(block.chart))


def test_very_many_villages_go_over_several_charts(facts: MonthlyFacts) -> None:
    line = facts.figures.by_village[0]
    many = tuple(replace(line, key=at, name=f"第{at}村") for at in range(70))
    long = replace(facts, figures=replace(facts.figures, by_village=many))
    parts = [block.chart for block in charts(long) if isinstance(block.chart, Bars)]
    assert [len(part.bars) for part in parts] == [30, 30, 10]
    assert [part.title[-3:] for part in parts] == ["（1）", "（2）", "（3）"]
    assert charts(long)[-1].caption.startswith("附图七")


def test_the_printed_report_ends_with_them(report: Document) -> None:
    pages = pages_of(render_pdf(report))
    (first,) = [at for at, page in enumerate(pages) if packed("附图一　存量与增减") in page]
    assert len(pages) == first + 2
    assert "附图三" in pages[first]
    assert "附图五" in pages[first + 1]
    assert "注：" in pages[first + 1]
    assert any("附图" in page for page in pages[:first])
