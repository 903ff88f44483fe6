"""The lists of problems: which rows, which columns, whose phones."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.papers.document import Document, Group, Kind, Table
from river_chief.papers.kinds import KINDS, produce
from river_chief.papers.pdf import render_pdf
from river_chief.queries.month_rows import of_month
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.periods import Span
from river_chief.terms import State
from tests.builders import Office
from tests.papers.kinds.conftest import APRIL_2, MARCH, March
from tests.papers.reading import pages_of

THREE = ("issue", "responsibility", "rectification")
# The columns of the three lists as the domain page ships them.
HEADS = {
    "issue": "序号 | 问题编号 | 河湖名称 | 河段 | 河湖级别 | 所在村 | 具体位置(桩号/岸别) | 经度 | 纬度 | 问题大类 | 问题子类"
    " | 问题描述 | 规模(面积㎡/长度m/体积m³) | 严重程度 | 问题来源 | 发现时间 | 发现人 | 涉事单位(个人) | 图斑编号 | 专项 | 备注",
    "responsibility": "序号 | 问题编号 | 河湖名称 | 问题简述 | 责任单位 | 牵头部门 | 配合部门 | 县级河长 | 乡级河长 | 村级河长"
    " | 责任领导 | 直接责任人 | 职务 | 联系电话 | 交办单号 | 交办时间 | 整改时限 | 延期后时限 | 督办人 | 备注",
    "rectification": "序号 | 问题编号 | 河湖名称 | 问题简述 | 整改目标(标准) | 整改措施 | 整改时限 | 延期后时限 | 整改进展 | 当前状态"
    " | 完成时间 | 是否按期 | 逾期天数 | 验收时间 | 验收人 | 是否销号 | 销号时间 | 回头看情况 | 未完成原因 | 下步措施 | 备注",
}


def table_of(document: Document) -> Table:
    (table,) = document.tables
    assert isinstance(table, Table)
    return table


def column(document: Document, label: str) -> list[str]:
    table = table_of(document)
    at = [each.label for each in table.columns].index(label)
    return [row[at].text for row in table.rows if not isinstance(row, Group)]


@pytest.mark.parametrize("kind", THREE)
def test_a_month_lists_what_was_in_stock_in_it(session: Session, march: March, kind: str) -> None:
    document = produce(session, kind, span=MARCH, today=APRIL_2)
    out = {march.ids["closed in February"], march.ids["found in April"]}
    listed = [f"砚2025-{id:03}" for id in march.ids.values() if id not in out]
    assert column(document, "问题编号") == listed
    assert table_of(document).total[1].text == "共9个问题"
    assert "所列9个问题中，在账5个（其中逾期未完成1个），已销号3个，不属实1个。" in document.notes


@pytest.mark.parametrize("kind", THREE)
def test_columns_are_those_of_the_domain(session: Session, kind: str) -> None:
    labels = [each.label for each in table_of(produce(session, kind, span=MARCH, today=APRIL_2)).columns]
    assert labels == HEADS[kind].split(" | ")


@pytest.mark.parametrize("kind", THREE)
def test_head_and_signature_row(session: Session, kind: str) -> None:
    document = produce(session, kind, span=MARCH, today=APRIL_2)
    head = {item.label: item.text for item in document.head}
    assert head == {
        "填报单位": "砚溪镇河长制办公室",
        "统计期": "2025年3月1日至3月31日",
        "情况截至": "2025年3月31日",
    }
    assert [item.label for item in document.signatures] == ["填报人", "审核人", "负责人", "填报日期"]
    assert document.subtitle == "（2025年3月）"
    assert document.dated == APRIL_2


def test_the_list_of_a_month_knows_nothing_of_the_next(session: Session, march: March) -> None:
    document = produce(session, "rectification", span=MARCH, today=APRIL_2)
    number = f"砚2025-{march.ids['closed in April']:03}"
    row = dict(zip(column(document, "问题编号"), column(document, "当前状态"), strict=True))
    assert row[number] == "待销号"


def test_a_filter_with_a_month_makes_the_list_of_that_month(session: Session) -> None:
    by_span = produce(session, "issue", span=MARCH, today=APRIL_2)
    assert produce(session, "issue", filter=of_month(MARCH), today=APRIL_2).blocks == by_span.blocks


def test_only_one_village(session: Session, march: March) -> None:
    document = produce(session, "issue", span=MARCH, today=APRIL_2, village=march.villages[1])
    assert set(column(document, "所在村")) == {"上砚村"}
    assert "上砚村" in [item.text for item in document.head]


def test_filter_and_sort(session: Session) -> None:
    asked = ProblemFilter(states=(State.RECTIFYING,))
    document = produce(session, "ledger", filter=asked, sort="found_on", descending=True, today=APRIL_2)
    found = column(document, "发现时间")
    assert found == sorted(found, reverse=True)
    assert set(column(document, "当前状态")) == {"整改中"}


def test_phones_are_masked_for_the_public(session: Session) -> None:
    inner, public = (
        produce(session, "responsibility", span=MARCH, today=APRIL_2, public=each) for each in (False, True)
    )
    assert "12000000007" in column(inner, "联系电话")
    assert set(column(public, "联系电话")) == {"", "120****0007"}
    assert "12000000007" not in "".join(pages_of(render_pdf(public)))


def test_a_column_with_nothing_in_it_is_narrow(session: Session) -> None:
    table = table_of(produce(session, "issue", span=MARCH, today=APRIL_2))
    widths = {each.label: each for each in table.columns}
    assert widths["专项"].width == widths["经度"].width < 3
    assert widths["图斑编号"].kind is Kind.CODE


def test_the_ledger_has_every_column_where_there_is_room(session: Session) -> None:
    full = produce(session, "ledger", today=APRIL_2, every_column=True)
    labels = {each.label for each in table_of(full).columns}
    assert {"问题描述", "责任领导", "未完成原因", "延期后时限"} <= labels
    assert len(table_of(produce(session, "ledger", today=APRIL_2)).columns) < 22


def test_overdue_and_due(session: Session, march: March) -> None:
    overdue = produce(session, "overdue", today=APRIL_2)
    assert column(overdue, "逾期天数") == ["13"]
    due = produce(session, "due", today=date(2025, 4, 4))
    assert column(due, "剩余天数") == ["2"]


OF_DAYS = ("sign-off", "monthly", "circular", "half-year", "year", "compare", "saved", "sweep", "zero")
"""Kinds that are of chosen days, a chosen sweep or report: never simply of the whole ledger."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_DAYS])
def test_every_list_prints_from_an_empty_ledger(empty: Office, kind: str) -> None:
    with empty.database.read() as session:
        document = produce(session, kind, today=APRIL_2)
    assert document.title in pages_of(render_pdf(document))[0]


@pytest.mark.parametrize("kind", ["patrols", "chiefs", "waters", "reaches", "areas"])
def test_registers_list_the_ledger(session: Session, kind: str) -> None:
    document = produce(session, kind, span=MARCH if kind == "patrols" else None, today=APRIL_2)
    table = table_of(document)
    assert len(table.rows) == {"patrols": 1, "areas": 3}.get(kind, 2)
    assert table.total[0].text == "合计"
    assert all(any(cell.text for cell in row[1:]) for row in table.cell_rows)


def test_refusals(session: Session) -> None:
    with pytest.raises(Refusal, match="没有“order”这种文书"):
        produce(session, "order", today=APRIL_2)
    with pytest.raises(Refusal, match="请先选定月份"):
        produce(session, "sign-off", today=APRIL_2)
    with pytest.raises(Refusal, match="现在还没有到"):
        produce(session, "issue", span=Span(date(2025, 5, 1), date(2025, 5, 31)), today=APRIL_2)
