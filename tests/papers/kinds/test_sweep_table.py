"""举一反三排查情况表 and 零报告情况表: every place with its answer, no answer told apart; counts that add up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.papers.document import Document, Orientation, Paragraph, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import render_pages
from river_chief.queries.sweeps import SweepFilter
from river_chief.terms import Scope, SweepReply
from river_chief.verbs import sweeps, zero_reports
from tests.papers.kinds.conftest import APRIL_2, MARCH, March


@pytest.fixture
def swept(march: March) -> Iterator[Session]:
    """The overdue problem asked of both villages: 上砚村 has looked, 柳塘村 has not answered."""
    office = march.office
    id = march.ids["overdue"]
    office.do(sweeps.ask, sweeps.NewSweep, problem_id=id, question="有无鸭棚", due_on="2025-04-10")
    office.do(
        sweeps.answer,
        sweeps.Answering,
        answer_ids=(1,),
        reply=SweepReply.NONE,
        answerer="孙国",
        answered_on="2025-04-02",
        words="逐段查看，没有",
    )
    with office.database.read() as session:
        yield session


def table_of(document: Document) -> tuple[list[str], list[list[str]], list[str]]:
    (table,) = document.tables
    assert isinstance(table, Table)
    heads = [column.label for column in table.columns]
    return heads, [[cell.text for cell in row] for row in table.cell_rows], [c.text for c in table.total]


def test_one_table_of_a_sweep(swept: Session) -> None:
    document = produce(swept, "sweep", today=APRIL_2, filter=SweepFilter(ids=(1,)))
    assert document.title == "砚溪镇举一反三排查情况表（逐村）"
    assert [str(item) for item in document.head] == [
        "填报单位：砚溪镇河长制办公室",
        "来源问题：砚2025-007",
        "情况截至：2025年4月2日",
    ]
    assert document.blocks[0] == Paragraph("排查内容：有无鸭棚（2025年4月2日布置，2025年4月10日前答复）")
    heads, rows, total = table_of(document)
    assert heads == ["序号", "村（社区）", "答复", "答复人", "答复日期", "发现的问题", "说明"]
    assert rows == [
        ["1", "上砚村", "已查无此类问题", "孙国", "2025-04-02", "", "逐段查看，没有"],
        ["2", "柳塘村", "未答复", "", "", "", ""],
    ]
    assert total[:3] == ["合计", "共2个", "已答复1个"]
    assert document.notes == (
        "应答复的村（社区）2个，其中已查无此类问题1个、发现同类问题0个、不涉及0个，未答复1个。",
    )
    assert len(render_pages(document, 60)) == 1


def test_a_sweep_by_reach_and_a_voided_one(march: March) -> None:
    office = march.office
    ask = {"problem_id": march.ids["overdue"], "scope": Scope.REACH}
    office.do(sweeps.ask, sweeps.NewSweep, **ask)
    office.do(sweeps.void_sweep, sweeps.SweepVoid, id=1, words="布置重复")
    with office.database.read() as session:
        document = produce(session, "sweep", today=APRIL_2, filter=SweepFilter(ids=(1,), voided=True))
        heads, rows, _ = table_of(document)
        with pytest.raises(Refusal, match="请选定一次举一反三"):
            produce(session, "sweep", today=APRIL_2, filter=SweepFilter(ids=(1,)))
    assert heads[1] == "河段"
    assert [row[1] for row in rows] == ["柳塘河", "上砚沟"]
    assert document.notes[1] == "本次举一反三已于2025年4月2日作废：布置重复。"


@pytest.fixture
def reported(march: March) -> Iterator[Session]:
    """新渡村 has signed for March, 石桥村 has not; the other two have found something."""
    office = march.office
    village = office.village("新渡村", "990121103209")
    office.village("石桥村", "990121103210")
    office.do(
        zero_reports.sign,
        zero_reports.ZeroSigning,
        area_ids=(village,),
        year=2025,
        month=3,
        signer="吴立",
        signed_on="2025-03-31",
    )
    with office.database.read() as session:
        yield session


def test_zero_reports_of_a_month(reported: Session) -> None:
    document = produce(reported, "zero", span=MARCH, today=APRIL_2)
    assert (document.title, document.subtitle) == ("砚溪镇村（社区）零报告情况表", "（2025年3月）")
    assert document.orientation is Orientation.PORTRAIT
    _, rows, total = table_of(document)
    assert [(row[1], row[2], row[4], row[5]) for row in rows] == [
        ("上砚村", "2", "有发现", ""),
        ("柳塘村", "5", "有发现", ""),
        ("新渡村", "0", "零报告", "吴立"),
        ("石桥村", "0", "未报", ""),
    ]
    assert total[:3] == ["合计", "共4个", "7"]
    assert document.notes[0] == ("所列4个村（社区）中，签报零报告的1个，登记有发现的2个，未报的1个。")


def test_zero_reports_are_of_a_month(reported: Session) -> None:
    with pytest.raises(Refusal, match="零报告按月统计"):
        produce(reported, "zero", span=MARCH._replace(last=APRIL_2), today=APRIL_2)
    with pytest.raises(Refusal, match="请先选定月份"):
        produce(reported, "zero", today=APRIL_2)


def test_the_monthly_report_tells_zero_reports_where_they_are_signed(reported: Session) -> None:
    document = produce(reported, "monthly", span=MARCH, today=APRIL_2)
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "村（社区）当中，签报零报告的1个，登记有发现的2个，未报的1个（见表十）。" in text
    assert document.tables[-1].caption == "表十　村（社区）零报告情况"
