"""The report's workbook: every formula comes to what is printed, and follows when a cell of the detail is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from openpyxl.utils import get_column_letter
from sqlmodel import Session

from river_chief.papers.document import DataSheet, Document
from river_chief.papers.kinds import figure_book, produce
from river_chief.papers.kinds.frozen_papers import freezer
from river_chief.papers.xlsx import render_xlsx
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs import office
from river_chief.verbs.office import settings_of
from tests.builders import Office
from tests.figures.histories import random_cases
from tests.figures.test_tally import (
    CAMPAIGNS,
    FINISHED,
    FIRSTS,
    IN_A_LEDGER,
    LENGTHS,
    SEEDS,
    a_ledger,
    filled,
)
from tests.papers.kinds.books import facts_of, figure_tables, reckon_all, stated
from tests.papers.kinds.conftest import APRIL_2, MARCH
from tests.papers.reckoner import Reckoner

PRESENT = date(2026, 3, 31)
# What no other cell comes to: numbers of a list, and words about the month before.
STATED = {
    ("表二（3）", "序号"),
    ("表二（3）", "应巡次数"),
    ("表二（3）", "达标次数"),
    ("表三", "位次变化"),
    ("表三", "等次"),
}
FEW = settings(parent=IN_A_LEDGER, max_examples=4, phases=[Phase.explicit, Phase.generate])


@pytest.fixture
def town(township: Path) -> Iterator[Session]:
    with Database.open(township) as database, database.read() as session:
        yield session


def report(session: Session, month: tuple[int, int], today: date = PRESENT) -> Document:
    return produce(session, "monthly", span=settings_of(session).month(*month), today=today)


def labels(sheet: DataSheet) -> list[str]:
    return [column.label for column in sheet.columns]


def detail_of(document: Document) -> DataSheet:
    (found,) = [each for each in document.workings if isinstance(each, DataSheet) and each.name == "计数明细"]
    return found


@pytest.mark.parametrize(
    ("month", "today"),
    [((2025, 3), PRESENT), ((2025, 9), PRESENT), ((2026, 3), date(2026, 3, 12)), ((2024, 6), PRESENT)],
)
def test_every_formula_of_the_sample_comes_to_what_is_printed(
    town: Session, month: tuple[int, int], today: date
) -> None:
    document = report(town, month, today)
    assert reckon_all(document) > 1_000
    assert bool(detail_of(document).rows) == (month > (2024, 6))


@pytest.mark.parametrize(
    ("kind", "least"), [("year", 1_000), ("circular", 15), ("compare", 10), ("patrols", 2), ("zero", 1)]
)
def test_other_papers_reckon_alike(town: Session, kind: str, least: int) -> None:
    span = settings_of(town).month(2025, 12)
    assert reckon_all(produce(town, kind, span=span, today=PRESENT)) >= least


def test_every_number_of_the_tables_is_reckoned(town: Session) -> None:
    assert stated(report(town, (2026, 3))) <= STATED


def test_a_month_that_begins_on_another_day(township_copy: Path) -> None:
    with Database.open(township_copy) as database:
        Office(database, PRESENT).do(
            office.change_settings, office.SettingChange, values={"period_start_day": 26, "rate_digits": 2}
        )
        with database.read() as session:
            document = report(session, (2025, 11))
    assert reckon_all(document) > 1_000
    assert stated(document) <= STATED


@FEW
@given(SEEDS, FIRSTS, LENGTHS)
def test_random_ledgers_reckon_alike(empty: Office, seed: int, first: date, length: int) -> None:
    with filled(empty, a_ledger(empty, seed)) as session:
        span = Span(first, date.fromordinal(first.toordinal() + length))
        document = figure_tables(facts_of(session, span, FINISHED))
    assert reckon_all(document) > 100
    assert stated(document) <= STATED


def test_a_changed_cell_of_the_detail_changes_what_is_made_of_it(town: Session) -> None:
    document = report(town, (2025, 3))
    detail, book = detail_of(document), Reckoner(render_xlsx(document))
    sheet = book.book["计数明细"]
    head = {label: get_column_letter(at) for at, label in enumerate(labels(detail), 1)}
    table = next(each for each in book.book.worksheets if each.title.startswith("表三"))
    lines = {table.cell(row, 1).value: row for row in range(1, table.max_row + 1)}
    columns = {
        cell.value: at for row in table.iter_rows(max_row=4) for at, cell in enumerate(row, 1) if cell.value
    }

    def counts(village: str, label: str) -> object:
        return book.value(table.title, lines[village], columns[label])

    due = next(
        row
        for row, cells in enumerate(detail.rows, 6)
        if cells[labels(detail).index("到期")] and cells[labels(detail).index("按期")]
    )
    village = str(sheet[f"{head['村（社区）']}{due}"].value)
    other = next(str(name) for name in lines if str(name).endswith("村") and name != village)
    before = [counts(name, "到期") for name in (village, other, "合计")]
    assert isinstance(before[0], int)
    assert isinstance(before[1], int)
    book.put("计数明细", f"{head['村（社区）']}{due}", other)
    assert [counts(name, "到期") for name in (village, other, "合计")] == [
        before[0] - 1,
        before[1] + 1,
        before[2],
    ]
    on_time = counts("合计", "按期")
    rate = counts("合计", "按期整改率")
    assert isinstance(on_time, int)
    assert isinstance(rate, float)
    book.put("计数明细", f"{head['按期']}{due}", None)
    assert counts("合计", "按期") == on_time - 1
    changed = counts("合计", "按期整改率")
    assert isinstance(changed, float)
    assert changed < rate
    balances = {book.value("比率计算", row, 34) for row in range(4, 12)}
    assert balances == {"平衡"}
    book.put("计数明细", f"{head['期末']}{due}", 1 if sheet[f"{head['期末']}{due}"].value is None else None)
    assert "不平衡" in {book.value("比率计算", row, 34) for row in range(4, 20)}


def test_names_that_a_sheet_would_misread_are_counted_all_the_same(empty: Office) -> None:
    names = ("=1+1", "村*", "12", "a村", "A村", "@村", "正常村", "<3")
    villages = [empty.village(name) for name in names]
    with filled(empty, random_cases(Random(5), 80, villages, CAMPAIGNS)) as session:
        document = figure_tables(facts_of(session, MARCH, FINISHED))
    assert reckon_all(document) > 100
    assert {(table, label) for table, label in stated(document) if table != "表二（2）"} <= STATED
    sheets = Reckoner(render_xlsx(document)).book
    texts = [cell for row in sheets["计数明细"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert texts
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)


def test_villages_of_one_name_are_stated_and_their_rates_still_reckoned(empty: Office) -> None:
    villages = [empty.village(name) for name in ("柳塘村", "柳塘村（旧）", "石埠村")]
    cases = random_cases(Random(5), 60, villages, CAMPAIGNS)
    with filled(empty, cases) as session:
        facts = facts_of(session, MARCH, FINISHED)
        lines = tuple(
            replace(line, name=line.name.removesuffix("（旧）")) for line in facts.figures.by_village
        )
        document = figure_tables(replace(facts, figures=replace(facts.figures, by_village=lines)))
    assert reckon_all(document) > 100
    assert {label for table, label in stated(document) if table == "表三"} >= {"期初", "排名"}


def test_a_ledger_too_large_for_detail_keeps_its_rates(
    town: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_book, "MOST_ROWS", 10)
    document = report(town, (2025, 3))
    (rates,) = [
        each for each in document.workings if not isinstance(each, DataSheet) and each.caption == "比率计算"
    ]
    assert "计数明细不随表导出" in rates.notes[0]
    assert reckon_all(document) > 500
    left = {label for table, label in stated(document) if table == "表三"}
    assert {"期初", "新增", "按期"} <= left
    assert not left & {"按期整改率", "整改销号率", "排名", "平均整改天数"}


def test_figures_that_are_not_the_ledgers_any_more_are_stated(session: Session) -> None:
    facts = facts_of(session, MARCH, APRIL_2)
    line = facts.figures.by_severity[0]
    later = replace(line, stock=replace(line.stock, found=line.stock.found + 1))
    figures = replace(facts.figures, by_severity=(later, *facts.figures.by_severity[1:]))
    document = figure_tables(replace(facts, figures=figures))
    assert not any(isinstance(each, DataSheet) and each.name == "计数明细" for each in document.workings)
    assert reckon_all(document) > 100


def test_a_frozen_report_gives_the_same_workbook(town: Session) -> None:
    document = report(town, (2025, 3))
    thawed = freezer().thaw(freezer().freeze(document))
    assert thawed == document
    assert render_xlsx(thawed) == render_xlsx(document)
