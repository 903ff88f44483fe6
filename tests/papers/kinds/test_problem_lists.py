"""The three lists hold the same problems in the same order."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from river_chief.papers.document import Document, Group, Table
from river_chief.papers.kinds import produce
from tests.papers.kinds.conftest import APRIL_2, MARCH, March

THREE = ("issue", "responsibility", "rectification")


def table_of(document: Document) -> Table:
    (table,) = document.tables
    assert isinstance(table, Table)
    return table


def column(document: Document, label: str) -> list[str]:
    table = table_of(document)
    at = [each.label for each in table.columns].index(label)
    return [row[at].text for row in table.rows if not isinstance(row, Group)]


@pytest.mark.parametrize("kind", THREE)
def test_a_month_lists_what_was_in_stock_in_it(session: Session, march: March, kind: str) -> None:
    document = produce(session, kind, span=MARCH, today=APRIL_2)
    assert len(column(document, "序号")) == 9
    assert table_of(document).total[1].text == "共9个问题"


def test_the_three_lists_number_the_same_problems(session: Session) -> None:
    made = [produce(session, kind, span=MARCH, today=APRIL_2) for kind in THREE]
    first, *others = [[*zip(column(each, "序号"), column(each, "问题编号"), strict=True)] for each in made]
    assert all(other == first for other in others)
