"""批次: opened before a workbook is taken in or an action is done on many records; its acts carry its id."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.records import ImportBatch
from river_chief.terms import ImportKind
from river_chief.verbs.input import Input


class NewBatch(Input):
    """What is taken in, from which file, with how many rows of each state; no kind where it is no workbook."""

    kind: ImportKind | None = Field(None, title="种类")
    name: str = Field(title="批次名称", min_length=1, max_length=120)
    file_name: str = Field("", title="文件", max_length=200)
    sheet: str = Field("", title="工作表", max_length=80)
    sha256: str = Field("", max_length=64)
    new: int = Field(0, title="新增", ge=0)
    changed: int = Field(0, title="变更", ge=0)
    same: int = Field(0, title="相同", ge=0)
    refused: int = Field(0, title="拒收", ge=0)


def open_batch(session: Session, entry: NewBatch, /, *, by: str, today: date) -> Changes:
    """Open a batch for an import, or for acts done together."""
    batch = ImportBatch(**entry.model_dump())
    session.add(batch)
    session.flush()
    sentence = f"导入{entry.kind.label}“{entry.name}”" if entry.kind is not None else entry.name
    return Changes(sentence, batch.key)
