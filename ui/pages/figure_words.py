"""The sentences of the report page; numbers in them are links to their rows."""

from __future__ import annotations

from river_chief.figures.comparison import Comparison, RateChange
from river_chief.figures.cumulated import Sums
from river_chief.figures.measures import DEADLINES, HANDLING, STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY
from river_chief.rules.rounding import half_up

OTHERS = {"unfounded": "不属实", "handed_over": "移交", "merged": "并案", "voided": "作废"}
BEFORE, LAST_YEAR = "before:", "last_year:"
"""Begin the key of a count of the period before, or of the same one of last year."""
YEAR, EVER = "year:", "ever:"
"""Begin the key of a count of the year so far, or of everything since the first record."""


def link(key: str, number: int) -> str:
    """*number* as a link to the rows under *key*; nothing leads nowhere."""
    return f"<a href='{key}' style='text-decoration:none'>{number:,}</a>" if number else "0"


def stock_words(figures: MonthFigures) -> str:
    """The stock identity as a sentence, with what changed against the month before."""
    stock = figures.stock
    before = figures.comparisons.before
    changes = {each.key: each for each in before.counts}

    def part(key: str, name: str) -> str:
        change = changes.get(key)
        beside = f"（{before.words} {link(BEFORE + key, change.before)} 个）" if change is not None else ""
        return f"{name} {link(key, getattr(stock, key))} 个{beside}"

    came = "，".join(part(key, name) for key, name in (("found", "新增"), ("relapsed", "反弹")))
    gone = [part("closed", "销号")]
    gone += [
        f"{name} {link(key, getattr(stock, key))} 个" for key, name in OTHERS.items() if getattr(stock, key)
    ]
    checked = "" if figures.balances else "　账目不平，请在“设置”中核对台账。"
    overdue, due_next = len(figures.overdue), len(figures.due_next)
    return (
        f"期初在账 {link('opening', stock.opening)} 个，本期{came}；{'，'.join(gone)}；"
        f"{part('ending', '期末在账')}，其中逾期 {link('overdue', overdue)} 个，"
        f"下月到期 {link('due_next', due_next)} 个。{checked}"
    )


def sum_words(figures: MonthFigures) -> str:
    """累计 of the year and since ever, each number a link."""

    def part(name: str, prefix: str, sums: Sums) -> str:
        counts = {key: link(prefix + key, count) for key, count in sums.counts.items()}
        return (
            f"{name}新增 {counts['found']} 个，反弹 {counts['relapsed']} 个，销号 {counts['closed']} 个，"
            f"到期 {counts['due']} 件、按期 {counts['on_time']} 件"
        )

    year = part("本年累计", YEAR, figures.year_to_date.total)
    return f"{year}；{part('历年累计', EVER, figures.ever.total)}。"


def handling_words(figures: MonthFigures) -> str:
    """What was done without proof and what waits for a level above, each a link to its rows; "" for none."""
    counted = ((HANDLING[0], figures.excepted, "件"), (HANDLING[1], len(figures.waiting_above), "个"))
    told = [f"<a href='{each.key}'>{each.name} {count} {unit}</a>" for each, count, unit in counted if count]
    return "　".join(told)


def correction_words(figures: MonthFigures) -> str:
    """What this month has to tell of closed months before it, as a link; "" for nothing."""
    if not figures.corrections:
        return ""
    told = "；".join(
        f"{each.year}年{each.month}月有 {len(each.problems) + len(each.duties) + len(each.work)} 处"
        for each in figures.corrections
    )
    return f"更正：{told}。<a href='corrections'>看改了什么、影响多少</a>"


def change_of(key: str, against: Comparison) -> RateChange | None:
    """How the rate *key* has changed; None where there is nothing to compare."""
    change = next((each for each in against.rates if each.key == key), None)
    return change if change is not None and change.points is not None else None


def rate_change(name: str, change: RateChange | None) -> str:
    """环比 +3.9, in percentage points; "" where there is nothing to compare."""
    if change is None or change.points is None:
        return ""
    points = half_up(change.points, change.digits)
    return f"{name} {points:+f}" if points else f"{name}持平"


def change_tip(against: Comparison, change: RateChange | None) -> str:
    """2025年2月 81.3%（13 ÷ 16），现在上升3.9个百分点, and how to see its rows."""
    if change is None:
        return ""
    ratio = change.before.ratio
    return (
        f"{against.name} {ratio.text}（{ratio.numerator:,} ÷ {ratio.denominator:,}），现在{change.text}。\n"
        "点击看那时的分子，按住 Shift 点击看分母。"
    )


def count_words(key: str) -> str:
    """What is counted under *key* (of ``figures.rows``): 新增, 整改销号率的分子."""
    if key == "rectified":
        return "本期整改完成"
    rate, _, part = key.partition(".")
    if rate in BY_KEY:
        return f"{BY_KEY[rate].name}的{'分母' if part == 'denominator' else '分子'}"
    return next((measure.name for measure in (*STOCK, *DEADLINES, *HANDLING) if measure.key == key), "")
