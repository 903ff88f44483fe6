"""自定义报表 on paper: title and days, what it is about in words, its table, the same in PDF, Excel and Word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.fields.report_figures import PROBLEM_FIGURES
from river_chief.papers.document import Document, Group, Orientation, Paragraph, Table
from river_chief.papers.kinds import produce
from river_chief.papers.kinds.saved_report import AskedReport
from river_chief.papers.output import render
from river_chief.papers.pdf import render_pdf
from river_chief.rules.periods import Span
from river_chief.storage.freezing import Freezer, classes_of
from river_chief.verbs.input import understood
from river_chief.verbs.report_definition import Definition
from tests.papers.kinds.conftest import APRIL_2, MARCH
from tests.papers.reading import packed, pages_of, printed_rows, sheet_rows, sheets_of, word_tables
from tests.papers.reckoner import Reckoner

UNITS: dict[str, Any] = {
    "by": ["unit"],
    "columns": ["found", "closed", "overdue", "due", "on_time", "on_time_rate", "average_days"],
    "days_of": "registered",
}
EVERY = [field.key for field in PROBLEM_FIGURES]


def made(
    session: Session, *, span: Span | None = MARCH, name: str = "责任单位统计表", **values: Any
) -> Document:
    definition = understood(Definition, {**UNITS, **values})
    return produce(session, "saved", today=APRIL_2, span=span, filter=AskedReport(name, definition))


def table_of(document: Document) -> Table:
    (table,) = document.tables
    assert isinstance(table, Table)
    return table


def texts(document: Document) -> list[list[str]]:
    (rows,) = printed_rows(document)
    return rows


def test_a_table_says_its_days_its_scope_and_its_rates(session: Session) -> None:
    document = made(
        session, conditions={"groups": ["LD"], "severities": ["minor"], "found": ["2025-03-04", None]}
    )
    assert (document.title, document.subtitle) == ("砚溪镇责任单位统计表", "（2025年3月）")
    told = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert told == [
        "范围：2025年3月1日至3月31日登记的问题；问题大类：乱堆；严重程度：一般；发现时间2025-03-04及以后。"
    ]
    assert [str(item) for item in document.head] == [
        "填报单位：砚溪镇河长制办公室",
        "统计期：2025年3月1日至3月31日",
        "情况截至：2025年3月31日",
    ]
    assert [note.partition("＝")[0] for note in document.notes] == ["按期整改率", "平均整改天数"]
    assert [item.label for item in document.signatures] == ["制表人", "审核人", "负责人", "填报日期"]


def test_the_lines_are_numbered_and_added_up(session: Session) -> None:
    document = made(session)
    assert [column.label for column in table_of(document).columns] == [
        "序号", "责任单位", "新增", "销号", "逾期", "到期", "按期", "按期整改率", "平均整改天数"
    ]  # fmt: skip
    assert texts(document) == [
        ["1", "柳塘村", "6", "2", "1", "4", "3", "75.0%", "0.7"],
        ["2", "未填", "2", "0", "0", "0", "0", "—", "—"],
        ["合计", "", "8", "2", "1", "4", "3", "75.0%", "0.7"],
    ]  # fmt: skip


def test_two_groupings_have_subtotals(session: Session) -> None:
    document = made(session, by=["village", "severity"], columns=["found", "closed"], title="三月分村统计")
    assert document.title == "三月分村统计"
    rows = texts(document)
    assert [row[:2] for row in rows if row[1] == "小计"] == [["上砚村", "小计"], ["柳塘村", "小计"]]
    subtotals = [int(row[2]) for row in rows if row[1] == "小计"]
    lines = [int(row[2]) for row in rows if row[1] not in ("小计", "")]
    assert sum(subtotals) == sum(lines) == int(rows[-1][2])


def test_a_list_stands_under_group_lines_with_sums(session: Session) -> None:
    document = made(
        session,
        shape="list",
        by=["village"],
        columns=["number", "place", "deadline", "volume_m3"],
        sort="deadline",
        days_of="stock",
    )
    table = table_of(document)
    assert [row.text for row in table.rows if isinstance(row, Group)] == [
        "上砚村（3个问题，体积9m³）",
        "柳塘村（6个问题，体积18m³）",
    ]
    rows = texts(document)
    assert [row[0] for row in rows] == [*map(str, range(1, 10)), "合计"]
    assert rows[-1] == ["合计", "共9个问题", "", "", "27"]
    assert rows[0][2] == "石桥下游 K1+200 右岸"
    assert document.notes == ()
    assert str(document.head[-1]) == "情况截至：2025年4月2日"


def test_totals_and_signatures_may_be_left_out(session: Session) -> None:
    document = made(session, totals=False, signatures=[])
    assert table_of(document).total == ()
    assert document.signatures == ()
    listed = made(session, shape="list", by=[], columns=["number"], totals=False)
    assert table_of(listed).total == ()


def test_days_that_are_no_month_are_called_a_period(session: Session) -> None:
    month = made(session, columns=["rectification_rate", "due_next"])
    quarter = made(
        session, span=Span(date(2025, 1, 1), MARCH.last), columns=["rectification_rate", "due_next"]
    )
    assert [column.label for column in table_of(month).columns][2:] == ["本月整改率", "下月到期"]
    assert [column.label for column in table_of(quarter).columns][2:] == ["本期整改率", "下期到期"]
    assert quarter.subtitle == "（2025年一季度）"
    assert quarter.notes[0].startswith("本期整改率＝")


def test_without_days_its_own_are_taken(session: Session) -> None:
    asked = AskedReport("累计", understood(Definition, {**UNITS, "span": "ever"}))
    ever = produce(session, "saved", today=APRIL_2, filter=asked)
    assert ever.subtitle == "（历年累计（截至2025-04-02））"
    asked = AskedReport("上月", understood(Definition, {**UNITS, "span": "last_month"}))
    assert produce(session, "saved", today=APRIL_2, filter=asked).subtitle == "（2025年3月）"


def test_chiefs_do_not_add_up_and_say_so(session: Session) -> None:
    document = made(session, by=["chief"], columns=["found"])
    assert document.notes == ("同一问题可以列入几个专项、有几级河长，各行之和不等于合计。",)
    assert all(cell.formula is None for cell in table_of(document).total)


def test_nothing_found_is_said(session: Session) -> None:
    document = made(session, by=["unit"], conditions={"text": "没有这样的词"})
    assert table_of(document).rows == ()
    assert "（统计期内没有符合条件的记录）" in "".join(pages_of(render_pdf(document)))


def test_a_report_must_be_chosen(session: Session) -> None:
    with pytest.raises(Refusal, match="请先选一张自定义报表"):
        produce(session, "saved", today=APRIL_2)


def test_days_to_come_are_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="现在还没有到"):
        made(session, span=Span(date(2025, 5, 1), date(2025, 5, 31)))


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ({"columns": ["found", "closed"]}, True),
        ({"by": ["village", "severity"], "columns": EVERY[:12]}, False),
        ({"by": ["village"], "columns": EVERY}, False),
        ({"shape": "list", "by": [], "columns": ["number", "brief"]}, True),
        (
            {
                "shape": "list",
                "by": ["unit"],
                "columns": ["number", "brief", "place", "unit", "officer", "deadline"],
            },
            False,
        ),
        ({"columns": ["found"], "upright": False}, False),
    ],
)
def test_every_text_stands_on_paper_in_the_sheet_and_in_word(
    session: Session, values: dict[str, Any], stands: bool
) -> None:
    document = made(session, **values)
    assert (document.orientation is Orientation.PORTRAIT) is stands
    paper = packed("".join(pages_of(render_pdf(document))))
    rows = texts(document)
    for text in {cell for row in rows for cell in row}:
        assert packed(text) in paper, text
    sheet = [row for row in sheet_rows(sheets_of(render(document, ".xlsx"))[0]) if any(row)]
    assert [row for row in sheet if row in rows] == rows
    (word, *_) = [table for table in word_tables(render(document, ".docx")) if len(table) >= len(rows)]
    assert [row for row in word if row in rows] == rows


def test_the_paper_can_be_frozen(session: Session) -> None:
    document = made(session, by=["village", "unit"])
    freezer = Freezer(classes_of(Document))
    assert freezer.thaw(freezer.freeze(document)) == document


@pytest.mark.parametrize("by", [["village"], ["village", "severity"]])
def test_the_workbook_reckons_what_is_printed(session: Session, by: list[str]) -> None:
    columns = ["found", "due", "on_time", "on_time_rate", "average_days"]
    workbook = render(made(session, by=by, columns=columns, days_of="any"), ".xlsx")
    reckoner = Reckoner(workbook)
    (printed, *_) = sheets_of(workbook)
    formulas = list(reckoner.formulas())
    assert len(formulas) >= 5
    for sheet, address in formulas:
        assert reckoner.at(sheet, address) == printed[address].value, address


def test_patrols_reckon_their_rate(session: Session) -> None:
    columns = ["logs", "with_finding", "finding_rate", "km"]
    document = made(session, ledger="patrols", by=["walker"], columns=columns, days_of="any", name="巡河统计")
    assert texts(document) == [
        ["1", "赵春", "1", "1", "100.0%", "1.50"],
        ["合计", "", "1", "1", "100.0%", "1.50"],
    ]
    assert document.notes == ("发现问题占比＝统计期内发现问题的巡河次数÷统计期内巡河次数×100%。",)
    assert len(list(Reckoner(render(document, ".xlsx")).formulas())) == 4


def test_a_list_of_problems_of_any_day_names_no_days(session: Session) -> None:
    document = made(
        session, shape="list", by=[], columns=["number"], days_of="any", conditions={"overdue": True}
    )
    assert document.subtitle == ""
    assert [item.label for item in document.head] == ["填报单位", "情况截至"]
    assert [row[1] for row in texts(document)][:-1] == ["砚2025-007"]
