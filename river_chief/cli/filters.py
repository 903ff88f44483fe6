"""``--filter key=value`` of the lists: what each key means, with one sentence for each mistake.

Spans are written 2025, 2025-03, 2025-03-05, 2025-03-01..2025-03-31, or with one end left open;
months and years are the office's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session

from river_chief.cli.desk import YEARS
from river_chief.cli.given import each, member
from river_chief.cli.names import Names
from river_chief.cli.speech import BadUsage
from river_chief.errors import Refusal
from river_chief.queries.chiefs import ChiefFilter
from river_chief.queries.patches import PatchFilter
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.queries.waters import AreaFilter, ReachFilter, WaterFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span
from river_chief.terms import (
    AreaLevel,
    Disposal,
    Entry,
    Level,
    Role,
    Severity,
    Source,
    State,
    Term,
    Verdict,
    WaterKind,
)
from river_chief.verbs.office import settings_of

SPAN_FORM = "2025-03、2025-03-05 或 2025-03-01..2025-03-31"
UNCHECKED = ("未核查", "unchecked")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
TermT = TypeVar("TermT", bound=Term)
Reader = Callable[["Asked", str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the values of filters are read against."""

    names: Names
    settings: OfficeSettings
    today: date

    @classmethod
    def of(cls, session: Session, today: date) -> Asked:
        """Read against the ledger of *session* as of *today*."""
        return cls(Names(session, today), settings_of(session), today)

    def problems(self, given: Mapping[str, str], **fixed: Any) -> ProblemFilter:
        """The problems *given* asks for; drafts only where their state is asked for."""
        found = {**self._read(PROBLEM_KEYS, given), **fixed}
        if State.DRAFT not in found.get("states", ()):
            found["drafts"] = False
        return ProblemFilter(**found)

    def patrols(self, given: Mapping[str, str]) -> PatrolFilter:
        """The patrols *given* asks for."""
        return PatrolFilter(**self._read(PATROL_KEYS, given))

    def chiefs(self, given: Mapping[str, str]) -> ChiefFilter:
        """The tenures *given* asks for; those in force today unless a day is named."""
        return ChiefFilter(**{"on": self.today, **self._read(CHIEF_KEYS, given)})

    def waters(self, given: Mapping[str, str]) -> WaterFilter:
        """The waters *given* asks for."""
        return WaterFilter(**self._read(WATER_KEYS, given))

    def reaches(self, given: Mapping[str, str]) -> ReachFilter:
        """The reaches *given* asks for."""
        return ReachFilter(**self._read(REACH_KEYS, given))

    def areas(self, given: Mapping[str, str]) -> AreaFilter:
        """The divisions *given* asks for."""
        return AreaFilter(**self._read(AREA_KEYS, given))

    def patches(self, given: Mapping[str, str]) -> PatchFilter:
        """The patches *given* asks for."""
        return PatchFilter(**self._read(PATCH_KEYS, given))

    def _read(self, keys: Mapping[str, Reader], given: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, text in given.items():
            if key not in keys:
                raise BadUsage(f"--filter 没有“{key}”这一项，可用的有：{'、'.join(keys)}。")
            if not text:
                raise BadUsage(f"--filter 的“{key}”没有写值。")
            for name, value in keys[key](self, key, text).items():
                if name in found:
                    raise BadUsage(f"--filter 的“{key}”和前面的条件重复，只写一个。")
                found[name] = value
        return found


def month_span(settings: OfficeSettings, text: str, where: str) -> Span:
    """The office's month of *text*, 2025-03; BadUsage says *where* it stood."""
    year, month = year_month(text, where)
    return settings.month(year, month)


def year_month(text: str, where: str) -> tuple[int, int]:
    """Year and month of *text*, 2025-03; BadUsage says *where* it stood."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or not (1 <= int(found[2]) <= 12 and int(found[1]) in YEARS):
        raise BadUsage(f"{where}“{text}”不是月份，请写成 2025-03 的样子。")
    return int(found[1]), int(found[2])


def span_of(settings: OfficeSettings, key: str, text: str) -> tuple[date | None, date | None]:
    """The inclusive days of *text* in one of the forms above; an end left open is None."""
    first, dots, last = text.partition("..")
    if not dots:
        return _days(settings, key, text)
    if not first and not last:
        raise _no_span(key, text)
    start = _days(settings, key, first).first if first else None
    end = _days(settings, key, last).last if last else None
    if start is not None and end is not None and end < start:
        raise BadUsage(f"--filter 的“{key}={text}”止日早于起日，请核对。")
    return start, end


def _days(settings: OfficeSettings, key: str, text: str) -> Span:
    words = text.strip()
    if _MONTH.fullmatch(words):
        return month_span(settings, words, f"--filter {key} 的")
    if _YEAR.fullmatch(words) and int(words) in YEARS:
        return Span(settings.month(int(words), 1).first, settings.month(int(words), 12).last)
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise _no_span(key, text) from None
    if day.year not in YEARS:
        raise _no_span(key, text)
    return Span(day, day)


def _no_span(key: str, text: str) -> BadUsage:
    return BadUsage(f"--filter 的“{key}={text}”不是日期，请写成 {SPAN_FORM}。")


def _text(asked: Asked, key: str, text: str) -> dict[str, Any]:
    return {"text": text}


def _span(name: str) -> Reader:
    return lambda asked, key, text: {name: span_of(asked.settings, key, text)}


def _terms(name: str, kind: type[TermT]) -> Reader:
    def read(asked: Asked, key: str, text: str) -> dict[str, Any]:
        def one(word: str) -> Term:
            found = member(kind, word)
            if found is None:
                known = "、".join(item.label for item in kind)
                raise BadUsage(f"--filter 的“{key}”没有“{word}”，可选：{known}。")
            return found

        return {name: each(text, one)}

    return read


def _named(name: str, find: Callable[[Names], Callable[[str], Any]]) -> Reader:
    return lambda asked, key, text: {name: each(text, find(asked.names))}


def _yes(key: str, text: str) -> None:
    if text not in ("yes", "是"):
        raise BadUsage(f"--filter 的“{key}”只能写 yes；不问就不写。")


def _flag(name: str) -> Reader:
    def read(asked: Asked, key: str, text: str) -> dict[str, Any]:
        _yes(key, text)
        return {name: True}

    return read


def _overdue(asked: Asked, key: str, text: str) -> dict[str, Any]:
    _yes(key, text)
    return {"overdue_on": asked.today}


def _month(asked: Asked, key: str, text: str) -> dict[str, Any]:
    span = month_span(asked.settings, text, "--filter month 的")
    if span.first > asked.today:
        raise Refusal(f"统计期从 {span.first} 开始，现在还没有到，请选已经开始的月份。")
    return {"rounds": RoundFilter(stock_during=(span.first, span.last))}


def _on(asked: Asked, key: str, text: str) -> dict[str, Any]:
    if text in ("all", "全部"):
        return {"on": None}
    first, last = span_of(asked.settings, key, text)
    if first is None or first != last:
        raise BadUsage("--filter 的“on”要写一天，例如 2025-03-31，或写 all 看历任。")
    return {"on": first}


def _verdicts(asked: Asked, key: str, text: str) -> dict[str, Any]:
    def one(word: str) -> Verdict | None:
        if word in UNCHECKED:
            return None
        found = member(Verdict, word)
        if not isinstance(found, Verdict):
            known = "、".join((UNCHECKED[0], *(item.label for item in Verdict)))
            raise BadUsage(f"--filter 的“{key}”没有“{word}”，可选：{known}。")
        return found

    return {"verdicts": each(text, one)}


def _numbers(asked: Asked, key: str, text: str) -> dict[str, Any]:
    return {"numbers": each(text, str)}


_AREA: Reader = _named("areas", lambda names: names.area)
_REACH: Reader = _named("reaches", lambda names: names.reach)

PROBLEM_KEYS: dict[str, Reader] = {
    "text": _text,
    "number": _numbers,
    "state": _terms("states", State),
    "stock": _flag("in_stock"),
    "reported": _flag("reported"),
    "lacks_proof": _flag("lacks_proof"),
    "village": _named("villages", lambda names: names.village),
    "water": _named("waters", lambda names: names.water),
    "reach": _REACH,
    "group": _named("groups", lambda names: names.group),
    "category": _named("categories", lambda names: names.category),
    "unit": lambda asked, key, text: {"units": each(text, str)},
    "severity": _terms("severities", Severity),
    "source": _terms("sources", Source),
    "campaign": _named("campaigns", lambda names: names.campaign),
    "disposal": _terms("disposals", Disposal),
    "found": _span("found"),
    "registered": _span("registered"),
    "closed": _span("closed"),
    "deadline": _span("deadline"),
    "overdue": _overdue,
    "month": _month,
}
PATROL_KEYS: dict[str, Reader] = {
    "text": _text,
    "date": _span("days"),
    "month": lambda asked, key, text: {"days": month_span(asked.settings, text, "--filter month 的")},
    "level": _terms("levels", Level),
    "village": _AREA,
    "area": _AREA,
    "chief": _named("persons", lambda names: names.person),
    "reach": _REACH,
    "entry": _terms("entries", Entry),
    "finding": _flag("with_finding"),
    "voided": _flag("voided"),
}
CHIEF_KEYS: dict[str, Reader] = {
    "text": _text,
    "on": _on,
    "level": _terms("levels", Level),
    "role": _terms("roles", Role),
    "village": _AREA,
    "area": _AREA,
    "reach": _REACH,
}
WATER_KEYS: dict[str, Reader] = {
    "text": _text,
    "kind": _terms("kinds", WaterKind),
    "retired": _flag("retired"),
}
REACH_KEYS: dict[str, Reader] = {
    **WATER_KEYS,
    "water": _named("waters", lambda names: names.water),
    "village": _named("villages", lambda names: names.village),
    "level": _terms("levels", Level),
}
PATCH_KEYS: dict[str, Reader] = {
    "text": _text,
    "verdict": _verdicts,
    "village": _named("villages", lambda names: names.village),
    "campaign": _named("campaigns", lambda names: names.campaign),
    "handed": _span("handed"),
    "checked": _span("checked"),
    "unregistered": _flag("unregistered"),
    "overdue": _overdue,
    "excepted": _flag("excepted"),
    "voided": _flag("voided"),
}
AREA_KEYS: dict[str, Reader] = {
    "text": _text,
    "level": _terms("levels", AreaLevel),
    "retired": _flag("retired"),
}
