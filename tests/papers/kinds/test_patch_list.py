"""图斑核查表: which patches, which columns, the sentences under them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from river_chief.papers.document import Document, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import render_pdf
from river_chief.queries.patches import PatchFilter
from river_chief.rules.periods import Span
from river_chief.terms import Verdict
from tests.builders import Office
from tests.papers.reading import pages_of
from tests.verbs.test_patches import check, patch, register

TODAY = date(2025, 3, 31)


@pytest.fixture
def checked(empty: Office, village: int, reach: int) -> Office:
    """Three patches: real and registered, not real without a photo, not checked."""
    first = patch(empty, village, reach, number="TB1", place="老石桥上游60米")
    check(empty, first, words="左岸搭建钢棚")
    register(empty, first)
    check(empty, patch(empty, village, number="TB2"), "not_real", exception="道路中断")
    patch(empty, number="TB3", handed_on="2025-02-10", due_on=None)
    return empty


def numbers(document: Document) -> list[str]:
    (table,) = document.tables
    assert isinstance(table, Table)
    at = [column.label for column in table.columns].index("图斑编号")
    return [row[at].text for row in table.cell_rows]


def made(session: Session, **asked: Any) -> Document:
    return produce(session, "patches", today=TODAY, **asked)


def test_it_says_what_was_found_and_what_became_of_it(checked: Office) -> None:
    with checked.database.read() as session:
        document = made(session)
    assert document.title == "砚溪镇图斑核查表"
    assert document.notes == (
        "所列3个图斑中，已核查2个（属实1个，不属实1个，合法合规0个），未核查1个；属实的已登记为问题1个。",
        "核查没有照片、已说明原因的1个：TB2。",
    )
    text = "".join(pages_of(render_pdf(document))).replace("\n", "")
    for words in ("TB1", "老石桥上游60米", "左岸搭建钢棚", "砚2025-001", "待核实", "共3个图斑"):
        assert words in text


def test_it_lists_what_is_asked_for(checked: Office, village: int) -> None:
    with checked.database.read() as session:
        assert numbers(made(session)) == ["TB1", "TB2", "TB3"]
        assert numbers(made(session, filter=PatchFilter(verdicts=(Verdict.REAL,)))) == ["TB1"]
        assert numbers(made(session, village=village)) == ["TB1", "TB2"]
        assert numbers(made(session, span=Span(date(2025, 2, 1), date(2025, 2, 28)))) == ["TB3"]
        assert numbers(made(session, sort="number", descending=True)) == ["TB3", "TB2", "TB1"]


def test_a_workbook_has_every_column(checked: Office) -> None:
    with checked.database.read() as session:
        (table,) = made(session, every_column=True).tables
    assert isinstance(table, Table)
    labels = {column.label for column in table.columns}
    assert {"坐标系", "核查期限", "无照片说明", "备注"} <= labels
    assert "地理坐标" not in labels
