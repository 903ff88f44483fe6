"""water: add, edit, show, retire."""

from __future__ import annotations

from typing import Annotated

import typer

from river_chief.cli.desk import Json, desk_of
from river_chief.cli.given import Set, entry, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import kept, row_of, tell, tell_row
from river_chief.cli.speech import Command, Group
from river_chief.queries.waters import WATER_LEDGER
from river_chief.records import Water
from river_chief.verbs import waters
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="河湖：新增、修改、查看、停用。")
Name = Annotated[str, typer.Argument(metavar="河湖", help="名称、编码或编号")]


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增一条河湖。

    项：name、code、kind、system、basin、bank、length_km、catchment_km2、source_place、mouth_place、note 等。
    """
    tell(desk_of(ctx).do(waters.add_water, entry(waters.NewWater, pairs(values))), as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """修改一条河湖；没有写的项不变。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).water(name)
        before = kept(existing(writer.session, Water, id, "条河湖"), waters.WaterEdit.model_fields)
        done = writer.do(waters.edit_water, entry(waters.WaterEdit, {**before, **given}))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一条河湖。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        id = Names(session, desk.today()).water(name)
        row = row_of(session, WATER_LEDGER, id, desk.today(), "河湖")
    tell_row(WATER_LEDGER, row, as_json)


@app.command("retire", cls=Command)
def retire(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """停用一条河湖，它的河段要先停用。项：on（停用日期）。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).water(name)
        done = writer.do(waters.retire_water, entry(waters.Retirement, {"id": id, **given}))
    tell(done, as_json)
