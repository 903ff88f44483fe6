from hypothesis import given
from hypothesis import strategies as st

from river_chief.papers.characters import ems
from river_chief.papers.document import Cell, Column, Kind, Table
from river_chief.papers.layout import LARGEST, PADDING, SMALLEST, fit, head_lines
from tests.papers.examples import ISSUE_COLUMNS, issue_row

LANDSCAPE = 780.0
columns = st.builds(
    Column,
    label=st.text("河湖问题整改时限", min_size=1, max_size=8),
    width=st.floats(1, 30),
    kind=st.sampled_from(Kind),
)


@given(st.lists(columns, min_size=1, max_size=24), st.text("河长2025-.() ", max_size=40))
def test_columns_always_fill_the_page_in_a_readable_size(heads: list[Column], text: str) -> None:
    grid = fit(Table(tuple(heads), (tuple(Cell(text) for _ in heads),)), LANDSCAPE)
    assert SMALLEST <= grid.size <= LARGEST
    assert abs(sum(grid.widths) - LANDSCAPE) < 0.01
    assert all(width >= PADDING for width in grid.widths)


def test_days_numbers_and_codes_of_the_widest_list_stand_on_one_line() -> None:
    rows = tuple(issue_row(number) for number in range(1, 40))
    grid = fit(Table(ISSUE_COLUMNS, rows), LANDSCAPE)
    for row in rows:
        for at, column in enumerate(ISSUE_COLUMNS):
            if column.kind is not Kind.TEXT:
                assert ems(row[at].text) <= grid.characters(at), column.label


def test_few_narrow_columns_are_set_large_and_spread() -> None:
    grid = fit(
        Table((Column("村", 4), Column("件数", 4, Kind.NUMBER)), ((Cell("上砚村"), Cell("3", 3)),)), 400
    )
    assert grid.size == LARGEST


def test_a_code_far_too_long_does_not_starve_the_other_columns() -> None:
    table = Table((Column("编号", 6, Kind.CODE), Column("描述", 20)), ((Cell("X" * 300), Cell("岸坡")),))
    grid = fit(table, LANDSCAPE)
    assert grid.characters(1) > 15


def test_heads_are_cut_evenly_and_at_brackets_and_strokes() -> None:
    assert head_lines("河湖名称", 4.2) == "河湖名称"
    assert head_lines("河湖名称", 3.5) == "河湖\n名称"
    assert head_lines("具体位置(桩号/岸别)", 4.1) == "具体位置\n(桩号/\n岸别)"
    assert head_lines("规模(面积㎡/长度m/体积m³)", 5) == "规模\n(面积㎡/\n长度m/\n体积m³)"
