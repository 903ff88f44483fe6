from io import BytesIO

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from river_chief.papers.document import SignOn
from river_chief.papers.docx import render_docx
from tests.papers.examples import issue_list, monthly_report, sign_off_list


def test_head_rows_repeat_and_no_row_is_cut() -> None:
    word = docx.Document(BytesIO(render_docx(issue_list(30))))
    rows = word.tables[0]._tbl.tr_lst
    heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
    assert heads == [True, True] + [False] * 30
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)


def test_foot_has_signature_row_and_page_of_pages() -> None:
    word = docx.Document(BytesIO(render_docx(issue_list(3))))
    foot = word.sections[0].footer
    assert [paragraph.text.startswith("填报人：") for paragraph in foot.paragraphs] == [True, False]
    codes = [node.text.strip() for node in foot._element.iter(qn("w:instrText")) if node.text]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "第 1 页　共 1 页" in foot.paragraphs[1].text


def test_signature_row_in_the_body_when_it_stands_on_the_last_page() -> None:
    word = docx.Document(BytesIO(render_docx(issue_list(3, sign_on=SignOn.LAST_PAGE))))
    assert len(word.sections[0].footer.paragraphs) == 1
    assert word.paragraphs[-1].text.startswith("填报人：")


def test_a_letter_follows_the_standard_and_turns_for_wide_tables() -> None:
    word = docx.Document(BytesIO(render_docx(monthly_report())))
    first, last = word.sections
    assert first.orientation == WD_ORIENT.PORTRAIT
    assert last.orientation == WD_ORIENT.LANDSCAPE
    assert first.left_margin is not None
    assert abs(first.left_margin - Mm(28)) < Mm(0.1)
    faces = {str(node.get(qn("w:eastAsia"))) for node in word.element.body.iter(qn("w:rFonts"))}
    assert {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"} <= faces


def test_groups_keep_with_their_rows() -> None:
    word = docx.Document(BytesIO(render_docx(sign_off_list())))
    group = word.tables[0].rows[1]
    assert group.cells[0].text == "上砚村（3件）"
    assert group.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_the_file_tells_its_title_and_office_and_nothing_of_its_making() -> None:
    about = docx.Document(BytesIO(render_docx(issue_list(1)))).core_properties
    assert (about.title, about.author, about.comments) == ("砚溪镇河湖问题清单", "砚溪镇河长办", "")
    assert about.created is not None
    assert about.created.date().isoformat() == "2025-04-02"
