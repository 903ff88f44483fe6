"""What problems are told apart by in a table: village, unit, category … and what each value is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, select
from sqlmodel import Session

from river_chief.queries import choices
from river_chief.queries.chiefs import CHIEF_ROLES, within_days
from river_chief.records import Area, Category, Person, Reach, Tenure, Water
from river_chief.records.columns import col
from river_chief.terms import Level, Severity, Source, Term


class Dimension(Term):
    """What counts are broken down by: its key, and its Chinese name."""

    VILLAGE = "village", "村（社区）"
    UNIT = "unit", "责任单位"
    GROUP = "group", "问题大类"
    CATEGORY = "category", "问题子类"
    SEVERITY = "severity", "严重程度"
    SOURCE = "source", "问题来源"
    CAMPAIGN = "campaign", "专项"
    WATER = "water", "河湖"
    REACH = "reach", "河段"
    CHIEF = "chief", "河长"
    FINDER = "finder", "发现人"

    @property
    def field(self) -> str:
        """The field of a ``RoundFilter`` that narrows it to some values."""
        return _FIELDS[self]

    @property
    def adds_up(self) -> bool:
        """Whether its lines add up to the office: a problem has one value, not several or none."""
        return self not in (Dimension.CAMPAIGN, Dimension.CHIEF)


_FIELDS = {
    Dimension.VILLAGE: "villages",
    Dimension.UNIT: "units",
    Dimension.GROUP: "groups",
    Dimension.CATEGORY: "categories",
    Dimension.SEVERITY: "severities",
    Dimension.SOURCE: "sources",
    Dimension.CAMPAIGN: "campaigns",
    Dimension.WATER: "waters",
    Dimension.REACH: "reaches",
    Dimension.CHIEF: "chiefs",
    Dimension.FINDER: "finders",
}


def in_use(session: Session, dimension: Dimension) -> Mapping[Any, str]:
    """The values that get a line even where nothing is counted, each with its name, in order."""
    match dimension:
        case Dimension.VILLAGE:
            return {each.id: each.label for each in choices.villages(session)}
        case Dimension.GROUP:
            return {each.code: each.label for each in choices.categories(session) if each.parent is None}
        case Dimension.SEVERITY:
            return {each: each.label for each in Severity}
        case Dimension.SOURCE:
            return {each: each.label for each in Source}
        case Dimension.CAMPAIGN:
            return {each.id: each.label for each in choices.campaigns(session)}
        case _:
            return {}


def names(session: Session, dimension: Dimension, day: date) -> Mapping[Any, str]:
    """The values there are or were, each with its name, in order; chiefs are those of *day*.

    Nothing for what is its own name (a unit, a finder).
    """
    match dimension:
        case Dimension.VILLAGE:
            return {each.id: each.label for each in choices.areas(session, retired=True)}
        case Dimension.CAMPAIGN:
            return {each.id: each.label for each in choices.campaigns(session, retired=True)}
        case Dimension.CATEGORY | Dimension.GROUP:
            rows = session.execute(select(col(Category.code), col(Category.name)).order_by(col(Category.id)))
            return dict(rows.all())
        case Dimension.WATER:
            return dict(session.execute(select(col(Water.id), col(Water.name)).order_by(col(Water.id))).all())
        case Dimension.REACH:
            return _reaches(session)
        case Dimension.CHIEF:
            return _chiefs(session, day)
        case _:
            return {}


def _reaches(session: Session) -> dict[int, str]:
    """Every reach; where two share a name, each with its water."""
    query = (
        select(col(Reach.id), col(Reach.name), col(Water.name))
        .join(Water, col(Water.id) == col(Reach.water_id))
        .order_by(col(Reach.id))
    )
    rows = session.execute(query).all()
    held = Counter(name for _, name, _ in rows)
    return {id: name if held[name] == 1 else f"{name}（{water}）" for id, name, water in rows}


def _chiefs(session: Session, day: date) -> dict[int, str]:
    """The chiefs of *day*, the highest level first; a person of several posts by the highest."""
    height = case({level: place for place, level in enumerate(Level)}, value=col(Tenure.level))
    query = (
        select(col(Person.id), col(Person.name), col(Area.name), col(Tenure.level))
        .join(Tenure, col(Tenure.person_id) == col(Person.id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .where(col(Tenure.role).in_(CHIEF_ROLES), *within_days(Tenure, day))
        .order_by(height, col(Area.code), col(Tenure.id))
    )
    found: dict[int, str] = {}
    for person, name, area, level in session.execute(query):
        found.setdefault(person, f"{name}（{area}{level.label}）")
    return found
