"""The divisions, waters and reaches of the fictional 砚溪镇, on an invented grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from sqlmodel import select

from river_chief.records import Area
from river_chief.records.columns import col
from river_chief.storage.database import Writer
from river_chief.terms import AreaLevel, Level, WaterClass, WaterKind
from river_chief.verbs import waters

TOWN, TOWN_CODE, POPULATION = "砚溪镇", "990121103", 31600
CITY, CITY_CODE = "临澜市", "990100"
COUNTY, COUNTY_CODE = "澜川县", "990121"
DEMO_POSITION = "演示坐标"
SYSTEM, BASIN, BANK = "澜江水系", "澜江流域", "两岸"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Village:
    """A village: the last three digits of its code, and how many live there."""

    name: str
    tail: str
    population: int

    @property
    def code(self) -> str:
        """The twelve digits."""
        return TOWN_CODE + self.tail


@dataclass(frozen=True, slots=True)
class Stretch:
    """A reach as the sample tells it: ``villages`` lie downstream one after the other."""

    key: str
    name: str
    water: str
    level: Level
    kind: WaterKind
    km: float | None
    target: WaterClass | None
    villages: tuple[str, ...]
    ends: tuple[str, str]
    line: tuple[Point, Point]
    below: str = ""
    note: str = ""

    def point(self, share: float) -> Point:
        """Longitude and latitude at *share* (0 to 1) of its way."""
        (lon_a, lat_a), (lon_b, lat_b) = self.line
        return round(lon_a + (lon_b - lon_a) * share, 6), round(lat_a + (lat_b - lat_a) * share, 6)


VILLAGES: tuple[Village, ...] = (
    Village("砚溪社区", "001", 5200),
    Village("上砚村", "200", 2600),
    Village("下砚村", "201", 2450),
    Village("石埠村", "202", 2100),
    Village("柳塘村", "203", 2300),
    Village("杨湾村", "204", 2050),
    Village("樟树下村", "205", 1950),
    Village("白鹭洲村", "206", 2700),
    Village("新渡村", "207", 2900),
    Village("古井村", "208", 1800),
    Village("桐坪村", "209", 2150),
    Village("南圩村", "210", 3400),
)

_RIVER, _CREEK, _SMALL = WaterKind.RIVER, WaterKind.CREEK, WaterKind.SMALL
_II, _III, _IV, _V = WaterClass.II, WaterClass.III, WaterClass.IV, WaterClass.V
_CITY, _COUNTY, _TOWN, _VILLAGE = Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE

# fmt: off
STRETCHES: tuple[Stretch, ...] = (
    Stretch("R01", "澜江新渡白鹭段", "澜江", _CITY, _RIVER, 6.8, _III, ("白鹭洲村", "新渡村"),
            ("白鹭洲洲头", "新渡大桥"), ((118.405, 29.021), (118.458, 29.014)), "R02"),
    Stretch("R02", "澜江南圩段", "澜江", _CITY, _RIVER, 5.4, _III, ("下砚村", "南圩村"),
            ("砚溪口", "南圩排涝闸"), ((118.479, 29.013), (118.528, 29.007)), "", "下接邻镇，为界河卡口段"),
    Stretch("R03", "砚溪桐坪上砚段", "砚溪", _COUNTY, _RIVER, 7.2, _II, ("桐坪村", "上砚村"),
            ("桐坪坑口", "上砚拱桥"), ((118.446, 29.108), (118.461, 29.072)), "R04"),
    Stretch("R04", "砚溪集镇段", "砚溪", _COUNTY, _RIVER, 3.1, _III, ("上砚村", "砚溪社区"),
            ("上砚拱桥", "集镇水闸"), ((118.461, 29.072), (118.467, 29.051)), "R05"),
    Stretch("R05", "砚溪下砚段", "砚溪", _COUNTY, _RIVER, 4.6, _III, ("下砚村",),
            ("集镇水闸", "砚溪口"), ((118.467, 29.051), (118.479, 29.015)), "R02", "右岸为邻镇"),
    Stretch("R06", "石埠溪", "石埠溪", _TOWN, _CREEK, 5.9, _III, ("石埠村",),
            ("石埠岭脚", "石埠桥"), ((118.418, 29.083), (118.459, 29.066)), "R04"),
    Stretch("R07", "柳塘河", "柳塘河", _TOWN, _RIVER, 4.4, _III, ("柳塘村", "杨湾村"),
            ("柳塘水库坝脚", "杨湾节制闸"), ((118.492, 29.069), (118.505, 29.041)), "R02"),
    Stretch("R08", "樟溪", "樟溪", _TOWN, _CREEK, 6.3, _II, ("古井村", "樟树下村"),
            ("古井岭", "樟树下老桥"), ((118.424, 29.061), (118.466, 29.049)), "R05"),
    Stretch("R09", "白鹭港", "白鹭港", _TOWN, _RIVER, 3.7, _IV, ("白鹭洲村",),
            ("白鹭洲内港", "港口闸"), ((118.412, 29.038), (118.424, 29.020)), "R01"),
    Stretch("R10", "桐坪坑", "桐坪坑", _TOWN, _CREEK, 5.2, _II, ("桐坪村",),
            ("桐坪山口", "桐坪坑口"), ((118.421, 29.117), (118.446, 29.108)), "R03"),
    Stretch("R11", "古井溪", "古井溪", _TOWN, _CREEK, 4.1, _III, ("古井村",),
            ("古井水碓", "古井村口"), ((118.408, 29.058), (118.430, 29.060)), "R08"),
    Stretch("R12", "杨湾支渠", "杨湾支渠", _TOWN, WaterKind.CANAL, 6.0, None, ("杨湾村", "南圩村"),
            ("杨湾节制闸", "南圩分水口"), ((118.505, 29.041), (118.532, 29.020))),
    Stretch("R13", "南圩排涝干沟", "南圩排涝干沟", _TOWN, WaterKind.DRAIN, 4.8, _IV, ("南圩村",),
            ("南圩分水口", "南圩排涝闸"), ((118.532, 29.020), (118.528, 29.008)), "R02"),
    Stretch("R14", "新渡港", "新渡港", _VILLAGE, _RIVER, 2.2, _IV, ("新渡村",),
            ("新渡老街", "新渡港口"), ((118.450, 29.030), (118.456, 29.016)), "R01"),
    Stretch("R15", "上砚沟", "上砚沟", _VILLAGE, _CREEK, 1.9, None, ("上砚村",),
            ("上砚后山", "上砚祠堂"), ((118.474, 29.082), (118.462, 29.074)), "R04"),
    Stretch("R16", "下砚沟", "下砚沟", _VILLAGE, _CREEK, 1.6, None, ("下砚村",),
            ("下砚晒场", "下砚小闸"), ((118.482, 29.035), (118.474, 29.030)), "R05"),
    Stretch("R17", "石埠小沟", "石埠小沟", _VILLAGE, _CREEK, 1.4, None, ("石埠村",),
            ("石埠茶场", "石埠村委会"), ((118.436, 29.086), (118.440, 29.076)), "R06"),
    Stretch("R18", "柳塘水库", "柳塘水库", _TOWN, WaterKind.RESERVOIR, None, _III, ("柳塘村",),
            ("库尾", "大坝"), ((118.488, 29.078), (118.492, 29.070)), "R07", "小(2)型"),
    Stretch("R19", "桐坪山塘群", "桐坪山塘群", _VILLAGE, _SMALL, None, None, ("桐坪村",),
            ("一号塘", "五号塘"), ((118.432, 29.101), (118.441, 29.104)), "R10", "5口"),
    Stretch("R20", "东街内河", "东街内河", _TOWN, _SMALL, 1.3, _V, ("砚溪社区",),
            ("东街菜场", "集镇水闸"), ((118.476, 29.055), (118.468, 29.051)), "R05", "黑臭整治"),
)
# fmt: on
BY_KEY = {stretch.key: stretch for stretch in STRETCHES}


@dataclass(frozen=True, slots=True)
class Places:
    """Ids of what was made: areas by name, waters by name, reaches by key."""

    areas: dict[str, int] = field(default_factory=dict)
    waters: dict[str, int] = field(default_factory=dict)
    reaches: dict[str, int] = field(default_factory=dict)


def make_places(writer: Writer, places: Places) -> None:
    """Add divisions, waters and reaches to a ledger that has just been founded."""
    _make_areas(writer, places)
    for number, (name, group) in enumerate(groupby(STRETCHES, key=lambda stretch: stretch.water), 1):
        places.waters[name] = writer.do(waters.add_water, water_entry(name, number, list(group))).id
    for stretch in STRETCHES:
        places.reaches[stretch.key] = writer.do(waters.add_reach, reach_entry(stretch, places)).id
    for stretch in STRETCHES:
        if stretch.below:
            _lead_down(writer, stretch, places)


def water_code(number: int) -> str:
    """H, the town's nine digits and three more."""
    return f"H{TOWN_CODE}{number:03}"


def water_entry(name: str, number: int, stretches: list[Stretch]) -> waters.NewWater:
    """The water *name* with its *stretches* from source to mouth."""
    first, last = stretches[0], stretches[-1]
    lengths = [stretch.km for stretch in stretches if stretch.km is not None]
    below = BY_KEY[last.below].water if last.below else ""
    return waters.NewWater(
        code=water_code(number),
        name=name,
        kind=first.kind,
        system=SYSTEM,
        basin=BASIN,
        bank=BANK,
        length_km=round(sum(lengths), 3) if lengths else None,
        upper_name=below,
        upper_code=water_code(water_numbers()[below]) if below else "",
        source_place=first.ends[0],
        source_lon=first.line[0][0],
        source_lat=first.line[0][1],
        mouth_place=last.ends[1],
        mouth_lon=last.line[1][0],
        mouth_lat=last.line[1][1],
        note="；".join(note for note in (first.note, DEMO_POSITION) if note),
    )


def reach_entry(stretch: Stretch, places: Places) -> waters.NewReach:
    """The reach of *stretch*, without what lies below it."""
    return waters.NewReach(
        water_id=places.waters[stretch.water],
        name=stretch.name,
        kind=stretch.kind,
        level=stretch.level,
        length_km=stretch.km,
        from_place=stretch.ends[0],
        to_place=stretch.ends[1],
        target_class=stretch.target,
        area_ids=tuple(places.areas[name] for name in stretch.villages),
        note=stretch.note,
    )


def water_numbers() -> dict[str, int]:
    """Every water's name and its number among those of the town."""
    names = dict.fromkeys(stretch.water for stretch in STRETCHES)
    return {name: number for number, name in enumerate(names, 1)}


def _make_areas(writer: Writer, places: Places) -> None:
    town = writer.session.exec(select(Area).where(col(Area.level) == AreaLevel.TOWN)).one().key
    city = writer.do(waters.add_area, waters.NewArea(name=CITY, level=AreaLevel.CITY, code=CITY_CODE)).id
    county = writer.do(
        waters.add_area,
        waters.NewArea(name=COUNTY, level=AreaLevel.COUNTY, code=COUNTY_CODE, parent_id=city),
    ).id
    edit = waters.AreaEdit(
        id=town,
        name=TOWN,
        level=AreaLevel.TOWN,
        code=TOWN_CODE,
        parent_id=county,
        population=POPULATION,
    )
    writer.do(waters.edit_area, edit)
    places.areas.update({CITY: city, COUNTY: county, TOWN: town})
    for village in VILLAGES:
        entry = waters.NewArea(
            name=village.name,
            level=AreaLevel.VILLAGE,
            code=village.code,
            parent_id=town,
            population=village.population,
        )
        places.areas[village.name] = writer.do(waters.add_area, entry).id


def _lead_down(writer: Writer, stretch: Stretch, places: Places) -> None:
    values = reach_entry(stretch, places).model_dump() | {
        "id": places.reaches[stretch.key],
        "downstream_id": places.reaches[stretch.below],
    }
    writer.do(waters.edit_reach, waters.ReachEdit.model_validate(values))
