"""The words of a report: generated, written over, printed."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from river_chief.papers.document import Document, Level, Paragraph
from river_chief.papers.kinds import produce
from river_chief.papers.kinds.passages import Passage, body, paragraphs, remarks
from river_chief.papers.kinds.texts import words_of_report
from river_chief.rules.periods import Span
from river_chief.terms import ReportPart
from river_chief.verbs.report_texts import GeneratedWords, OwnWords, put, restore
from tests.papers.kinds.conftest import APRIL_2, MARCH, March

OWN = "（一）问题不少\n柳塘村有1个问题逾期。\n\n（这一段不是小标题，写得比较长；它有句号。）\n"


def report(session: Session, kind: str = "monthly", span: Span = MARCH) -> Document:
    return produce(session, kind, span=span, today=APRIL_2)


def lines(document: Document, level: Level) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.level is level]


def entry(march: March, kind: str = "monthly") -> dict[str, Any]:
    """The part 存在问题 of March, as it stands."""
    with march.office.database.read() as session:
        words = words_of_report(session, kind, today=APRIL_2, span=MARCH)
    passage = next(each for each in words.passages if each.part is ReportPart.LACKING)
    return {
        "kind": kind,
        "first": words.span.first,
        "last": words.span.last,
        "part": passage.part,
        "based_on": passage.generated,
    }


def test_lines_become_headings_and_paragraphs() -> None:
    levels = [(block.level, block.text) for block in body(Passage(ReportPart.LACKING, "存在问题", "", OWN))]
    assert levels == [
        (Level.SUBHEADING, "（一）问题不少"),
        (Level.BODY, "柳塘村有1个问题逾期。"),
        (Level.BODY, "（这一段不是小标题，写得比较长；它有句号。）"),
    ]


def test_the_headings_of_the_parts_stay(march: March) -> None:
    march.office.do(put, OwnWords, **entry(march), text=OWN)
    with march.office.database.read() as session:
        document = report(session)
        other = report(session, "circular")
    assert lines(document, Level.HEADING) == ["一、总体情况", "二、主要做法", "三、存在问题", "四、下步打算"]
    assert "柳塘村有1个问题逾期。" in lines(document, Level.BODY)
    assert not any("最长已逾期" in line for line in lines(document, Level.BODY))
    assert any("最长已逾期" in line for line in lines(other, Level.BODY))


def test_words_written_over_generated_ones_that_changed_are_told(march: March) -> None:
    march.office.do(put, OwnWords, **entry(march), text=OWN)
    with march.office.database.read() as session:
        assert report(session).remarks == ()
    march.office.problem(march.villages[0], 1, on="2025-03-31")
    march.office.problem(march.villages[0], 1, on="2025-03-31", category_code="LD01")
    with march.office.database.read() as session:
        document = report(session)
    assert document.remarks == ("“存在问题”改写之后，统计数字有变化，请在“改写文字”里核对。",)
    assert "柳塘村有1个问题逾期。" in lines(document, Level.BODY)
    values = {key: value for key, value in entry(march).items() if key != "based_on"}
    march.office.do(restore, GeneratedWords, **values)
    with march.office.database.read() as session:
        document = report(session)
    assert document.remarks == ()
    assert any("最长已逾期" in line for line in lines(document, Level.BODY))


def test_parts_are_numbered_after_those_before_them() -> None:
    parts = [Passage(ReportPart.LACKING, "存在问题", "无。"), Passage(ReportPart.NEXT, "工作要求", "无。")]
    texts = [block.text for block in paragraphs(parts, first=2)]
    assert texts == ["三、存在问题", "无。", "四、工作要求", "无。"]
    assert remarks(parts) == ()
