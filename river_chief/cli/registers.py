"""What the registers (waters, reaches, divisions, chiefs, patrols) have in common: add, edit, show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.cli.desk import answer
from river_chief.cli.rows import facts, plain_row
from river_chief.errors import NotFound
from river_chief.queries.ledger_query import LedgerQuery, Row
from river_chief.records import Record


def tell(done: Changes, as_json: bool, **more: Any) -> None:
    """Answer what a verb did: its sentence and the id of the record."""
    answer(
        {"id": done.id, "sentence": done.sentence, **more}, f"{done.sentence}（编号 {done.id}）。", as_json
    )


def row_of(session: Session, ledger: LedgerQuery[Any], id: int, today: date, what: str) -> Row:
    """The row of the record with *id*; ``NotFound`` names *what* was looked for."""
    rows = ledger.rows(session, [id], today)
    if not rows:
        raise NotFound(f"台账里没有{what} {id}，请核对编号。")
    return rows[0]


def tell_row(
    ledger: LedgerQuery[Any], row: Row, as_json: bool, more: Mapping[str, Any] | None = None
) -> None:
    """Answer one row of a register: every field."""
    text = "\n".join([f"编号：{row.id}", *facts(ledger.fields, row.values)])
    answer({**plain_row(row), **(more or {})}, text, as_json)


def kept(record: Record, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The values *record* has now, for an edit that changes only some of them."""
    return {key: getattr(record, key) for key in keys if hasattr(record, key)}
