"""The PDF, the sheet and the letter of one paper hold the same texts in the same order."""

import pytest

from river_chief.papers.document import Document, FormTable, Group
from river_chief.papers.docx import render_docx
from river_chief.papers.pdf import render_pdf
from river_chief.papers.xlsx import render_xlsx
from tests.papers.examples import hostile_list, issue_list, monthly_report, sign_off_list
from tests.papers.reading import packed, pages_of, printed_rows, sheet_rows, sheets_of, word_tables

PAPERS = {
    "list of 1": lambda: issue_list(1),
    "list of 12": lambda: issue_list(12),
    "list of 13": lambda: issue_list(13),
    "list of 500": lambda: issue_list(500),
    "hostile": hostile_list,
    "sign-off": sign_off_list,
    "report": monthly_report,
}


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Document:
    return PAPERS[request.param]()


def test_pdf_prints_every_row_in_order(paper: Document) -> None:
    text = "".join(pages_of(render_pdf(paper)))
    at = 0
    for row in (row for table in printed_rows(paper) for row in table):
        found = text.find(packed("".join(row)), at)
        assert found >= 0, row
        at = found


def test_sheet_shows_every_row_in_order(paper: Document) -> None:
    sheets = [sheet_rows(sheet) for sheet in sheets_of(render_xlsx(paper))]
    tables = sheets if len(paper.tables) == 1 else sheets[1:]
    for table, expected in zip(tables, printed_rows(paper), strict=True):
        rows = [[text for text in row if text] for row in table]
        at = 0
        for row in expected:
            at = rows.index([text for text in row if text], at) + 1


def test_letter_shows_every_row_in_order(paper: Document) -> None:
    made = word_tables(render_docx(paper))
    for table, source, expected in zip(made, paper.tables, printed_rows(paper), strict=True):
        if isinstance(source, FormTable):
            assert packed("".join(dict.fromkeys(text for row in table for text in row))) == packed(
                "".join(dict.fromkeys(text for row in expected for text in row))
            )
        else:
            groups = {row.text for row in source.rows if isinstance(row, Group)}
            body = [row for row in table[len(source.head) :] if row[0] not in groups]
            assert body == (expected or [[source.empty] * len(source.columns)])
