"""demo: the sample township, to try the program on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from river_chief.cli.desk import Json, answer, desk_of, parsed_day, spoken_progress
from river_chief.cli.ledgers import whole_or_nothing
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import Refusal

SIZES = ("township", "county", "city")


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="示例放在哪个文件夹")],
    size: Annotated[str, typer.Option("--size", metavar="规模", help=f"可选：{'、'.join(SIZES)}。")] = SIZES[
        0
    ],
    seed: Annotated[int, typer.Option("--seed", metavar="种子", help="一个整数；种子相同，内容相同。")] = 1,
    until: Annotated[
        str, typer.Option("--until", metavar="日期", help="只做到哪一天（仅 township）；不写则做到底。")
    ] = "",
    as_json: Json = False,
) -> None:
    """做一个示例台账：虚构的砚溪镇，和可以导入的表格。口令取自环境变量或口令文件，没有则不设口令。"""
    from river_chief.sample import township
    from river_chief.sample.agenda import PRESENT
    from river_chief.sample.bulk import sizes
    from river_chief.sample.workbooks import write_workbooks

    if size not in SIZES:
        raise BadUsage(f"没有规模“{size}”，可用的有：{'、'.join(SIZES)}。")
    if until and size != SIZES[0]:
        raise BadUsage("--until 只用于 township。")
    present = parsed_day(until, "--until") if until else PRESENT
    ledger = folder / "ledger"
    if ledger.exists():
        raise Refusal(f"“{ledger}”已经有了，请另选文件夹。")
    with whole_or_nothing(folder), whole_or_nothing(ledger):
        password, progress = desk_of(ctx).password(), spoken_progress()
        if size == SIZES[0]:
            township.make(ledger, seed=seed, password=password, until=present, progress=progress)
        else:
            sizes.make(ledger, sizes.SIZES[size], seed=seed, password=password, progress=progress)
        write_workbooks(folder / "workbooks", seed=seed)
    document = {
        "ledger": str(ledger),
        "workbooks": str(folder / "workbooks"),
        "size": size,
        "seed": seed,
        "present": present.isoformat(),
    }
    text = (
        f"示例台账在 {ledger}，可导入的表格在 {folder / 'workbooks'}；"
        f"用 --ledger {ledger} --today {present.isoformat()} 打开。"
    )
    answer(document, text, as_json)


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("demo", cls=Command)(demo)
