"""Every field of what an office keeps for itself: rules, categories, campaigns, users, imports, acts."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import (
    BatchState,
    DutyMethod,
    DutyUnit,
    ImportKind,
    Level,
    Measure,
    Period,
    Role,
    UserRole,
    WaterKind,
)

RULES = FieldSet(
    "patrol_rule",
    Field("name", "规则名称", width=9),
    Field("level", "层级", Kind.TERM, width=4, term=Level),
    Field("role", "角色", Kind.TERM, width=5, term=Role),
    Field("kind", "河湖类型", Kind.TERM, width=5, term=WaterKind),
    Field("unit", "计次单位", Kind.TERM, width=6, term=DutyUnit),
    Field("period", "周期", Kind.TERM, width=4, term=Period),
    Field("count", "次数", Kind.INTEGER, width=4),
    Field("flood_count", "汛期次数", Kind.INTEGER, width=5),
    Field("months", "适用月份", width=6),
    Field("method", "达标口径", Kind.TERM, width=6, term=DutyMethod),
    Field("min_minutes", "最少时长", Kind.INTEGER, unit="分钟", width=5),
    Field("min_km", "最少里程", Kind.NUMBER, unit="km", width=5),
    Field("min_gap_hours", "最少间隔", Kind.INTEGER, unit="小时", width=5),
    Field("valid_from", "启用日期", Kind.DATE, width=7),
    Field("valid_to", "停用日期", Kind.DATE, width=7),
    Field("note", "备注", Kind.LONG_TEXT, width=10),
)

CATEGORIES = FieldSet(
    "category",
    Field("code", "代码", width=5),
    Field("group_name", "大类", width=6),
    Field("name", "分类名称", width=14),
    Field("alias", "别名", width=10),
    Field("measure", "计量", Kind.TERM, width=4, term=Measure),
    Field("grade", "定级规则", width=12),
    Field("grade_words", "建议等级", width=18),
    Field("standard", "整治标准", Kind.LONG_TEXT, width=16),
)

CAMPAIGNS = FieldSet(
    "campaign",
    Field("name", "专项名称", width=14),
    Field("starts_on", "开始日期", Kind.DATE, width=7),
    Field("ends_on", "结束日期", Kind.DATE, width=7),
    Field("target_on", "目标日期", Kind.DATE, width=7),
    Field("keeps_clear", "动态清零", Kind.FLAG, width=5),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

USERS = FieldSet(
    "user",
    Field("name", "用户名", width=10),
    Field("role", "用户角色", Kind.TERM, width=8, term=UserRole),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

BATCHES = FieldSet(
    "import_batch",
    Field("kind", "种类", Kind.TERM, width=5, term=ImportKind),
    Field("name", "批次名称", width=16),
    Field("file_name", "文件", width=14),
    Field("sheet", "工作表", width=7),
    Field("recorded_at", "办理时间", Kind.MOMENT, width=9),
    Field("new", "新增", Kind.INTEGER, width=4),
    Field("changed", "变更", Kind.INTEGER, width=4),
    Field("same", "相同", Kind.INTEGER, width=4),
    Field("refused", "未导入", Kind.INTEGER, width=4),
    Field("state", "状态", Kind.TERM, width=5, term=BatchState),
)

ACTS = FieldSet(
    "act",
    Field("at", "时间", Kind.MOMENT, width=9),
    Field("by", "经办人", width=5),
    Field("sentence", "操作", Kind.LONG_TEXT, width=30),
    Field("undone", "已撤销", Kind.FLAG, width=4),
    Field("batch_name", "批次", width=12),
    Field("seq", "序号", Kind.INTEGER, width=5),
    Field("hash", "校验码", width=12),
)
