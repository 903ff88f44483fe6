"""Every field of 督促文书: the letters of the ladder that went out."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import PaperKind

LADDER_LETTERS = FieldSet(
    "paper",
    Field("kind", "文书种类", Kind.TERM, width=6, term=PaperKind),
    Field("number", "文号", width=12),
    Field("title", "标题", Kind.LONG_TEXT, width=20),
    Field("addressee", "主送", width=10),
    Field("issued_on", "印发日期", Kind.DATE, width=7),
    Field("due_on", "答复时限", Kind.DATE, width=7),
    Field("answered_on", "答复日期", Kind.DATE, width=7),
    Field("answer_state", "答复情况", width=8),
    Field("answerer", "答复人", width=8),
    Field("answer", "答复内容", Kind.LONG_TEXT, width=20),
    Field("problem_count", "涉及问题数", Kind.INTEGER, width=5),
    Field("problem_numbers", "涉及问题", Kind.LONG_TEXT, width=14),
    Field("village_name", "村", width=7),
    Field("step_name", "督促阶梯", width=8),
    Field("body", "正文", Kind.LONG_TEXT, width=20),
    Field("void_reason", "作废原因", width=12),
)
