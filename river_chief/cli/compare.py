"""report compare: the four comparisons of the villages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import Asked
from river_chief.cli.papers import FORMS, check_form
from river_chief.cli.periods import From, MaybeMonth, To, span_given
from river_chief.cli.speech import Command
from river_chief.figures.four import FourFigures
from river_chief.figures.four_closed import compared
from river_chief.figures.four_json import four_as_json
from river_chief.papers.files import save


def compare_report(
    ctx: typer.Context,
    month: MaybeMonth = "",
    first: From = "",
    last: To = "",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="写成文件：.json、.xlsx、.docx 或 .pdf。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """四比：各村问题比数量、检查比质量、整改比速度、成效比高度，各自排名；可写成情况表文件。"""
    from river_chief.papers.kinds import produce
    from river_chief.papers.output import write

    desk = desk_of(ctx)
    if out is not None:
        check_form(out, (".json", *FORMS))
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        span = span_given(asked.settings, month, first, last)
        if out is not None and out.suffix.lower() in FORMS:
            write(produce(session, "compare", today=desk.today(), span=span), out)
        else:
            four = compared(session, asked.settings, span, desk.today())
            if out is None:
                answer(four_as_json(four), "\n".join(_lines(four)), as_json)
                return
            save(out, f"{as_text(four_as_json(four))}\n".encode())
    notice(f"四比情况表已写入 {out}。")
    if as_json:
        print(as_text({"file": str(out)}))


def _lines(four: FourFigures) -> Iterable[str]:
    yield f"{four.office} {four.name} 四比"
    if four.window.cut < four.window.last:
        yield f"统计到 {four.window.cut.isoformat()}"
    for side in four.sides:
        yield f"{side.name}（看{four.lead_name(side)}，位次与{four.before}比）"
        yield "\t".join(("村", *(each.name for each in side.figures), "位次", "变化", "亮灯"))
        for village in four.villages:
            place = village.places.get(side.key)
            words = ("—",) * 3 if place is None else (place.rank_words, place.change_words, place.light_words)
            texts = (village.figures[each.key].text for each in side.figures)
            yield "\t".join((village.name, *texts, *words))


def add_to(app: typer.Typer) -> None:
    """Put the command into a group."""
    app.command("compare", cls=Command)(compare_report)
