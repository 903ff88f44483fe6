"""表八 and 表九 of the monthly report: the problems to be watched, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from river_chief.fields.problems import PROBLEMS
from river_chief.papers.document import Cell, Column, Kind, Table
from river_chief.papers.kinds.list_table import Columns, Values
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_notes import watched_notes
from river_chief.terms import Severity, State

_BEFORE = "number water_name village_name brief severity unit officer deadline".split()
_LABELS = {"deadline": "整改时限"}
_WIDTHS = {"number": 6, "brief": 20, "unfinished_reason": 9, "next_step": 9, "progress": 10}


def watched_table(facts: MonthlyFacts) -> Table:
    """表八 逾期及重点问题清单: the overdue first, then what is grave or held up."""
    rows = [*facts.overdue, *facts.key]
    table = Columns(
        PROBLEMS, [*_BEFORE, *"overdue_days state unfinished_reason next_step".split()], _LABELS, _WIDTHS
    ).table(rows, f"逾期{len(facts.overdue)}个，重点{len(facts.key)}个")
    why = [Cell("、".join(reasons(row))) for row in rows]
    captioned = _captioned(
        table, "表八　逾期及重点问题清单", "期末没有逾期问题和重点问题", ("列入原因", 4.5, why)
    )
    return replace(captioned, notes=watched_notes())


def due_next_table(facts: MonthlyFacts) -> Table:
    """表九 下月到期清单."""
    table = Columns(PROBLEMS, [*_BEFORE, *"state progress next_step".split()], _LABELS, _WIDTHS).table(
        facts.due_next, f"共{len(facts.due_next)}个问题"
    )
    return _captioned(table, f"表九　{facts.after}到期问题清单", f"{facts.after}没有到期问题")


def reasons(values: Values) -> Iterable[str]:
    """Why a problem is watched: 逾期, 重大, 较严重, 挂账."""
    if values["overdue_days"] and values["rectified_on"] is None:
        yield "逾期"
    if values["severity"] in (Severity.MAJOR, Severity.SERIOUS):
        yield values["severity"].label
    if values["state"] is State.SUSPENDED:
        yield "挂账"


def _captioned(
    table: Table, caption: str, empty: str, more: tuple[str, float, Sequence[Cell]] | None = None
) -> Table:
    """*table* under its caption, with one more column after the numbers where it is given."""
    columns, rows, total = table.columns, tuple(table.cell_rows), table.total
    if more is not None:
        label, width, cells = more
        columns = (columns[0], Column(label, width, Kind.TEXT), *columns[1:])
        rows = tuple((row[0], cell, *row[1:]) for row, cell in zip(rows, cells, strict=True))
        total = (total[0], Cell(), *total[1:]) if total else ()
    return Table(columns, rows, total=total, caption=caption, empty=empty)
