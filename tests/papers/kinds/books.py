"""Reports as workbooks, for the tests: made of a session, reckoned anew, compared cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from river_chief.papers.document import Cells, Document, Kind, Table
from river_chief.papers.kinds.figure_book import with_workings
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_patrols import patrol_tables
from river_chief.papers.kinds.monthly_tables import kind_tables, village_table
from river_chief.papers.kinds.wanted import Wanted
from river_chief.papers.xlsx import render_xlsx
from river_chief.rules.periods import Span
from river_chief.verbs.office import settings_of
from tests.papers.reading import sheets_of
from tests.papers.reckoner import Reckoner


def facts_of(session: Session, span: Span, today: date) -> MonthlyFacts:
    return gather(Wanted(session=session, settings=settings_of(session), today=today, span=span))


def figure_tables(facts: MonthlyFacts) -> Document:
    """The tables of figures of a report, without its words: made-up rounds tell no sensible story."""
    tables = (*patrol_tables(facts), village_table(facts), *kind_tables(facts))
    return with_workings(Document(title="月报", dated=date(2026, 3, 31), blocks=tables), facts)


def reckon_all(document: Document) -> int:
    """Reckon every formula of the workbook: each comes to what stands in its cell. How many there are."""
    book = render_xlsx(document)
    reckoner = Reckoner(book)
    sheets = {sheet.title: sheet for sheet in sheets_of(book)}
    formulas = list(reckoner.formulas())
    found = {at: reckoner.at(*at) for at in formulas}
    assert found == {(name, address): sheets[name][address].value for name, address in formulas}
    return len(formulas)


def stated(document: Document) -> set[tuple[str, str]]:
    """Tables of figures and their columns of numbers in which a cell is stated and not reckoned."""
    return {
        (table.caption.partition("　")[0], column.label)
        for table in document.tables
        if isinstance(table, Table) and table.caption[:2] in ("表二", "表三", "表四", "表五", "表六")
        for cells in _lines(table)
        for column, cell in zip(table.columns, cells, strict=True)
        if column.kind in (Kind.NUMBER, Kind.ORDER) and cell.text and cell.formula is None
    }


def _lines(table: Table) -> Iterator[Cells]:
    yield from table.cell_rows
    if table.total:
        yield table.total
