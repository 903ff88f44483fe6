"""What adds a record that a sheet names and the ledger lacks, once the clerk has ticked it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from river_chief.fields.field import Value
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.labels import term
from river_chief.intake.places_named import kind_by_name
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.record_names import RecordNames
from river_chief.terms import AreaLevel, Level
from river_chief.verbs import office, waters

Facts = Mapping[str, Value]


def adding(missing: Missing, facts: Facts, names: RecordNames) -> Sequence[Doing]:
    """The verb that adds a village, water, reach or campaign; ``facts``: the ``level`` of a reach."""
    values: dict[str, Any]
    match missing.kind:
        case MissingKind.VILLAGE:
            values = {"name": missing.name, "level": AreaLevel.VILLAGE, "parent_id": names.home.id}
            return (Doing(waters.add_area, waters.NewArea, values, missing.ref),)
        case MissingKind.WATER:
            values = {"name": missing.name, "kind": kind_by_name(missing.name)}
            return (Doing(waters.add_water, waters.NewWater, values, missing.ref),)
        case MissingKind.REACH:
            values = {
                "name": missing.name,
                "water_id": _water(missing, names),
                "kind": kind_by_name(missing.within),
                "level": _level(facts),
            }
            return (Doing(waters.add_reach, waters.NewReach, values, missing.ref),)
        case _:
            return (Doing(office.add_campaign, office.NewCampaign, {"name": missing.name}, missing.ref),)


def adding_words(missing: Missing, facts: Facts, names: RecordNames) -> str:
    """What ``adding`` would add: 河段“上砚沟”（属砚溪，乡级）."""
    what = f"{missing.kind.label}“{missing.name}”"
    match missing.kind:
        case MissingKind.VILLAGE if names.home.name:
            return f"{what}（属{names.home.name}）"
        case MissingKind.WATER:
            return f"{what}（{kind_by_name(missing.name).label}）"
        case MissingKind.REACH:
            return f"{what}（属{missing.within}，{_level(facts).label}）"
        case _:
            return what


def _water(missing: Missing, names: RecordNames) -> int | Ref:
    found = names.waters.find(missing.within)
    return found[0].id if found else Ref(MissingKind.WATER.value, missing.within)


def _level(facts: Facts) -> Level:
    level = facts.get("level")
    found = term(Level, level) if isinstance(level, str) else None
    return found if isinstance(found, Level) else Level.TOWN
