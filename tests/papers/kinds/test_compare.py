"""四比情况表: the same numbers as the figures, in every kind of file, on A4 lying across."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from river_chief.errors import Refusal
from river_chief.figures.four import FourFigures, four_figures
from river_chief.papers import output
from river_chief.papers.document import Document, Orientation, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import missing_glyphs
from river_chief.rules.periods import Span, month_range
from river_chief.storage.database import Database
from river_chief.verbs import office as offices
from river_chief.verbs.office import settings_of
from tests.papers.kinds.conftest import APRIL_2, MARCH, March
from tests.papers.reading import packed, pages_of, printed_rows, sheet_rows, sheets_of, word_tables

TODAY = date(2026, 3, 31)
SEPTEMBER = month_range(2025, 9)


@pytest.fixture(scope="module")
def sample(township: Path) -> Iterator[Database]:
    with Database.open(township) as database:
        yield database


def made(database: Database, span: Span, today: date) -> tuple[Document, FourFigures]:
    with database.read() as session:
        return (
            produce(session, "compare", span=span, today=today),
            four_figures(session, settings_of(session), span, today),
        )


def tables_of(document: Document) -> list[Table]:
    return [table for table in document.tables if isinstance(table, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cell_rows]


def test_the_ranks_and_every_figure_stand_on_it(sample: Database) -> None:
    document, four = made(sample, SEPTEMBER, TODAY)
    places, first, second = tables_of(document)
    assert document.orientation is Orientation.LANDSCAPE
    assert (document.title, document.subtitle) == ("砚溪镇河长制工作四比情况表", "（2025年9月）")
    assert [cell.text for cell in places.head[0]] == [
        "序号",
        "村（社区）",
        "问题比数量",
        "检查比质量",
        "整改比速度",
        "成效比高度",
    ]
    for row, village in zip(texts(places), four.villages, strict=True):
        assert row[1] == village.name
        at = village.places["effect"]
        closing = village.figures["closing_rate_cumulative"].text
        assert row[-4:] == [closing, at.light_words, at.rank_words, at.change_words]
    for table, sides in ((first, four.sides[:2]), (second, four.sides[2:])):
        keys = [each.key for side in sides for each in side.figures]
        for row, village in zip(texts(table), four.villages, strict=True):
            assert row[2:] == [village.figures[key].text for key in keys]
        assert [cell.text for cell in table.total[2:]] == [four.total.figures[key].text for key in keys]


def test_its_notes_say_how_it_is_ranked_and_define_every_rate(sample: Database) -> None:
    document, four = made(sample, SEPTEMBER, TODAY)
    notes = "\n".join(document.notes)
    assert "成效比高度看整改销号率" in notes
    assert "不合成总分" in notes
    assert "位次变化与上月比" in notes
    for side in four.sides:
        assert all(each.sentence in notes for each in side.figures)


def test_a_figure_that_has_no_light_has_no_column_for_it(march: March) -> None:
    leads = {"lead_speed": "average_days"}
    march.office.do(offices.change_settings, offices.SettingChange, values=leads)
    places = tables_of(made(march.office.database, MARCH, APRIL_2)[0])[0]
    heads = [(column.group, column.label) for column in places.columns]
    assert ("整改比速度", "平均整改天数") in heads
    assert ("整改比速度", "亮灯") not in heads
    assert ("成效比高度", "亮灯") in heads
    assert {len(row) for row in texts(places)} == {len(heads)}


def test_it_is_the_same_in_every_kind_of_file(sample: Database) -> None:
    document, four = made(sample, SEPTEMBER, TODAY)
    assert missing_glyphs(document) == frozenset()
    pages = pages_of(output.render(document, ".pdf"))
    assert len(pages) == 3
    book = [row for sheet in sheets_of(output.render(document, ".xlsx")) for row in sheet_rows(sheet)]
    said = ["".join(row) for row in book]
    words = [row for table in word_tables(output.render(document, ".docx")) for row in table]
    for rows in printed_rows(document):
        for row in rows:
            text = packed("".join(row))
            assert any(text in packed(line) for line in said), row
            assert row in words
    assert all(packed(village.name) in pages[0] for village in four.villages)


def test_it_is_of_all_villages_and_of_days_that_have_begun(march: March) -> None:
    with march.office.database.read() as session:
        with pytest.raises(Refusal, match="各村放在一起"):
            produce(session, "compare", span=MARCH, village=march.villages[0], today=APRIL_2)
        with pytest.raises(Refusal, match="先选定月份"):
            produce(session, "compare", today=APRIL_2)
        with pytest.raises(Refusal, match="还没有到"):
            produce(session, "compare", span=month_range(2025, 5), today=APRIL_2)
