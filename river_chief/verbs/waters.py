"""河湖、河段、行政区划: added, edited, retired."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Area, Reach, ReachArea, Record, Water
from river_chief.records.columns import col
from river_chief.terms import AreaLevel, Bank, Level, WaterClass, WaterKind
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, ids_exist, unchanged


class NewArea(Input):
    """A division to be added under ``parent_id``."""

    name: str = Field(title="行政区名称", min_length=1, max_length=60)
    level: AreaLevel = Field(title="层级")
    code: str = Field("", title="行政区代码", pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?$")
    parent_id: int | None = Field(None, title="上级行政区")
    population: int | None = Field(None, title="人口", ge=0)
    valid_from: date | None = Field(None, title="启用日期")


class AreaEdit(NewArea):
    """The new values of a division."""

    id: int
    version: int | None = None


def add_area(session: Session, entry: NewArea, /, *, by: str, today: date) -> Changes:
    """Add a division; refused when its parent already has one of that name."""
    _area_is_new(session, entry, None)
    area = Area(**entry.model_dump())
    session.add(area)
    session.flush()
    return Changes(f"新增行政区{area.name}", area.key)


def edit_area(session: Session, entry: AreaEdit, /, *, by: str, today: date) -> Changes:
    """Change a division's name, code or other values."""
    area = existing(session, Area, entry.id, "个行政区")
    unchanged(area, entry.version, f"行政区{area.name}")
    _area_is_new(session, entry, area.key)
    _set(area, entry)
    return Changes(f"修改行政区{area.name}", area.key)


class NewWater(Input):
    """A water body to be added."""

    code: str = Field("", title="河流编码", max_length=40)
    name: str = Field(title="河湖名称", min_length=1, max_length=60)
    kind: WaterKind = Field(WaterKind.RIVER, title="河湖类型")
    system: str = Field("", title="所属水系", max_length=60)
    basin: str = Field("", title="所属流域", max_length=60)
    bank: str = Field("", title="河流岸别", max_length=20)
    length_km: float | None = Field(None, title="河流长度", ge=0, lt=10000)
    catchment_km2: float | None = Field(None, title="流域面积", ge=0)
    upper_code: str = Field("", title="上级河流编码", max_length=40)
    upper_name: str = Field("", title="上级河流名称", max_length=60)
    source_place: str = Field("", title="河源", max_length=120)
    source_lon: float | None = Field(None, title="河源经度", ge=-180, le=180)
    source_lat: float | None = Field(None, title="河源纬度", ge=-90, le=90)
    mouth_place: str = Field("", title="河口", max_length=120)
    mouth_lon: float | None = Field(None, title="河口经度", ge=-180, le=180)
    mouth_lat: float | None = Field(None, title="河口纬度", ge=-90, le=90)
    note: str = Field("", title="备注", max_length=500)


class WaterEdit(NewWater):
    """The new values of a water body."""

    id: int
    version: int | None = None


def add_water(session: Session, entry: NewWater, /, *, by: str, today: date) -> Changes:
    """Add a water body; without a code it gets the next local one (H + three digits)."""
    code = entry.code or _free_code(session, "H")
    _water_is_new(session, code, None)
    water = Water(**{**entry.model_dump(), "code": code})
    session.add(water)
    session.flush()
    return Changes(f"新增河湖{water.name}", water.key)


def edit_water(session: Session, entry: WaterEdit, /, *, by: str, today: date) -> Changes:
    """Change a water body's values."""
    water = existing(session, Water, entry.id, "条河湖")
    unchanged(water, entry.version, f"河湖{water.name}")
    values = entry.model_copy(update={"code": entry.code or water.code})
    _water_is_new(session, values.code, water.key)
    _set(water, values)
    return Changes(f"修改河湖{water.name}", water.key)


class NewReach(Input):
    """A reach to be added; ``area_ids`` are the villages it runs through, downstream."""

    water_id: int = Field(title="河湖")
    code: str = Field("", title="河段编码", max_length=40)
    name: str = Field(title="河段名称", min_length=1, max_length=60)
    kind: WaterKind = Field(WaterKind.RIVER, title="河湖类型")
    level: Level = Field(Level.TOWN, title="河湖级别")
    length_km: float | None = Field(None, title="长度", ge=0, lt=10000)
    from_place: str = Field("", title="起点", max_length=120)
    to_place: str = Field("", title="终点", max_length=120)
    bank: Bank | None = Field(None, title="岸别")
    target_class: WaterClass | None = Field(None, title="目标水质")
    downstream_id: int | None = Field(None, title="下游河段")
    area_ids: tuple[int, ...] = Field((), title="流经村")
    note: str = Field("", title="备注", max_length=500)


class ReachEdit(NewReach):
    """The new values of a reach."""

    id: int
    version: int | None = None


def add_reach(session: Session, entry: NewReach, /, *, by: str, today: date) -> Changes:
    """Add a reach with the villages it crosses; without a code it gets the water's next one."""
    water = existing(session, Water, entry.water_id, "条河湖")
    code = entry.code or _free_reach_code(session, water)
    _reach_is_new(session, code, None)
    values = entry.model_dump(exclude={"area_ids"})
    reach = Reach(**{**values, "code": code})
    session.add(reach)
    session.flush()
    _set_villages(session, reach, entry.area_ids)
    return Changes(f"新增河段{reach.name}", reach.key)


def edit_reach(session: Session, entry: ReachEdit, /, *, by: str, today: date) -> Changes:
    """Change a reach's values and villages; a village can be added, not silently lost."""
    reach = existing(session, Reach, entry.id, "个河段")
    unchanged(reach, entry.version, f"河段{reach.name}")
    values = entry.model_copy(update={"code": entry.code or reach.code})
    _reach_is_new(session, values.code, reach.key)
    if entry.downstream_id == reach.key:
        raise Refusal("下游河段不能是河段自己，请另选。")
    _set(reach, values)
    _set_villages(session, reach, entry.area_ids)
    return Changes(f"修改河段{reach.name}", reach.key)


class Retirement(Input):
    """The record to be retired (停用) and the day from which it is."""

    id: int
    on: date | None = Field(None, title="停用日期")


def retire_water(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a water body whose reaches are all retired."""
    water = existing(session, Water, entry.id, "条河湖")
    left = session.exec(
        select(Reach.name).where(Reach.water_id == water.key, col(Reach.retired_on).is_(None))
    ).all()
    if left:
        raise Refusal(f"{water.name}还有在用河段（{'、'.join(left)}），请先停用河段。")
    water.retired_on = entry.on or today
    return Changes(f"停用河湖{water.name}", water.key)


def retire_reach(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a reach; what lies in the ledger about it stays."""
    reach = existing(session, Reach, entry.id, "个河段")
    reach.retired_on = entry.on or today
    return Changes(f"停用河段{reach.name}", reach.key)


def retire_area(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a division."""
    area = existing(session, Area, entry.id, "个行政区")
    area.retired_on = entry.on or today
    return Changes(f"停用行政区{area.name}", area.key)


def _set(record: Record, entry: Input) -> None:
    for name, value in entry.model_dump(exclude={"id", "version", "area_ids"}).items():
        setattr(record, name, value)


def _area_is_new(session: Session, entry: NewArea, own: int | None) -> None:
    found = session.exec(
        select(Area).where(Area.name == entry.name, Area.parent_id == entry.parent_id)
    ).first()
    if found is not None and found.id != own:
        raise Refusal(f"“{entry.name}”已经在台账里，不必重复新增。")
    if entry.code:
        same = session.exec(select(Area).where(Area.code == entry.code)).first()
        if same is not None and same.id != own:
            raise Refusal(f"行政区代码 {entry.code} 已用于“{same.name}”，请核对。")


def _water_is_new(session: Session, code: str, own: int | None) -> None:
    found = session.exec(select(Water).where(Water.code == code)).first()
    if found is not None and found.id != own:
        raise Refusal(f"河流编码 {code} 已用于“{found.name}”，请核对。")


def _reach_is_new(session: Session, code: str, own: int | None) -> None:
    found = session.exec(select(Reach).where(Reach.code == code)).first()
    if found is not None and found.id != own:
        raise Refusal(f"河段编码 {code} 已用于“{found.name}”，请核对。")


def _free_code(session: Session, prefix: str) -> str:
    used = set(session.exec(select(Water.code).where(col(Water.code).startswith(prefix))).all())
    return next(code for code in (f"{prefix}{n:03}" for n in range(1, len(used) + 2)) if code not in used)


def _free_reach_code(session: Session, water: Water) -> str:
    used = set(session.exec(select(Reach.code).where(Reach.water_id == water.key)).all())
    return next(
        code for code in (f"{water.code}-{n:02}" for n in range(1, len(used) + 2)) if code not in used
    )


def _set_villages(session: Session, reach: Reach, area_ids: tuple[int, ...]) -> None:
    ids_exist(session, Area, area_ids, "个村")
    here = {
        row.area_id: row for row in session.exec(select(ReachArea).where(ReachArea.reach_id == reach.key))
    }
    lost = [area_id for area_id, row in here.items() if area_id not in area_ids and row.ordinal > 0]
    for area_id in lost:
        here[area_id].ordinal = 0
    for ordinal, area_id in enumerate(dict.fromkeys(area_ids), 1):
        if area_id in here:
            here[area_id].ordinal = ordinal
        else:
            session.add(ReachArea(reach_id=reach.key, area_id=area_id, ordinal=ordinal))
