"""zero: what villages told of a month, signed and withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import year_month
from river_chief.cli.given import Set, entry, pairs
from river_chief.cli.lists import FORMS
from river_chief.cli.names import Names
from river_chief.cli.papers import check_form
from river_chief.cli.registers import tell
from river_chief.cli.rows import listed
from river_chief.cli.speech import Command, Group
from river_chief.errors import NotFound
from river_chief.fields.follow_up import ZERO_REPORTS
from river_chief.figures.as_json import zero_as_json
from river_chief.papers.files import save
from river_chief.queries.zero_reports import report_id, zero_month
from river_chief.verbs import zero_reports
from river_chief.verbs.office import settings_of

app = typer.Typer(cls=Group, help="零报告：查看一个月的，签报，作废。")
Month = Annotated[str, typer.Argument(metavar="月份", help="例如 2025-03")]
_SHOWN = "village_name state found numbers signer signed_on".split()


@app.command("month", cls=Command)
def month(
    ctx: typer.Context,
    text: Month,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="写成零报告情况表：.json、.xlsx、.docx 或 .pdf。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """查看一个月各村的发现、零报告和未报，或写成一张表。"""
    if out is not None:
        check_form(out, FORMS)
    desk = desk_of(ctx)
    with desk.reading() as session:
        settings = settings_of(session)
        found = zero_month(session, settings, *year_month(text, ""), desk.today())
        if out is not None and out.suffix.lower() != ".json":
            from river_chief.papers.kinds import produce
            from river_chief.papers.output import write

            write(produce(session, "zero", today=desk.today(), span=found.span), out)
    document = zero_as_json(found)
    if out is not None and out.suffix.lower() == ".json":
        save(out, f"{as_text(document)}\n".encode())
    if out is not None:
        notice(f"{text} 的零报告情况已写入 {out}。")
    counts = "，".join(f"{state.label} {count}" for state, count in found.counts.items())
    lines = [*listed(found.rows, ZERO_REPORTS.pick(*_SHOWN)), f"共 {len(found.rows)} 个村：{counts}"]
    if out is None or as_json:
        answer(document, "\n".join(lines), as_json)


@app.command("sign", cls=Command)
def sign(
    ctx: typer.Context,
    text: Month,
    villages: Annotated[list[str], typer.Argument(metavar="村", help="签报的村，可以写几个")],
    values: Set = None,
    as_json: Json = False,
) -> None:
    """登记村里签报的零报告。

    项：signer（签报人，不写为各村的村级河长）、signed_on、words。当月登记有发现的村不能签报。
    """
    year, number = year_month(text, "")
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        ids = tuple(names.village(village) for village in villages)
        signing = {"area_ids": ids, "year": year, "month": number, **given}
        done = writer.do(zero_reports.sign, entry(zero_reports.ZeroSigning, signing))
    tell(done, as_json)


@app.command("void", cls=Command)
def void(
    ctx: typer.Context,
    text: Month,
    village: Annotated[str, typer.Argument(metavar="村", help="哪个村的")],
    values: Set = None,
    as_json: Json = False,
) -> None:
    """作废一个村的零报告。项：words（原因）。"""
    year, number = year_month(text, "")
    with desk_of(ctx).writing() as writer:
        id = report_id(writer.session, Names(writer.session, writer.today).village(village), year, number)
        if id is None:
            raise NotFound(f"{village}没有{year}年{number}月的零报告，请核对月份。")
        done = writer.do(zero_reports.void_zero, entry(zero_reports.ZeroVoid, {"id": id, **pairs(values)}))
    tell(done, as_json)
