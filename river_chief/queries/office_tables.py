"""What an office keeps for itself, asked for: rules, categories, campaigns, users, imports, acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.fields.field import FieldSet
from river_chief.fields.office import ACTS, BATCHES, CAMPAIGNS, CATEGORIES, RULES, USERS
from river_chief.queries.history import taken_back
from river_chief.queries.ledger_query import LedgerQuery, Row, words_in
from river_chief.records import (
    Act,
    ActChange,
    Campaign,
    Category,
    ImportBatch,
    PatrolRule,
    Record,
    User,
)
from river_chief.records.columns import col, table
from river_chief.rules.grades import parse_grade_rule
from river_chief.terms import BatchState, ImportKind
from river_chief.verbs.rule_rows import TABLES


@dataclass(frozen=True, slots=True)
class OfficeFilter:
    """Conditions on rules, categories, campaigns and users; retired ones only when asked for."""

    text: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """Conditions on import batches."""

    text: str = ""
    kinds: tuple[ImportKind, ...] = ()
    states: tuple[BatchState, ...] = ()


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Conditions on acts of the journal; ``clerks`` are names."""

    text: str = ""
    clerks: tuple[str, ...] = ()
    batch: int | None = None


_Group = aliased(Category, name="category_group")


def _conditions(
    kind: type[Any], *searched: ColumnElement[Any]
) -> Callable[[OfficeFilter], Iterator[ColumnElement[bool]]]:
    def conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
        if not filter.retired:
            yield col(kind.retired_on).is_(None)
        yield from words_in(filter.text, *searched)

    return conditions


def _own(kind: type[Record], fields: FieldSet) -> dict[str, ColumnElement[Any]]:
    return {field.key: col(getattr(kind, field.key)) for field in fields if field.key in kind.model_fields}


RULE_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    RULES,
    table(PatrolRule),
    col(PatrolRule.id),
    col(PatrolRule.version),
    _own(PatrolRule, RULES),
    _conditions(PatrolRule, col(PatrolRule.name), col(PatrolRule.note)),
    order=(col(PatrolRule.id),),
)


def _finish_categories(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["grade_words"] = parse_grade_rule(row["grade"]).words


CATEGORY_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    CATEGORIES,
    table(Category).outerjoin(_Group, col(_Group.code) == col(Category.parent_code)),
    col(Category.id),
    col(Category.version),
    {**_own(Category, CATEGORIES), "group_name": col(_Group.name)},
    _conditions(Category, col(Category.name), col(Category.code), col(Category.alias), col(_Group.name)),
    order=(col(Category.id),),
    finish=_finish_categories,
)

CAMPAIGN_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    CAMPAIGNS,
    table(Campaign),
    col(Campaign.id),
    col(Campaign.version),
    _own(Campaign, CAMPAIGNS),
    _conditions(Campaign, col(Campaign.name), col(Campaign.note)),
    order=(col(Campaign.id),),
)

USER_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    USERS,
    table(User),
    col(User.id),
    col(User.version),
    _own(User, USERS),
    _conditions(User, col(User.name)),
    order=(col(User.id),),
)


BULK = "成批办理"
"""What stands for the kind of a batch that is no import."""


def _batch_conditions(filter: BatchFilter) -> Iterator[ColumnElement[bool]]:
    if filter.kinds:
        yield col(ImportBatch.kind).in_(filter.kinds)
    if filter.states:
        yield col(ImportBatch.state).in_(filter.states)
    yield from words_in(filter.text, col(ImportBatch.name), col(ImportBatch.file_name))


def _finish_batches(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["recorded_at"] = row["recorded_at"].astimezone() if row["recorded_at"] else None
        row["kind"] = row["kind"] or BULK


BATCH_TABLE: LedgerQuery[BatchFilter] = LedgerQuery(
    BATCHES,
    table(ImportBatch),
    col(ImportBatch.id),
    col(ImportBatch.version),
    _own(ImportBatch, BATCHES),
    _batch_conditions,
    order=(col(ImportBatch.id).desc(),),
    finish=_finish_batches,
)


def _act_conditions(filter: ActFilter) -> Iterator[ColumnElement[bool]]:
    if filter.clerks:
        yield col(Act.by).in_(filter.clerks)
    if filter.batch is not None:
        yield col(Act.batch_id) == filter.batch
    yield from words_in(filter.text, col(Act.sentence), col(Act.by))


def _finish_acts(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    gone = taken_back(session, [row["_id"] for row in rows])
    for row in rows:
        row["at"] = row["at"].astimezone()
        row["undone"] = row["_id"] in gone


ACT_TABLE: LedgerQuery[ActFilter] = LedgerQuery(
    ACTS,
    table(Act).outerjoin(table(ImportBatch), col(ImportBatch.id) == col(Act.batch_id)),
    col(Act.id),
    literal(1),
    {
        **{name: col(getattr(Act, name)) for name in ("at", "by", "sentence", "seq", "hash")},
        "batch_name": col(ImportBatch.name),
    },
    _act_conditions,
    order=(col(Act.id).desc(),),
    finish=_finish_acts,
)


def batch_of(session: Session, act_id: int, today: date) -> Row | None:
    """The batch an act was a part of; None where it stood alone."""
    batch_id = session.execute(select(col(Act.batch_id)).where(col(Act.id) == act_id)).scalar()
    rows = BATCH_TABLE.rows(session, [batch_id], today) if batch_id is not None else []
    return rows[0] if rows else None


def clerks(session: Session) -> list[tuple[str, str]]:
    """Everyone who signed an act, as options of a filter."""
    names = session.execute(select(col(Act.by)).distinct().order_by(col(Act.by))).scalars()
    return [(name, name) for name in names]


def records_touched(session: Session, act_id: int) -> dict[str, int]:
    """How many records of each ledger (table) an act wrote; a bulk load counts once."""
    query = (
        select(col(ActChange.ledger), func.count())
        .where(col(ActChange.act_id) == act_id)
        .group_by(col(ActChange.ledger))
        .order_by(col(ActChange.ledger))
    )
    return {row[0]: row[1] for row in session.execute(query)}


_KINDS: dict[str, type[Record]] = {
    **{str(kind.__tablename__): kind for kind in (PatrolRule, Category, Campaign, User)},
    **{name: kind.record for name, kind in TABLES.items()},
}


def values_of(session: Session, ledger: str, id: int) -> dict[str, Any]:
    """The columns of one row of *ledger* (patrol_rule, category, campaign, user, a table of rules), for a form.

    ``NotFound`` when it is gone.
    """
    record = session.get(_KINDS[ledger], id)
    if record is None:
        raise NotFound("台账里没有这一条，请刷新后重试。")
    return record.model_dump(exclude={"uid", "office", "recorded_at"})
