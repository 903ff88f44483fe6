"""A record in words, from its row alone: 问题砚2025-003, 图斑12, 柳塘村2025年3月的零报告.

A row that only belongs to another record (a round, a step, a photo) is called by that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from river_chief.fields.ledger_names import ledger_name
from river_chief.records.record import METADATA
from river_chief.rules.office import OfficeSettings

Row = Mapping[str, Any]
# The column of the record a row belongs to, the first that has a value.
_OWNERS: dict[str, tuple[str, ...]] = {
    "problem_round": ("problem_id",),
    "problem_campaign": ("problem_id",),
    "step": ("problem_id",),
    "work": ("problem_id", "patrol_id"),
    "paper_problem": ("paper_id",),
    "attachment": ("problem_id", "patrol_id", "paper_id", "patch_id"),
    "patrol_reach": ("patrol_id",),
    "patrol_check": ("patrol_id",),
    "tenure_reach": ("tenure_id",),
    "reach_area": ("reach_id",),
}
# What a record is called by: its number or name after the ledger's own name.
_CALLED = {
    "problem": "number",
    "patch": "number",
    "area": "name",
    "water": "name",
    "reach": "name",
    "person": "name",
    "campaign": "name",
    "category": "name",
    "user": "name",
    "patrol_rule": "name",
    "ladder_step": "name",
    "holiday": "day",
    "saved_report": "name",
}


def words_for(connection: Connection, records: Iterable[tuple[str, int]]) -> list[str]:
    """What the records (ledger, id) are called, each name once, in that order."""
    return list(dict.fromkeys(in_words(connection, ledger, id) for ledger, id in records))


def in_words(connection: Connection, ledger: str, id: int) -> str:
    """What one record is called; one that is gone by its ledger and id."""
    row = _row(connection, ledger, id)
    if row is None:
        return f"{ledger_name(ledger)}（第{id}条）"
    for column in _OWNERS.get(ledger, ()):
        if row[column] is not None:
            (key,) = METADATA.tables[ledger].c[column].foreign_keys
            return in_words(connection, key.column.table.name, row[column])
    if ledger in _CALLED:
        return f"{ledger_name(ledger)}{row[_CALLED[ledger]]}"
    told = _TOLD.get(ledger)
    return told(connection, row) if told is not None else f"{ledger_name(ledger)}（第{id}条）"


def _row(connection: Connection, ledger: str, id: int) -> Row | None:
    table = METADATA.tables[ledger]
    row = connection.execute(select(table).where(table.c.id == id)).mappings().first()
    return None if row is None else dict(row)


def _named(connection: Connection, ledger: str, id: int | None) -> str:
    """The bare name of a record another one speaks of."""
    row = _row(connection, ledger, id) if id is not None else None
    return str(row["name"]) if row is not None else ""


def _patrol(connection: Connection, row: Row) -> str:
    return f"{_named(connection, 'person', row['person_id'])}{row['started_at']:%Y-%m-%d}的巡河记录"


def _sweep(connection: Connection, row: Row) -> str:
    return f"{in_words(connection, 'problem', row['problem_id'])}的举一反三"


def _sweep_answer(connection: Connection, row: Row) -> str:
    place = _named(connection, "area", row["area_id"]) or _named(connection, "reach", row["reach_id"])
    return f"{place}的举一反三答复"


def _setting(connection: Connection, row: Row) -> str:
    field = OfficeSettings.model_fields.get(row["name"])
    return f"设置“{field.title if field is not None else row['name']}”"


_TOLD: dict[str, Callable[[Connection, Row], str]] = {
    "tenure": lambda connection, row: f"{_named(connection, 'person', row['person_id'])}的任职",
    "patrol": _patrol,
    "paper": lambda connection, row: f"{row['kind'].label}{row['number']}",
    "sweep": _sweep,
    "sweep_answer": _sweep_answer,
    "zero_report": lambda connection, row: (
        f"{_named(connection, 'area', row['area_id'])}{row['year']}年{row['month']}月的零报告"
    ),
    "report_text": lambda connection, row: (
        f"{row['first']:%Y-%m-%d}至{row['last']:%Y-%m-%d}报告的“{row['part'].label}”文字"
    ),
    "setting": _setting,
    "closing_rule": lambda connection, row: f"{row['source'].label}的销号权限",
    "proof_rule": lambda connection, row: f"{row['action'].label}的佐证要求",
    "deadline_default": lambda connection, row: f"{row['clock'].label}的时限",
}
