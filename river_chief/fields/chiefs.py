"""Every field of the register of chiefs (河长名录): a row is a person in one tenure."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Gender, Level, Role

CHIEFS = FieldSet(
    "tenure",
    Field("code", "人员编码", synonyms=("用户编码", "用户编号", "人员编号", "工号"), width=8),
    Field(
        "name",
        "姓名",
        synonyms=("用户名称", "用户姓名", "人员名称", "人员姓名", "河长姓名", "河湖长姓名", "名称"),
        width=4,
    ),
    Field("gender", "性别", Kind.TERM, synonyms=("用户性别",), width=3, term=Gender),
    Field(
        "phone",
        "联系电话",
        synonyms=("用户手机", "手机", "手机号", "手机号码", "电话", "电话号码", "联系方式"),
        width=7,
    ),
    Field(
        "area_name",
        "行政区域",
        synonyms=("所属行政区", "行政区", "行政区名称", "所在村", "所属村", "村社区", "任职区域"),
        width=7,
    ),
    Field("unit", "部门名称", synonyms=("部门", "单位", "工作单位", "所在单位", "所在部门"), width=8),
    Field(
        "role",
        "角色名称",
        Kind.TERM,
        synonyms=("角色", "河长角色", "任职角色", "人员类型"),
        width=6,
        term=Role,
    ),
    Field(
        "level", "层级", Kind.TERM, synonyms=("河长层级", "河长级别", "级别", "河长等级"), width=4, term=Level
    ),
    Field("title", "职位名称", synonyms=("职务", "职位", "党政职务", "行政职务"), width=8),
    Field(
        "reach_names",
        "责任河段",
        Kind.LONG_TEXT,
        synonyms=("管辖河段", "所管河道", "所管河段", "负责河段", "包干河段", "责任河道"),
        width=12,
    ),
    Field("valid_from", "任职日期", Kind.DATE, synonyms=("任职开始", "任职时间", "起始日期"), width=6),
    Field("valid_to", "离任日期", Kind.DATE, synonyms=("任职结束", "离任时间", "截止日期"), width=6),
    Field("delegate_name", "受托人", synonyms=("委托人员", "代巡人"), width=4),
    Field("delegate_from", "委托开始", Kind.DATE, width=6),
    Field("delegate_to", "委托结束", Kind.DATE, width=6),
    Field("note", "备注", Kind.LONG_TEXT, synonyms=("说明",), width=8),
    Field("retired_on", "停用日期", Kind.DATE, width=6),
)
