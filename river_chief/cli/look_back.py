"""look-back: closed problems that are to be looked at again, and ticking them off."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from river_chief.bulk.actions import BULK
from river_chief.cli.bulk import DryRun, Skip, finish, planned
from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.filters import Asked
from river_chief.cli.given import Set, nested, pairs
from river_chief.cli.lists import Conditions
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.errors import Refusal
from river_chief.queries.ledger_query import plain
from river_chief.queries.look_backs import LookBackFilter, LookBackRow, Which, look_backs
from river_chief.queries.problem_detail import id_of
from river_chief.storage.database import Database
from river_chief.terms import Action

app = typer.Typer(cls=Group, help="回头看：哪些已销号的问题该回头看，成批记录未反弹。")

WORDS = "现场查看，未发现反弹"
Whole = Annotated[bool, typer.Option("--all", help="全部已销号的，不只是到期的。")]
Soon = Annotated[bool, typer.Option("--soon", help="三十天内到期的也列出。")]
Share = Annotated[
    int | None,
    typer.Option("--sample", metavar="百分数", min=1, max=100, help="抽查的比例；不写按回头看规定里的比例。"),
]


@app.command("due", cls=Command)
def due(
    ctx: typer.Context,
    conditions: Conditions = None,
    soon: Soon = False,
    whole: Whole = False,
    sample: Share = None,
    as_json: Json = False,
) -> None:
    """列出该回头看的问题：销号时间、该看哪一次、从哪天起、上次看的结果。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        given = Asked.of(session, desk.today()).problems(pairs(conditions, "--filter"))
        rows = look_backs(session, LookBackFilter(_which(soon, whole), given, sample), desk.today())
    lines = ["编号\t村\t销号时间\t应看\t到期\t已超天数\t上次回头看", *map(_line, rows), f"共 {len(rows)} 件"]
    answer({"count": len(rows), "rows": [_plain(row) for row in rows]}, "\n".join(lines), as_json)


@app.command("tick", cls=Command)
def tick(
    ctx: typer.Context,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="编号", help="问题编号，可以写几个；不写则为全部到期的")
    ] = None,
    conditions: Conditions = None,
    values: Set = None,
    sample: Share = None,
    dry_run: DryRun = False,
    skip: Skip = False,
    as_json: Json = False,
) -> None:
    """成批记录回头看未反弹，作为一个批次。项：happened_at、actor、words。反弹的用 problem do 逐件办理。"""
    desk = desk_of(ctx)
    if numbers and conditions:
        raise BadUsage("请写问题编号，或用 --filter 选出问题，二者选一。")
    with desk.opened() as database:
        with database.read() as session:
            given = Asked.of(session, desk.today()).problems(pairs(conditions, "--filter"))
            if numbers:
                ids = [id_of(session, number) for number in numbers]
            else:
                filter = LookBackFilter(Which.DUE, given, sample)
                ids = [row.id for row in look_backs(session, filter, desk.today())]
        _tick(database, ctx, ids, {"words": WORDS, **nested(pairs(values))}, (dry_run, skip, as_json))


def _tick(
    database: Database,
    ctx: typer.Context,
    ids: list[int],
    given: dict[str, Any],
    how: tuple[bool, bool, bool],
) -> None:
    if not ids:
        raise Refusal("没有到期要回头看的问题。")
    desk = desk_of(ctx)
    plan = planned(database, desk, BULK[Action.LOOK_BACK.value], ids, given)
    finish(database, desk, plan, *how)


def _which(soon: bool, whole: bool) -> Which:
    if soon and whole:
        raise BadUsage("--soon 和 --all 只写一个。")
    return Which.ALL if whole else Which.SOON if soon else Which.DUE


def _line(row: LookBackRow) -> str:
    last = f"{row.looked_on} {row.look_back.label}" if row.look_back and row.looked_on else ""
    due_on = row.next.due_on.isoformat() if row.next else ""
    return "\t".join(
        (row.number, row.village, row.closed_on.isoformat(), row.dates, due_on, str(row.overdue), last)
    )


def _plain(row: LookBackRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "village": row.village,
        "closed_on": row.closed_on.isoformat(),
        "dates": [
            {"months": each.months, "due_on": each.due_on.isoformat()}
            for each in row.now or ((row.next,) if row.next else ())
        ],
        "overdue": row.overdue,
        "look_back": plain(row.look_back),
        "looked_on": plain(row.looked_on),
        "looks": row.looks,
    }
