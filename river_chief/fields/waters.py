"""Every field of the register of waters (河湖名录)."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import WaterKind

WATERS = FieldSet(
    "water",
    Field(
        "code",
        "河湖编码",
        synonyms=("河流编码", "河道编码", "河湖代码", "河流代码", "水体编码", "编码"),
        width=10,
    ),
    Field("name", "河湖名称", synonyms=("河流名称", "河道名称", "水体名称", "湖库名称", "名称"), width=7),
    Field("kind", "河湖类型", Kind.TERM, synonyms=("类型", "水体类型", "河流类型"), width=5, term=WaterKind),
    Field("system", "所属水系", synonyms=("水系", "水系名称"), width=6),
    Field("basin", "所属流域", synonyms=("流域", "流域名称"), width=6),
    Field("bank", "河流岸别", synonyms=("岸别",), width=4),
    Field("length_km", "长度", Kind.NUMBER, synonyms=("河流长度", "河道长度", "河长"), unit="km", width=5),
    Field("catchment_km2", "流域面积", Kind.NUMBER, synonyms=("集水面积", "汇水面积"), unit="km²", width=6),
    Field("upper_code", "上级河流编码", synonyms=("上级河湖编码", "干流编码"), width=10),
    Field("upper_name", "上级河流名称", synonyms=("上级河流", "上级河湖名称", "干流名称"), width=7),
    Field("source_place", "河源", synonyms=("河源位置", "河源地点", "源头"), width=8),
    Field("source_lon", "河源经度", Kind.NUMBER, width=6, digits=6),
    Field("source_lat", "河源纬度", Kind.NUMBER, width=6, digits=6),
    Field("mouth_place", "河口", synonyms=("河口位置", "河口地点"), width=8),
    Field("mouth_lon", "河口经度", Kind.NUMBER, width=6, digits=6),
    Field("mouth_lat", "河口纬度", Kind.NUMBER, width=6, digits=6),
    Field("reach_count", "河段数", Kind.INTEGER, unit="段", width=4),
    Field("reach_names", "河段", Kind.LONG_TEXT, width=12),
    Field("note", "备注", Kind.LONG_TEXT, synonyms=("说明",), width=8),
    Field("retired_on", "停用日期", Kind.DATE, width=6),
)
