"""report: the monthly figures, the rows behind them, patrol duty, and the four comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli import compare
from river_chief.cli.desk import Desk, Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import Asked, month_span, year_month
from river_chief.cli.papers import FORMS, check_form
from river_chief.cli.periods import From, MaybeMonth, To, span_given
from river_chief.cli.report_by import Only, narrowed
from river_chief.cli.rows import listed, plain_row
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.figures.as_json import duty_as_json, month_as_json
from river_chief.figures.closed import month_figures
from river_chief.figures.cumulated import COUNTS
from river_chief.figures.duty import DutyFigures, duty_figures
from river_chief.figures.frozen import frozen_proof, proven_behind, rows_of
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rows import filters, rows_behind
from river_chief.figures.window import Window
from river_chief.papers.files import save
from river_chief.queries.month_closes import close_of
from river_chief.queries.problems import PROBLEM_LEDGER

app = typer.Typer(cls=Group, help="统计：月报、数字背后的问题、巡河履职、四比。")

Month = Annotated[str, typer.Argument(metavar="月份", help="例如 2025-03")]
Appendix = Annotated[bool, typer.Option("--appendix", help="文件后附各数字和比率所含的问题编号。")]
_ROW = "number state village_name category_name found_on deadline rectified_on closed_on brief".split()


@app.command("monthly", cls=Command)
def month_report(
    ctx: typer.Context,
    month: MaybeMonth = "",
    first: From = "",
    last: To = "",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="写成文件：.json、.xlsx、.docx 或 .pdf。"),
    ] = None,
    close: Annotated[bool, typer.Option("--close", help="先月结这个月，再给出固定下来的月报。")] = False,
    edition: Annotated[
        int | None, typer.Option("--edition", metavar="版次", help="已月结的月份的第几版；不写为现行的一版。")
    ] = None,
    appendix: Appendix = False,
    as_json: Json = False,
) -> None:
    """月报：存量、各项比率、分村分类、巡河、工作量、逾期和下月到期；可写成工作月报文件。"""
    from river_chief.papers.kinds import produce
    from river_chief.papers.output import write

    desk = desk_of(ctx)
    if out is not None:
        check_form(out, (".json", *FORMS))
    if close:
        _close(desk, month)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        span = span_given(asked.settings, month, first, last)
        if out is not None and out.suffix.lower() in FORMS:
            made = produce(
                session, "monthly", today=desk.today(), span=span, edition=edition, appendix=appendix
            )
            write(made, out)
            for remark in made.remarks:
                notice(remark)
        else:
            figures = month_figures(session, asked.settings, span, desk.today(), edition)
            document = month_as_json(figures)
            if out is None:
                answer(document, "\n".join(_month_lines(figures, asked.settings.shown_rates)), as_json)
                return
            save(out, f"{as_text(document)}\n".encode())
    notice(f"月报已写入 {out}。")
    if as_json:
        print(as_text({"file": str(out)}))


def _close(desk: Desk, month: str) -> None:
    from river_chief.papers.month_closing import close_month

    if not month:
        raise BadUsage("月结要写月份，例如 2025-03；起止日期不能月结。")
    with desk.writing() as writer:
        close_month(writer, *year_month(month, ""))
        notice(f"{writer.changes.sentence}。")


@app.command("rows", cls=Command)
def rows(
    ctx: typer.Context,
    month: Month,
    key: Annotated[
        str,
        typer.Argument(metavar="数字", help="如 found、closed、ending，或 closing_rate_cumulative.numerator"),
    ],
    village: Annotated[str, typer.Option("--village", metavar="村", help="只看一个村的。")] = "",
    only: Only = None,
    as_json: Json = False,
) -> None:
    """月报里一个数字背后的问题；已月结的月份是固定下来的那些问题。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        window = Window.of(
            month_span(asked.settings, month, ""), desk.today(), asked.settings.period_start_day
        )
        if key not in filters(window):
            raise BadUsage(f"没有数字“{key}”，可用的有：{'、'.join(filters(window))}。")
        wanted = narrowed(asked.names, [*([f"village={village}"] if village else []), *(only or [])])
        close = close_of(session, window.span)
        if close is None:
            filter = rows_behind(window, key, **wanted)
        else:
            filter = rows_of(proven_behind(frozen_proof(session, close), key, **wanted))
        found = PROBLEM_LEDGER.all(session, filter, desk.today())
    document = {
        "key": key,
        "edition": close.edition if close else None,
        "count": len(found),
        "rows": [plain_row(row) for row in found],
    }
    lines = listed(found, PROBLEM_LEDGER.fields.pick(*_ROW))
    answer(document, "\n".join([*lines, f"共 {len(found)} 个问题"]), as_json)


@app.command("duty", cls=Command)
def duty_report(
    ctx: typer.Context, month: MaybeMonth = "", first: From = "", last: To = "", as_json: Json = False
) -> None:
    """巡河履职：应巡、实巡、有效、达标，分层级、分村，和还欠的巡河。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        window = Window.of(
            span_given(asked.settings, month, first, last), desk.today(), asked.settings.period_start_day
        )
        duty = duty_figures(session, asked.settings, window.span)
    answer(duty_as_json(duty), "\n".join(_duty_lines(duty)), as_json)


compare.add_to(app)


def _month_lines(figures: MonthFigures, shown: Iterable[str]) -> Iterable[str]:
    window = figures.window
    yield f"{figures.office} {window.first.isoformat()} 至 {window.last.isoformat()}"
    if figures.closing is not None:
        yield f"{figures.closing.text}，{figures.closing.closed_on} {figures.closing.closer}月结"
    if window.cut < window.last:
        yield f"统计到 {window.cut.isoformat()}"
    yield "存量：" + "，".join(f"{each.name} {getattr(figures.stock, each.key)}" for each in STOCK)
    for rate in figures.rates:
        yield f"{rate.rate.name}：{rate.ratio.text}（{rate.ratio.numerator}/{rate.ratio.denominator}）"
    for compared in (figures.comparisons.before, figures.comparisons.last_year):
        changes = "，".join(
            f"{each.name} {each.now}（{each.before}，{each.text}）" for each in compared.counts
        )
        yield f"与{compared.words}（{compared.name}）比：{changes}"
    for name, sums in (("本年累计", figures.year_to_date), ("历年累计", figures.ever)):
        counts = "，".join(f"{head} {sums.total.counts[key]}" for key, head in COUNTS.items())
        rates = "，".join(f"{each.rate.name} {each.text}" for each in sums.total.rates)
        yield f"{name}：{counts}；{rates}"
    yield from _village_lines(figures, shown)
    yield from _duty_lines(figures.patrols)
    for kind, amount in figures.work.items():
        yield f"{kind.label} {amount:g} {kind.unit}"
    for title, problems in (("逾期", figures.overdue), ("下月到期", figures.due_next)):
        if problems:
            yield f"{title}：{'、'.join(each.number for each in problems)}"
    for each in figures.corrections:
        numbers = "、".join(problem.number for problem in each.problems)
        yield f"更正：{each.year}年{each.month}月第{each.edition}版，涉及{numbers or '巡河和工作量'}"


def _village_lines(figures: MonthFigures, shown: Iterable[str]) -> Iterable[str]:
    """The table of villages with the rates the office shows, rank, its change and the light."""
    rates = tuple(shown)
    heads = "村 期初 新增 反弹 销号 期末 到期 按期 逾期".split()
    yield "\t".join((*heads, *(figures.rate(key).rate.name for key in rates), "排名", "位次变化", "红黄绿"))
    for line in figures.by_village:
        stock = line.stock
        counts = (stock.opening, stock.found, stock.relapsed, stock.closed, stock.ending)
        texts = (line.rate(key).text for key in rates)
        place = (line.rank_words, line.change_words, line.light_words)
        yield "\t".join(map(str, (line.name, *counts, line.due, line.on_time, line.overdue, *texts, *place)))


def _duty_lines(duty: DutyFigures) -> Iterable[str]:
    yield "巡河\t人数\t应巡\t实巡\t有效\t达标\t达标率"
    for line in (*duty.by_level, duty.total):
        counts = (line.chiefs, line.owed, line.done, line.valid, line.compliant)
        yield "\t".join(map(str, (line.name, *counts, line.compliance.text)))
    for each in duty.missing:
        yield f"{each.area}{each.name} {each.reach} 还欠 {each.missing} 次"
