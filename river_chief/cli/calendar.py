"""calendar: holidays and make-up days, the office's own years, deadlines to be reviewed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import Set, entry, nested, pairs
from river_chief.cli.rule_files import write_sheet
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.errors import EnvironmentFault, reason_of
from river_chief.intake.holidays import YearText, read_year, text_of
from river_chief.queries.deadline_why import Doubt, doubts
from river_chief.queries.problem_detail import id_of
from river_chief.rules.calendar import Day, WorkCalendar
from river_chief.verbs.calendar_years import enter_year
from river_chief.verbs.deadline_review import DeadlineReview, review
from river_chief.verbs.deadlines import calendar_of
from river_chief.verbs.input import understood

app = typer.Typer(cls=Group, help="放假和调休上班。")
Year = Annotated[str, typer.Argument(metavar="年", help="例如 2025；不写为今年")]


@app.command("show", cls=Command)
def show(ctx: typer.Context, year: Year = "", as_json: Json = False) -> None:
    """查看一年的放假和调休上班，本单位录入的在内。"""
    desk = desk_of(ctx)
    wanted = _year(year) if year else desk.today().year
    with desk.reading() as session:
        known = calendar_of(session)
    days, unconfirmed = _marked(known, wanted)
    document = {
        "year": wanted,
        "published": not unconfirmed,
        "days": [
            {"day": item.day.isoformat(), "working": item.is_working, "reason": item.reason} for item in days
        ],
    }
    lines = [f"{item.day.isoformat()} {item.reason}" for item in days]
    if unconfirmed:
        lines.append(f"{wanted}年的放假安排还没有，只按周末算，待国务院公布后复核。")
    answer(document, "\n".join(lines), as_json)


@app.command("export", cls=Command)
def export(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="文件", help="写成文件：.xlsx 或 .csv。")],
    year: Year = "",
    as_json: Json = False,
) -> None:
    """把一年的放假和调休上班写成表格：日期、休/班、名称。"""
    desk = desk_of(ctx)
    wanted = _year(year) if year else desk.today().year
    with desk.reading() as session:
        days, _ = _marked(calendar_of(session), wanted)
    rows = [[item.day.isoformat(), "班" if item.is_working else "休", item.name] for item in days]
    write_sheet(out, f"{wanted}年", [["日期", "休/班", "名称"], *rows])
    answer({"file": str(out), "days": len(rows)}, f"{wanted}年 {len(rows)} 天写入“{out}”。", as_json)


@app.command("import", cls=Command)
def take_in(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar="年", help="哪一年的放假安排，例如 2027")],
    file: Annotated[Path, typer.Argument(metavar="文件", help="表格，或存成 .txt 的放假通知")],
    partial: Annotated[bool, typer.Option("--partial", help="没有录全：时限仍注明待复核。")] = False,
    as_json: Json = False,
) -> None:
    """录入一年的放假安排：表格每行写日期、休或班、名称；也可以是整段放假通知。

    这一年原来录入的以这次的为准。
    """
    text = _read(file) if file.suffix.lower() == ".txt" else text_of(file)
    given = understood(YearText, {"year": _year(year), "text": text, "is_complete": not partial})
    done = desk_of(ctx).do(enter_year, read_year(given))
    answer({"sentence": done.sentence}, f"{done.sentence}。", as_json)


@app.command("review", cls=Command)
def look_again(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="复核哪个问题的时限；不写则列出")] = "",
    values: Set = None,
    as_json: Json = False,
) -> None:
    """需复核的时限：用到当时还没有公布的年份的；写上编号则复核它。

    项：deadline 整改时限（不写则采用按放假安排算出的）、words 说明（另定日期时要写）。
    """
    desk = desk_of(ctx)
    if not number:
        with desk.reading() as session:
            found = doubts(session)
        answer({"doubts": [_plain(doubt) for doubt in found]}, _listed(found), as_json)
        return
    given = nested(pairs(values))
    with desk.writing() as writer:
        id = id_of(writer.session, number)
        own = {doubt.problem_id: doubt for doubt in doubts(writer.session)}
        due = own[id].proposal.due if id in own else desk.today()
        done = writer.do(
            review, entry(DeadlineReview, {"deadline": due.isoformat(), **given, "problem_id": id})
        )
    answer({"sentence": done.sentence}, f"{done.sentence}。", as_json)


def _plain(doubt: Doubt) -> dict[str, Any]:
    return {
        "number": doubt.number,
        "deadline": doubt.deadline.isoformat(),
        "due": doubt.proposal.due.isoformat(),
        "published": doubt.is_published,
        "differs": doubt.differs,
        "why": doubt.proposal.sentence,
    }


def _listed(found: list[Doubt]) -> str:
    lines = []
    for doubt in found:
        should = "还没有公布" if not doubt.is_published else f"应为 {doubt.proposal.due.isoformat()}"
        lines.append(f"{doubt.number}  现时限 {doubt.deadline.isoformat()}  {should}")
    return "\n".join(lines) or "没有需要复核的时限。"


def _marked(calendar: WorkCalendar, year: int) -> tuple[list[Day], bool]:
    """The days of the year that are not what their weekday says, and whether others may follow."""
    days = [calendar.day(day) for day in _days_of(year)]
    return [item for item in days if not item.is_ordinary], any(item.unconfirmed for item in days)


def _year(text: str) -> int:
    if not (text.isdecimal() and 1949 <= int(text) <= 9998):
        raise BadUsage(f"“{text}”不是年份，请写成 2025 的样子。")
    return int(text)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise EnvironmentFault(f"找不到文件“{file}”，请核对路径。") from None
    except OSError as error:
        raise EnvironmentFault(f"读不出“{file}”：{reason_of(error)}。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadUsage(f"“{file.name}”的文字编码认不出来，请另存为 UTF-8 的 .txt。")
