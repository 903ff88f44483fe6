"""patch: add, edit, show, check, photo, register, link, void."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from river_chief.bulk.batch import Deed, carry_out
from river_chief.changes import Changes
from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import Set, Values, entry, pairs
from river_chief.cli.names import Names
from river_chief.cli.problems import with_ids
from river_chief.cli.registers import kept, tell
from river_chief.cli.rows import facts, plain_acts, plain_row
from river_chief.cli.speech import Command, Group
from river_chief.fields.patches import PATCHES
from river_chief.intake.photos import attach_all, take_in
from river_chief.queries.ledger_query import plain
from river_chief.queries.patches import patch_detail, patch_id_of
from river_chief.queries.problem_detail import id_of
from river_chief.records import Patch
from river_chief.storage.database import Writer
from river_chief.terms import Phase
from river_chief.verbs import patches
from river_chief.verbs.input import understood
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="图斑：登记、核查、登记为问题、作废。")
Number = Annotated[str, typer.Argument(metavar="图斑编号", help="图斑编号")]
Numbers = Annotated[list[str], typer.Argument(metavar="图斑编号…", help="图斑编号，可以写几个")]


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增一个要核查的图斑。

    项：number、campaign、village、reach、place、lon、lat、datum、area_m2、suspected、handed_on、due_on、note；
    村、河段、专项可以写名称，专项不写就是图斑核查。
    """
    with desk_of(ctx).writing() as writer:
        given = _named(writer, pairs(values))
        done = writer.do(patches.add_patch, entry(patches.NewPatch, given))
    tell(done, as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, number: Number, values: Set = None, as_json: Json = False) -> None:
    """修改下发的图斑；没有写的项不变，核查结论用 check 改。"""
    with desk_of(ctx).writing() as writer:
        id = patch_id_of(writer.session, number)
        before = kept(existing(writer.session, Patch, id, "个图斑"), patches.PatchEdit.model_fields)
        given = _named(writer, pairs(values))
        done = writer.do(patches.edit_patch, entry(patches.PatchEdit, {**before, **given}))
    tell(done, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, number: Number, as_json: Json = False) -> None:
    """查看一个图斑：下发的内容、核查结论、照片和登记的问题。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        detail = patch_detail(session, patch_id_of(session, number), desk.today())
    photos = [
        {"name": photo.name, "phase": plain(photo.phase), "sha256": photo.sha256}
        for photo in detail.attachments
    ]
    document = {**plain_row(detail.row), "attachments": photos, "acts": plain_acts(detail.history)}
    lines = facts(PATCHES, detail.row.values)
    lines += [f"{act.at.astimezone():%Y-%m-%d %H:%M} {act.by} {act.sentence}" for act in detail.history]
    answer(document, "\n".join(lines), as_json)


@app.command("check", cls=Command)
def check(ctx: typer.Context, numbers: Numbers, values: Set = None, as_json: Json = False) -> None:
    """填写核查结论；写几个图斑编号的，作为一个批次，可以一次撤销。

    项：verdict（属实、不属实、合法合规）、checked_on、checker、shows、words；
    不属实、合法合规而没有照片的，写 exception 说明原因。
    """
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        ids = {number: patch_id_of(writer.session, number) for number in numbers}
        deeds = [
            Deed(patches.check_patch, entry(patches.PatchCheck, {"patch_id": id, **given}), f"图斑{number}")
            for number, id in ids.items()
        ]
        if len(deeds) == 1:
            done = writer.do(deeds[0].verb, deeds[0].entry)
        else:
            verdict = entry(patches.PatchCheck, {"patch_id": 0, **given}).verdict
            done = carry_out(writer, deeds, patches.batch_name(len(deeds), verdict))
    answer({"count": len(ids), "sentence": done.sentence}, f"{done.sentence}。", as_json)


@app.command("photo", cls=Command)
def photo(
    ctx: typer.Context,
    number: Number,
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="照片或扫描件")],
    as_json: Json = False,
) -> None:
    """给图斑添加现场照片，作为核查的佐证。"""
    desk = desk_of(ctx)
    with desk.opened() as database:
        with database.read() as session:
            owner = {"patch_id": patch_id_of(session, number)}
        photos = take_in(database.folder, files, Phase.EVIDENCE)
        with database.write(by=desk.clerk(database), today=desk.today()) as writer:
            attach_all(writer, owner, photos)
    sentence = f"图斑{number}添加{len(photos)}张照片"
    answer({"count": len(photos), "sentence": sentence}, f"{sentence}。", as_json)


@app.command("register", cls=Command)
def register(ctx: typer.Context, number: Number, values: Set = None, as_json: Json = False) -> None:
    """把属实的图斑登记为问题；坐标、面积、村、河段等从图斑带过来。

    项同 problem add，一般要写 category 和 description。
    """
    with desk_of(ctx).writing() as writer:
        id = patch_id_of(writer.session, number)
        given = with_ids(Names(writer.session, writer.today), pairs(values))
        done = writer.do(patches.register_patch, entry(patches.PatchProblem, {"patch_id": id, **given}))
    tell(done, as_json)


@app.command("link", cls=Command)
def link(
    ctx: typer.Context,
    number: Number,
    problem: Annotated[str, typer.Argument(metavar="问题编号", help="已经登记的问题")],
    as_json: Json = False,
) -> None:
    """把属实的图斑和台账里已有的问题关联起来。"""
    with desk_of(ctx).writing() as writer:
        ids = {
            "patch_id": patch_id_of(writer.session, number),
            "problem_id": id_of(writer.session, problem),
        }
        done: Changes = writer.do(patches.link_patch, understood(patches.PatchLink, ids))
    tell(done, as_json)


@app.command("void", cls=Command)
def void(ctx: typer.Context, number: Number, values: Set = None, as_json: Json = False) -> None:
    """作废下发或录入有误的图斑。项：reason（原因）。"""
    with desk_of(ctx).writing() as writer:
        id = patch_id_of(writer.session, number)
        done = writer.do(patches.void_patch, entry(patches.PatchVoid, {"id": id, **pairs(values)}))
    tell(done, as_json)


def _named(writer: Writer, values: dict[str, Any]) -> Values:
    names = Names(writer.session, writer.today)
    return names.put(
        values,
        village=("village_id", names.village),
        village_name=("village_id", names.village),
        reach=("reach_id", names.reach),
        reach_name=("reach_id", names.reach),
        campaign=("campaign_id", names.campaign),
    )
