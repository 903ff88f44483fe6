"""The period a report is asked for: 2025-03, 2025Q1, 2025H1, 2025, or the days --from and --to."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from river_chief.cli.desk import YEARS, parsed_day
from river_chief.cli.filters import month_span
from river_chief.cli.speech import BadUsage
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span

MaybeMonth = Annotated[
    str,
    typer.Argument(
        metavar="统计期",
        help="例如 2025-03，季度 2025Q1，半年 2025H1，全年 2025；写了起止日期可以不写",
    ),
]
From = Annotated[str, typer.Option("--from", metavar="日期", help="统计期的第一天，和 --to 一起写。")]
To = Annotated[str, typer.Option("--to", metavar="日期", help="统计期的最后一天。")]
_MONTH = re.compile(r"\d{4}-\d{1,2}")
_PARTS = re.compile(r"(\d{4})(?:-?([QqHh])(\d))?")
_MONTHS = {"Q": 3, "H": 6}


def span_given(settings: OfficeSettings, period: str, first: str, last: str) -> Span:
    """The office's month, quarter, half-year or year, or the days between --from and --to."""
    if bool(first) != bool(last):
        raise BadUsage("--from 和 --to 要一起写。")
    if first:
        if period:
            raise BadUsage("月份和 --from、--to 只写一种。")
        span = Span(parsed_day(first, "--from"), parsed_day(last, "--to"))
        if span.last < span.first:
            raise BadUsage("--to 的日期早于 --from，请核对。")
        return span
    if not period:
        raise BadUsage("请写出月份，例如 2025-03，或用 --from 和 --to 写出起止日期。")
    if _MONTH.fullmatch(period.strip()):
        return month_span(settings, period, "")
    found = _months(settings, period.strip())
    if found is None:
        raise BadUsage(f"“{period}”不是统计期，请写成 2025-03、2025Q1、2025H1 或 2025 的样子。")
    return found


def _months(settings: OfficeSettings, text: str) -> Span | None:
    """A quarter, half-year or year; None for another text."""
    found = _PARTS.fullmatch(text)
    if found is None or int(found[1]) not in YEARS:
        return None
    year, length = int(found[1]), _MONTHS[found[2].upper()] if found[2] else 12
    place = int(found[3] or 1)
    if not 1 <= place <= 12 // length:
        return None
    last = place * length
    return Span(settings.month(year, last - length + 1).first, settings.month(year, last).last)
