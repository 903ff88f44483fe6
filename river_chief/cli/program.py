"""The program: global options, the nouns it knows, and its way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from river_chief.cli import (
    areas,
    bulk,
    campaigns,
    charts,
    chiefs,
    demo,
    imports,
    ladder,
    ledgers,
    lists,
    look_back,
    months,
    office,
    papers,
    patches,
    patrols,
    photos,
    problems,
    reaches,
    report_by,
    report_papers,
    report_texts,
    reports,
    saved,
    sweeps,
    waters,
    zero,
)
from river_chief.cli.desk import Desk, checked_name, parsed_day
from river_chief.cli.failures import exit_code_of
from river_chief.cli.speech import BadUsage, Group

NAME = "river-chief"


class Program(Group):
    """The root: turns what goes wrong into a sentence and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Carry out the command and exit; a star in an argument is never taken for files."""
        words = sys.argv[1:] if args is None else list(args)

        def work() -> object:
            _refuse_broken(words)
            return super(Program, self).main(words or ["--help"], NAME, standalone_mode=False, **extra)

        sys.exit(exit_code_of(work))


def _refuse_broken(words: Sequence[str]) -> None:
    """Refuse words that are no text: bytes of another encoding, which nothing could store or print."""
    for word in words:
        if any("\ud800" <= char <= "\udfff" for char in word):
            shown = word.encode("utf-8", "replace").decode("utf-8")
            raise BadUsage(f"“{shown}”里有读不出的字符，请用 UTF-8 编码输入命令。")


app = typer.Typer(
    cls=Program,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="河长台账：河湖、河长、巡河和问题整改的台账。\n\n每个命令后加 --help 看它的说明。退出码：0 完成，2 被拒绝，3 环境问题，4 命令写错，1 程序出错。",
)


@app.callback()
def choose(
    ctx: typer.Context,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", metavar="文件夹", help="台账所在的文件夹；不写则用上次打开的。")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file", metavar="文件", help="口令文件；口令也可放在环境变量 RIVER_CHIEF_PASSWORD 里。"
        ),
    ] = None,
    user: Annotated[str, typer.Option("--as", metavar="姓名", help="以谁的名义办理，记入日志。")] = "",
    today: Annotated[
        str, typer.Option("--today", metavar="日期", help="当作今天的日期（2025-03-31），用于演示和核对。")
    ] = "",
) -> None:
    day = parsed_day(today, "--today") if today else None
    ctx.obj = Desk(ledger, password_file, checked_name(user), day)


ledgers.add_to(app)
demo.add_to(app)
imports.add_to(app)
for noun, commands, ledger in (
    ("problem", problems.app, "ledger"),
    ("patrol", patrols.app, "patrols"),
    ("chief", chiefs.app, "chiefs"),
    ("water", waters.app, "waters"),
    ("reach", reaches.app, "reaches"),
    ("area", areas.app, "areas"),
    ("patch", patches.app, "patches"),
):
    lists.add_under(commands, ledger)
    app.add_typer(commands, name=noun)
bulk.add_under(problems.app)
app.add_typer(look_back.app, name="look-back")
app.add_typer(campaigns.app, name="campaign")
app.add_typer(ladder.app, name="ladder")
app.add_typer(photos.app, name="photo")
app.add_typer(sweeps.app, name="sweep")
app.add_typer(zero.app, name="zero")
lists.add_to(app)
papers.add_to(app)
charts.add_under(reports.app)
report_by.add_under(reports.app)
report_papers.add_under(reports.app)
report_texts.add_under(reports.app)
app.add_typer(reports.app, name="report")
app.add_typer(saved.app, name="saved")
app.add_typer(months.app, name="month")
office.add_to(app)


def main() -> None:
    """Run the command of ``sys.argv``; stdout and stderr are UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()
