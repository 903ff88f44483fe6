"""销号签收单: by village, what was struck off and what may be."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from river_chief.papers.document import Group, Table
from river_chief.papers.kinds import produce
from river_chief.terms import Action
from tests.papers.kinds.conftest import APRIL_2, MARCH, March


def rows_of(session: Session, *, village: int | None = None, today: date = APRIL_2) -> list[list[str]]:
    document = produce(session, "sign-off", span=MARCH, today=today, village=village)
    (table,) = document.tables
    assert isinstance(table, Table)
    rows = [[row.text] if isinstance(row, Group) else [cell.text for cell in row] for row in table.rows]
    return [*rows, [cell.text for cell in table.total]]


def test_villages_with_their_problems(session: Session, march: March) -> None:
    rows = rows_of(session)
    assert [row[0] for row in rows] == ["上砚村（2个）", "1", "2", "柳塘村（2个）", "3", "4", "合计"]
    assert [row[10] for row in rows if len(row) > 1] == ["2025-03-12", "", "2025-03-10", "2025-03-11", ""]
    assert rows[1][7:10] == ["2025-03-12", "2025-03-12", "钱树、孙文"]
    assert rows[-1][1] == "共4个问题"
    assert rows[-1][3] == "已销号3个，待销号1个"


def test_the_first_deadline_and_the_extended_one_are_printed(session: Session, march: March) -> None:
    document = produce(session, "sign-off", span=MARCH, today=APRIL_2)
    (table,) = document.tables
    assert isinstance(table, Table)
    assert [column.label for column in table.columns[5:7]] == ["整改时限", "延期后时限"]
    assert all(row[5].text for row in table.cell_rows)


def test_room_for_the_pen(session: Session, march: March) -> None:
    document = produce(session, "sign-off", span=MARCH, today=APRIL_2)
    (table,) = document.tables
    assert isinstance(table, Table)
    assert [column.label for column in table.columns[-2:]] == ["村级签收人", "签收日期"]
    assert all(not cell.text for row in table.cell_rows for cell in row[-2:])
    assert table.lines > 1.5


def test_only_one_village(session: Session, march: March) -> None:
    rows = rows_of(session, village=march.villages[1])
    assert [row[0] for row in rows] == ["上砚村（2个）", "1", "2", "合计"]


def test_only_what_was_known_on_the_day(session: Session, march: March) -> None:
    rows = rows_of(session, today=date(2025, 3, 11))
    assert [row[10] for row in rows if len(row) > 1] == ["2025-03-10", "2025-03-11", ""]


def test_struck_off_twice_in_a_month_stands_twice(march: March) -> None:
    april = date(2025, 4, 30)
    office = march.office
    office.today = april
    id = march.ids["closed, relapsed in April"]
    office.step(id, Action.SUBMIT, happened_at="2025-04-05", progress="又清完")
    office.step(id, Action.ACCEPT, happened_at="2025-04-06", actor="周海")
    office.step(id, Action.CLOSE, happened_at="2025-04-07")
    office.step(id, Action.RELAPSE, happened_at="2025-04-07", words="当天又倒")
    with office.database.read() as session:
        document = produce(session, "sign-off", span=MARCH._replace(last=april), today=april)
    (table,) = document.tables
    assert isinstance(table, Table)
    own = [row for row in table.cell_rows if row[1].text.endswith("004")]
    assert [row[10].text for row in own] == ["2025-03-11", "2025-04-07"]
