"""图斑核查表: the patches handed down, what was found on the spot, and what became of the real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from river_chief.fields.patches import PATCHES
from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import list_document
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.ledger_query import Row
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter
from river_chief.terms import Verdict

# As many columns as an A4 sheet lying across can show.
ON_PAPER = (
    "number village_name reach_name place lon lat area_m2 suspected verdict checked_on checker shows words photos "
    "problem_number problem_state"
).split()
_EVERY = [field.key for field in PATCHES if field.key not in ("town_name", "position_text")]
_WIDTHS = {"number": 7, "place": 9, "words": 12, "problem_number": 6}


def patch_list(wanted: Wanted) -> Document:
    """The patches its filter lets through, those of a village only where one is asked for."""
    asked: PatchFilter = wanted.filter if wanted.filter is not None else PatchFilter()
    if wanted.village is not None:
        asked = asked.only(villages=(wanted.village,))
    if wanted.span is not None:
        asked = asked.only(handed=(wanted.span.first, wanted.day))
    ids = PATCH_LEDGER.ids(wanted.session, asked, sort=wanted.sort, descending=wanted.descending)
    rows = PATCH_LEDGER.rows(wanted.session, ids, wanted.day)
    columns = Columns(PATCHES, _EVERY if wanted.every_column else ON_PAPER, widths=_WIDTHS)
    table = columns.table([row.values for row in rows], f"共{len(rows)}个图斑", public=wanted.public)
    return list_document(wanted, "图斑核查表", table, notes=(verdict_words(rows), *_excepted(rows)))


def verdict_words(rows: Sequence[Row]) -> str:
    """How many of *rows* were checked and with which verdict, in a sentence."""
    counts = Counter(row["verdict"] for row in rows)
    checked = len(rows) - counts[None]
    verdicts = "，".join(f"{verdict.label}{counts[verdict]}个" for verdict in Verdict)
    registered = sum(row["problem_number"] is not None for row in rows)
    return (
        f"所列{len(rows)}个图斑中，已核查{checked}个（{verdicts}），未核查{counts[None]}个；"
        f"属实的已登记为问题{registered}个。"
    )


def _excepted(rows: Sequence[Row]) -> tuple[str, ...]:
    """A sentence on those without a photo; none where all have one."""
    numbers = [str(row["number"]) for row in rows if row["exception"]]
    return (f"核查没有照片、已说明原因的{len(numbers)}个：{'、'.join(numbers)}。",) if numbers else ()
