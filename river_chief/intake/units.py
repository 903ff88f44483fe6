"""Units of measure as sheets write them, and what one of them is in the unit a field is kept in."""

from __future__ import annotations

from decimal import Decimal

from river_chief.intake.characters import compact

# Kept unit → the ways of writing a unit, and how much of the kept unit one of it is.
_UNITS: dict[str, dict[str, Decimal]] = {
    "㎡": {
        **dict.fromkeys(("m2", "平方米", "平米", "平方", "平", "方米"), Decimal(1)),
        **dict.fromkeys(("公顷", "hm2", "ha"), Decimal(10000)),
        **dict.fromkeys(("平方公里", "平方千米", "km2"), Decimal(1000000)),
    },
    "km²": {
        **dict.fromkeys(("km2", "平方公里", "平方千米"), Decimal(1)),
        **dict.fromkeys(("m2", "平方米"), Decimal("0.000001")),
        **dict.fromkeys(("公顷", "hm2", "ha"), Decimal("0.01")),
    },
    "m": {
        **dict.fromkeys(("m", "米"), Decimal(1)),
        **dict.fromkeys(("km", "公里", "千米"), Decimal(1000)),
        **dict.fromkeys(("cm", "厘米"), Decimal("0.01")),
    },
    "km": {
        **dict.fromkeys(("km", "公里", "千米"), Decimal(1)),
        **dict.fromkeys(("m", "米"), Decimal("0.001")),
    },
    "m³": {
        **dict.fromkeys(("m3", "立方米", "立方", "方"), Decimal(1)),
        **dict.fromkeys(("l", "升"), Decimal("0.001")),
    },
    "t": {
        **dict.fromkeys(("t", "吨"), Decimal(1)),
        **dict.fromkeys(("kg", "公斤", "千克"), Decimal("0.001")),
        "斤": Decimal("0.0005"),
    },
    "处": dict.fromkeys(
        ("处", "个", "座", "栋", "间", "宗", "起", "块", "条", "艘", "口", "株", "只"), Decimal(1)
    ),
    "人": dict.fromkeys(("人", "口", "个"), Decimal(1)),
    "段": dict.fromkeys(("段", "条", "个"), Decimal(1)),
    "万元": {
        "万元": Decimal(1),
        "元": Decimal("0.0001"),
    },
}

# Customary units: taken only where the head of the column names them.
_CUSTOMARY: dict[str, dict[str, Decimal]] = {
    "㎡": {"亩": Decimal(10000) / 15},
    "km²": {"亩": Decimal(1) / 1500},
    "km": {"里": Decimal("0.5"), "华里": Decimal("0.5"), "市里": Decimal("0.5")},
    "m": {"里": Decimal(500), "华里": Decimal(500), "市里": Decimal(500)},
}
_TIMES = ("分钟", "分", "min", "小时", "时", "h", "秒")
_TEN_THOUSAND = "万"


def factor(written: str, kept_in: str, *, declared: bool = False) -> Decimal | None:
    """How much of *kept_in* one *written* unit is, or None when that unit does not belong there.

    *declared*: the head of the column names the unit, so customary ones (亩) are taken too.
    """
    unit = compact(written)
    known = _UNITS.get(kept_in, {})
    if declared:
        known = known | _CUSTOMARY.get(kept_in, {})
    for spelling in (unit, unit.lower()):
        if spelling in known:
            return known[spelling]
        if spelling.startswith(_TEN_THOUSAND) and spelling[1:] in known:
            return known[spelling[1:]] * 10000
    return Decimal(1) if unit == compact(kept_in) else None


def _all_spellings() -> frozenset[str]:
    families = [*_UNITS.values(), *_CUSTOMARY.values()]
    plain = {spelling for family in families for spelling in family} | set(_TIMES)
    return frozenset(plain | {_TEN_THOUSAND + spelling for spelling in plain})


SPELLINGS = _all_spellings()


def is_unit(text: str) -> bool:
    """Whether *text* is the spelling of any unit, so that a head's bracket may hold it."""
    unit = compact(text)
    return unit in SPELLINGS or unit.lower() in SPELLINGS
