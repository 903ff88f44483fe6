from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from river_chief.errors import InvalidInput, Refusal
from river_chief.intake.holidays import YearText, read_year, text_of
from river_chief.rules.calendar import WorkCalendar
from river_chief.verbs.calendar_years import YearDays
from tests.intake.books import Cell, write_book

# The arrangement of 2026 in the form in which such notices are written.
NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将元旦、春节、清明节、劳动节、端午节、中秋节、国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
2025年11月4日"""


def read(text: str, year: int = 2027, *, is_complete: bool = False) -> YearDays:
    return read_year(YearText(year=year, text=text, is_complete=is_complete))


def told(found: YearDays) -> list[str]:
    return [f"{one.day.isoformat()} {'班' if one.is_working else '休'} {one.name}" for one in found.days]


def test_a_notice_gives_the_calendar_that_is_known() -> None:
    found = read(NOTICE, 2026, is_complete=True)
    own = WorkCalendar({one.day: (one.is_working, one.name) for one in found.days}, published=[2026])
    known = WorkCalendar()
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        assert own.is_working(day) is known.is_working(day), day
    assert (len(found.days), sum(one.is_working for one in found.days)) == (39, 6)
    assert "2026-02-14 班 春节调休上班" in told(found)
    assert "2026-10-07 休 国庆节放假" in told(found)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2027-01-01 放假 元旦", ["2027-01-01 休 元旦放假"]),
        ("2027.1.31  上班  春节", ["2027-01-31 班 春节调休上班"]),
        ("１月３日　休　元旦", ["2027-01-03 休 元旦放假"]),
        ("2027/2/20 班 春节", ["2027-02-20 班 春节调休上班"]),
        ("2027-01-01 放假", ["2027-01-01 休 "]),
        ("7月10日 放假 台风放假", ["2027-07-10 休 台风放假"]),
        ("元旦：1月1日放假，与周末连休。", ["2027-01-01 休 元旦放假"]),
        ("元旦：2026年12月31日至2027年1月1日放假。", ["2026-12-31 休 元旦放假", "2027-01-01 休 元旦放假"]),
        ("2027-02-05至2027-02-06 放假 春节", ["2027-02-05 休 春节放假", "2027-02-06 休 春节放假"]),
        ("清明节：4月5日放假，4月10日上班", ["2027-04-05 休 清明节放假", "2027-04-10 班 清明节调休上班"]),
    ],
)
def test_a_line(line: str, days: list[str]) -> None:
    assert told(read(line)) == days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2027-01-01 元旦", "第1行“2027-01-01 元旦”没有写放假还是上班"),
        ("2027-02-30 放假", "没有 2027年2月30日"),
        ("1月1日（周四）放假", "2027-01-01 是周五，不是周四，请核对年份"),
        ("1月1日放假\n5月5日至1日放假", "第2行“5月5日至1日放假”：从 2027-05-05 到 2027-05-01 不是一段假期"),
        ("1月1日放假\n1月1日上班", "既放假又上班"),
        ("春节快乐", "没有读出放假或上班的日期"),
    ],
)
def test_a_line_that_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert sentence in refused.value.fields["text"]


def test_a_sheet_of_days(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["2027年放假安排"],
        ["日期", "休/班", "名称"],
        [datetime(2027, 1, 1), "休", "元旦"],
        ["2027.1.31", "班", "春节"],
    ]
    path = write_book(tmp_path / "放假.xlsx", {"表": rows})
    assert told(read(text_of(path))) == ["2027-01-01 休 元旦放假", "2027-01-31 班 春节调休上班"]


def test_a_sheet_without_days_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "别的.xlsx", {"表": [["姓名", "电话"], ["赵春", "1"]]})
    with pytest.raises(Refusal, match="每行要有日期、休或班、名称三列"):
        text_of(path)
