"""A workbook planned against a ledger and taken in, in few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from river_chief.intake.import_apply import Applied, apply
from river_chief.intake.import_plan import plan
from river_chief.intake.plan import Answers, Missing, Plan, RowPlan
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet, read_sheet
from river_chief.queries.ledger_query import LedgerQuery
from river_chief.storage.undo import undo_batch
from river_chief.terms import ImportKind
from tests.builders import CLERK, Office
from tests.intake.books import Cell, write_book


@dataclass(frozen=True)
class Import:
    """One sheet for one ledger."""

    office: Office
    kind: ImportKind
    path: Path
    today: date

    @property
    def sheet(self) -> RawSheet:
        return read_sheet(self.path, SHEET_KINDS[self.kind])

    def plan(
        self,
        add: Iterable[Missing] = (),
        given: Mapping[str, str] | None = None,
        cells: Mapping[tuple[int, str], str] | None = None,
    ) -> Plan:
        answers = Answers(frozenset(add), given or {}, cells or {})
        with self.office.database.read() as session:
            return plan(session, self.sheet, self.kind, today=self.today, answers=answers)

    def apply(self, made: Plan | None = None, **how: Any) -> Applied:
        return apply(self.office.database, made or self.plan(), by=CLERK, today=self.today, **how)

    def undo(self, batch: int) -> str:
        with self.office.database.write(by=CLERK, today=self.today) as writer:
            return undo_batch(writer, batch)


def of_rows(
    office: Office,
    kind: ImportKind,
    folder: Path,
    *rows: Mapping[str, Cell],
    name: str = "导入.xlsx",
    today: date | None = None,
) -> Import:
    """A sheet whose heads are the keys of *rows*; the first row of data is row 2."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    lines: list[list[Cell]] = [list(heads), *[[row.get(head) for head in heads] for row in rows]]
    path = write_book(folder / name, {"表": lines})
    return Import(office, kind, path, today or office.today)


def states(made: Plan) -> list[str]:
    return [row.state.value for row in made.rows]


def row_of(made: Plan, number: int) -> RowPlan:
    return next(row for row in made.rows if row.row == number)


def refused(made: Plan) -> dict[str, str]:
    """Reason by address (by head of the column where there is no cell)."""
    return {cell.address or cell.column: cell.reason for row in made.rows for cell in row.cells}


def ledger(office: Office, query: LedgerQuery[Any], filter: Any) -> list[dict[str, Any]]:
    """The rows of a ledger by field key."""
    with office.database.read() as session:
        rows = query.rows(session, query.ids(session, filter), office.today)
        return [dict(row.values) for row in rows]
