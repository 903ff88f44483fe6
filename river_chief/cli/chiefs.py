"""chief: add, show, edit, end, take, leave, delegate."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, desk_of
from river_chief.cli.given import Set, Values, entry, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import kept, row_of, tell, tell_row
from river_chief.cli.speech import Command, Group
from river_chief.queries.chiefs import CHIEF_LEDGER
from river_chief.records import Person, Tenure
from river_chief.storage.database import Verb
from river_chief.verbs import chiefs
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="河长和其他人员：任职、离任、负责河段、委托。")
Name = Annotated[str, typer.Argument(metavar="姓名", help="姓名或任职编号")]
_OF_PERSON = ("name", "code", "gender", "phone", "unit", "title", "note")


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增人员并任职；人员已在台账里时写 person，只新增任职。

    项：name（或 person）、area（任职的行政区）、level、role、title、valid_from、valid_to、
    reaches（负责河段，用、隔开）、code、gender、phone、unit、note。
    """
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        named = names.put(
            dict(given),
            person=("person_id", names.person),
            area=("area_id", names.area),
            reaches=("reach_ids", names.reach),
            reach=("reach_ids", names.reach),
        )
        if "person_id" not in named:
            own = {key: named.pop(key) for key in _OF_PERSON if key in named}
            named.update({key: own[key] for key in ("title",) if key in own})
            person = entry(chiefs.NewPerson, {**own, "area_id": named.get("area_id")})
            entry(chiefs.NewTenure, {**named, "person_id": 0})
            named["person_id"] = writer.do(chiefs.add_person, person).id
        done = writer.do(chiefs.begin_tenure, entry(chiefs.NewTenure, named))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一个人的任职和负责的河段。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        id = Names(session, desk.today()).tenure(name)
        row = row_of(session, CHIEF_LEDGER, id, desk.today(), "任职")
    tell_row(CHIEF_LEDGER, row, as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """修改人员的资料（姓名、电话、单位等）；没有写的项不变。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        tenure = existing(writer.session, Tenure, names.tenure(name), "个任职")
        person = existing(writer.session, Person, tenure.person_id, "个人员")
        named = names.put(dict(given), area=("area_id", names.area))
        before = kept(person, chiefs.PersonEdit.model_fields)
        done = writer.do(chiefs.edit_person, entry(chiefs.PersonEdit, {**before, **named}))
    tell(done, as_json)


@app.command("end", cls=Command)
def end(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """结束任职。项：last_day（任职的最后一天，不写为今天）。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).tenure(name)
        done = writer.do(
            chiefs.end_tenure,
            entry(chiefs.EndTenure, {"tenure_id": id, "last_day": writer.today, **given}),
        )
    tell(done, as_json)


@app.command("take", cls=Command)
def take(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """增加负责的河段，例如空缺时代管。项：reaches、valid_from、valid_to。"""
    _charge(ctx, name, pairs(values), chiefs.ReachCharge, as_json)


@app.command("leave", cls=Command)
def leave(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """不再负责河段，任职不变。项：reaches、last_day。"""
    _charge(ctx, name, pairs(values), chiefs.LeaveReaches, as_json)


@app.command("delegate", cls=Command)
def delegate(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """委托他人巡河，责任仍是河长的。项：delegate（受托人）、delegate_from、delegate_to。"""
    _charge(ctx, name, pairs(values), chiefs.Delegation, as_json)


_VERBS: dict[type[Input], Verb[Any]] = {
    chiefs.ReachCharge: chiefs.take_reaches,
    chiefs.LeaveReaches: chiefs.leave_reaches,
    chiefs.Delegation: chiefs.delegate,
}


def _charge(ctx: typer.Context, name: str, given: Values, kind: type[Input], as_json: bool) -> None:
    with desk_of(ctx).writing() as writer:
        names = Names(writer.session, writer.today)
        named = names.put(
            {"tenure_id": names.tenure(name), **given},
            reaches=("reach_ids", names.reach),
            reach=("reach_ids", names.reach),
            delegate=("delegate_id", names.person),
        )
        done = writer.do(_VERBS[kind], entry(kind, named))
    tell(done, as_json)
