"""Every field of the register of divisions (行政区划)."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import AreaLevel

AREAS = FieldSet(
    "area",
    Field(
        "code",
        "行政区代码",
        synonyms=("行政区划代码", "区划代码", "行政区域代码", "地区编码", "代码"),
        width=9,
    ),
    Field(
        "name",
        "行政区名称",
        synonyms=("行政区划名称", "区划名称", "行政区域", "行政区域名称", "村社区名称", "名称"),
        width=8,
    ),
    Field(
        "level", "行政区层级", Kind.TERM, synonyms=("层级", "行政级别", "行政区级别"), width=5, term=AreaLevel
    ),
    Field("parent_code", "上级行政区代码", synonyms=("上级代码", "上级区划代码"), width=9),
    Field("parent_name", "上级行政区", synonyms=("上级行政区名称", "上级名称", "所属乡镇", "乡镇"), width=7),
    Field(
        "population", "人口", Kind.INTEGER, synonyms=("人口数", "户籍人口", "常住人口"), unit="人", width=5
    ),
    Field("valid_from", "启用日期", Kind.DATE, synonyms=("设立日期",), width=6),
    Field("valid_to", "止用日期", Kind.DATE, synonyms=("撤销日期",), width=6),
    Field("merged_into_name", "并入", synonyms=("并入村", "并入行政区"), width=7),
    Field("retired_on", "停用日期", Kind.DATE, width=6),
)
