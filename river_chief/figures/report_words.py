"""A saved report in words: what its columns are called, which records it is about, how its rates are reckoned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.figures.patrol_report import SENTENCES
from river_chief.figures.rates import BY_KEY
from river_chief.figures.report_names import UNNAMED
from river_chief.figures.window import Window
from river_chief.queries import dimensions
from river_chief.queries.dimensions import Dimension
from river_chief.queries.rounds import Span as OpenSpan
from river_chief.records import Person
from river_chief.records.columns import col
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import days_text, month_of, span_text
from river_chief.terms import ReportDays, ReportLedger, ReportShape, ReportSpan
from river_chief.verbs.report_definition import Conditions, Definition, columns_of

PROBLEMS_SENTENCE = (
    "问题数＝统计期末及以前登记、符合条件的问题数，每个问题只计一次，含不属实、并案、移交、作废的。"
)
MEAN_SENTENCE = (
    "平均整改天数＝统计期内整改完成的问题自交办之日到完成之日的天数之和÷件数；没有交办日期的不计。"
)
PLURAL_SENTENCE = "同一问题可以列入几个专项、有几级河长，各行之和不等于合计。"
_NAMED: dict[str, Dimension] = {
    "villages": Dimension.VILLAGE,
    "waters": Dimension.WATER,
    "reaches": Dimension.REACH,
    "groups": Dimension.GROUP,
    "categories": Dimension.CATEGORY,
    "campaigns": Dimension.CAMPAIGN,
    "areas": Dimension.VILLAGE,
}


def is_month(window: Window, settings: OfficeSettings) -> bool:
    """Whether the days are one month of the office."""
    return window.span == settings.month(*month_of(window.last, settings.period_start_day))


def label_of(definition: Definition, key: str, *, of_month: bool) -> str:
    """What a column is called; 本月 only where the days are a month."""
    field = columns_of(definition.ledger, definition.shape)[key]
    return _of_days(field.heading, of_month)


def span_words(definition: Definition, window: Window, settings: OfficeSettings) -> str:
    """2026年3月, 2026年1—3月, 历年累计（截至2026年3月31日）; "" where days play no part."""
    if not definition.has_days:
        return ""
    if definition.span is ReportSpan.EVER:
        return f"历年累计（截至{window.cut.isoformat()}）"
    return span_text(window.span, settings.period_start_day)


def scope_words(session: Session, definition: Definition, window: Window) -> str:
    """Which records it is about, in a sentence without its end; "" where it is about all of them."""
    days = days_text(window.known)
    parts = []
    if definition.ledger is ReportLedger.PATROLS:
        parts.append(f"{days}的巡河")
    elif definition.days_of is not ReportDays.ANY:
        parts.append(f"{days}{_SCOPES[definition.days_of]}的问题")
    parts += _conditions(session, definition.conditions, window.cut)
    return "；".join(parts)


def notes_of(definition: Definition, *, of_month: bool) -> tuple[str, ...]:
    """How the numbers shown are reckoned, in the order of the columns."""
    if definition.shape is ReportShape.LIST:
        return ()
    told = {**{key: rate.sentence for key, rate in BY_KEY.items()}, **SENTENCES}
    told |= {"problems": PROBLEMS_SENTENCE, "average_days": MEAN_SENTENCE}
    notes = [_of_days(told[key], of_month) for key in definition.columns if key in told]
    if any(grouping.is_plural for grouping in definition.by):
        notes.append(PLURAL_SENTENCE)
    return tuple(notes)


_SCOPES = {
    ReportDays.REGISTERED: "登记",
    ReportDays.FOUND: "发现",
    ReportDays.STOCK: "在账",
    ReportDays.DEADLINE: "到整改时限",
    ReportDays.CLOSED: "销号",
}


def _of_days(text: str, of_month: bool) -> str:
    return text if of_month else text.replace("本月", "本期").replace("下月", "下期")


def _conditions(session: Session, given: Conditions, day: date) -> Iterator[str]:
    for name, value in given.given.items():
        title = Conditions.model_fields[name].title or name
        if value is True:
            yield title
        elif name in ("found", "registered", "closed", "deadline"):
            yield f"{title}{_open_days(value)}"
        elif name == "text":
            yield f"含“{value}”"
        else:
            namer = _namer(session, name, day)
            yield f"{title}：{'、'.join(namer(each) for each in value)}"


def _namer(session: Session, name: str, day: date) -> Callable[[Any], str]:
    if name in _NAMED:
        named = {**dimensions.in_use(session, _NAMED[name]), **dimensions.names(session, _NAMED[name], day)}
        return lambda key: named.get(key, str(key))
    if name in ("chiefs", "persons"):
        persons = dict(session.execute(select(col(Person.id), col(Person.name))).all())
        return lambda key: persons.get(key, str(key))
    return lambda key: getattr(key, "label", key) or UNNAMED


def _open_days(days: OpenSpan) -> str:
    first, last = days
    if first is None or last is None:
        return (
            f"{first.isoformat()}及以后" if first is not None else f"{last.isoformat()}及以前" if last else ""
        )
    return f"{first.isoformat()}至{last.isoformat()}" if first != last else first.isoformat()


def heads_of(definition: Definition) -> Sequence[str]:
    """What the columns of the groupings are called."""
    return [grouping.label for grouping in definition.by]
