"""问题清单: what was found, where and how large."""

from __future__ import annotations

from river_chief.fields.problems import ISSUE_LIST, PROBLEMS
from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import problem_list
from river_chief.papers.kinds.wanted import Wanted

COLUMNS = Columns(
    PROBLEMS,
    ISSUE_LIST,
    widths={"number": 6, "place": 17, "description": 30, "category_name": 8},
    labels={"place": "具体位置(桩号/岸别)", "extent": "规模(面积㎡/长度m/体积m³)"},
)


def issue_list(wanted: Wanted) -> Document:
    """The issue list (domain page, three lists)."""
    return problem_list(wanted, "问题清单", COLUMNS)
