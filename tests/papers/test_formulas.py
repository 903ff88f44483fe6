"""Formulas come to what the paper prints, whatever the counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from river_chief.papers.document import Cell, Column, DataSheet, Document, Kind, Table
from river_chief.papers.formulas import (
    Formula,
    Ref,
    Rows,
    count_named,
    count_where,
    mean_of,
    part_of,
    points_between,
    rank_of,
    rate_of,
    sum_of,
)
from river_chief.papers.kinds.reckoned import reckoned, with_formulas
from river_chief.papers.xlsx import render_xlsx
from river_chief.rules.ranking import ranks
from river_chief.rules.rounding import half_up, rate_text
from tests.papers.reading import sheets_of, shown
from tests.papers.reckoner import Reckoner

DATED = date(2025, 4, 2)
WHOLES = st.one_of(st.integers(0, 60), st.integers(0, 100_000))
PAIRS = st.lists(
    WHOLES.flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=1, max_size=30
)
TIGHT = [
    (9_995, 10_000),
    (1_999, 2_000),
    (999_999, 1_000_000),
    (1, 2_000),
    (1, 2_001),
    (5, 8),
    (3, 3),
    (0, 0),
]


def book_of(*tables: Table, workings: tuple[Table | DataSheet, ...] = ()) -> bytes:
    return render_xlsx(Document(title="表", dated=DATED, blocks=tables, workings=workings))


def reckoned_texts(*tables: Table, column: str) -> list[str]:
    """What the column of the first table shows after everything was reckoned anew."""
    book = book_of(*tables)
    reckoner = Reckoner(book)
    ((title, sheet),) = [(each.title, each) for each in sheets_of(book)][-1:]
    found = []
    for name, address in reckoner.formulas():
        if name == title and address.rstrip("0123456789") == column:
            cell = sheet[address]
            assert reckoner.at(name, address) == cell.value
            found.append(shown(cell))
    return found


def numbers(*values: int) -> tuple[Cell, ...]:
    return tuple(Cell(str(value), value) for value in values)


def test_the_tightest_rates_are_printed_alike() -> None:
    check_rates(TIGHT, 1)


@given(PAIRS, st.integers(0, 3))
def test_rates_are_those_of_the_product(pairs: list[tuple[int, int]], digits: int) -> None:
    check_rates(pairs, digits)


def check_rates(pairs: list[tuple[int, int]], digits: int) -> None:
    texts = [rate_text(*pair, digits) for pair in pairs]
    formula = rate_of(Ref("分子"), Ref("分母"), digits)
    rows = tuple(
        (*numbers(*pair), reckoned(Cell(text), formula)) for pair, text in zip(pairs, texts, strict=True)
    )
    table = Table((Column("分子"), Column("分母"), Column("比率")), rows)
    assert reckoned_texts(table, column="C") == texts


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 3_000)), min_size=1, max_size=30))
def test_means_are_those_of_the_product(pairs: list[tuple[int, int]]) -> None:
    texts = [str(half_up(days / count, 1)) if count else "—" for days, count in pairs]
    rows = tuple(
        (*numbers(*pair), reckoned(Cell(text), mean_of(Ref("天数"), Ref("件数"))))
        for pair, text in zip(pairs, texts, strict=True)
    )
    assert reckoned_texts(Table((Column("天数"), Column("件数"), Column("平均")), rows), column="C") == texts


@given(PAIRS, PAIRS, st.integers(0, 2))
def test_changes_in_points_are_those_of_the_product(
    now: list[tuple[int, int]], before: list[tuple[int, int]], digits: int
) -> None:
    formula = points_between((Ref("甲"), Ref("乙")), (Ref("丙"), Ref("丁")), digits)
    pairs = list(zip(now, before, strict=False))
    texts = [points_text(*pair, digits) for pair in pairs]
    rows = tuple(
        (*numbers(*new, *old), reckoned(Cell(text), formula))
        for (new, old), text in zip(pairs, texts, strict=True)
    )
    columns = (*(Column(label) for label in "甲乙丙丁"), Column("环比(百分点)"))
    assert reckoned_texts(Table(columns, rows), column="E") == texts


def points_text(now: tuple[int, int], before: tuple[int, int], digits: int) -> str:
    if not now[1] or not before[1]:
        return "—"
    points = half_up(float(100 * (Fraction(*now) - Fraction(*before))), digits)
    return f"{points:+}" if points else str(abs(points))


@pytest.mark.parametrize("ascending", [False, True])
@given(pairs=PAIRS)
def test_ranks_share_places_and_leave_out_who_has_nothing(
    pairs: list[tuple[int, int]], ascending: bool
) -> None:
    parts = [Fraction(*pair) if pair[1] else None for pair in pairs]
    places = ranks(parts, less_is_better=ascending)
    among = Ref("依据", Rows.ALL)
    rows = tuple(
        (
            *numbers(*pair),
            Cell("—", None if part is None else round(float(part), 12), part_of(Ref("分子"), Ref("分母"))),
            reckoned(
                Cell("无任务" if place is None else str(place)),
                rank_of(Ref("依据"), among, "无任务", ascending=ascending),
            ),
        )
        for pair, part, place in zip(pairs, parts, places, strict=True)
    )
    table = Table((Column("分子"), Column("分母"), Column("依据"), Column("排名", kind=Kind.ORDER)), rows)
    texts = ["无任务" if place is None else str(place) for place in places]
    assert reckoned_texts(table, column="D") == texts


DETAIL = DataSheet(
    name="明细",
    columns=(Column("编号", kind=Kind.CODE), Column("村"), Column("新增", 3, Kind.NUMBER)),
    rows=(
        ("一", "上砚村", 1),
        ("二", "=1+1", 1),
        ("三", "上砚村", None),
        ("=四", "村*", 1),
        ("五", "上砚村", 2),
    ),
    notes=("填 1 的计入。",),
)


def test_sums_are_taken_from_a_data_sheet() -> None:
    formulas = (
        count_where("明细", "新增", {"村": Ref("村")}),
        count_named("明细", "新增", "村", Ref("村")),
        count_named("明细", "新增", "村", Ref("村")),
    )
    rows = tuple(
        (Cell(name), Cell(str(count), count, formula))
        for name, count, formula in zip(("上砚村", "=1+1", "村*"), (3, 1, 1), formulas, strict=True)
    )
    total = (Cell("合计"), Cell("5", 5, sum_of("新增")))
    book = book_of(
        Table((Column("村"), Column("新增")), rows, total=total, caption="统计"), workings=(DETAIL,)
    )
    reckoner = Reckoner(book)
    found = {address: reckoner.at(*address) for address in reckoner.formulas()}
    sheets = {sheet.title: sheet for sheet in sheets_of(book)}
    assert found == {(name, address): sheets[name][address].value for name, address in found}
    assert sorted(map(str, found.values())) == ["1", "1", "3", "5", "5"]


def test_a_data_sheet_can_be_filtered_and_never_makes_formulas_of_texts() -> None:
    book = load_workbook(BytesIO(book_of(workings=(DETAIL,))))
    sheet = book["明细"]
    assert sheet.auto_filter.ref == "A4:C9"
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B5", "$4:$4", "$A:$A")
    cell = sheet["A8"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=四", "s", True)
    assert [cell.value for cell in sheet[3]][1:] == [None, "=SUBTOTAL(109,$C$5:$C$9)"]
    assert sheet.dimensions == "A1:C9"


def test_a_formula_must_find_what_it_refers_to() -> None:
    table = Table((Column("数"),), ((Cell("1", 1, sum_of("数", table="没有这张表")),),))
    with pytest.raises(ValueError, match="没有这张表"):
        book_of(table)


def test_the_same_paper_gives_the_same_bytes() -> None:
    table = Table((Column("数"),), ((Cell("1", 1),),), total=(Cell("1", 1, sum_of("数")),))
    assert book_of(table, workings=(DETAIL,)) == book_of(table, workings=(DETAIL,))


def test_formulas_are_put_where_they_are_known_and_blanks_stay_blank() -> None:
    table = Table(
        (Column("名称"), Column("数")), ((Cell("甲"), Cell("12.5%", 0.12499)), (Cell("乙"), Cell()))
    )
    own = Formula("1/8", (), "0.0%")
    made = with_formulas(table, lambda row, label, cell: own if label == "数" else None)
    assert [row[1] for row in made.cell_rows] == [Cell("12.5%", 0.125, own), Cell()]
