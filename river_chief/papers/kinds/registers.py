"""巡河记录, 河长名录, 河湖名录, 河段名录, 行政区划: the other ledgers as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from river_chief.papers.document import Document
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import list_document, with_span
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter
from river_chief.queries.ledger_query import LedgerQuery
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.waters import (
    AREA_LEDGER,
    REACH_LEDGER,
    WATER_LEDGER,
    AreaFilter,
    ReachFilter,
    WaterFilter,
)


@dataclass(frozen=True, slots=True)
class Register:
    """A ledger printed as it is: its name, what its rows are counted in, and the columns on paper."""

    name: str
    counted: str
    ledger: LedgerQuery[Any]
    keys: Sequence[str]
    sort: str = ""
    summed: Sequence[str] = ()

    def make(self, wanted: Wanted) -> Document:
        """The rows its filter lets through, or the ledger's own choice where none is given."""
        wanted = with_span(wanted)
        asked = wanted.filter if wanted.filter is not None else _own_filter(self.ledger, wanted)
        ids = self.ledger.ids(
            wanted.session, asked, sort=wanted.sort or self.sort, descending=wanted.descending
        )
        rows = self.ledger.rows(wanted.session, ids, wanted.day)
        keys = [field.key for field in self.ledger.fields] if wanted.every_column else self.keys
        table = Columns(self.ledger.fields, keys, summed=self.summed).table(
            [row.values for row in rows], f"共{len(rows)}{self.counted}", public=wanted.public
        )
        return list_document(wanted, self.name, table, notes=())


def _own_filter(ledger: LedgerQuery[Any], wanted: Wanted) -> Any:
    """Patrols of the days asked for, tenures in force at their end, and what is not retired."""
    villages = () if wanted.village is None else (wanted.village,)
    if ledger is PATROL_LEDGER:
        return PatrolFilter(days=wanted.span, areas=villages)
    if ledger is CHIEF_LEDGER:
        return ChiefFilter(on=wanted.day, areas=villages)
    if ledger is REACH_LEDGER:
        return ReachFilter(villages=villages)
    return AreaFilter() if ledger is AREA_LEDGER else WaterFilter()


PATROLS = Register(
    "巡河台账",
    "次",
    PATROL_LEDGER,
    (
        "started_at person_name level area_name water_name reach_names minutes km from_place to_place performer "
        "mode weather has_finding finding handling entry valid note"
    ).split(),
    sort="started_at",
    summed=("minutes", "km"),
)
CHIEFS = Register(
    "河长名录",
    "人次",
    CHIEF_LEDGER,
    "name gender role level area_name unit title phone reach_names valid_from valid_to note".split(),
)
WATERS = Register(
    "河湖名录",
    "条（个）",
    WATER_LEDGER,
    "code name kind system basin length_km upper_name source_place mouth_place reach_count reach_names note".split(),
)
REACHES = Register(
    "河段名录",
    "段",
    REACH_LEDGER,
    (
        "code name water_name kind level length_km from_place to_place village_names target_class downstream_name "
        "county_chief town_chief village_chief note"
    ).split(),
    summed=("length_km",),
)
AREAS = Register(
    "行政区划名录", "个", AREA_LEDGER, "code name level parent_name population valid_from".split()
)
