"""saved: reports kept under a name, run for any days, changed, taken out of use and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.cli.desk import Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import Asked
from river_chief.cli.given import entry
from river_chief.cli.lists import FORMS
from river_chief.cli.papers import check_form
from river_chief.cli.periods import From, To
from river_chief.cli.registers import tell
from river_chief.cli.rows import listed, plain_row
from river_chief.cli.saved_answers import definition_lines, list_lines, table_lines
from river_chief.cli.saved_asked import report_of, reported_span
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.figures.report_json import list_as_json, table_as_json
from river_chief.figures.report_lines import ReportLine, ReportTable
from river_chief.figures.report_list import report_list
from river_chief.figures.report_scope import AVERAGE, keys_of
from river_chief.figures.report_words import is_month
from river_chief.figures.saved_report import report_table, rows_behind
from river_chief.figures.window import Window
from river_chief.papers.files import save as save_file
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.saved_reports import Kept, saved_report, saved_reports
from river_chief.terms import ReportShape
from river_chief.verbs import saved_reports as verbs
from river_chief.verbs.report_definition import Definition

app = typer.Typer(cls=Group, help="自定义报表：列出、查看、保存、运行、改名、停用。")

Name = Annotated[str, typer.Argument(metavar="名称", help="自定义报表的名称")]
Month = Annotated[
    str,
    typer.Option(
        "--month",
        metavar="月份",
        help="为哪个月做，例如 2025-03，不写为今天所在的月；也可写季度 2025Q1、半年 2025H1、全年 2025。",
    ),
]
_PROBLEM = "number state village_name category_name found_on deadline rectified_on closed_on brief".split()
_PATROL = "started_at person_name level area_name reach_names minutes km finding".split()


@app.command("list", cls=Command)
def list_reports(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="连停用的一起列。")] = False,
    as_json: Json = False,
) -> None:
    """列出保存的自定义报表。"""
    with desk_of(ctx).reading() as session:
        found = saved_reports(session, retired=every)
    document = {"count": len(found), "reports": [_plain(each) for each in found]}
    lines = [
        "\t".join((each.name, each.note, f"{each.retired_on} 停用" if each.retired_on else "")).rstrip()
        for each in found
    ]
    answer(document, "\n".join([*lines, f"共 {len(found)} 张"]), as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一张自定义报表的设定。"""
    with desk_of(ctx).reading() as session:
        found = saved_report(session, name)
        lines = definition_lines(session, found, desk_of(ctx).today())
    answer(_plain(found), "\n".join(lines), as_json)


@app.command("run", cls=Command)
def run(
    ctx: typer.Context,
    name: Name,
    month: Month = "",
    first: From = "",
    last: To = "",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="写成文件：.json、.xlsx、.docx 或 .pdf。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """运行一张自定义报表：显示，或写成文件；不写统计期则按它自己的设定。"""
    if out is not None:
        check_form(out, FORMS)
    desk = desk_of(ctx)
    with desk.reading() as session:
        found, window = _found(session, Asked.of(session, desk.today()), name, month, first, last)
        if out is not None and out.suffix.lower() != ".json":
            from river_chief.papers.kinds import produce
            from river_chief.papers.kinds.saved_report import AskedReport
            from river_chief.papers.output import write

            asked = AskedReport(found.name, found.definition)
            write(produce(session, "saved", today=desk.today(), span=window.span, filter=asked), out)
            document: dict[str, Any] = {"report": found.name, "file": str(out)}
            text = ""
        else:
            document, text = _counted(session, desk.today(), found, window)
    if out is None:
        answer(document, text, as_json)
        return
    if out.suffix.lower() == ".json":
        save_file(out, f"{as_text(document)}\n".encode())
    notice(f"{found.name}已写入 {out}。")
    if as_json:
        print(as_text({"report": found.name, "file": str(out)}))


@app.command("rows", cls=Command)
def rows(
    ctx: typer.Context,
    name: Name,
    key: Annotated[
        str, typer.Argument(metavar="数字", help="一列的代码，如 found；比率写 on_time_rate.denominator")
    ],
    line: Annotated[
        list[str] | None,
        typer.Option("--line", metavar="行名", help="哪一行，如 柳塘村；两级分组写两次；不写为合计。"),
    ] = None,
    month: Month = "",
    first: From = "",
    last: To = "",
    as_json: Json = False,
) -> None:
    """自定义统计表里一个数字背后的问题或巡河。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        found, window = _found(session, asked, name, month, first, last)
        definition = found.definition
        if definition.shape is ReportShape.LIST:
            raise BadUsage(f"“{found.name}”是明细表，用 saved run 就能看到全部各行。")
        table = report_table(session, asked.settings, found.name, definition, window, asked.today)
        behind = rows_behind(table, definition, _line(table, tuple(line or ())), _key(definition, key))
        if isinstance(behind, PatrolFilter):
            kept = PATROL_LEDGER.all(session, behind, asked.today)
            fields = PATROL_LEDGER.fields.pick(*_PATROL)
        else:
            kept = PROBLEM_LEDGER.all(session, behind, asked.today)
            fields = PROBLEM_LEDGER.fields.pick(*_PROBLEM)
    document = {"key": key, "count": len(kept), "rows": [plain_row(row) for row in kept]}
    answer(document, "\n".join([*listed(kept, fields), f"共 {len(kept)} 条"]), as_json)


@app.command("save", cls=Command)
def save(
    ctx: typer.Context,
    name: Name,
    by: Annotated[
        str, typer.Option("--by", metavar="分组", help="一级或两级，如 unit 或 责任单位、所在村。")
    ] = "",
    columns: Annotated[
        str,
        typer.Option("--columns", metavar="列", help="按顺序，如 found、closed、on_time_rate，或写列名。"),
    ] = "",
    conditions: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="项=值",
            help="同 list ledger 的 --filter，如 group=乱堆；另有 chief、due_soon。",
        ),
    ] = None,
    rows: Annotated[bool, typer.Option("--list", help="做成明细表；不写为统计表。")] = False,
    patrols: Annotated[bool, typer.Option("--patrols", help="统计巡河；不写为统计问题。")] = False,
    span: Annotated[
        str,
        typer.Option(
            "--span", metavar="统计期", help="每次选定、本月、上月、本季度、本年累计、历年累计、固定日期。"
        ),
    ] = "",
    days: Annotated[
        str, typer.Option("--days", metavar="范围", help="如 registered（统计期内登记的）；不写为不限。")
    ] = "",
    sort: Annotated[
        str, typer.Option("--sort", metavar="列", help="按哪一列排序，前面加 - 为从大到小。")
    ] = "",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="项=值", help="其他：title、note、totals、upright、signatures、first、last。"
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="已有同名的就改成这样。")] = False,
    as_json: Json = False,
) -> None:
    """保存一张自定义报表；加 --replace 可以改已有的。"""
    given = {"by": by, "columns": columns, "span": span, "days_of": days, "sort": sort}
    with desk_of(ctx).writing() as writer:
        asked = Asked.of(writer.session, writer.today)
        report = report_of(asked, name, given, conditions, values, is_list=rows, of_patrols=patrols)
        before = next(
            (each for each in saved_reports(writer.session, retired=True) if each.name == report.name), None
        )
        if replace and before is not None:
            edited = verbs.ReportEdit(**report.model_dump(), id=before.id, version=before.version)
            done = writer.do(verbs.edit, edited)
        else:
            done = writer.do(verbs.save, report)
    tell(done, as_json)


@app.command("rename", cls=Command)
def rename(
    ctx: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(metavar="新名称", help="改成的名称")],
    as_json: Json = False,
) -> None:
    """给一张自定义报表改名。"""
    with desk_of(ctx).writing() as writer:
        found = saved_report(writer.session, name)
        values = {"id": found.id, "version": found.version, "name": new}
        done = writer.do(verbs.rename, entry(verbs.ReportRename, values))
    tell(done, as_json)


@app.command("retire", cls=Command)
def retire(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """停用一张自定义报表；名称保留，随时可以恢复。"""
    with desk_of(ctx).writing() as writer:
        found = saved_report(writer.session, name)
        done = writer.do(verbs.retire, verbs.ReportChoice(id=found.id, version=found.version))
    tell(done, as_json)


@app.command("reuse", cls=Command)
def reuse(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """恢复使用一张停用的自定义报表。"""
    with desk_of(ctx).writing() as writer:
        found = saved_report(writer.session, name)
        done = writer.do(verbs.reuse, verbs.ReportChoice(id=found.id, version=found.version))
    tell(done, as_json)


def _found(
    session: Session, asked: Asked, name: str, month: str, first: str, last: str
) -> tuple[Kept, Window]:
    found = saved_report(session, name)
    span = reported_span(found.definition, asked.settings, asked.today, month, first, last)
    return found, Window.of(span, asked.today, asked.settings.period_start_day)


def _counted(session: Session, today: Any, found: Kept, window: Window) -> tuple[dict[str, Any], str]:
    settings = Asked.of(session, today).settings
    definition = found.definition
    if definition.shape is ReportShape.LIST:
        rows = report_list(session, settings, found.name, definition, window, today)
        return list_as_json(rows, definition), "\n".join(list_lines(rows, definition))
    table = report_table(session, settings, found.name, definition, window, today)
    of_month = is_month(window, settings)
    document = table_as_json(table, definition, of_month=of_month)
    return document, "\n".join(table_lines(table, definition, of_month=of_month))


def _line(table: ReportTable, names: tuple[str, ...]) -> ReportLine:
    if not names:
        return table.total
    for line in table.lines:
        if line.names == names:
            return line
    known = "、".join(dict.fromkeys(line.names[0] for line in table.lines))
    raise BadUsage(f"报表里没有“{' '.join(names)}”这一行，第一级有：{known}。")


def _key(definition: Definition, key: str) -> str:
    known = [each for column in definition.columns for each in (column, *keys_of(column))]
    if key not in known:
        raise BadUsage(f"报表里没有数字“{key}”，可用的有：{'、'.join(dict.fromkeys(known))}。")
    return (
        f"{key}.numerator" if key in definition.columns and key != AVERAGE and len(keys_of(key)) > 1 else key
    )


def _plain(found: Kept) -> dict[str, Any]:
    return {
        "id": found.id,
        "version": found.version,
        "name": found.name,
        "note": found.note,
        "retired_on": found.retired_on.isoformat() if found.retired_on else None,
        "definition": found.stored,
    }
