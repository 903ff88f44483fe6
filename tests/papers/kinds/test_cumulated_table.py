"""累计情况表: the period, the year so far and since ever agree with the ledger's rounds."""

from __future__ import annotations

from datetime import date

from river_chief.papers.document import Table
from river_chief.papers.kinds import produce
from river_chief.terms import Action
from river_chief.verbs.office import settings_of
from tests.builders import Office


def test_sums_reach_back_to_the_year_and_to_the_first_record(empty: Office, village: int, reach: int) -> None:
    for day in ("2024-12-05", "2025-01-10", "2025-03-03"):
        empty.problem(village, reach, on=day)
    empty.close(1, on="2024-12-20")
    empty.close(2, on="2025-01-20")
    empty.step(3, Action.REFUTE, happened_at="2025-03-05", words="现场没有")
    with empty.database.read() as session:
        month = settings_of(session).month(2025, 3)
        paper = produce(session, "monthly", today=date(2025, 3, 31), span=month)
    table = next(each for each in paper.tables if each.caption == "累计情况表")
    assert isinstance(table, Table)
    heads = [column.label for column in table.columns]
    told = {
        row[0].text: dict(zip(heads, (cell.text for cell in row), strict=True)) for row in table.cell_rows
    }
    assert [(name, row["新增"], row["销号"], row["不属实"]) for name, row in told.items()] == [
        ("本月", "1", "0", "1"),
        ("本年累计", "2", "1", "1"),
        ("历年累计", "3", "2", "1"),
    ]
