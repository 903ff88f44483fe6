"""problem bulk: one action on many problems, planned first, done as one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from river_chief.bulk.actions import BULK, BulkAction
from river_chief.bulk.plan import Plan, apply, as_json, asked, make_plan
from river_chief.cli.desk import Desk, Json, answer, desk_of, spoken_progress
from river_chief.cli.filters import Asked
from river_chief.cli.given import Set, fitted, nested, pairs
from river_chief.cli.lists import Conditions
from river_chief.cli.names import Names
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import Refusal
from river_chief.queries.problem_detail import id_of
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.storage.database import Database

ACTIONS = "、".join(f"{key} {action.label}" for key, action in BULK.items())
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出每一件将怎样办理，不办理。")]
Skip = Annotated[
    bool, typer.Option("--skip", help="跳过不能办理的，办理其余的；不写则有一件不能办理就都不办理。")
]


def bulk(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="动作", help=ACTIONS)],
    numbers: Annotated[list[str] | None, typer.Argument(metavar="编号", help="问题编号，可以写几个")] = None,
    conditions: Conditions = None,
    values: Set = None,
    dry_run: DryRun = False,
    skip: Skip = False,
    as_json_: Json = False,
) -> None:
    """批量办理：对许多问题办同一步，全部成功才保存，作为一个批次，可以一次撤销。

    编号可以写几个，或用 --filter 选出。项随动作而定，各件共用：交办不写 unit 的交办各自所在村，
    延期写 deadline 或 days（延长天数），加入专项写 campaign。
    """
    chosen = _action(action)
    desk = desk_of(ctx)
    with desk.opened() as database:
        ids = _ids(database, desk, numbers or (), pairs(conditions, "--filter"))
        plan = planned(database, desk, chosen, ids, nested(pairs(values)))
        finish(database, desk, plan, dry_run, skip, as_json_)


def planned(
    database: Database, desk: Desk, action: BulkAction, ids: Sequence[int], given: Mapping[str, Any]
) -> Plan:
    """The plan of *action* on the problems *ids*, with what was *given* for all of them."""
    with database.read() as session:
        names = Names(session, desk.today())
        named = names.put(dict(given), campaign=("campaign_id", names.campaign))
    common = asked(action, fitted(action.asks, named))
    return make_plan(
        database,
        action,
        common,
        ids,
        by=desk.clerk(database),
        today=desk.today(),
        progress=spoken_progress(),
    )


def finish(database: Database, desk: Desk, plan: Plan, dry_run: bool, skip: bool, as_json_: bool) -> None:
    """Answer *plan*, or carry it out and answer what was done."""
    if dry_run:
        answer(as_json(plan), "\n".join([*_lines(plan), _summary(plan)]), as_json_)
        return
    by, today = desk.clerk(database), desk.today()
    done = apply(database, plan, by=by, today=today, skip=skip, progress=spoken_progress())
    document = {**as_json(plan), "sentence": done.sentence}
    left = [f"跳过 {len(plan.refused)} 件："] if plan.refused else []
    left += [f"  {line.number}：{line.words}" for line in plan.refused]
    answer(document, "\n".join([f"{done.sentence}。", *left]), as_json_)


def _action(text: str) -> BulkAction:
    key = text.replace("-", "_")
    for action in BULK.values():
        if text == action.label or key == action.key:
            return action
    raise BadUsage(f"没有批量动作“{text}”，可用的有：{ACTIONS}。")


def _ids(database: Database, desk: Desk, numbers: Sequence[str], given: Mapping[str, str]) -> list[int]:
    if bool(numbers) == bool(given):
        raise BadUsage("请写问题编号，或用 --filter 选出问题，二者选一。")
    with database.read() as session:
        if numbers:
            return [id_of(session, number) for number in numbers]
        ids = PROBLEM_LEDGER.ids(session, Asked.of(session, desk.today()).problems(given))
    if not ids:
        raise Refusal("没有符合条件的问题，请核对 --filter。")
    return ids


def _lines(plan: Plan) -> list[str]:
    return [f"{'将办理' if line.can else '不能办理'}\t{line.number}\t{line.words}" for line in plan.lines]


def _summary(plan: Plan) -> str:
    return f"将办理 {len(plan.doable)} 件，不能办理 {len(plan.refused)} 件；没有办理。"


def add_under(app: typer.Typer) -> None:
    """Put the command beside those on one problem."""
    app.command("bulk", cls=Command)(bulk)
