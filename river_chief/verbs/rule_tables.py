"""规则表: a whole table of rules put in place at once, as an office hands it over in a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, SerializeAsAny
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Record
from river_chief.verbs.input import Input
from river_chief.verbs.rule_rows import RETIRABLE, RuleRetirement, RuleRow, put, retire


class RuleTable(Input):
    """Every row of the table *ledger* from now on."""

    ledger: str
    rows: tuple[SerializeAsAny[RuleRow], ...] = Field(title="规则", min_length=1)


def replace(session: Session, entry: RuleTable, /, *, by: str, today: date) -> Changes:
    """Let the table hold exactly these rows: what stands already stays, the others are retired or added."""
    kind = RETIRABLE.get(entry.ledger)
    if kind is None or any(type(row) is not kind for row in entry.rows):
        raise Refusal("这张表不能整张替换，请逐条修改。")
    keys = [name for name in kind.model_fields if name not in ("id", "version")]
    query = select(kind.record)
    standing = [row for row in session.exec(query) if getattr(row, "retired_on", None) is None]
    wanted = list(entry.rows)
    gone: list[Record] = []
    for row in standing:
        twin = next((each for each in wanted if _values(each, keys) == _values(row, keys)), None)
        if twin is None:
            gone.append(row)
        else:
            wanted.remove(twin)
    for row in gone:
        retire(session, RuleRetirement(ledger=entry.ledger, id=row.key), by=by, today=today)
    session.flush()
    for each in wanted:
        put(session, each, by=by, today=today)
    same = len(entry.rows) - len(wanted)
    return Changes(f"替换{kind.what}表：新增{len(wanted)}条、停用{len(gone)}条、不变{same}条")


def _values(row: RuleRow | Record, keys: list[str]) -> dict[str, Any]:
    return {key: getattr(row, key) for key in keys}
