"""Villages told by their official rate: who stands first, who is below the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from river_chief.figures.breakdown import Line
from river_chief.figures.ratio import Ratio
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_notes import rate_name
from river_chief.terms import Light

_FIRST = 3
_NAMED_AT_MOST = 5


def official(facts: MonthlyFacts, line: Line) -> Ratio:
    """The official rate of a village."""
    return line.rate(facts.settings.official_rate).ratio


def official_name(facts: MonthlyFacts) -> str:
    """What the official rate is called in this report."""
    return rate_name(facts, facts.settings.official_rate)


def ranked(facts: MonthlyFacts) -> tuple[Line, ...]:
    """The villages that have something to be judged by, the best first."""
    lines = [line for line in facts.figures.by_village if line.rank is not None]
    return tuple(sorted(lines, key=lambda line: line.rank or 0))


def without_task(facts: MonthlyFacts) -> tuple[str, ...]:
    """The villages that have nothing to be judged by."""
    return tuple(line.name for line in facts.figures.by_village if line.rank is None)


def praised(facts: MonthlyFacts) -> tuple[Line, ...]:
    """The first three ranks, as far as they are better than nothing, not worse than the whole and not red."""
    return tuple(
        line
        for line in ranked(facts)
        if (line.rank or 0) <= _FIRST and not _is_behind(facts, line) and line.light is not Light.RED
    )


def behind(facts: MonthlyFacts) -> tuple[Line, ...]:
    """Those the office's limits show red, or where it has none those worse than the whole; the last first."""
    lines = ranked(facts)
    reds = [line for line in lines if line.light is Light.RED]
    if any(line.light is not None for line in lines):
        return tuple(reversed(reds))
    return tuple(line for line in reversed(lines) if _is_behind(facts, line))


def behind_words(facts: MonthlyFacts) -> str:
    """What those behind have in common: 亮红灯的, 低于全镇平均水平的."""
    if any(line.light is not None for line in facts.figures.by_village):
        return "评为红色的"
    return f"{'高' if _less_is_better(facts) else '低'}于{facts.whole}平均水平的"


def _is_behind(facts: MonthlyFacts, line: Line) -> bool:
    own = official(facts, line).exact
    whole = facts.figures.rate(facts.settings.official_rate).ratio.exact
    if own is None or whole is None:
        return False
    return own > whole if _less_is_better(facts) else own < whole or not own


def _less_is_better(facts: MonthlyFacts) -> bool:
    return bool(facts.figures.rate(facts.settings.official_rate).rate.less_is_better)


def named(pairs: Iterable[str]) -> str:
    """甲村、乙村; the first few and how many where they are more."""
    names = list(pairs)
    more = f"等{len(names)}个村（社区）" if len(names) > _NAMED_AT_MOST else ""
    return "、".join(names[:_NAMED_AT_MOST]) + more


def with_rates(facts: MonthlyFacts, lines: Sequence[Line]) -> str:
    """柳塘村（66.7%）、上砚村（50.0%）."""
    return named(f"{line.name}（{official(facts, line).text}）" for line in lines)


def best_and_worst(facts: MonthlyFacts) -> str:
    """Which villages stand first and which below the whole; "" where none is ranked."""
    first, last = praised(facts), behind(facts)
    told = []
    if first:
        told.append(f"排在前列的村（社区）为{with_rates(facts, first)}")
    if last:
        told.append(f"{behind_words(facts)}为{with_rates(facts, last)}")
    return f"按{official_name(facts)}排名，{'；'.join(told)}。" if told else ""
