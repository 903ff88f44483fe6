"""What each kind of sheet brings: its fields, and the columns without which it says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.fields.areas import AREAS
from river_chief.fields.chiefs import CHIEFS
from river_chief.fields.field import FieldSet
from river_chief.fields.patches import PATCHES
from river_chief.fields.patrols import PATROLS
from river_chief.fields.problems import PROBLEMS
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.terms import ImportKind


@dataclass(frozen=True, slots=True)
class SheetKind:
    """The fields a sheet may bring and the keys it must bring."""

    fields: FieldSet
    required: tuple[str, ...]


SHEET_KINDS: dict[ImportKind, SheetKind] = {
    ImportKind.AREAS: SheetKind(AREAS, ("name",)),
    ImportKind.WATERS: SheetKind(WATERS, ("name",)),
    ImportKind.REACHES: SheetKind(REACHES, ("name",)),
    ImportKind.CHIEFS: SheetKind(CHIEFS, ("name",)),
    ImportKind.PATROLS: SheetKind(PATROLS, ("person_name", "started_at")),
    ImportKind.PROBLEMS: SheetKind(PROBLEMS, ("description",)),
    ImportKind.PATCHES: SheetKind(PATCHES, ("number",)),
}
