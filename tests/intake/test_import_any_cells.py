"""Whatever stands in the cells, a plan says what becomes of the row, and applying it is whole or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from river_chief.errors import Refusal
from river_chief.intake.cell import CellValue, RawCell
from river_chief.intake.header_rows import Column
from river_chief.intake.import_apply import apply
from river_chief.intake.import_plan import plan
from river_chief.intake.plan import Answers, RowState
from river_chief.intake.raw_rows import RawRow, address
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet
from river_chief.storage.undo import undo_batch
from river_chief.terms import ImportKind
from tests.builders import CLERK, TODAY, Office, new_office

LIKELY = (
    "柳塘村", "上溪村", "黑沙村", "柳塘村、上溪村", "柳塘河", "柳塘河段", "石溪", "砚溪镇", "赵春", "钱树", "乱堆", "LD01",
    "河长巡河", "县级暗访", "一般", "乡级", "村级河长", "巡查员", "河流", "村", "是", "无", "2025.3.5", "2025.13.5",
    "2025-03-05 08:30", "9:15", "45分钟", "118.47,29.05", "29.05,118.47", "H001", "砚2025-001", "县01",
    "990121103203", "990121103", "12000000001", "=1+1", "长" * 300,
)  # fmt: skip
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.sampled_from(LIKELY),
    st.text(max_size=12),
    st.integers(-5, 10**13),
    st.floats(allow_nan=True),
    st.sampled_from([date(2025, 3, 5), datetime(2025, 3, 5, 8, 30), True]),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("any") / "ledger")
    village, other = made.village("柳塘村", "990121103203"), made.village("上溪村")
    reach = made.reach("柳塘河", village, other)
    made.patrol(made.chief("赵春", village, reach), reach, at="2025-03-05 08:30")
    made.problem(village, reach, description="桥下堆放垃圾")
    yield made
    made.database.close()


def sheet_of(kind: ImportKind, rows: list[list[CellValue]]) -> RawSheet:
    fields = list(SHEET_KINDS[kind].fields)
    columns = tuple(Column(index, field.label, field.key) for index, field in enumerate(fields))
    raw = tuple(
        RawRow(
            number + 2,
            {
                column.key: RawCell(address(number + 1, column.index), value)
                for column, value in zip(columns, row, strict=True)
            },
        )
        for number, row in enumerate(rows)
    )
    return RawSheet("x.xlsx", "表", (1,), columns, (), raw, (), 2025, (), "0" * 64)


@pytest.mark.parametrize("kind", list(ImportKind), ids=lambda kind: kind.value)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_cells(office: Office, kind: ImportKind, data: st.DataObject) -> None:
    width = len(SHEET_KINDS[kind].fields)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4))
    sheet = sheet_of(kind, rows)
    with office.database.read() as session:
        first = plan(session, sheet, kind, today=TODAY)
        made = plan(session, sheet, kind, today=TODAY, answers=Answers(add=frozenset(first.missing)))
    for row in made.rows:
        assert (row.state is RowState.REFUSED) == bool(row.cells)
        assert (row.state is RowState.DOUBTFUL) <= bool(row.doubts)
        assert not (row.state in (RowState.NEW, RowState.CHANGED) and not row.doings)
    ticked = {row.row for row in made.rows if row.doings}
    try:
        done = apply(office.database, made, by=CLERK, today=TODAY, rows=ticked)
    except Refusal:
        return
    with office.database.write(by=CLERK, today=TODAY) as writer:
        undo_batch(writer, done.batch_id)


LIKELY_BY_KEY = {
    "number": ("砚2025-001", "县01", None),
    "code": ("990121103210", None, "H7"),
    "found_on": ("2025.3.5", 45721, "3月6日"),
    "source": ("县级暗访", "河长巡河"),
    "name": ("柳塘村", "新渡村", "赵春", "石溪"),
    "area_name": ("柳塘村", "新渡村", "砚溪镇"),
    "village_name": ("柳塘村", "上溪村", "新渡村"),
    "village_names": ("柳塘村", "柳塘村、新渡村", None),
    "water_name": ("柳塘河", "石溪"),
    "reach_names": ("柳塘河", None),
    "category_group": ("乱堆", "乱占"),
    "description": ("桥下堆放垃圾", "种菜"),
    "role": ("村级河长", "巡查员", "乡级河长"),
    "person_name": ("赵春", "钱树"),
    "started_at": ("2025-03-05 08:30", "2025-03-06 08:30"),
    "minutes": ("45分钟", 30),
    "length_km": (3.2, None),
    "phone": ("12000000001", None),
}


@pytest.mark.parametrize("kind", list(ImportKind), ids=lambda kind: kind.value)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_likely_rows_are_the_same_once_they_are_in(
    office: Office, kind: ImportKind, data: st.DataObject
) -> None:
    cells = [
        st.sampled_from(LIKELY_BY_KEY[field.key]) if field.key in LIKELY_BY_KEY else st.none()
        for field in SHEET_KINDS[kind].fields
    ]
    sheet = sheet_of(kind, data.draw(st.lists(st.tuples(*cells).map(list), min_size=1, max_size=4)))
    with office.database.read() as session:
        first = plan(session, sheet, kind, today=TODAY)
        made = plan(session, sheet, kind, today=TODAY, answers=Answers(add=frozenset(first.missing)))
    ready = {row.row for row in made.rows if row.state in (RowState.NEW, RowState.CHANGED)}
    if not ready:
        return
    done = apply(office.database, made, by=CLERK, today=TODAY)
    try:
        with office.database.read() as session:
            again = plan(session, sheet, kind, today=TODAY)
        assert {row.state for row in again.rows if row.row in ready} == {RowState.SAME}
    finally:
        with office.database.write(by=CLERK, today=TODAY) as writer:
            undo_batch(writer, done.batch_id)
