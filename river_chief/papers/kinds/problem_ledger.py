"""问题台账, 逾期问题清单, 临期问题清单: the ledger in one, and what in it is or will soon be late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from river_chief.fields.problems import ISSUE_LIST, PROBLEMS, RECTIFICATION_LIST, RESPONSIBILITY_LIST
from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import (
    COUNTED,
    chosen,
    list_document,
    problem_rows,
    shown,
    with_span,
)
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.periods import Span

# As many columns as an A4 sheet lying across can show.
ON_PAPER = (
    "number state found_on source water_name village_name place category_group brief severity severity_reason unit officer "
    "assigned_on deadline progress rectified_on closed_on overdue_days"
).split()
_WIDTHS = {
    "number": 6,
    "severity_reason": 6,
    "brief": 20,
    "place": 10,
    "progress": 12,
    "unfinished_reason": 9,
    "next_step": 9,
}
_THREE = dict.fromkeys([*ISSUE_LIST, *RESPONSIBILITY_LIST, *RECTIFICATION_LIST])
EVERY = [*_THREE, "severity_reason", "disposal"]
WATCHED = (
    "number water_name reach_name village_name brief severity unit officer officer_phone assign_number "
    "first_deadline extended_deadline {clock} state progress unfinished_reason next_step"
)


def problem_ledger(wanted: Wanted) -> Document:
    """The ledger: the columns an A4 sheet can show, or all of the three lists."""
    wanted = with_span(wanted)
    rows = [shown(row) for row in problem_rows(wanted)]
    columns = Columns(PROBLEMS, EVERY if wanted.every_column else ON_PAPER, widths=_WIDTHS)
    table = columns.table(rows, f"共{len(rows)}{COUNTED}", public=wanted.public)
    return list_document(wanted, "河湖问题台账", table, notes=(chosen(wanted).replace("清单", "台账", 1),))


def overdue_list(wanted: Wanted) -> Document:
    """Not finished, and past the approved deadline today."""
    note = f"本清单列整改时限（批准延期的以延期后时限为准）早于{wanted.today}而尚未完成整改的问题。"
    return _watched(wanted, "河湖问题逾期清单", "overdue_days", {"overdue_on": wanted.today}, note)


def due_list(wanted: Wanted) -> Document:
    """Not finished, and due in the next days (of the office's setting)."""
    last = wanted.today + timedelta(days=wanted.settings.due_soon_days)
    note = f"本清单列整改时限在{wanted.today}至{last}之间而尚未完成整改的问题。"
    asked = {"due_by": last, "deadline": Span(wanted.today, last)}
    return _watched(wanted, "河湖问题临期清单", "days_left", asked, note)


def _watched(wanted: Wanted, name: str, clock: str, asked: dict[str, object], note: str) -> Document:
    base: ProblemFilter = wanted.filter if wanted.filter is not None else ProblemFilter()
    wanted = replace(wanted, span=None, filter=base.only(**asked), sort=wanted.sort or "deadline")
    rows = [shown(row) for row in problem_rows(wanted)]
    columns = Columns(PROBLEMS, WATCHED.format(clock=clock).split(), widths=_WIDTHS)
    empty = "目前没有" + ("逾期" if clock == "overdue_days" else "临期") + "问题"
    table = columns.table(rows, f"共{len(rows)}{COUNTED}", public=wanted.public, empty=empty)
    return list_document(wanted, name, table, notes=(note,))
