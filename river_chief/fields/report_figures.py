"""The numbers a saved report can show: counts, rates and averages, each with its Chinese name.

Keys are those of ``figures.measures`` and ``figures.rates``; what a rate counts is defined there.
"""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind


def _count(key: str, label: str, width: int = 3) -> Field:
    return Field(key, label, Kind.INTEGER, width=width)


def _rate(key: str, label: str) -> Field:
    return Field(key, label, Kind.NUMBER, width=4)


PROBLEM_FIGURES = FieldSet(
    "problem_figures",
    _count("problems", "问题数"),
    _count("opening", "期初"),
    _count("found", "新增"),
    _count("relapsed", "反弹"),
    _count("closed", "销号"),
    _count("unfounded", "不属实"),
    _count("handed_over", "移交"),
    _count("merged", "并案"),
    _count("voided", "作废"),
    _count("ending", "期末"),
    _count("due", "到期"),
    _count("on_time", "按期"),
    _count("overdue", "逾期"),
    _count("due_next", "下月到期"),
    _count("rectified", "整改完成"),
    _count("exceptions", "例外办理"),
    _count("waiting_above", "已验收待上级销号", 4),
    _rate("closing_rate_cumulative", "整改销号率"),
    _rate("completion_rate_cumulative", "整改完成率（累计）"),
    _rate("rectification_rate", "本月整改率"),
    _rate("on_time_rate", "按期整改率"),
    _rate("overdue_rate", "逾期率"),
    _rate("relapse_rate", "反弹率"),
    _rate("look_back_relapse_rate", "回头看反弹率"),
    _rate("own_finding_rate", "自查发现占比"),
    _rate("rejection_rate", "退回率"),
    Field("average_days", "平均整改天数", Kind.NUMBER, width=4, digits=1),
)

PATROL_FIGURES = FieldSet(
    "patrol_figures",
    _count("logs", "巡河次数"),
    _count("walkers", "巡河人数"),
    _count("with_finding", "发现问题次数"),
    Field("minutes", "时长", Kind.INTEGER, unit="分钟", width=4),
    Field("km", "里程", Kind.NUMBER, unit="km", width=4, digits=2),
    _rate("finding_rate", "发现问题占比"),
)
