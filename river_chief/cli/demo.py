"""demo: the sample township, to try the program on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, desk_of, spoken_progress
from river_chief.cli.ledgers import whole_or_nothing
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import Refusal

SIZES = ("township",)


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="示例放在哪个文件夹")],
    size: Annotated[str, typer.Option("--size", metavar="规模", help=f"可选：{'、'.join(SIZES)}。")] = SIZES[
        0
    ],
    seed: Annotated[int, typer.Option("--seed", metavar="种子", help="一个整数；种子相同，内容相同。")] = 1,
    as_json: Json = False,
) -> None:
    """做一个示例台账：虚构的砚溪镇，和可以导入的表格。口令取自环境变量或口令文件，没有则不设口令。"""
    from river_chief.sample import township
    from river_chief.sample.agenda import PRESENT
    from river_chief.sample.workbooks import write_workbooks

    if size not in SIZES:
        raise BadUsage(f"没有规模“{size}”，可用的有：{'、'.join(SIZES)}。")
    ledger = folder / "ledger"
    if ledger.exists():
        raise Refusal(f"“{ledger}”已经有了，请另选文件夹。")
    with whole_or_nothing(folder):
        township.make(ledger, seed=seed, password=desk_of(ctx).password(), progress=spoken_progress())
        write_workbooks(folder / "workbooks", seed=seed)
    document = {
        "ledger": str(ledger),
        "workbooks": str(folder / "workbooks"),
        "size": size,
        "seed": seed,
        "present": PRESENT.isoformat(),
    }
    text = (
        f"示例台账在 {ledger}，可导入的表格在 {folder / 'workbooks'}；"
        f"用 --ledger {ledger} --today {PRESENT.isoformat()} 打开。"
    )
    answer(document, text, as_json)


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("demo", cls=Command)(demo)
