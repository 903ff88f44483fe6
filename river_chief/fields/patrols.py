"""Every field of the patrol ledger (巡河台账)."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Entry, Level, PatrolMode, Performer, Role

PATROLS = FieldSet(
    "patrol",
    Field(
        "person_name",
        "巡河人员",
        synonyms=("巡河人员名称", "巡查人员", "巡查人", "巡河人", "河长姓名", "巡河河长", "姓名"),
        width=4,
    ),
    Field("role", "角色", Kind.TERM, synonyms=("角色名称", "人员角色", "人员类型"), width=5, term=Role),
    Field("level", "层级", Kind.TERM, synonyms=("河长层级", "河长级别", "级别"), width=4, term=Level),
    Field(
        "area_name",
        "行政区",
        synonyms=("巡河人员行政区", "巡查人员行政区", "行政区域", "所在村", "所属村", "村", "村社区"),
        width=7,
    ),
    Field("unit", "单位", synonyms=("部门名称", "工作单位", "部门"), width=7),
    Field(
        "water_name",
        "河湖名称",
        synonyms=("河流名称", "河道名称", "巡查河流", "巡河河道", "巡查河道", "关联河湖"),
        width=6,
    ),
    Field(
        "reach_names",
        "巡查河段",
        synonyms=("河段", "河段名称", "巡河河段", "管辖河段", "巡查范围", "责任河段"),
        width=10,
    ),
    Field(
        "started_at",
        "开始时间",
        Kind.MOMENT,
        synonyms=("巡河开始时间", "巡查开始时间", "巡查时间", "巡河时间", "巡河日期", "巡查日期", "日期"),
        width=9,
    ),
    Field("ended_at", "结束时间", Kind.MOMENT, synonyms=("巡河结束时间", "巡查结束时间"), width=9),
    Field(
        "minutes",
        "时长",
        Kind.INTEGER,
        synonyms=("巡河时长", "巡查时长", "巡河用时", "有效时长"),
        unit="分钟",
        width=4,
    ),
    Field(
        "km",
        "里程",
        Kind.NUMBER,
        synonyms=("巡河里程", "巡查里程", "巡河距离", "有效里程", "公里数"),
        unit="km",
        width=4,
        digits=2,
    ),
    Field("from_place", "起点", synonyms=("巡河起点", "巡查起点"), width=8),
    Field("to_place", "终点", synonyms=("巡河终点", "巡查终点", "止点"), width=8),
    Field(
        "performer",
        "巡查方式",
        Kind.TERM,
        synonyms=("本人或委托", "是否本人", "由谁巡查"),
        width=4,
        term=Performer,
    ),
    Field("companions", "同行人员", synonyms=("随行人员", "陪同人员", "参加人员"), width=6),
    Field("mode", "巡河方式", Kind.TERM, synonyms=("出行方式", "交通方式"), width=4, term=PatrolMode),
    Field("weather", "天气", synonyms=("天气情况",), width=4),
    Field("has_finding", "是否发现问题", Kind.FLAG, synonyms=("有无问题", "发现问题与否"), width=4),
    Field(
        "finding",
        "发现问题",
        Kind.LONG_TEXT,
        synonyms=("问题情况", "问题描述", "发现的问题", "巡查情况", "存在问题"),
        width=14,
    ),
    Field(
        "handling",
        "处理情况",
        Kind.LONG_TEXT,
        synonyms=("处理过程及结果", "现场处置", "处置情况", "处理结果"),
        width=12,
    ),
    Field("entry", "录入方式", Kind.TERM, synonyms=("数据来源", "记录来源"), width=5, term=Entry),
    Field("valid", "是否有效", Kind.FLAG, width=3),
    Field("note", "备注", Kind.LONG_TEXT, synonyms=("说明",), width=8),
    Field("voided_on", "作废日期", Kind.DATE, width=6),
)
