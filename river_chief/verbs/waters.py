"""河湖、河段、行政区划: added, edited, retired."""

from __future__ import annotations

from datetime import date
from itertools import count

from pydantic import Field
from sqlalchemy import or_
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Problem, Reach, ReachArea, Record, Tenure, TenureReach, Water
from river_chief.records.columns import col
from river_chief.terms import AreaLevel, Bank, Level, WaterClass, WaterKind
from river_chief.verbs.chiefs import end_charge
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, ids_exist, listed, not_after, refuse_retired, unchanged

# Digits a division's code may have: its own, or filled up with zeros to the twelve of the statistics.
_DIGITS = {
    AreaLevel.CITY: (4, 6, 12),
    AreaLevel.COUNTY: (6, 12),
    AreaLevel.TOWN: (9, 12),
    AreaLevel.VILLAGE: (12,),
}
_ORDER = tuple(AreaLevel)
_LONGEST_CODE = 40


class NewArea(Input):
    """A division to be added under ``parent_id``."""

    name: str = Field(title="行政区名称", min_length=1, max_length=60)
    level: AreaLevel = Field(title="层级")
    code: str = Field("", title="行政区代码", max_length=12)
    parent_id: int | None = Field(None, title="上级行政区")
    population: int | None = Field(None, title="人口", ge=0, lt=10**9)
    valid_from: date | None = Field(None, title="启用日期")
    valid_to: date | None = Field(None, title="止用日期")


class AreaEdit(NewArea):
    """The new values of a division; ``merged_into_id`` is where it went when villages were joined."""

    id: int
    version: int | None = None
    merged_into_id: int | None = Field(None, title="并入")


def add_area(session: Session, entry: NewArea, /, *, by: str, today: date) -> Changes:
    """Add a division; refused when its parent already has one of that name."""
    _check_area(session, entry, None)
    _area_is_new(session, entry, None)
    area = Area(**entry.model_dump())
    session.add(area)
    session.flush()
    return Changes(f"新增行政区{area.name}", area.key)


def edit_area(session: Session, entry: AreaEdit, /, *, by: str, today: date) -> Changes:
    """Change a division's name, code or other values."""
    area = existing(session, Area, entry.id, "个行政区")
    unchanged(area, entry.version, f"行政区{area.name}")
    _check_area(session, entry, area)
    _area_is_new(session, entry, area.key)
    if entry.merged_into_id == area.key:
        raise Refusal("不能并入自己，请另选行政区。")
    if entry.merged_into_id is not None:
        existing(session, Area, entry.merged_into_id, "个行政区")
    _set(area, entry)
    return Changes(f"修改行政区{area.name}", area.key)


class NewWater(Input):
    """A water body to be added."""

    code: str = Field("", title="河湖编码", max_length=40)
    name: str = Field(title="河湖名称", min_length=1, max_length=60)
    kind: WaterKind = Field(WaterKind.RIVER, title="河湖类型")
    system: str = Field("", title="所属水系", max_length=60)
    basin: str = Field("", title="所属流域", max_length=60)
    bank: str = Field("", title="河流岸别", max_length=20)
    length_km: float | None = Field(None, title="长度", ge=0, lt=10000)
    catchment_km2: float | None = Field(None, title="流域面积", ge=0, lt=10**7)
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
    refuse_retired(water, None)
    code = entry.code or _free_reach_code(session, water)
    _reach_is_new(session, code, None)
    _check_downstream(session, None, entry.downstream_id)
    values = entry.model_dump(exclude={"area_ids"})
    reach = Reach(**{**values, "code": code})
    session.add(reach)
    session.flush()
    _set_villages(session, reach, entry.area_ids)
    return Changes(f"新增河段{reach.name}", reach.key)


def edit_reach(session: Session, entry: ReachEdit, /, *, by: str, today: date) -> Changes:
    """Change a reach's values; ``area_ids`` are all its villages, one not named is no longer crossed."""
    reach = existing(session, Reach, entry.id, "个河段")
    unchanged(reach, entry.version, f"河段{reach.name}")
    values = entry.model_copy(update={"code": entry.code or reach.code})
    _reach_is_new(session, values.code, reach.key)
    _check_downstream(session, reach, entry.downstream_id)
    if entry.water_id != reach.water_id:
        _check_move(session, reach, entry.water_id)
    _set(reach, values)
    _set_villages(session, reach, entry.area_ids)
    return Changes(f"修改河段{reach.name}", reach.key)


class Retirement(Input):
    """The record to be retired (停用) and its last day in use."""

    id: int
    on: date | None = Field(None, title="停用日期")


def retire_water(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a water body whose reaches are all retired."""
    water = existing(session, Water, entry.id, "条河湖")
    day = _retirement_day(water, entry, today)
    left = session.exec(
        select(Reach.name).where(Reach.water_id == water.key, col(Reach.retired_on).is_(None))
    ).all()
    if left:
        raise Refusal(f"{water.name}还有在用河段（{listed(left)}），请先停用河段。")
    water.retired_on = day
    return Changes(f"停用河湖{water.name}", water.key)


def retire_reach(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a reach: nobody answers for it afterwards; what lies in the ledger about it stays."""
    reach = existing(session, Reach, entry.id, "个河段")
    reach.retired_on = day = _retirement_day(reach, entry, today)
    for link in session.exec(select(TenureReach).where(TenureReach.reach_id == reach.key)):
        end_charge(link, day)
    return Changes(f"停用河段{reach.name}", reach.key)


def retire_area(session: Session, entry: Retirement, /, *, by: str, today: date) -> Changes:
    """Retire a division in which nothing is in use any more."""
    area = existing(session, Area, entry.id, "个行政区")
    day = _retirement_day(area, entry, today)
    _refuse_in_use(session, area, day)
    area.retired_on = day
    area.valid_to = area.valid_to or day
    return Changes(f"停用行政区{area.name}", area.key)


def _retirement_day(record: Area | Reach | Water, entry: Retirement, today: date) -> date:
    if record.retired_on is not None:
        raise Refusal(f"{record.name}已于 {record.retired_on.isoformat()} 停用。")
    not_after(entry.on, today, "停用日期")
    return entry.on or today


def _refuse_in_use(session: Session, area: Area, day: date) -> None:
    below = select(Area.name).where(Area.parent_id == area.key, col(Area.retired_on).is_(None))
    if names := session.exec(below).all():
        raise Refusal(f"{area.name}还有在用的下级行政区（{listed(names)}），请先停用它们。")
    reaches = (
        select(Reach.name)
        .join(ReachArea, col(ReachArea.reach_id) == col(Reach.id))
        .where(ReachArea.area_id == area.key, ReachArea.ordinal > 0, col(Reach.retired_on).is_(None))
    )
    if names := session.exec(reaches).all():
        raise Refusal(f"还有河段流经{area.name}（{listed(names)}），请先修改这些河段的流经村。")
    posts = select(Tenure.id).where(
        Tenure.area_id == area.key, or_(col(Tenure.valid_to).is_(None), col(Tenure.valid_to) > day)
    )
    if open_posts := session.exec(posts).all():
        raise Refusal(f"{area.name}还有 {len(open_posts)} 个在任的任职，请先结束任职。")


def _set(record: Record, entry: Input) -> None:
    for name, value in entry.model_dump(exclude={"id", "version", "area_ids"}).items():
        setattr(record, name, value)


def _check_area(session: Session, entry: NewArea, area: Area | None) -> None:
    """Refuse a code, a parent or days that can not be those of the division."""
    digits = _DIGITS[entry.level]
    code_fits = entry.code.isascii() and entry.code.isdigit() and len(entry.code) in digits
    if entry.code and not code_fits:
        known = "或".join(str(count) for count in digits)
        raise InvalidInput({"code": f"{entry.level.label}级的行政区代码应是{known}位数字"})
    if entry.valid_from is not None and entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise Refusal("止用日期早于启用日期，请核对日期。")
    if entry.parent_id is not None:
        parent = existing(session, Area, entry.parent_id, "个上级行政区")
        if _ORDER.index(parent.level) >= _ORDER.index(entry.level):
            raise InvalidInput(
                {
                    "parent_id": f"{parent.name}是{parent.level.label}级，不能作{entry.level.label}级的上级行政区"
                }
            )
        if area is None or area.parent_id != parent.key:
            refuse_retired(parent, None)
    if area is not None and entry.level is not area.level:
        below = session.exec(select(Area.level).where(Area.parent_id == area.key)).all()
        if any(_ORDER.index(level) <= _ORDER.index(entry.level) for level in below):
            raise Refusal(f"{area.name}有下级行政区，不能改成{entry.level.label}级。")


def _area_is_new(session: Session, entry: NewArea, own: int | None) -> None:
    found = session.exec(
        select(Area).where(Area.name == entry.name, Area.parent_id == entry.parent_id)
    ).first()
    if found is not None and found.id != own:
        raise Refusal(f"“{entry.name}”已经在台账里{_gone(found)}，不必重复新增。")
    if entry.code:
        same = session.exec(select(Area).where(Area.code == entry.code)).first()
        if same is not None and same.id != own:
            raise Refusal(f"行政区代码 {entry.code} 已用于“{same.name}”{_gone(same)}，请核对。")


def _water_is_new(session: Session, code: str, own: int | None) -> None:
    found = session.exec(select(Water).where(Water.code == code)).first()
    if found is not None and found.id != own:
        raise Refusal(f"河湖编码 {code} 已用于“{found.name}”{_gone(found)}，请核对。")


def _reach_is_new(session: Session, code: str, own: int | None) -> None:
    found = session.exec(select(Reach).where(Reach.code == code)).first()
    if found is not None and found.id != own:
        raise Refusal(f"河段编码 {code} 已用于“{found.name}”{_gone(found)}，请核对。")


def _gone(record: Area | Reach | Water) -> str:
    return "（已停用）" if record.retired_on is not None else ""


def _free_code(session: Session, prefix: str) -> str:
    used = set(session.exec(select(Water.code).where(col(Water.code).startswith(prefix, autoescape=True))))
    return next(code for n in count(1) if (code := f"{prefix}{n:03}") not in used)


def _free_reach_code(session: Session, water: Water) -> str:
    prefix = f"{water.code}-"
    used = set(session.exec(select(Reach.code).where(col(Reach.code).startswith(prefix, autoescape=True))))
    code = next(code for n in count(1) if (code := f"{prefix}{n:02}") not in used)
    if len(code) > _LONGEST_CODE:
        raise InvalidInput({"code": "请填写河段编码（河湖编码太长，不能据此编号）"})
    return code


def _check_downstream(session: Session, reach: Reach | None, downstream_id: int | None) -> None:
    """Refuse a way down that is not there, newly retired, or leads back to the reach itself."""
    if downstream_id is None:
        return
    below = existing(session, Reach, downstream_id, "个下游河段")
    if reach is None or reach.downstream_id != downstream_id:
        refuse_retired(below, None)
    passed: set[int | None] = set()
    while reach is not None and below.key not in passed:
        if below.key == reach.key:
            raise Refusal("下游河段不能是河段自己，也不能绕回自己，请另选。")
        passed.add(below.key)
        if below.downstream_id is not None:
            below = existing(session, Reach, below.downstream_id, "个下游河段")


def _check_move(session: Session, reach: Reach, water_id: int) -> None:
    """Refuse another water for a reach once problems are entered under both names."""
    refuse_retired(existing(session, Water, water_id, "条河湖"), None)
    if session.exec(select(Problem.id).where(Problem.reach_id == reach.key)).first() is not None:
        raise Refusal(f"{reach.name}已登记过问题，不能改到另一条河湖；请停用后在那条河湖上新增河段。")


def _set_villages(session: Session, reach: Reach, area_ids: tuple[int, ...]) -> None:
    villages = ids_exist(session, Area, area_ids, "个村")
    here = {
        row.area_id: row for row in session.exec(select(ReachArea).where(ReachArea.reach_id == reach.key))
    }
    for village in villages:
        if village.level is not AreaLevel.VILLAGE:
            raise InvalidInput({"area_ids": f"{village.name}不是村，请选流经的村"})
        if village.key not in here or not here[village.key].ordinal:
            refuse_retired(village, None)
    lost = [area_id for area_id, row in here.items() if area_id not in area_ids and row.ordinal > 0]
    for area_id in lost:
        here[area_id].ordinal = 0
    for ordinal, area_id in enumerate(dict.fromkeys(area_ids), 1):
        if area_id in here:
            here[area_id].ordinal = ordinal
        else:
            session.add(ReachArea(reach_id=reach.key, area_id=area_id, ordinal=ordinal))
