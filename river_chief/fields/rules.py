"""Every field of the tables of rules an office keeps: 时限, 节假日, 回头看, 督促阶梯, 红黄绿 …."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import (
    Action,
    Clock,
    Closer,
    DeadlineKind,
    PaperKind,
    Proof,
    Severity,
    Source,
    StartEvent,
    Target,
    Trigger,
)

DEADLINES = FieldSet(
    "deadline_default",
    Field("clock", "环节", Kind.TERM, width=5, term=Clock),
    Field("severity", "严重程度", Kind.TERM, width=5, term=Severity),
    Field("source", "问题来源", Kind.TERM, width=7, term=Source),
    Field("campaign_name", "专项", width=8),
    Field("length", "时限", width=8),
    Field("start", "起算", Kind.TERM, width=5, term=StartEvent),
    Field("kind", "时限类型", Kind.TERM, width=6, term=DeadlineKind),
    Field("amount", "数量", Kind.INTEGER, width=4),
    Field("on_day", "固定日期", Kind.DATE, width=7),
    Field("rolls", "逢休息日顺延", Kind.FLAG, width=7),
    Field("note", "备注", Kind.LONG_TEXT, width=18),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

HOLIDAYS = FieldSet(
    "holiday",
    Field("day", "日期", Kind.DATE, width=7),
    Field("weekday", "星期", width=4),
    Field("what", "休/班", synonyms=("类型", "安排", "放假/上班"), width=5),
    Field("name", "名称", synonyms=("节日", "说明"), width=14),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

LOOK_BACKS = FieldSet(
    "look_back_rule",
    Field("category_name", "问题类型", width=12),
    Field("severity", "严重程度", Kind.TERM, width=6, term=Severity),
    Field("months", "销号后几个月", width=8),
    Field("percent", "抽查比例", Kind.INTEGER, unit="%", width=6),
    Field("early_days", "可提前天数", Kind.INTEGER, width=6),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

LADDER = FieldSet(
    "ladder_step",
    Field("ordinal", "级次", Kind.INTEGER, width=4),
    Field("name", "名称", width=9),
    Field("condition", "条件", width=16),
    Field("severity", "严重程度", Kind.TERM, width=6, term=Severity),
    Field("target", "对象", Kind.TERM, width=7, term=Target),
    Field("paper", "文书种类", Kind.TERM, width=7, term=PaperKind),
    Field("trigger", "条件种类", Kind.TERM, width=7, term=Trigger),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

CLOSINGS = FieldSet(
    "closing_rule",
    Field("source", "问题来源", Kind.TERM, width=9, term=Source),
    Field("minor", "一般", Kind.TERM, width=7, term=Closer),
    Field("serious", "较严重", Kind.TERM, width=7, term=Closer),
    Field("major", "重大", Kind.TERM, width=7, term=Closer),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
)

PROOFS = FieldSet(
    "proof_rule",
    Field("action", "环节", Kind.TERM, width=6, term=Action),
    Field("proof", "佐证", Kind.TERM, width=8, term=Proof),
    Field("is_needed", "是否需要", Kind.FLAG, width=5),
    Field("category_name", "问题类型", width=14),
    Field("severity", "严重程度", Kind.TERM, width=6, term=Severity),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)

LIGHTS = FieldSet(
    "light_rule",
    Field("name", "比率", width=10),
    Field("direction", "方向", width=6),
    Field("green", "绿", Kind.NUMBER, unit="%", width=5),
    Field("yellow", "黄", Kind.NUMBER, unit="%", width=5),
    Field("words", "怎样亮灯", width=18),
    Field("note", "备注", Kind.LONG_TEXT, width=20),
    Field("retired_on", "停用日期", Kind.DATE, width=7),
)
