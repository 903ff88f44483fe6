"""patrol: add, show, void."""

from __future__ import annotations

from typing import Annotated

import typer

from river_chief.cli.desk import Json, desk_of
from river_chief.cli.given import Set, Values, entry, nested, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import row_of, tell, tell_row
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.queries.patrols import PATROL_LEDGER, checks
from river_chief.verbs import patrols
from river_chief.verbs.input import BIGGEST

app = typer.Typer(cls=Group, help="巡河记录：登记、查看、作废。")
Id = Annotated[int, typer.Argument(metavar="编号", min=1, max=BIGGEST, help="巡河记录的编号，是一个整数")]


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """登记一次巡河。

    项：chief（河长姓名）、reaches（河段，用、隔开）、started_at、ended_at、minutes、km、performer、companions、
    from_place、to_place、mode、weather、entry、finding、handling、note；
    check.3=水面有漂浮物 记第 3 项不正常。
    """
    given = nested(pairs(values))
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        named = names.put(
            _with_checks(given),
            chief=("tenure_id", names.tenure),
            reaches=("reach_ids", names.reach),
            reach=("reach_ids", names.reach),
        )
        done = writer.do(patrols.record_patrol, entry(patrols.NewPatrol, named))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, id: Id, as_json: Json = False) -> None:
    """查看一次巡河。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        row = row_of(session, PATROL_LEDGER, id, desk.today(), "巡河记录")
        found = checks(session, id)
    told = [
        {"item": item, "answer": reply.value, "note": note} for item, (reply, note) in sorted(found.items())
    ]
    tell_row(PATROL_LEDGER, row, as_json, {"checks": told})


@app.command("void", cls=Command)
def void(ctx: typer.Context, id: Id, values: Set = None, as_json: Json = False) -> None:
    """作废录错的巡河记录。项：words（原因）。"""
    tell(
        desk_of(ctx).do(patrols.void_patrol, entry(patrols.VoidPatrol, {"id": id, **pairs(values)})), as_json
    )


def _with_checks(values: Values) -> Values:
    found = dict(values)
    items = found.pop("check", {})
    if not isinstance(items, dict) or not all(item.isdecimal() for item in items):
        raise BadUsage("巡查项目要写成 check.3=情况，数字是项目的序号。")
    if items:
        found["checks"] = [{"item": int(item), "answer": "no", "note": note} for item, note in items.items()]
    return found
