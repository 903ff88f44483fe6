"""河长制工作月报: its words and tables say what the figures say."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.figures.month import monthly
from river_chief.papers.document import Document, Level, Paragraph, Table
from river_chief.papers.kinds import produce
from river_chief.rules.periods import Span
from river_chief.terms import Action
from river_chief.verbs.office import settings_of
from tests.builders import Office
from tests.papers.kinds.conftest import APRIL_2, MARCH, March


def report(session: Session, span: Span = MARCH, today: date = APRIL_2) -> Document:
    return produce(session, "monthly", span=span, today=today)


def words(document: Document, level: Level = Level.BODY) -> str:
    return "\n".join(
        block.text for block in document.blocks if isinstance(block, Paragraph) and block.level is level
    )


def notes_of(document: Document) -> str:
    under = (note for table in document.tables if isinstance(table, Table) for note in table.notes)
    return "".join((*under, *document.notes))


def test_four_parts(session: Session) -> None:
    document = report(session)
    assert document.title == "砚溪镇河长制工作月报（2025年3月）"
    headings = words(document, Level.HEADING).splitlines()
    assert headings == ["一、总体情况", "二、主要做法", "三、存在问题", "四、下步打算"]
    assert [item.label for item in document.head] == ["填报单位", "报送日期", "填报人", "审核人"]


@pytest.mark.parametrize(
    "said",
    [
        "本月应完成巡河10次，已完成1次，达标率10.0%",
        "月初存量问题1个，本月新增8个（比上月增加6个，上升300.0%），销号3个",
        "、不属实1个，月末存量5个。",
        "本月到期5个，按期整改4个，按期整改率80.0%，比上月下降20.0个百分点。",
        "逾期未完成1个；累计排查问题9个，已销号4个，整改销号率44.4%",
        "自查发现6个，自查发现占比85.7%",
        "共出动8人次，清理垃圾12.5立方米。",
        "逾期未完成整改的问题1个，涉及柳塘村1个，最长已逾期11天（见表八）",
        "未完成应巡任务的2人，共欠巡9次，其中1名河长一次未完成",
        "下月到期的问题2个，涉及柳塘村1个、上砚村1个",
        "4月1日进入汛期",
        "重点检查本月销号的3个问题",
    ],
)
def test_words_say_the_figures(session: Session, said: str) -> None:
    assert said in words(report(session))


def test_nine_tables(session: Session) -> None:
    captions = [table.caption.partition("　")[0].partition("（")[0] for table in report(session).tables]
    numbered = [caption for caption in dict.fromkeys(captions) if caption != "累计情况表"]
    assert numbered == [f"表{numeral}" for numeral in "一二三四五六七八九"]


def test_every_rate_of_the_tables_is_defined(session: Session) -> None:
    document = report(session)
    notes = notes_of(document)
    figures = monthly(session, settings_of(session), MARCH, APRIL_2)
    labels = {
        column.label for table in document.tables if isinstance(table, Table) for column in table.columns
    }
    shown = [figure.rate for figure in figures.rates if figure.rate.name in labels]
    assert {rate.key for rate in shown} == {*settings_of(session).shown_rates}
    assert all(rate.sentence in notes for rate in shown)
    assert "达标率＝达标次数÷应巡次数" in notes


def test_a_month_in_which_nothing_was_due_says_so(empty: Office, village: int, reach: int) -> None:
    empty.problem(village, reach, on="2025-03-30")
    with empty.database.read() as session:
        document = report(session)
    assert "本月无到期问题。" in words(document)
    assert "本月无到期问题" in notes_of(document).partition("“—”表示没有可计算的对象")[2]


def test_an_empty_ledger_has_a_report(empty: Office) -> None:
    with empty.database.read() as session:
        text = words(report(session))
    assert "尚无排查问题。" in text
    assert "没有应巡任务和巡河记录" in text
    assert "本月没有逾期、反弹和巡河未达标的情况。" in text


def test_a_running_month_tells_its_cut_off(session: Session) -> None:
    document = report(session, today=date(2025, 3, 15))
    assert document.subtitle == "统计期：2025年3月1日至3月31日（情况截至2025年3月15日）"
    assert "目前存量2个" in words(document)


def test_other_days_are_a_period_and_compared_with_none(session: Session) -> None:
    document = report(session, Span(date(2025, 2, 20), date(2025, 3, 15)))
    assert document.title == "砚溪镇河长制工作报告（2025年2月20日至3月15日）"
    text = words(document) + "".join(table.caption for table in document.tables)
    assert "本期新增" in text
    assert "上月" not in text


def test_relapses_and_rejections_are_told(march: March) -> None:
    office = march.office
    office.today = date(2025, 4, 30)
    id = march.ids["closed, relapsed in April"]
    office.step(id, Action.SUBMIT, happened_at="2025-04-05", progress="又清完")
    office.step(id, Action.REJECT, happened_at="2025-04-06", words="没清完")
    with office.database.read() as session:
        text = words(report(session, Span(date(2025, 4, 1), date(2025, 4, 30)), office.today))
    assert "已销号的问题反弹1个（柳塘村1个）；验收不通过1次，退回率100.0%。" in text


def test_a_report_is_of_the_whole_office(session: Session, march: March) -> None:
    with pytest.raises(Refusal, match="某个村的情况请用通报或清单"):
        produce(session, "monthly", span=MARCH, today=APRIL_2, village=march.villages[0])


def test_a_month_to_come_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="现在还没有到"):
        report(session, Span(date(2025, 5, 1), date(2025, 5, 31)))
