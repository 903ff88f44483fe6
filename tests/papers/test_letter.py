"""A letter in Word and PDF, held against GB/T 9704-2012 by reading what was written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph as WordParagraph
from pypdf import PdfReader

from river_chief.papers import output
from river_chief.papers.document import Document, Labelled, Level, Orientation, Paragraph, Style, Turn
from river_chief.papers.docx import render_docx
from river_chief.papers.layout import signed_edges, title_lines
from river_chief.papers.pdf import render_pdf
from river_chief.papers.word_faces import STAND_INS
from tests.papers.examples import DATED, monthly_report

TWIPS = 1440 / 25.4
BODY = "本月全镇各级河长应巡149次，实巡152次，有效146次，达标率97.3%。"


def letter(paragraphs: int = 3) -> Document:
    return Document(
        title="关于2025年3月河长制工作情况的通报",
        office="砚溪镇河长制办公室",
        dated=DATED,
        blocks=(
            Paragraph("各村（社区）：", Level.ADDRESS),
            Paragraph("一、总体情况", Level.HEADING),
            Paragraph("（一）巡河履职", Level.SUBHEADING),
            *(Paragraph(BODY * 2) for _ in range(paragraphs)),
            Paragraph("附件：河长制工作统计表", Level.ATTACHED),
            Paragraph("砚溪镇河长制办公室\n2025年4月2日", Level.SIGNED),
            Turn(Orientation.LANDSCAPE),
            Paragraph("附件", Level.ATTACHMENT),
            *(block for block in monthly_report().tables[1:3]),
        ),
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )


@pytest.fixture
def word() -> docx.document.Document:
    return docx.Document(BytesIO(render_docx(letter())))


def millimetres(section: Section) -> tuple[float, ...]:
    edges = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    return tuple(round(edge.mm, 1) for edge in edges if edge is not None)


def the(word: docx.document.Document, start: str) -> WordParagraph:
    return next(each for each in word.paragraphs if each.text.startswith(start))


def face(paragraph: WordParagraph) -> tuple[str, float]:
    """The face named for Chinese and the size in points."""
    run = paragraph.runs[0]._element.rPr
    assert run is not None
    names = run.find(qn("w:rFonts"))
    size = run.find(qn("w:sz"))
    return str(names.get(qn("w:eastAsia"))), int(str(size.get(qn("w:val")))) / 2


def setting(paragraph: WordParagraph, tag: str) -> dict[str, str]:
    properties = paragraph._p.pPr
    assert properties is not None
    found = properties.find(qn(f"w:{tag}"))
    return {str(key).rpartition("}")[2]: str(value) for key, value in found.attrib.items()}


def test_margins_of_both_ways_round(word: docx.document.Document) -> None:
    upright, turned = word.sections
    assert millimetres(upright) == (37.0, 35.0, 28.0, 26.0)
    assert millimetres(turned) == (28.0, 26.0, 35.0, 37.0)
    assert (upright.page_width, upright.page_height) == (turned.page_height, turned.page_width)


@pytest.mark.parametrize(
    ("start", "name", "size"),
    [
        ("关于", "方正小标宋简体", 22),
        ("一、", "黑体", 16),
        ("（一）", "楷体_GB2312", 16),
        ("本月", "仿宋_GB2312", 16),
        ("砚溪镇", "仿宋_GB2312", 16),
    ],
)
def test_faces_by_level(word: docx.document.Document, start: str, name: str, size: float) -> None:
    assert face(the(word, start)) == (name, size)


def test_every_face_has_stand_ins(word: docx.document.Document) -> None:
    with ZipFile(BytesIO(render_docx(letter()))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    used = {str(node.get(qn("w:eastAsia"))) for node in word.element.body.iter(qn("w:rFonts"))}
    assert used <= set(STAND_INS)
    for name, others in STAND_INS.items():
        assert f'w:name="{name}"><w:altName w:val="{",".join(others)}"/>' in table


def test_the_file_writes_on_in_chinese(word: docx.document.Document) -> None:
    normal = word.styles["Normal"].element.find(qn("w:rPr"))
    assert normal.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    langs = {lang.get(qn("w:eastAsia")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert langs == {"zh-CN"}


def test_the_body_is_22_lines_of_28_characters(word: docx.document.Document) -> None:
    body = the(word, "本月")
    line = setting(body, "spacing")
    assert line["lineRule"] == "exact"
    assert 22 <= (297 - 37 - 35) * TWIPS / int(line["line"]) < 23
    properties = body.runs[0]._element.rPr
    assert properties is not None
    tracking = properties.find(qn("w:spacing")).get(qn("w:val"))
    each = 16 * 20 + int(str(tracking))
    assert 28 <= (210 - 28 - 26) * TWIPS / each < 29
    assert setting(body, "ind")["firstLineChars"] == "200"


def test_a_long_head_stands_in_pairs() -> None:
    head = (
        Labelled("填报单位", "砚溪镇河长制办公室"),
        Labelled("报送日期", "2025年4月2日"),
        Labelled("填报人", "　　　　　　"),
        Labelled("审核人", "　　　　　　"),
    )
    word = docx.Document(BytesIO(render_docx(replace(letter(), head=head))))
    first, second = (the(word, start) for start in ("填报单位", "填报人"))
    assert first.text == "填报单位：砚溪镇河长制办公室\t报送日期：2025年4月2日"
    assert second.text.startswith("填报人：　　　　　　\t审核人：")
    stops = {
        str(tab.get(qn("w:pos")))
        for each in (first, second)
        for tab in each._p.iter(qn("w:tab"))
        if tab.attrib
    }
    assert len(stops) == 1


def test_an_empty_cell_is_no_higher_than_the_others() -> None:
    word = docx.Document(BytesIO(render_docx(monthly_report())))
    blank = [
        paragraph
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        if not paragraph.text
    ]
    assert blank
    for paragraph in blank:
        properties = paragraph._p.pPr
        assert properties is not None
        assert int(properties.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val"))) <= 21


def test_headings_stand_in_the_outline(word: docx.document.Document) -> None:
    assert setting(the(word, "一、"), "outlineLvl") == {"val": "0"}
    assert setting(the(word, "（一）"), "outlineLvl") == {"val": "1"}


def test_the_page_number_stands_at_the_outer_edge(word: docx.document.Document) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    upright, _ = word.sections
    (odd,), (even,) = upright.footer.paragraphs, upright.even_page_footer.paragraphs
    for paragraph in (odd, even):
        assert re.fullmatch("— 1 —", paragraph.text)
        assert face(paragraph) == ("宋体", 14)
    assert (setting(odd, "jc"), setting(odd, "ind")["rightChars"]) == ({"val": "right"}, "100")
    assert (setting(even, "jc"), setting(even, "ind")["leftChars"]) == ({"val": "left"}, "100")


def test_on_a_turned_page_the_number_stands_at_the_left(word: docx.document.Document) -> None:
    _, turned = word.sections
    for foot, side in ((turned.footer, "right"), (turned.even_page_footer, "left")):
        (frame,) = foot._element.iter("{urn:schemas-microsoft-com:vml}rect")
        left = re.search(r"margin-left:([\d.]+)pt", str(frame.get("style")))
        assert left is not None
        assert 0 < float(left[1]) < 35 / 25.4 * 72
        (box,) = frame
        assert box.get("style") == "layout-flow:vertical"
        inner = box.find(f".//{qn('w:pPr')}")
        assert inner.find(qn("w:jc")).get(qn("w:val")) == side


def test_the_name_stands_in_the_middle_over_the_date(word: docx.document.Document) -> None:
    name, day = the(word, "砚溪镇"), the(word, "2025年4月2日")
    assert setting(name, "jc") == setting(day, "jc") == {"val": "right"}
    assert setting(day, "ind")["rightChars"] == "400"
    assert 0 < int(setting(name, "ind")["rightChars"]) < 400


def test_a_long_name_pushes_the_date_inwards() -> None:
    assert signed_edges("砚溪镇", "2025年4月2日")[1] == 4
    name, day = signed_edges("澜川县砚溪镇人民政府河长制办公室", "2025年4月2日")
    assert (name, day > 4) == (0, True)


def test_the_end_never_stands_alone() -> None:
    for count in range(1, 16):
        pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(letter(count)))).pages]
        signed = next(page for page in pages if "2025年4月2日" in page.replace("\n", ""))
        assert "本月全镇" in signed or "达标率" in signed


def test_a_long_title_is_cut_where_it_reads_well() -> None:
    title = "砚溪镇河长制工作半年小结（2025年上半年）"
    long = replace(letter(), title=title)
    assert title_lines(long) == ("砚溪镇河长制工作半年小结", "（2025年上半年）")
    assert title_lines(letter()) == (letter().title,)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_the_same_paper_gives_the_same_bytes_on_any_day(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    document = monthly_report()
    first = output.render(document, suffix)
    later = time.time() + 40 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 7, 8, 9, 10, 11, 1, 189, 0)))
    assert output.render(document, suffix) == first
    if suffix != ".pdf":
        with ZipFile(BytesIO(first)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        days = set(re.findall(r"\d{4}-\d\d-\d\d", core))
        assert days == {date(2025, 4, 2).isoformat()}
