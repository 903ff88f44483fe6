"""area: add, edit, show, retire."""

from __future__ import annotations

from typing import Annotated

import typer

from river_chief.cli.desk import Json, desk_of
from river_chief.cli.given import Set, Values, entry, member, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import kept, row_of, tell, tell_row
from river_chief.cli.speech import Command, Group
from river_chief.queries.waters import AREA_LEDGER
from river_chief.records import Area
from river_chief.terms import AreaLevel
from river_chief.verbs import waters
from river_chief.verbs.lookup import existing, home_area

app = typer.Typer(cls=Group, help="行政区划：新增、修改、查看、停用。")
Name = Annotated[str, typer.Argument(metavar="行政区", help="名称、代码或编号")]


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增一个村或其他行政区。

    项：name、level（不写为村）、code、parent（上级行政区，村不写则归本乡镇）、population、valid_from。
    """
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        named = _named(Names(writer.session, writer.today), {"level": AreaLevel.VILLAGE.label, **given})
        home = home_area(writer.session)
        if home is not None and member(AreaLevel, named["level"]) is AreaLevel.VILLAGE:
            named.setdefault("parent_id", home.key)
        done = writer.do(waters.add_area, entry(waters.NewArea, named))
    tell(done, as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """修改一个行政区；没有写的项不变。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        before = kept(
            existing(writer.session, Area, names.area(name), "个行政区"), waters.AreaEdit.model_fields
        )
        done = writer.do(waters.edit_area, entry(waters.AreaEdit, {**before, **_named(names, dict(given))}))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一个行政区。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        id = Names(session, desk.today()).area(name)
        row = row_of(session, AREA_LEDGER, id, desk.today(), "行政区")
    tell_row(AREA_LEDGER, row, as_json)


@app.command("retire", cls=Command)
def retire(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """停用一个行政区。项：on（停用日期）。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).area(name)
        done = writer.do(waters.retire_area, entry(waters.Retirement, {"id": id, **given}))
    tell(done, as_json)


def _named(names: Names, values: Values) -> Values:
    return names.put(values, parent=("parent_id", names.area))
