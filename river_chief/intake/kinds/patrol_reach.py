"""The reaches a patrol went along: written in the sheet, or the only ones its places can mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlmodel import Session

from river_chief.intake.characters import compact
from river_chief.intake.doings import Ref
from river_chief.intake.places_named import Found, reach_named, water_named
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Reach, Water


class PatrolReaches:
    """Finds the reaches of a row; several that fit equally are left to the clerk."""

    def __init__(self, session: Session, names: RecordNames) -> None:
        self._names = names
        self._known = {one.key: one for one in session.execute(select(Reach)).scalars()}

    def written(self, row: SheetRow) -> tuple[int | Ref, ...]:
        """The reaches named in 巡查河段, or by 河湖名称 where it names a reach."""
        water, reach = water_named(row, "water_name", self._names)
        found = [
            reach_named(row, "reach_names", name, water, self._names) for name in row.names("reach_names")
        ]
        named = tuple(one for one in found if one is not None)
        return named or ((reach,) if reach is not None else ())

    def along(self, area: Found) -> tuple[int, ...]:
        """The reaches that run through a village."""
        return tuple(reach for reach, villages in self._names.villages_of.items() if area in villages)

    def meant(self, row: SheetRow, candidates: Sequence[int]) -> tuple[int, ...]:
        """The only one of *candidates*, or the only one the water or the start and end point to; else none."""
        water = self._names.waters.find(row.words("water_name"))
        if water:
            candidates = [id for id in candidates if self._known[id].water_id == water[0].id]
        if len(candidates) == 1:
            row.note(f"巡查河段取他负责的{self._known[candidates[0]].name}。")
            return (candidates[0],)
        places = [compact(row.words(key)) for key in ("from_place", "to_place")]
        tests: tuple[Callable[[Reach], bool], ...] = (
            lambda reach: set(filter(None, places)) == {compact(reach.from_place), compact(reach.to_place)},
            lambda reach: any(compact(reach.name) in place for place in places),
            lambda reach: any(self._water_name(reach) in place for place in places),
        )
        for fits in tests:
            hits = [id for id in candidates if fits(self._known[id])]
            if len(hits) == 1:
                row.note(f"巡查河段按起止点取{self._known[hits[0]].name}。")
                return (hits[0],)
        return ()

    def _water_name(self, reach: Reach) -> str:
        return compact(self._names.name_of(Water, reach.water_id))
