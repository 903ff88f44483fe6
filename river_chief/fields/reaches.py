"""Every field of the register of reaches (河段名录)."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Bank, Level, WaterClass, WaterKind

REACHES = FieldSet(
    "reach",
    Field("code", "河段编码", synonyms=("河段代码", "河段编号", "编码"), width=10),
    Field("name", "河段名称", synonyms=("河段", "名称"), width=9),
    Field("water_code", "河湖编码", synonyms=("河流编码", "所属河流编码"), width=10),
    Field(
        "water_name",
        "河湖名称",
        synonyms=("河流名称", "河道名称", "所属河流", "所属河湖", "关联河湖", "所在河湖"),
        width=7,
    ),
    Field("kind", "河湖类型", Kind.TERM, synonyms=("类型", "河段类型", "水体类型"), width=5, term=WaterKind),
    Field(
        "level",
        "河湖级别",
        Kind.TERM,
        synonyms=("河段级别", "河段等级", "河道等级", "河道级别", "最高河长层级", "级别"),
        width=4,
        term=Level,
    ),
    Field("length_km", "长度", Kind.NUMBER, synonyms=("河段长度", "河长", "管护长度"), unit="km", width=5),
    Field("from_place", "起点", synonyms=("河段起点", "起点位置", "起始位置"), width=9),
    Field("to_place", "终点", synonyms=("河段终点", "终点位置", "终止位置", "止点"), width=9),
    Field("bank", "岸别", Kind.TERM, width=4, term=Bank),
    Field(
        "village_names",
        "流经村",
        Kind.LONG_TEXT,
        synonyms=("流经村社区", "所在村", "所属村", "流经行政村", "涉及村", "流经村庄"),
        width=10,
    ),
    Field(
        "target_class",
        "目标水质",
        Kind.TERM,
        synonyms=("水质目标", "目标水质类别", "水质目标类别"),
        width=4,
        term=WaterClass,
    ),
    Field("downstream_name", "下游河段", width=9),
    Field("county_chief", "县级河长", synonyms=("县级河湖长",), width=4),
    Field("town_chief", "乡级河长", synonyms=("镇级河长", "乡镇级河长", "乡镇河长"), width=4),
    Field("village_chief", "村级河长", synonyms=("村社区级河长", "村河长"), width=4),
    Field("note", "备注", Kind.LONG_TEXT, synonyms=("说明",), width=8),
    Field("retired_on", "停用日期", Kind.DATE, width=6),
)
