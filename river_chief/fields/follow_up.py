"""Every field of what follows a problem or goes before it: 举一反三 with its answers, 零报告."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Scope, SweepReply, ZeroState

SWEEPS = FieldSet(
    "sweep",
    Field("number", "问题编号", width=7),
    Field("category_name", "问题类型", width=10),
    Field("question", "排查内容", Kind.LONG_TEXT, width=24),
    Field("scope", "范围", Kind.TERM, width=4, term=Scope),
    Field("asked_on", "布置日期", Kind.DATE, width=7),
    Field("due_on", "答复期限", Kind.DATE, width=7),
    Field("asked", "应答复", Kind.INTEGER, width=4),
    Field("none", "无此类问题", Kind.INTEGER, width=6),
    Field("found", "发现同类", Kind.INTEGER, width=5),
    Field("not_concerned", "不涉及", Kind.INTEGER, width=4),
    Field("unanswered", "未答复", Kind.INTEGER, width=4),
    Field("progress", "进展", width=7),
    Field("voided_on", "作废日期", Kind.DATE, width=7),
    Field("void_reason", "作废原因", width=10),
)

SWEEP_ANSWERS = FieldSet(
    "sweep_answer",
    Field("place", "村（社区）/河段", width=10),
    Field("reply", "答复", Kind.TERM, width=8, term=SweepReply),
    Field("answerer", "答复人", width=6),
    Field("answered_on", "答复日期", Kind.DATE, width=7),
    Field("found_number", "发现的问题", width=8),
    Field("words", "说明", Kind.LONG_TEXT, width=18),
    Field("due_on", "答复期限", Kind.DATE, width=7),
    Field("overdue_days", "逾期天数", Kind.INTEGER, width=5),
)

ZERO_REPORTS = FieldSet(
    "zero_report",
    Field("village_name", "村（社区）", width=8),
    Field("found", "发现问题", Kind.INTEGER, unit="个", width=5),
    Field("numbers", "问题编号", Kind.LONG_TEXT, width=16),
    Field("state", "报告情况", Kind.TERM, width=7, term=ZeroState),
    Field("signer", "签报人", width=6),
    Field("signed_on", "签报日期", Kind.DATE, width=7),
    Field("words", "说明", Kind.LONG_TEXT, width=14),
)
