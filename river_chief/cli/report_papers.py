"""report circular, half-year, year: papers with a text beside the monthly report."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import YEARS, Json, answer, desk_of, notice
from river_chief.cli.filters import month_span
from river_chief.cli.names import Names
from river_chief.cli.papers import FORMS, check_form
from river_chief.cli.reports import Appendix
from river_chief.cli.speech import BadUsage, Command
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, period_of
from river_chief.terms import Period
from river_chief.verbs.office import settings_of

Out = Annotated[Path, typer.Option("-o", "--out", metavar="文件", help="写成文件：.docx、.pdf 或 .xlsx。")]
_HALF_YEAR = re.compile(r"(\d{4})(?:-(?:H|h)?([12])|年?(上|下)半年)")
_YEAR = re.compile(r"(\d{4})年?")


def circular(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="月份", help="例如 2025-03")],
    out: Out,
    village: Annotated[
        str,
        typer.Option("--village", metavar="村", help="只要一个村的：它的数字、逾期和到期的问题、欠的巡河。"),
    ] = "",
    as_json: Json = False,
) -> None:
    """给各村的通报：排名、表扬和提醒、工作要求。"""
    _make(ctx, "circular", month, out, as_json, village=village)


def half_year(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(metavar="半年", help="例如 2025-1、2025上半年")],
    out: Out,
    appendix: Appendix = False,
    as_json: Json = False,
) -> None:
    """半年小结：四段文字、各表和分月情况。"""
    _make(ctx, "half-year", period, out, as_json, appendix=appendix)


def year(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(metavar="年", help="例如 2025")],
    out: Out,
    appendix: Appendix = False,
    as_json: Json = False,
) -> None:
    """年终总结：四段文字、各表和分月情况。"""
    _make(ctx, "year", period, out, as_json, appendix=appendix)


def span_of(settings: OfficeSettings, kind: str, text: str) -> Span:
    """The days *text* names for the report *kind*: 2025-03, 2025上半年, 2025."""
    if kind == "half-year":
        return half_year_span(settings, text)
    if kind == "year":
        return year_span(settings, text)
    return month_span(settings, text, "")


def half_year_span(settings: OfficeSettings, text: str) -> Span:
    """The half-year of 2025-1, 2025上半年."""
    found = _HALF_YEAR.fullmatch(text.strip())
    if found is None or int(found[1]) not in YEARS:
        raise BadUsage(f"“{text}”不是半年，请写成 2025-1 或 2025上半年 的样子。")
    half = 1 if (found[2] or found[3]) in ("1", "上") else 2
    day = settings.month(int(found[1]), 6 * half).last
    return period_of(Period.HALF_YEAR, day, settings.period_start_day)


def year_span(settings: OfficeSettings, text: str) -> Span:
    """The year of 2025."""
    found = _YEAR.fullmatch(text.strip())
    if found is None or int(found[1]) not in YEARS:
        raise BadUsage(f"“{text}”不是年份，请写成 2025 的样子。")
    return period_of(Period.YEAR, settings.month(int(found[1]), 12).last, settings.period_start_day)


def _make(
    ctx: typer.Context,
    kind: str,
    period: str,
    out: Path,
    as_json: bool,
    *,
    village: str = "",
    appendix: bool = False,
) -> None:
    from river_chief.papers.kinds import KINDS, produce
    from river_chief.papers.output import write

    check_form(out, FORMS)
    desk = desk_of(ctx)
    with desk.reading() as session:
        today: date = desk.today()
        made = produce(
            session,
            kind,
            today=today,
            span=span_of(settings_of(session), kind, period),
            village=Names(session, today).village(village) if village else None,
            appendix=appendix,
        )
    write(made, out)
    for remark in made.remarks:
        notice(remark)
    name = KINDS[kind].name
    answer(
        {"paper": kind, "name": name, "title": made.title, "file": str(out)}, f"{name}已写入 {out}。", as_json
    )


def add_under(app: typer.Typer) -> None:
    """Put the commands under ``report``."""
    app.command("circular", cls=Command)(circular)
    app.command("half-year", cls=Command)(half_year)
    app.command("year", cls=Command)(year)
