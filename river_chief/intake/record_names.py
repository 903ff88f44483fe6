"""Records of the ledger by the names sheets use for them; each list is asked for once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlmodel import Session

from river_chief.fields.field import Value
from river_chief.intake.category_names import CategoryName, CategoryNames
from river_chief.intake.characters import compact
from river_chief.queries import choices
from river_chief.queries.choices import Choice
from river_chief.records import Area, Category, Reach, ReachArea, Water
from river_chief.records.columns import col
from river_chief.terms import AreaLevel

_BRACKETS = re.compile(r"\([^()]*\)")
_OFFICES = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会)$")
_VILLAGE_ENDING = re.compile(r"(?:社区|村)$")


class ByName:
    """Choices by label and code; a looser spelling counts only where no label fits."""

    def __init__(self, found: Iterable[Choice], loose: Mapping[str, Sequence[Choice]] | None = None) -> None:
        self.all = tuple(found)
        self._exact: dict[str, list[Choice]] = {}
        for choice in self.all:
            for word in {compact(choice.label), compact(choice.code)} - {""}:
                self._exact.setdefault(word, []).append(choice)
        self._loose = loose or {}

    def find(self, text: str) -> Sequence[Choice]:
        """The choices *text* names, most often one or none."""
        words = compact(text)
        bare = _BRACKETS.sub("", words)
        return self._exact.get(words) or self._exact.get(bare) or self._loose.get(bare) or ()


@dataclass(frozen=True, slots=True)
class Home:
    """The township of the ledger: its area id, name, and the names it goes by in addresses."""

    id: int | None
    name: str

    def is_meant_by(self, text: str) -> bool:
        """Whether *text* (砚溪镇, 澜川县砚溪镇) names this township."""
        words = compact(text)
        return not self.name or words.endswith(self.name) or words == self.name.rstrip("镇乡街道")

    def without(self, text: str) -> str:
        """*text* without the township (and what stands before it): 砚溪镇柳塘村 → 柳塘村."""
        words = compact(text)
        return words.rpartition(self.name)[2] or words if self.name else words


class RecordNames:
    """Finds villages, waters, reaches, campaigns, divisions and categories by name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def home(self) -> Home:
        """The township of the ledger."""
        query = (
            select(col(Area.id), col(Area.name))
            .where(col(Area.level) == AreaLevel.TOWN)
            .order_by(col(Area.id))
        )
        row = self._session.execute(query).first()
        return Home(row[0], row[1]) if row else Home(None, "")

    @cached_property
    def villages(self) -> ByName:
        """Villages in use; 柳塘 and 柳塘村委会 are 柳塘村 when no other village is meant."""
        found = choices.villages(self._session)
        loose: dict[str, list[Choice]] = {}
        for choice in found:
            loose.setdefault(stem(choice.label), []).append(choice)
        return ByName(found, loose)

    @cached_property
    def areas(self) -> ByName:
        """Divisions in use."""
        return ByName(choices.areas(self._session))

    @cached_property
    def waters(self) -> ByName:
        """Waters in use."""
        return ByName(choices.waters(self._session))

    @cached_property
    def reaches(self) -> ByName:
        """Reaches in use; ``parent`` is the water's id, ``hint`` its name."""
        return ByName(choices.reaches(self._session))

    @cached_property
    def campaigns(self) -> ByName:
        """Campaigns in use."""
        return ByName(choices.campaigns(self._session))

    @cached_property
    def categories(self) -> CategoryNames:
        """Categories in use."""
        return CategoryNames(
            CategoryName(choice.code, str(choice.parent or ""), choice.label, choice.hint)
            for choice in choices.categories(self._session)
        )

    @cached_property
    def category_of(self) -> dict[str, Category]:
        """Every category by code."""
        rows = self._session.execute(select(Category)).scalars()
        return {row.code: row for row in rows}

    @cached_property
    def reaches_of(self) -> dict[tuple[int, int], list[Choice]]:
        """The reaches of a water in a village, by (water id, village id)."""
        found: dict[tuple[int, int], list[Choice]] = {}
        by_id = {choice.id: choice for choice in self.reaches.all}
        for reach_id, village_id in self._crossings:
            if (reach := by_id.get(reach_id)) is not None:
                found.setdefault((int(reach.parent or 0), village_id), []).append(reach)
        return found

    @cached_property
    def villages_of(self) -> dict[int, list[int]]:
        """Ids of the villages a reach runs through, by reach, downstream."""
        found: dict[int, list[int]] = {}
        for reach_id, village_id in self._crossings:
            found.setdefault(reach_id, []).append(village_id)
        return found

    @cached_property
    def _crossings(self) -> list[tuple[int, int]]:
        query = (
            select(col(ReachArea.reach_id), col(ReachArea.area_id))
            .where(col(ReachArea.ordinal) > 0)
            .order_by(col(ReachArea.reach_id), col(ReachArea.ordinal))
        )
        return [(reach_id, area_id) for reach_id, area_id in self._session.execute(query)]

    @cached_property
    def retired(self) -> frozenset[str]:
        """Names of divisions, waters and reaches that are out of use."""
        found: set[str] = set()
        for kind in (Area, Water, Reach):
            query = select(col(kind.name)).where(col(kind.retired_on).is_not(None))
            found.update(compact(name) for name in self._session.execute(query).scalars())
        return frozenset(found)

    def name_of(self, kind: type[Area | Water | Reach], id: Value) -> str:
        """The name of a record, in use or not; "" without an id."""
        if not isinstance(id, int):
            return ""
        names = {Area: self._area_names, Water: self._water_names, Reach: self._reach_names}[kind]
        return names.get(id, "")

    @cached_property
    def _area_names(self) -> dict[int, str]:
        return dict(self._session.execute(select(col(Area.id), col(Area.name))).all())

    @cached_property
    def _water_names(self) -> dict[int, str]:
        return dict(self._session.execute(select(col(Water.id), col(Water.name))).all())

    @cached_property
    def _reach_names(self) -> dict[int, str]:
        return dict(self._session.execute(select(col(Reach.id), col(Reach.name))).all())


def stem(name: str) -> str:
    """The name of a village without 村, 社区 or its committee: 柳塘村委会 → 柳塘."""
    whole = _OFFICES.sub("村", compact(name))
    return _VILLAGE_ENDING.sub("", whole) or whole
