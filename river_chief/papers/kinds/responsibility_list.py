"""责任清单: who answers for each problem, and until when."""

from __future__ import annotations

from river_chief.fields.problems import PROBLEMS, RESPONSIBILITY_LIST
from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import problem_list
from river_chief.papers.kinds.wanted import Wanted

COLUMNS = Columns(
    PROBLEMS,
    RESPONSIBILITY_LIST,
    labels={"responsibility_note": "备注"},
    widths={"number": 6, "brief": 22, "officer_title": 8, "unit": 8},
)


def responsibility_list(wanted: Wanted) -> Document:
    """The responsibility list (domain page, three lists)."""
    return problem_list(wanted, "问题责任清单", COLUMNS)
