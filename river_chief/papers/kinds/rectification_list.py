"""整改清单: how each problem is being put right, and how far it is."""

from __future__ import annotations

from river_chief.fields.problems import PROBLEMS, RECTIFICATION_LIST
from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import problem_list
from river_chief.papers.kinds.wanted import Wanted

COLUMNS = Columns(
    PROBLEMS,
    RECTIFICATION_LIST,
    labels={"rectification_note": "备注"},
    widths={"number": 6, "acceptors": 9, "brief": 18, "goal": 13, "measures": 13, "progress": 13},
)


def rectification_list(wanted: Wanted) -> Document:
    """The rectification list (domain page, three lists)."""
    return problem_list(wanted, "问题整改清单", COLUMNS)
