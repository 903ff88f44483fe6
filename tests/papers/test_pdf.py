from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from river_chief.papers.document import Cell, Column, Document, Kind, Paragraph, SignOn, Table
from river_chief.papers.pdf import missing_glyphs, render_pages, render_pdf
from tests.papers.examples import (
    DATED,
    HOSTILE,
    SIGNATURES,
    hostile_list,
    issue_list,
    monthly_report,
    sign_off_list,
)
from tests.papers.reading import packed, pages_of, printed_rows

SIGNATURE_ROW = packed("".join(map(str, SIGNATURES)))


@pytest.mark.parametrize("count", [1, 12, 13, 500])
def test_every_page_has_head_signature_row_and_number_and_no_row_is_cut(count: int) -> None:
    document = issue_list(count)
    pages = pages_of(render_pdf(document))
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page
        assert SIGNATURE_ROW in page
        assert "问题编号" in page
        assert "规模(面积㎡/长度m/体积m³)" in page
    for row in printed_rows(document)[0]:
        text = packed("".join(row))
        assert sum(text in page for page in pages) == 1, row
    assert packed(document.title) in pages[0]
    assert "注：1.本清单共" in pages[-1]


def test_signature_row_on_the_last_page_only() -> None:
    pages = pages_of(render_pdf(issue_list(40, sign_on=SignOn.LAST_PAGE)))
    assert len(pages) > 2
    assert [SIGNATURE_ROW in page for page in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize("count", range(30, 36))
def test_the_total_never_stands_alone_on_a_page(count: int) -> None:
    rows = tuple((Cell(f"第{number}村"), Cell("1", 1)) for number in range(count))
    table = Table((Column("村"), Column("件数", kind=Kind.NUMBER)), rows, total=(Cell("合计"), Cell("9", 9)))
    last = pages_of(render_pdf(Document(title="统计", dated=DATED, blocks=(table,))))[-1]
    assert "合计" in last
    assert f"第{count - 1}村" in last


def test_a_small_table_is_not_divided_between_two_pages() -> None:
    rows = tuple((Cell(f"第{number}村"),) for number in range(6))
    tables = tuple(Table((Column("村"),), rows, caption=f"表{number}：") for number in range(9))
    pages = pages_of(render_pdf(Document(title="统计", dated=DATED, blocks=tables)))
    assert len(pages) > 1
    for number in range(9):
        whole = f"表{number}：村" + "".join(f"第{row}村" for row in range(6))
        assert sum(whole in page for page in pages) == 1


def test_a_group_line_stays_with_its_rows_and_is_repeated_on_the_next_page() -> None:
    pages = pages_of(render_pdf(sign_off_list()))
    assert len(pages) > 2
    for page in pages:
        assert "村（" in page.partition("签收日期")[2][:12]
        assert not page.endswith("件）")


def test_markup_formulas_and_tags_are_printed_as_they_are() -> None:
    text = "".join(pages_of(render_pdf(hostile_list())))
    for words in HOSTILE:
        assert packed(words) in text


def test_characters_read_back_as_written_and_missing_ones_are_marked() -> None:
    document = Document(
        title="人水河湖",
        dated=DATED,
        blocks=(Paragraph("人水䶮㛃𬍛〔2025〕㎡m³ K1+200"), Paragraph("表情😀\x00尾")),
    )
    text = "".join(pages_of(render_pdf(document)))
    assert "人水䶮㛃𬍛〔2025〕㎡m³K1+200" in text
    assert "表情〓尾" in text
    assert missing_glyphs(document) == {"😀"}


def test_a_row_higher_than_a_page_is_continued_and_loses_nothing() -> None:
    long = "".join(f"第{number}段岸坡垃圾。" for number in range(900))
    document = Document(
        title="清单",
        dated=DATED,
        blocks=(Table((Column("描述", 10), Column("备注", 20)), ((Cell(long), Cell()),)),),
    )
    pages = pages_of(render_pdf(document))
    assert len(pages) > 1
    feet = [f"清单第{number}页共{len(pages)}页" for number in range(1, len(pages) + 1)]
    bodies = [page.removesuffix(foot) for page, foot in zip(pages, feet, strict=True)]
    assert long in "".join(body.rpartition("描述备注")[2] for body in bodies)


def test_an_empty_table_says_so() -> None:
    assert "（无）" in pages_of(render_pdf(issue_list(0)))[0]


def test_the_same_paper_gives_the_same_archival_file() -> None:
    made = render_pdf(issue_list(3))
    assert made == render_pdf(issue_list(3))
    about = PdfReader(BytesIO(made))
    assert about.metadata is not None
    assert about.metadata.title == "砚溪镇河湖问题清单"
    assert b"pdfaid:part" in made


def test_a_letter_turns_its_wide_tables_and_keeps_headings_with_their_text() -> None:
    reader = PdfReader(BytesIO(render_pdf(monthly_report())))
    shapes = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert shapes == sorted(shapes)
    assert any(shapes)
    assert not all(shapes)
    for page in reader.pages:
        lines = [line for line in page.extract_text().splitlines() if line.strip()]
        body = [line for line in lines if "工作月报" not in line and "共" not in line]
        assert not body[-1].startswith(("一、", "二、", "三、", "四、", "（一）", "表"))


def test_preview_pages_are_the_pages_of_the_paper() -> None:
    document = issue_list(30)
    pictures = render_pages(document, dpi=72)
    assert len(pictures) == len(pages_of(render_pdf(document)))
    with Image.open(BytesIO(pictures[0])) as picture:
        assert picture.size == (842, 595)


def test_long_papers_one_after_another_are_right() -> None:
    first, second = issue_list(400), issue_list(401)
    assert len(pages_of(render_pdf(first))) > 10
    assert packed("砚溪-2025-0401") in pages_of(render_pdf(second))[-1]
