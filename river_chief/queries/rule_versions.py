"""The rules an office counts and judges by, as they stand: every row in force, with its version."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from river_chief.records import (
    Category,
    ClosingRule,
    DeadlineDefault,
    Holiday,
    LadderStep,
    LightRule,
    LookBackRule,
    PatrolRule,
    ProofRule,
    Record,
    Setting,
)
from river_chief.records.columns import table
from river_chief.storage.values import encode

_RULES: tuple[type[Record], ...] = (
    Setting,
    PatrolRule,
    Category,
    DeadlineDefault,
    ClosingRule,
    ProofRule,
    LadderStep,
    LookBackRule,
    LightRule,
    Holiday,
)
_LEFT_OUT = {"id", "uid", "office", "version", "recorded_at", "retired_on"}


def rule_versions(session: Session) -> Iterator[tuple[str, int, int, str]]:
    """(table, id, version, values as JSON) of every rule in force, table by table."""
    for kind in _RULES:
        source = table(kind)
        query = select(source).order_by(source.c.id)
        if "retired_on" in source.c:
            query = query.where(source.c.retired_on.is_(None))
        for row in session.execute(query).mappings():
            values = {name: encode(value) for name, value in row.items() if name not in _LEFT_OUT}
            yield (
                source.name,
                row["id"],
                row["version"],
                json.dumps(values, ensure_ascii=False, sort_keys=True),
            )
