"""reach: add, edit, show, retire."""

from __future__ import annotations

from typing import Annotated

import typer

from river_chief.cli.desk import Json, desk_of
from river_chief.cli.given import Set, Values, entry, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import kept, row_of, tell, tell_row
from river_chief.cli.speech import Command, Group
from river_chief.queries.waters import REACH_LEDGER, villages_of
from river_chief.records import Reach
from river_chief.verbs import waters
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="河段：新增、修改、查看、停用。")
Name = Annotated[str, typer.Argument(metavar="河段", help="名称、编码或编号")]


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增一个河段。

    项：water（河湖名称）、name、code、kind、level、length_km、from_place、to_place、bank、target_class、
    villages（流经村，用、隔开，自上而下）、downstream（下游河段）、note。
    """
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        named = _named(Names(writer.session, writer.today), dict(given))
        done = writer.do(waters.add_reach, entry(waters.NewReach, named))
    tell(done, as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """修改一个河段；没有写的项不变。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        id = names.reach(name)
        before = kept(existing(writer.session, Reach, id, "个河段"), waters.ReachEdit.model_fields)
        before["area_ids"] = tuple(area for area, _ in villages_of(writer.session, [id]).get(id, ()))
        values_now = {**before, **_named(names, dict(given))}
        done = writer.do(waters.edit_reach, entry(waters.ReachEdit, values_now))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一个河段和今天负责它的河长。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        id = Names(session, desk.today()).reach(name)
        row = row_of(session, REACH_LEDGER, id, desk.today(), "河段")
    tell_row(REACH_LEDGER, row, as_json)


@app.command("retire", cls=Command)
def retire(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """停用一个河段，台账里已有的记录不变。项：on（停用日期）。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).reach(name)
        done = writer.do(waters.retire_reach, entry(waters.Retirement, {"id": id, **given}))
    tell(done, as_json)


def _named(names: Names, values: Values) -> Values:
    return names.put(
        values,
        water=("water_id", names.water),
        villages=("area_ids", names.village),
        downstream=("downstream_id", names.reach),
    )
