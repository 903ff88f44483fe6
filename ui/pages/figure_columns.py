"""What the tables of the report page show of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from river_chief.figures.breakdown import Line
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Light
from ui.style import Tone
from ui.tables.figure_rows import FigureColumn

NAME_WIDTH = 6.5
# Rates print with one or two places, as the office has set.
WIDEST_RATE = "100.00%"
# Heads in two lines leave room for the names of villages.
HEADS = {
    "closing_rate_cumulative": "整改\n销号率",
    "completion_rate_cumulative": "整改\n完成率",
    "rectification_rate": "本月\n整改率",
    "on_time_rate": "按期\n整改率",
    "look_back_relapse_rate": "回头看\n反弹率",
    "own_finding_rate": "自查发\n现占比",
}
_LIGHTS = (Light.GREEN, Light.YELLOW, Light.RED)
_TONES = {Light.GREEN: Tone.GOOD, Light.YELLOW: Tone.WARN, Light.RED: Tone.ALERT}
ROWS = ("看对应的问题", "")
PARTS = ("看分子", "看分母")
PERSONS = ("看是哪些人", "")


def rates_shown(official: str, shown: Sequence[str]) -> tuple[str, ...]:
    """The rates the office shows side by side, the official one first."""
    return (official, *(key for key in shown if key != official))


def line_columns(name: str, rates: Sequence[str], *, ranked_by: str = "") -> list[FigureColumn]:
    """Columns of a breakdown with these *rates*; *name* heads the first one; *ranked_by* is the official rate."""
    columns = [_name(name)]
    columns += [_count(each.name, f"stock.{each.key}", each.key) for each in STOCK]
    columns += [
        _count("到期", "due", "due"),
        _count("按期", "on_time", "on_time"),
        _count("逾期", "overdue", "overdue", warns=True),
    ]
    columns += [_rate(key) for key in rates]
    columns.append(
        FigureColumn(
            "平均\n天数",
            2.5,
            _days,
            attrgetter("average_days"),
            asks="rectified",
            leads=lambda line, _key: line.average_days is not None,
            words=ROWS,
            explains="平均整改天数：本期整改完成的，从交办到整改完成平均几天。",
        )
    )
    if ranked_by:
        columns += _places(ranked_by)
    return columns


def counted(line: Line, key: str) -> int | None:
    """How many a line counts under *key* (of ``figures.rows``); None where the line does not say."""
    rate, _, part = key.partition(".")
    if part:
        ratio = line.rate(rate).ratio
        return ratio.denominator if part == "denominator" else ratio.numerator
    found = getattr(line.stock, key, None)
    if found is None:
        found = getattr(line, key, None)
    return found if isinstance(found, int) else None


def total_line(month: MonthFigures) -> Line:
    """The whole office as a line."""
    due = month.rate("on_time_rate").ratio
    return Line(
        key=None,
        name="合计",
        stock=month.stock,
        due=due.denominator,
        on_time=due.numerator,
        overdue=len(month.overdue),
        rates=month.rates,
        average_days=month.average_days,
        is_empty=False,
    )


def duty_columns(name: str) -> list[FigureColumn]:
    """Columns of patrol duty: a click tells which chiefs make a number, on 日志 and 发现 it shows the logs."""
    return [
        _name(name),
        _duty("河长", "chiefs"),
        _duty("应巡", "owed"),
        _duty("达标", "compliant"),
        FigureColumn(
            "达标率",
            3,
            lambda line: line.compliance.text,
            lambda line: line.compliance.exact,
            asks="compliant",
            beside="owed",
            leads=getattr,
            words=PARTS,
            widest=WIDEST_RATE,
            tip=lambda line: (
                f"{line.compliance.numerator} ÷ {line.compliance.denominator}　达标次数÷应巡次数"
            ),
        ),
        _duty("实巡", "done", tip="同一河段一天只计一次"),
        _duty("有效", "valid"),
        _duty("未巡", "idle", warns=True, tip="有应巡任务而一次未巡的人数"),
        _count("日志", "patrols", "patrols", tip="登记的巡河日志份数", words=("看巡河日志", "")),
        _count("发现", "found", "found", tip="发现问题的日志份数", words=("看巡河日志", "")),
        _duty("零发现", "zero_finding", tip="巡了河而没有发现过问题的人数"),
    ]


def _name(head: str) -> FigureColumn:
    return FigureColumn(head, NAME_WIDTH, attrgetter("name"), lambda _line: None)


def _duty(head: str, key: str, *, warns: bool = False, tip: str = "") -> FigureColumn:
    return _count(head, key, key, warns=warns, tip=tip, words=PERSONS)


def _count(
    head: str, where: str, asks: str, *, warns: bool = False, tip: str = "", words: tuple[str, str] = ROWS
) -> FigureColumn:
    value: Callable[[Any], int] = attrgetter(where)
    return FigureColumn(
        head,
        len(head),
        lambda line: f"{value(line):,}",
        value,
        asks=asks,
        tip=lambda _line: tip,
        warns=warns,
        words=words,
        explains=tip,
    )


def _rate(key: str) -> FigureColumn:
    def figure(line: Line) -> RateFigure:
        return line.rate(key)

    def tip(line: Line) -> str:
        ratio = figure(line).ratio
        return f"{ratio.numerator} ÷ {ratio.denominator}　{figure(line).rate.sentence}"

    head = HEADS.get(key, BY_KEY[key].name)
    return FigureColumn(
        head,
        max(map(len, head.split("\n"))),
        lambda line: figure(line).text,
        lambda line: figure(line).ratio.exact,
        asks=f"{key}.numerator",
        beside=f"{key}.denominator",
        leads=counted,
        words=PARTS,
        defines=key,
        tip=tip,
        widest=WIDEST_RATE,
        explains=BY_KEY[key].sentence,
        tone=lambda line: _TONES.get(line.lights.get(key)),
    )


def _places(official: str) -> list[FigureColumn]:
    """排名, 位次变化 and 红黄绿, leading to the rows of the rate they go by."""
    rate = BY_KEY[official]
    rule = f"按{rate.name}排名，并列的名次相同；没有分母的不排名。"
    return [
        _place(
            "排名",
            3.5,
            official,
            lambda line: line.rank_words if line.key is not None else NOTHING,
            "rank",
            rule,
        ),
        _place("位次\n变化", 2, official, attrgetter("change_words"), "rank_change", f"比上期的位次。{rule}"),
        replace(
            _place(
                "红黄绿",
                3,
                official,
                attrgetter("light_words"),
                "light",
                f"{rate.name}的红黄绿，标准在设置里。",
            ),
            value=lambda line: None if line.light is None else _LIGHTS.index(line.light),
            tone=lambda line: None if line.light is None else _TONES[line.light],
        ),
    ]


def _place(
    head: str, width: float, official: str, text: Callable[[Any], str], key: str, rule: str
) -> FigureColumn:
    return FigureColumn(
        head,
        width,
        text,
        attrgetter(key),
        asks=f"{official}.numerator",
        beside=f"{official}.denominator",
        leads=counted,
        words=PARTS,
        defines=official,
        tip=lambda _line: rule,
        explains=rule,
    )


def _days(line: Line) -> str:
    return NOTHING if line.average_days is None else str(half_up(line.average_days, 1))
