"""The saved reports of the office: their names, and what each is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.records import SavedReport
from river_chief.records.columns import col
from river_chief.verbs.report_definition import Definition, definition_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved report as it lies in the ledger; ``stored`` is its definition, not yet looked at."""

    id: int
    version: int
    name: str
    note: str
    retired_on: date | None
    stored: Any

    @property
    def definition(self) -> Definition:
        """What it is made of; ``Refusal`` where this program can not read it."""
        return definition_of(self.name, self.stored)


def saved_reports(session: Session, *, retired: bool = False) -> list[Kept]:
    """The reports in use (with *retired*: and those that were), in the order they were made."""
    query = select(
        col(SavedReport.id),
        col(SavedReport.version),
        col(SavedReport.name),
        col(SavedReport.note),
        col(SavedReport.retired_on),
        col(SavedReport.definition),
    ).order_by(col(SavedReport.retired_on).is_not(None), col(SavedReport.id))
    found = [Kept(*row) for row in session.execute(query)]
    return [each for each in found if retired or each.retired_on is None]


def saved_report(session: Session, name: str) -> Kept:
    """The report called *name* (or with that id), in use or not; ``NotFound`` where there is none."""
    every = saved_reports(session, retired=True)
    wanted = name.strip()
    for fits in (lambda each: each.name == wanted, lambda each: str(each.id) == wanted):
        for each in every:
            if fits(each):
                return each
    known = "、".join(each.name for each in every if each.retired_on is None)
    raise NotFound(
        f"没有自定义报表“{wanted}”，" + (f"已保存的有：{known}。" if known else "还没有保存过报表。")
    )
