"""The sentences of the report page."""

from __future__ import annotations

from river_chief.figures.comparison import Comparison
from river_chief.figures.measures import DEADLINES, HANDLING, STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY
from river_chief.rules.rounding import half_up

OTHERS = {"unfounded": "不属实", "handed_over": "移交", "merged": "并案", "voided": "作废"}


def stock_words(figures: MonthFigures) -> str:
    """The stock identity as a sentence, with what changed against the month before."""
    stock = figures.stock
    changes = (
        {each.key: each for each in figures.comparisons.last_month.counts} if figures.comparisons else {}
    )

    def part(key: str, name: str) -> str:
        change = changes.get(key)
        beside = f"（上月 {change.before} 个）" if change is not None else ""
        return f"{name} {getattr(stock, key)} 个{beside}"

    came = "，".join(part(key, name) for key, name in (("found", "新增"), ("relapsed", "反弹")))
    gone = [part("closed", "销号")]
    gone += [f"{name} {getattr(stock, key)} 个" for key, name in OTHERS.items() if getattr(stock, key)]
    checked = "" if figures.balances else "　账目不平，请在“设置”中核对台账。"
    return (
        f"期初在账 {stock.opening} 个，本期{came}；{'，'.join(gone)}；{part('ending', '期末在账')}，"
        f"其中逾期 {len(figures.overdue)} 个。{checked}"
    )


def handling_words(figures: MonthFigures) -> str:
    """What was done without proof and what waits for a level above, each a link to its rows; "" for none."""
    counted = ((HANDLING[0], figures.excepted, "件"), (HANDLING[1], len(figures.waiting_above), "个"))
    told = [f"<a href='{each.key}'>{each.name} {count} {unit}</a>" for each, count, unit in counted if count]
    return "　".join(told)


def rate_change(key: str, before: Comparison | None) -> str:
    """How a rate has changed against the month before; "" where there is nothing to compare."""
    change = next((each for each in before.rates if each.key == key), None) if before else None
    if change is None or change.points is None:
        return ""
    points = half_up(change.points, change.digits)
    return f"环比 {points:+f} 百分点" if points else "环比持平"


def count_words(key: str) -> str:
    """What is counted under *key* (of ``figures.rows``): 新增, 整改销号率的分子."""
    rate, _, part = key.partition(".")
    if rate in BY_KEY:
        return f"{BY_KEY[rate].name}的{'分母' if part == 'denominator' else '分子'}"
    return next((measure.name for measure in (*STOCK, *DEADLINES, *HANDLING) if measure.key == key), "")
