"""problem: add, edit, show, do, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from river_chief.bulk import chains
from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import Set, Values, entry, nested, pairs
from river_chief.cli.names import Names
from river_chief.cli.photos import PhotoOption, with_files
from river_chief.cli.rows import facts, plain_acts
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.fields.problems import PROBLEMS
from river_chief.intake.photos import with_photos
from river_chief.queries.problem_detail import ProblemDetail, StepRow, as_json, id_of, problem_detail
from river_chief.storage.database import Writer
from river_chief.terms import Action, State
from river_chief.verbs import problems
from river_chief.verbs.input import Input
from river_chief.verbs.steps import DOINGS, merged

app = typer.Typer(cls=Group, help="问题：登记、修改、查看、办理、历史。")
ACTIONS = "、".join(f"{action.value} {action.label}" for action in DOINGS)
Number = Annotated[str, typer.Argument(metavar="编号", help="问题编号，本单位的或上级的")]


@app.command("add", cls=Command)
def add(
    ctx: typer.Context,
    values: Set = None,
    draft: Annotated[bool, typer.Option("--draft", help="先存草稿，内容可以不全。")] = False,
    photo: PhotoOption = None,
    as_json: Json = False,
) -> None:
    """登记一个问题。

    项：found_on、source、village、water 或 reach、category、description、place、lon、lat、
    area_m2、length_m、volume_m3、weight_t、count_n、severity、finder、unit、goal、campaign、happened_at 等；
    村、河湖、河段、分类、专项可以写名称。
    """
    given = nested(pairs(values))
    with with_files(desk_of(ctx), photo) as (writer, photos):
        named = with_ids(Names(writer.session, writer.today), given)
        verb = problems.save_draft if draft else problems.register
        new = entry(problems.NewProblem, named)
        name = "登记问题"
        with_photos(writer, photos, "problem_id", lambda: writer.do(verb, new), name=name, day=new.found_on)
        done = writer.changes
        document, text = _outcome(writer, done.id, done.sentence)
    answer(document, text, as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, number: Number, values: Set = None, as_json: Json = False) -> None:
    """修改一个问题的内容；没有写的项不变，状态和时限只随办理改变。"""
    given = nested(pairs(values))
    with desk_of(ctx).writing() as writer:
        id = id_of(writer.session, number)
        kept = problem_detail(writer.session, id, writer.today).values
        before = {key: kept[key] for key in problems.ProblemEdit.model_fields}
        named = with_ids(Names(writer.session, writer.today), given)
        if named.get("reach_id") is not None and "water_id" not in named:
            before["water_id"] = None
        done = writer.do(problems.edit, entry(problems.ProblemEdit, {**before, **named}))
        document, text = _outcome(writer, done.id, done.sentence)
    answer(document, text, as_json)


@app.command("do", cls=Command)
def do(
    ctx: typer.Context,
    number: Number,
    action: Annotated[str, typer.Argument(metavar="动作", help=ACTIONS)],
    values: Set = None,
    only: Annotated[bool, typer.Option("--only", help="设置了合并办理时，也只办这一步。")] = False,
    photo: PhotoOption = None,
    as_json: Json = False,
) -> None:
    """办理一步：核实、交办、签收、反馈完成、验收、销号、回头看、反弹等。

    项随动作而定：happened_at、actor、words 各动作都有；交办有 unit、officer、deadline，
    反馈完成有 progress 和 work.rubbish=12 等工作量，核实有 severity。
    上级销号的，销号有 approver、approval_number；缺少佐证的，用 exception 说明原因。
    设置了合并办理的，一次填完几步的项；交办并签收另有 signer（签收人）。
    """
    wanted = _action(action)
    given = nested(pairs(values))
    with with_files(desk_of(ctx), photo) as (writer, photos):
        id = id_of(writer.session, number)
        chain = (wanted,) if only else merged.chain_of(writer.session, id, wanted)
        whole = entry(merged.accepted_by(chain), {"problem_id": id, **given})
        with_photos(
            writer,
            photos,
            {"problem_id": id},
            lambda: chains.do(writer, chain, whole, number),
            name=f"{number}{merged.label(chain)}",
            day=_day_of(whole, writer.today),
        )
        done = writer.changes
        document, text = _outcome(writer, id, done.sentence)
    answer(document, text, as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, number: Number, as_json: Json = False) -> None:
    """查看一个问题：内容、轮次、步骤、附件、文书、工作量和下一步。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        detail = problem_detail(session, id_of(session, number), desk.today())
    answer(as_json_document(detail), _described(detail), as_json)


@app.command("history", cls=Command)
def history(ctx: typer.Context, number: Number, as_json: Json = False) -> None:
    """查看一个问题的办理步骤和每次改动。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        detail = problem_detail(session, id_of(session, number), desk.today())
    document = {
        "number": detail.row["number"],
        "steps": as_json_document(detail)["steps"],
        "acts": plain_acts(detail.history),
    }
    steps = [_step_line(step) for step in detail.steps]
    acts = [f"{act.at.astimezone():%Y-%m-%d %H:%M} {act.by} {act.sentence}" for act in detail.history]
    answer(document, "\n".join(["办理步骤：", *steps, "改动记录：", *acts]), as_json)


def as_json_document(detail: ProblemDetail) -> dict[str, Any]:
    """The problem as one JSON document, with its id, version and campaign ids."""
    return {"id": detail.row.id, "version": detail.row.version, **as_json(detail)}


def with_ids(names: Names, values: Values) -> Values:
    """*values* of a problem with the ids of the places, category and campaigns they name."""
    return names.put(
        values,
        village=("village_id", names.village),
        village_name=("village_id", names.village),
        water=("water_id", names.water),
        water_name=("water_id", names.water),
        reach=("reach_id", names.reach),
        reach_name=("reach_id", names.reach),
        category=("category_code", names.category),
        campaign=("campaign_ids", names.campaign),
        campaigns=("campaign_ids", names.campaign),
    )


def _day_of(entry: Input, today: date) -> date:
    """The local day an action happened on."""
    moment = getattr(entry, "happened_at", None)
    return moment.date() if isinstance(moment, datetime) and moment.date() <= today else today


def _action(text: str) -> Action:
    found = Action.of_label(text) or Action.of_label(text.replace("-", "_"))
    if found is None or found not in DOINGS:
        raise BadUsage(f"没有动作“{text}”，可用的有：{ACTIONS}。")
    return found


def _outcome(writer: Writer, id: int, sentence: str) -> tuple[dict[str, Any], str]:
    """What an act answers: its sentence, the new state and what may follow."""
    detail = problem_detail(writer.session, id, writer.today)
    document = {
        "id": id,
        "number": detail.row["number"],
        "sentence": sentence,
        "state": detail.state.value,
        "actions": [action.value for action in detail.actions],
    }
    return document, f"{sentence}。现为“{detail.state.label}”{_next(detail.actions)}。"


def _next(actions: tuple[Action, ...]) -> str:
    named = "、".join(f"{action.label}（{action.value}）" for action in actions)
    return f"，接下来可以：{named}" if named else "，没有后续动作"


def _described(detail: ProblemDetail) -> str:
    lines = facts(PROBLEMS, detail.row.values)
    why = detail.deadline_why
    if why.current:
        lines.append(f"时限由来：{why.current}")
    if why.first != why.current:
        lines.append(f"首次时限由来：{why.first}")
    lines += ["", "办理步骤：", *map(_step_line, detail.steps)]
    if detail.papers:
        lines += ["文书：", *(f"  {paper.kind.label} {paper.number}" for paper in detail.papers)]
    if detail.work:
        lines += ["工作量：", *(f"  {kind.label} {amount:g} {kind.unit}" for kind, amount in detail.work)]
    lines += [
        f"⚠ {row.phase.label}照片“{row.name}”：{item.sentence}"
        for row in detail.attachments
        if not row.settled
        for item in row.warnings
    ]
    if detail.state is State.DRAFT:
        lines.append("草稿还没有登记。")
    if detail.missing:
        lines.append(f"下一步还缺：{'、'.join(proof.label for proof in detail.missing)}。")
    lines.append(f"现为“{detail.state.label}”{_next(detail.actions)}。")
    return "\n".join(lines)


def _step_line(step: StepRow) -> str:
    moment = f"{step.happened_at:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return "  " + "  ".join(filter(None, (moment, step.action.label, step.actor, step.words, step.excuse)))
