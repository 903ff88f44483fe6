"""The three lists, the sign-off list and the report say the same, in every kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.figures.month import MonthFigures, monthly
from river_chief.papers import output
from river_chief.papers.document import Document, Group, Table
from river_chief.papers.kinds import produce
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of
from tests.papers.kinds.conftest import APRIL_2, MARCH, March
from tests.papers.reading import packed, pages_of, printed_rows, sheet_rows, sheets_of, word_tables

THREE = ("issue", "responsibility", "rectification")
PRESENT = date(2026, 3, 31)


def papers(session: Session, span: Span, today: date) -> dict[str, Document]:
    return {kind: produce(session, kind, span=span, today=today) for kind in (*THREE, "sign-off", "monthly")}


def captioned(document: Document, start: str) -> Table:
    (table,) = [each for each in document.tables if each.caption.startswith(start)]
    assert isinstance(table, Table)
    return table


def cells(table: Table) -> list[dict[str, str]]:
    """The rows by the labels of their columns."""
    labels = [column.label for column in table.columns]
    return [dict(zip(labels, (cell.text for cell in row), strict=True)) for row in table.cell_rows]


def only_table(document: Document) -> Table:
    (table,) = document.tables
    assert isinstance(table, Table)
    return table


def check_agreement(made: dict[str, Document], figures: MonthFigures) -> None:
    """Recount from the texts of the lists what the report states."""
    issues, duties, rows = (cells(only_table(made[kind])) for kind in THREE)
    numbers = [row["问题编号"] for row in issues]
    assert numbers == [row["问题编号"] for row in duties] == [row["问题编号"] for row in rows]
    assert [row["序号"] for row in issues] == [str(at) for at in range(1, len(issues) + 1)]
    span = figures.window.known
    open_ = {"待核实", "待交办", "待签收", "整改中", "待验收", "待销号", "挂账"}
    in_stock = [row for row in rows if row["当前状态"] in open_]
    assert len(in_stock) == figures.stock.ending
    struck = [row for row in rows if row["销号时间"] and date.fromisoformat(row["销号时间"]) in span]
    signed = [row for row in cells(only_table(made["sign-off"])) if row["销号时间"]]
    assert len(signed) == figures.stock.closed
    assert {row["问题编号"] for row in struck} <= {row["问题编号"] for row in signed}
    late = {row["问题编号"] for row in in_stock if row["逾期天数"] and not row["完成时间"]}
    watched = cells(captioned(made["monthly"], "表八"))
    assert late == {row["问题编号"] for row in watched if "逾期" in row["列入原因"]}
    assert len(late) == len(figures.overdue)
    due = {row["问题编号"]: row["整改时限"] for row in cells(captioned(made["monthly"], "表九"))}
    assert len(due) == len(figures.due_next)
    by_number = {row["问题编号"]: row for row in rows}
    assert all(
        by_number[number]["延期后时限"] or by_number[number]["整改时限"] == on for number, on in due.items()
    )
    check_village_table(captioned(made["monthly"], "表三"), issues, in_stock)


def check_village_table(table: Table, issues: list[dict[str, str]], in_stock: list[dict[str, str]]) -> None:
    villages = {row["问题编号"]: row["所在村"] for row in issues}
    left = [villages[row["问题编号"]] for row in in_stock]
    for line in cells(table):
        assert int(line["期末"]) == left.count(line["村（社区）"])
        came = sum(int(line[key]) for key in ("期初", "新增", "反弹"))
        went = sum(int(line[key]) for key in ("销号", "不属实", "移交", "并案", "作废"))
        assert int(line["期末"]) == came - went
    for label in ("期初", "新增", "反弹", "销号", "期末", "到期", "按期", "逾期"):
        at = [column.label for column in table.columns].index(label)
        assert sum(int(row[at].text) for row in table.cell_rows) == int(table.total[at].text)


def check_files(document: Document, folder: Path) -> None:
    """The PDF, the workbook and the letter hold the rows of the document, in order."""
    for suffix in (".pdf", ".xlsx", ".docx"):
        output.write(document, folder / f"paper{suffix}")
    text = "".join(pages_of((folder / "paper.pdf").read_bytes()))
    sheets = [sheet_rows(sheet) for sheet in sheets_of((folder / "paper.xlsx").read_bytes())]
    letter = word_tables((folder / "paper.docx").read_bytes())
    alone = len(document.tables) == 1
    sheets = sheets[not alone :][: len(document.tables)]
    for table, sheet, word in zip(document.tables, sheets, letter, strict=True):
        if isinstance(table, Table):
            rows = [
                [cell.text for cell in row]
                for row in (*table.cell_rows, *([table.total] * bool(table.total)))
            ]
            assert in_order(rows, [[text for text in row if text] for row in sheet])
            assert in_order(rows, [[text for text in row if text] for row in word])
    at = 0
    for row in (row for rows in printed_rows(document) for row in rows):
        at = text.find(packed("".join(row)), at)
        assert at >= 0, row


def in_order(rows: Iterable[list[str]], found: list[list[str]]) -> bool:
    rest: Iterator[list[str]] = iter(found)
    return all([text for text in row if text] in rest for row in rows)


def test_papers_of_a_small_ledger_agree(session: Session, tmp_path: Path) -> None:
    made = papers(session, MARCH, APRIL_2)
    check_agreement(made, monthly(session, settings_of(session), MARCH, APRIL_2))
    for document in made.values():
        check_files(document, tmp_path)


def test_papers_made_a_year_later_are_those_of_the_month(march: March) -> None:
    with march.office.database.read() as session:
        then, later = (papers(session, MARCH, today) for today in (APRIL_2, PRESENT))
    for kind, document in then.items():
        assert [texts(each) for each in document.tables if isinstance(each, Table)] == [
            texts(each) for each in later[kind].tables if isinstance(each, Table)
        ]


def test_papers_of_one_session_are_of_one_moment(march: March) -> None:
    """What is registered between the first list and the last is on none of them."""
    with march.office.database.read() as session:
        first = produce(session, "issue", span=MARCH, today=APRIL_2)
        march.office.problem(march.villages[0], 1, on="2025-03-31")
        last = produce(session, "rectification", span=MARCH, today=APRIL_2)
        assert len(only_table(first).rows) == len(only_table(last).rows)
    with march.office.database.read() as session:
        after = produce(session, "issue", span=MARCH, today=APRIL_2)
        assert len(only_table(after).rows) == len(only_table(first).rows) + 1


def texts(table: Table) -> list[list[str]]:
    return [[row.text] if isinstance(row, Group) else [cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("month", range(1, 13))
def test_papers_of_the_sample_agree(township: Path, month: int) -> None:
    with Database.open(township) as database, database.read() as session:
        settings = settings_of(session)
        span = settings.month(2025, month)
        check_agreement(papers(session, span, PRESENT), monthly(session, settings, span, PRESENT))


def test_files_of_the_sample_hold_the_rows(township: Path, tmp_path: Path) -> None:
    with Database.open(township) as database, database.read() as session:
        made = papers(session, settings_of(session).month(2025, 3), PRESENT)
    for document in made.values():
        check_files(document, tmp_path)
