"""Beginnings of saved reports that offices often want, to be changed at will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from river_chief.terms import Grouping, ReportDays, ReportLedger, ReportShape, ReportSpan

_STOCK = (
    "opening",
    "found",
    "relapsed",
    "closed",
    "ending",
    "overdue",
    "closing_rate_cumulative",
    "on_time_rate",
)

TEMPLATES: Mapping[str, Mapping[str, Any]] = {
    "按责任单位统计今年登记的问题": {
        "by": (Grouping.UNIT,),
        "span": ReportSpan.THIS_YEAR,
        "days_of": ReportDays.REGISTERED,
        "columns": ("problems", "closed", "overdue", "due", "on_time", "on_time_rate", "average_days"),
        "sort": "problems",
        "descending": True,
    },
    "按村统计": {"by": (Grouping.VILLAGE,), "span": ReportSpan.ASKED, "columns": _STOCK},
    "本年按月统计": {
        "by": (Grouping.REGISTERED_MONTH,),
        "span": ReportSpan.THIS_YEAR,
        "days_of": ReportDays.REGISTERED,
        "columns": ("problems", "found", "closed", "ending", "overdue", "on_time_rate", "average_days"),
    },
    "按类型、严重程度统计": {
        "by": (Grouping.GROUP, Grouping.SEVERITY),
        "span": ReportSpan.ASKED,
        "columns": _STOCK,
    },
    "逾期问题按责任单位列出": {
        "shape": ReportShape.LIST,
        "by": (Grouping.UNIT,),
        "span": ReportSpan.ASKED,
        "conditions": {"overdue": True},
        "columns": ("number", "village_name", "brief", "severity", "officer", "deadline", "overdue_days"),
        "sort": "overdue_days",
        "descending": True,
    },
    "巡河人员巡河统计": {
        "ledger": ReportLedger.PATROLS,
        "by": (Grouping.AREA, Grouping.WALKER),
        "span": ReportSpan.ASKED,
        "columns": ("logs", "with_finding", "finding_rate", "minutes", "km"),
    },
}
"""Values of a ``Definition`` by the name the report is proposed to be kept under."""
