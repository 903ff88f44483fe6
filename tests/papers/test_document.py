from datetime import date

import pytest

from river_chief.fields.field import Field
from river_chief.fields.field import Kind as FieldKind
from river_chief.papers.document import (
    Cell,
    Column,
    Document,
    FormCell,
    FormTable,
    HeadCell,
    Kind,
    Orientation,
    Paragraph,
    Table,
    Turn,
    cell_of,
    column_of,
)
from tests.papers.examples import DATED


def test_one_head_row_without_groups() -> None:
    table = Table((Column("村"), Column("期初")), ())
    assert table.head == ((HeadCell("村", 0), HeadCell("期初", 1)),)


def test_two_head_rows_where_columns_share_a_group() -> None:
    table = Table((Column("村"), Column("期初", group="存量"), Column("期末", group="存量")), ())
    assert table.head == (
        (HeadCell("村", 0, rows=2), HeadCell("存量", 1, columns=2)),
        (HeadCell("期初", 1), HeadCell("期末", 2)),
    )


def test_a_row_too_short_is_a_bug_named_by_its_number() -> None:
    with pytest.raises(ValueError, match="表一: row 2 has 1 cells, not 2"):
        Table((Column("村"), Column("期初")), ((Cell("甲"), Cell("1")), (Cell("乙"),)), caption="表一")


def test_a_form_must_be_filled_by_its_cells() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        FormTable((1, 1), ((FormCell("问题编号", label=True),),))


def test_form_cells_find_their_places_beside_cells_from_above() -> None:
    form = FormTable(
        (1, 1, 1),
        (
            (FormCell("照片", rows=2), FormCell("整改前", columns=2)),
            (FormCell("拍摄时间"), FormCell("2025-03-05")),
        ),
    )
    assert [(row, column, cell.text) for row, column, cell in form.placed] == [
        (0, 0, "照片"),
        (0, 1, "整改前"),
        (1, 1, "拍摄时间"),
        (1, 2, "2025-03-05"),
    ]


def test_sections_are_cut_where_the_sheet_turns() -> None:
    turn = Turn(Orientation.LANDSCAPE)
    document = Document(
        title="月报",
        dated=DATED,
        blocks=(Paragraph("一、"), turn, Paragraph("表八")),
        orientation=Orientation.PORTRAIT,
    )
    assert [(section.orientation, len(section.blocks)) for section in document.sections] == [
        (Orientation.PORTRAIT, 1),
        (Orientation.LANDSCAPE, 1),
    ]


def test_a_paper_without_blocks_has_one_section() -> None:
    document = Document(title="空", dated=DATED, blocks=())
    assert [section.blocks for section in document.sections] == [()]


def test_notes_are_numbered_only_when_there_are_several() -> None:
    one = Document(title="清单", dated=DATED, blocks=(), notes=("甲",))
    two = Document(title="清单", dated=DATED, blocks=(), notes=("甲", "乙"))
    assert one.note_lines == ("注：甲",)
    assert two.note_lines == ("注：1. 甲", "　　2. 乙")


def test_cells_and_columns_follow_their_field() -> None:
    found = Field("found_on", "发现时间", FieldKind.DATE, width=6)
    area = Field("area", "面积", FieldKind.NUMBER, unit="㎡", digits=1)
    flag = Field("on_time", "是否按期", FieldKind.FLAG)
    assert cell_of(found, date(2025, 3, 5)) == Cell("2025-03-05", date(2025, 3, 5))
    assert cell_of(area, 12.25) == Cell("12.3", 12.25)
    assert cell_of(flag, True) == Cell("是", None)
    assert cell_of(found, None) == Cell("", None)
    assert column_of(found) == Column("发现时间", 6, Kind.DATE)
    assert column_of(area, group="规模") == Column("面积(㎡)", 8, Kind.NUMBER, "规模")
