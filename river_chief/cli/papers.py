"""paper: one paper of the office, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.filters import Asked, month_span
from river_chief.cli.speech import BadUsage, Command

FORMS = (".xlsx", ".docx", ".pdf")


def paper(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="文书", help="如 sign-off（销号签收单）")],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="文件", help="写成文件：.xlsx、.docx 或 .pdf。")
    ],
    month: Annotated[str, typer.Option("--month", metavar="月份", help="哪个月的，例如 2025-03。")] = "",
    village: Annotated[str, typer.Option("--village", metavar="村", help="只要一个村的。")] = "",
    as_json: Json = False,
) -> None:
    """制作一份文书，例如销号签收单。"""
    from river_chief.papers.kinds import KINDS, produce
    from river_chief.papers.output import write

    if kind not in KINDS:
        known = "、".join(f"{key}（{item.name}）" for key, item in KINDS.items())
        raise BadUsage(f"没有文书“{kind}”，可用的有：{known}。")
    check_form(out, FORMS)
    desk = desk_of(ctx)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        made = produce(
            session,
            kind,
            today=desk.today(),
            span=month_span(asked.settings, month, "--month 的") if month else None,
            village=asked.names.village(village) if village else None,
        )
    write(made, out)
    name = KINDS[kind].name
    answer({"paper": kind, "name": name, "file": str(out)}, f"{name}已写入 {out}。", as_json)


def check_form(out: Path, forms: tuple[str, ...], option: str = "-o") -> None:
    """Refuse a file name whose ending is none of *forms*."""
    if out.suffix.lower() not in forms:
        raise BadUsage(f"{option} 的文件名请以 {'、'.join(forms)} 结尾。")


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("paper", cls=Command)(paper)
