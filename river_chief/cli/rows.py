"""Rows, facts and acts of the ledger, as text for a person and as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from river_chief.fields.field import Field, FieldSet
from river_chief.queries.history import ActRow
from river_chief.queries.ledger_query import Row, plain


def plain_row(row: Row) -> dict[str, Any]:
    """A row by field key, with its id and version: codes of terms, ISO dates."""
    return {
        "id": row.id,
        "version": row.version,
        **{key: plain(value) for key, value in row.values.items()},
    }


def facts(fields: FieldSet, values: Mapping[str, Any]) -> list[str]:
    """A line 标签：值 for each field that has a value."""
    texts = ((field.heading, field.text(values[field.key])) for field in fields)
    return [f"{label}：{text}" for label, text in texts if text]


def listed(rows: Sequence[Row], fields: Iterable[Field]) -> list[str]:
    """A line for each row under a line of heads, the cells parted by tabs."""
    shown = list(fields)
    lines = ["\t".join(field.heading for field in shown)]
    lines += ["\t".join(row.text(field).replace("\n", " ") for field in shown) for row in rows]
    return lines


def plain_acts(acts: Iterable[ActRow]) -> list[dict[str, Any]]:
    """Acts of the journal with the fields they changed."""
    return [
        {
            "id": act.id,
            "seq": act.seq,
            "at": act.at.isoformat(),
            "by": act.by,
            "verb": act.verb,
            "sentence": act.sentence,
            "batch": act.batch_id,
            "undoes": act.undoes,
            "undone": act.undone,
            "hash": act.hash,
            "changes": [
                {"field": change.name, "before": change.before, "after": change.after}
                for change in act.changes
            ],
        }
        for act in acts
    ]
