"""半年小结 and 年终总结."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.figures.month import monthly
from river_chief.papers.document import Document, Level, Paragraph, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import render_pdf
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs.office import SettingChange, change_settings, settings_of
from tests.builders import Office
from tests.papers.kinds.conftest import MARCH, March
from tests.papers.reading import pages_of

JULY_2 = date(2025, 7, 2)
FIRST_HALF = Span(date(2025, 1, 1), date(2025, 6, 30))
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
PRESENT = date(2026, 3, 31)


def half_year(session: Session, today: date = JULY_2, span: Span = MARCH) -> Document:
    return produce(session, "half-year", span=span, today=today)


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def months(document: Document) -> Table:
    (table,) = [
        each for each in document.tables if isinstance(each, Table) and each.caption.startswith("表十")
    ]
    return table


def test_any_month_leads_to_its_half_year(session: Session) -> None:
    document = half_year(session)
    assert document.title == "砚溪镇河长制工作半年小结（2025年上半年）"
    assert document.subtitle == "统计期：2025年1月1日至6月30日"
    headings = [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and block.level is Level.HEADING
    ]
    assert headings == ["一、总体情况", "二、主要做法", "三、存在问题", "四、下步打算"]


@pytest.mark.parametrize(
    "said",
    [
        "年初存量问题0个，上半年新增11个，反弹1个，销号5个、不属实1个，6月末存量6个。",
        "新增问题最多的是3月（8个），销号最多的是3月（3个）；6月末存量比年初增加6个。",
        "按期整改率最低的是",
        "7月没有到期问题",
        "按整改销号率排名，评为红色的为柳塘村（28.6%）、上砚村（66.7%）。",
    ],
)
def test_words_fit_the_half_year(session: Session, said: str) -> None:
    text = words(half_year(session))
    assert said in text
    assert "本月" not in text
    assert "下月" not in text


def test_last_year_counts_only_where_the_ledger_knows_it(march: March) -> None:
    with march.office.database.read() as session:
        assert "上年同期" not in words(half_year(session))
    for day in ("2024-01-10", "2024-02-10"):
        march.office.problem(march.villages[0], 1, on=day)
    with march.office.database.read() as session:
        document = half_year(session)
    assert "上半年新增11个（比上年同期增加9个，上升450.0%）" in words(document)
    patrols = next(each for each in document.tables if each.caption.startswith("表二（1）"))
    assert isinstance(patrols, Table)
    assert "同比(百分点)" in [column.label for column in patrols.columns]


def test_notes_and_heads_speak_of_the_half_year_too(session: Session) -> None:
    tables = [each for each in half_year(session).tables if isinstance(each, Table)]
    told = "".join(note for table in tables for note in table.notes)
    told += "".join(column.label for table in tables for column in table.columns)
    assert "上半年整改率" in told
    assert "本月" not in told


def test_the_months_lead_from_one_to_the_next(session: Session) -> None:
    table = months(half_year(session))
    rows = list(table.cell_rows)
    assert [row[0].text for row in rows] == [f"2025年{month}月" for month in range(1, 7)]
    for before, after in pairwise(rows):
        assert after[1].text == before[6].text
    for at in (2, 3, 4, 5, 7, 8, 11, 12):
        assert sum(int(row[at].text) for row in rows) == int(table.total[at].text)
    assert (rows[0][1].text, rows[-1][6].text) == (table.total[1].text, table.total[6].text)


def test_a_running_half_year_tells_its_cut_off(session: Session) -> None:
    document = half_year(session, date(2025, 4, 2))
    assert document.subtitle.endswith("（情况截至2025年4月2日）")
    assert len(list(months(document).cell_rows)) == 4
    assert "目前存量" in words(document)


def test_the_office_s_own_months_count(march: March) -> None:
    march.office.do(change_settings, SettingChange, values={"period_start_day": 26})
    with march.office.database.read() as session:
        document = half_year(session)
    assert document.subtitle == "统计期：2024年12月26日至2025年6月25日"


def test_the_year_of_the_sample(township: Path) -> None:
    with Database.open(township) as database, database.read() as session:
        document = produce(session, "year", span=YEAR, today=PRESENT)
        figures = monthly(session, settings_of(session), YEAR, PRESENT)
    assert document.title == "砚溪镇河长制工作年终总结（2025年）"
    table = months(document)
    assert len(list(table.cell_rows)) == 12
    stock = figures.stock
    others = stock.unfounded + stock.handed_over + stock.merged + stock.voided
    assert [cell.text for cell in table.total[1:7]] == [
        str(count)
        for count in (stock.opening, stock.found, stock.relapsed, stock.closed, others, stock.ending)
    ]
    text = words(document)
    assert f"年初存量问题{stock.opening}个，全年新增{stock.found}个" in text
    assert "本月" not in text


def test_a_new_ledger_has_a_summary(empty: Office) -> None:
    with empty.database.read() as session:
        document = half_year(session)
    assert "上半年没有应巡任务和巡河记录" in words(document)
    assert "各月走势" not in words(document)
    assert "半年小结" in pages_of(render_pdf(document))[0]


def test_a_half_year_to_come_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="现在还没有到"):
        half_year(session, date(2024, 12, 31))
