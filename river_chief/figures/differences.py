"""Two proofs of one month held against each other: which problems are counted otherwise, and what that makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from river_chief.figures.correction import CountChanged, FactChanged, LineChanged, RateChanged
from river_chief.figures.measures import DEADLINES, HANDLING, STOCK
from river_chief.figures.proof import Proof, Proven, Sums, sums
from river_chief.figures.rates import RATES
from river_chief.queries.dimensions import Dimension
from river_chief.terms import Exit, Origin, Severity, Source

Names = Mapping[str, Mapping[Any, str]]
"""What the keys of a dimension are called: {"villages": {3: "柳塘村"}, …}."""
_COUNT_NAMES = {each.key: each.name for each in (*STOCK, *DEADLINES, *HANDLING)} | {
    "rectified": "本期整改完成"
}
_TABLES = (Dimension.VILLAGE, Dimension.GROUP, Dimension.SEVERITY, Dimension.SOURCE, Dimension.CAMPAIGN)
_FACTS: dict[str, tuple[str, str]] = {
    "village_id": ("所在村", "villages"),
    "category_code": ("问题类型", "categories"),
    "severity": ("严重程度", "severities"),
    "source": ("问题来源", "sources"),
    "unit": ("责任单位", ""),
    "water_id": ("所在河湖", "waters"),
    "reach_id": ("所在河段", "reaches"),
}
_DAYS = {
    "opened_on": "登记",
    "assigned_on": "交办",
    "deadline": "整改时限",
    "rectified_on": "整改完成",
    "exit_on": "出账",
    "reopened_on": "反弹",
}
NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Shift:
    """A problem that is counted otherwise: as it was (None: not at all) and as it is."""

    before: Proven | None
    after: Proven

    @property
    def counts(self) -> tuple[CountChanged, ...]:
        """The keys it is counted under otherwise."""
        old = self.before.counts if self.before else {}
        keys = sorted({*old, *self.after.counts})
        pairs = ((key, old.get(key, 0), self.after.counts.get(key, 0)) for key in keys)
        return tuple(CountChanged(key, count_name(key), was, now) for key, was, now in pairs if was != now)


def count_name(key: str) -> str:
    """What is counted under *key* of ``figures.rows``: 新增, 整改销号率的分子."""
    rate_key, _, part = key.partition(".")
    rate = next((each for each in RATES if each.key == rate_key), None)
    if rate is None:
        return _COUNT_NAMES.get(key, key)
    return f"{rate.name}的{'分母' if part == 'denominator' else '分子'}"


def shifts(before: Proof, after: Iterable[Proven]) -> list[Shift]:
    """Those of *after* that add to the figures otherwise than they do in *before*."""
    return [
        Shift(before.get(each.facts.id), each)
        for each in after
        if _weight(before.get(each.facts.id)) != _weight(each)
    ]


def _weight(proven: Proven | None) -> object:
    """What a problem adds to which lines; None when it adds nothing anywhere."""
    if proven is None or not (proven.counts or proven.clocks):
        return None
    lines = tuple(proven.values(dimension) for dimension in _TABLES)
    return lines, dict(proven.counts), proven.days, proven.clocks


def corrected(before: Proof, found: Sequence[Shift]) -> dict[int, Proven]:
    """*before* with what shifted."""
    return {**before, **{each.after.facts.id: each.after for each in found}}


def changed_counts(before: Sums, after: Sums) -> tuple[CountChanged, ...]:
    """The counts that differ, without those that only make a rate."""
    keys = sorted(key for key in {*before.counts, *after.counts} if "." not in key)
    pairs = ((key, before.counts.get(key, 0), after.counts.get(key, 0)) for key in keys)
    return tuple(CountChanged(key, count_name(key), was, now) for key, was, now in pairs if was != now)


def changed_rates(before: Sums, after: Sums, digits: int) -> tuple[RateChanged, ...]:
    """The rates of which a count differs."""
    found = (
        RateChanged(rate.key, rate.name, before.ratio(rate.key, digits), after.ratio(rate.key, digits))
        for rate in RATES
    )
    return tuple(each for each in found if each.before != each.after)


def changed_lines(before: Proof, found: Sequence[Shift], names: Names, digits: int) -> Iterator[LineChanged]:
    """The lines of every table whose counts or rates differ."""
    after = corrected(before, found)
    for dimension in _TABLES:
        touched = {
            key
            for each in found
            for side in (each.before, each.after)
            if side
            for key in side.values(dimension)
        }
        called = names.get(dimension.field, {})
        for key in sorted(touched, key=lambda key: (key is None, str(key))):
            was = sums(each for each in before.values() if key in each.values(dimension))
            now = sums(each for each in after.values() if key in each.values(dimension))
            counts, rates = changed_counts(was, now), changed_rates(was, now, digits)
            if counts or rates:
                yield LineChanged(dimension.field, key, called.get(key) or "未填", counts, rates)


def changed_facts(shift: Shift, cut: date, names: Names) -> Iterator[FactChanged]:
    """What differs of the facts a problem is counted by; days after *cut* do not count and are not told."""
    if shift.before is None:
        return
    for name, (label, dimension) in _FACTS.items():
        was, now = (getattr(side.facts, name) for side in (shift.before, shift.after))
        if was != now:
            called = names.get(dimension, {})
            yield FactChanged(label, *(str(called.get(each) or each or NOTHING) for each in (was, now)))
    if shift.before.campaigns != shift.after.campaigns:
        called = names.get("campaigns", {})
        tags = [
            "、".join(called.get(each, str(each)) for each in side.campaigns) or NOTHING
            for side in (shift.before, shift.after)
        ]
        yield FactChanged("专项", *tags)
    yield from _changed_rounds(shift.before, shift.after, cut)


def _changed_rounds(before: Proven, after: Proven, cut: date) -> Iterator[FactChanged]:
    for place in range(max(len(before.rounds), len(after.rounds))):
        sides = [side.rounds[place] if place < len(side.rounds) else None for side in (before, after)]
        which = f"第{place + 1}轮" if place else ""
        for name, label in _DAYS.items():
            was, now = (_day(getattr(side, name) if side else None, name, cut) for side in sides)
            if was != now:
                yield FactChanged(f"{which}{label}", was or NOTHING, now or NOTHING)
        codes = [
            (side.origin, side.exit if _known(side.exit_on, cut) else None) if side else None
            for side in sides
        ]
        if codes[0] != codes[1]:
            told = ("、".join(_code_words(each)) or NOTHING for each in codes)
            yield FactChanged(f"{which}来去", *told)


def _known(day: date | None, cut: date) -> bool:
    return day is not None and day <= cut


def _day(day: date | None, name: str, cut: date) -> str:
    """The day as far as it matters: a deadline always, others up to the cut-off."""
    return day.isoformat() if day is not None and (name == "deadline" or day <= cut) else ""


def _code_words(codes: tuple[str, str | None] | None) -> Iterator[str]:
    if codes is not None:
        yield Origin(codes[0]).label
        if codes[1] is not None:
            yield Exit(codes[1]).label


def term_names() -> dict[str, dict[Any, str]]:
    """The names of the dimensions that are code lists."""
    return {
        "severities": {each.value: each.label for each in Severity},
        "sources": {each.value: each.label for each in Source},
    }
