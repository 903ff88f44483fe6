"""report chart: a chart of a period as a picture, or its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import Asked
from river_chief.cli.papers import check_form
from river_chief.cli.periods import From, MaybeMonth, To, span_given
from river_chief.cli.speech import BadUsage, Command
from river_chief.figures.charts import chart_figures
from river_chief.papers.charts.chart import Chart, data_of
from river_chief.papers.charts.drawing import PICTURES
from river_chief.papers.charts.period import CHARTS
from river_chief.papers.files import save

Kind = Annotated[str, typer.Argument(metavar="图", help=f"{'、'.join(CHARTS)} 之一")]


def add_under(app: typer.Typer) -> None:
    """Let *app* (report) have the command chart."""

    @app.command("chart", cls=Command)
    def chart(
        ctx: typer.Context,
        kind: Kind,
        month: MaybeMonth = "",
        first: From = "",
        last: To = "",
        out: Annotated[
            Path | None, typer.Option("-o", "--out", metavar="文件", help="写成图片：.svg、.png 或 .pdf。")
        ] = None,
        as_json: Json = False,
    ) -> None:
        """图表：存量走势、比率走势、新增按类型、在册状态、各村、巡河日历；写成图片，或列出图上的数。"""
        if kind not in CHARTS:
            raise BadUsage(f"没有图“{kind}”，可用的有：{'、'.join(CHARTS)}。")
        if out is not None:
            check_form(out, PICTURES)
        desk = desk_of(ctx)
        with desk.reading() as session:
            asked = Asked.of(session, desk.today())
            span = span_given(asked.settings, month, first, last)
            made = CHARTS[kind].make(chart_figures(session, asked.settings, span, desk.today()))
        if out is None:
            answer(_document(kind, made), "\n".join(_lines(made)), as_json)
            return
        from river_chief.papers.charts.picture import render_chart

        save(out, render_chart(made, out.suffix))
        notice(f"图表已写入 {out}。")
        if as_json:
            print(as_text({"file": str(out)}))


def _document(kind: str, chart: Chart) -> dict[str, object]:
    data = [{"name": name, "value": each.value, "text": each.text} for name, each in data_of(chart)]
    return {"kind": kind, "title": chart.title, "data": data}


def _lines(chart: Chart) -> list[str]:
    return [chart.title, *(f"{name}\t{each.text}" for name, each in data_of(chart))]
