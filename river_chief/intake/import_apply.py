"""Carries a plan out through the verbs: one transaction, one batch, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.intake.doings import Doer, Doing
from river_chief.intake.import_plan import newest_act, plan
from river_chief.intake.plan import Answers, Missing, Plan, RowPlan, RowState
from river_chief.progress import Progress
from river_chief.storage.database import Database, Writer
from river_chief.verbs import imports
from river_chief.verbs.lookup import listed

ACCEPTED = frozenset({RowState.NEW, RowState.CHANGED})
# From so many rows on, the planner of the database looks at the tables anew.
MANY = 500
_NAME_LENGTH, _FILE_LENGTH, _SHEET_LENGTH = 120, 200, 80


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did: its batch, how many rows were new, changed, the same or left out."""

    batch_id: int
    counts: dict[str, int]
    changes: Changes


def apply(
    database: Database,
    plan: Plan,
    *,
    by: str,
    today: date,
    accept: Collection[RowState] = ACCEPTED,
    rows: Collection[int] | None = None,
    add: frozenset[Missing] | None = None,
    progress: Progress | None = None,
) -> Applied:
    """Take in the rows of *plan* whose state is in *accept*, or exactly the *rows* that were ticked.

    ``add`` are missing records to be added first; rows that waited for them only count as the plan
    with them says. Raises ``Refusal`` when the ledger says otherwise now than when the plan was
    made, when nothing is left to do, or when a verb refuses a row (named by its number); then, and
    when the clerk stops it, nothing is changed.
    """
    told = progress or Progress()
    with database.write(by=by, today=today) as writer:
        current = _current(writer, plan, add, today)
        chosen = _chosen(current, accept, rows)
        _hold_to(plan, current, chosen)
        counts = _counts(current, chosen)
        batch_id = _open_batch(writer, current, counts)
        _carry_out(Doer(writer), current, chosen, told)
    if len(chosen) >= MANY:
        database.analyse()
    return Applied(batch_id, counts, writer.changes)


def _current(writer: Writer, seen: Plan, add: frozenset[Missing] | None, today: date) -> Plan:
    """The plan for the ledger as it is now; the one seen if nothing has happened since."""
    wanted = seen.answers.add if add is None else add
    if newest_act(writer.session) == seen.seen and wanted == seen.answers.add and today == seen.today:
        return seen
    answers: Answers = replace(seen.answers, add=wanted)
    return plan(writer.session, seen.sheet, seen.kind, today=today, answers=answers)


def _chosen(current: Plan, accept: Collection[RowState], rows: Collection[int] | None) -> list[RowPlan]:
    by_number = {row.row: row for row in current.rows}
    if rows is None:
        numbers = [row.row for row in current.rows if row.state in accept and row.doings]
    else:
        _refuse_unfit(by_number, rows)
        numbers = [number for number in rows if by_number[number].doings]
    if not numbers:
        raise Refusal("没有可以导入的行：都已相同、存疑或被拒收，请看每一行的说明。")
    wanted = set(numbers)
    return [by_number[number] for number in current.order if number in wanted]


def _refuse_unfit(by_number: dict[int, RowPlan], rows: Iterable[int]) -> None:
    for number in rows:
        row = by_number.get(number)
        if row is None:
            raise Refusal(f"表里没有第 {number} 行数据，请核对行号。")
        if not row.doings and row.state is not RowState.SAME:
            raise Refusal(f"第 {number} 行不能导入：{'；'.join(row.reasons)}")


def _hold_to(seen: Plan, current: Plan, chosen: list[RowPlan]) -> None:
    """Refuse when a chosen row would do something else than what the clerk was shown."""
    if current is seen:
        return
    shown = {row.row: row for row in seen.rows}
    added = current.answers.add - seen.answers.add
    waited = {number for missing in seen.missing if missing in added for number in missing.rows}
    moved = [
        f"第 {row.row} 行" for row in chosen if row.row not in waited and _gist(row) != _gist(shown[row.row])
    ]
    if moved:
        raise Refusal(f"预览之后台账有了改动，{listed(moved)}的结果不同了；没有导入，请重新预览。")


def _gist(row: RowPlan) -> tuple[object, ...]:
    return row.state, row.changes, row.doubts


def _counts(current: Plan, chosen: list[RowPlan]) -> dict[str, int]:
    known = sum(row.known for row in chosen)
    same = current.counts[RowState.SAME]
    return {
        "new": len(chosen) - known,
        "changed": known,
        "same": same,
        "left_out": len(current.rows) - len(chosen) - same,
    }


def _open_batch(writer: Writer, current: Plan, counts: dict[str, int]) -> int:
    sheet = current.sheet
    entry = imports.NewBatch(
        kind=current.kind,
        name=PurePath(sheet.file).stem[:_NAME_LENGTH].strip() or current.kind.label,
        file_name=sheet.file[-_FILE_LENGTH:],
        sheet=sheet.sheet[:_SHEET_LENGTH],
        sha256=sheet.sha256,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        refused=counts["left_out"],
    )
    opened = writer.do(imports.open_batch, entry)
    writer.batch_id = opened.id
    return opened.id


def _carry_out(doer: Doer, current: Plan, chosen: list[RowPlan], progress: Progress) -> None:
    for doing in current.making:
        doer.do(doing)
    for count, row in enumerate(chosen):
        progress.step(count, len(chosen), "导入")
        _do_row(doer, row, row.doings)
    for row in chosen:
        _do_row(doer, row, row.late)
    progress.step(len(chosen), len(chosen), "导入")


def _do_row(doer: Doer, row: RowPlan, doings: Iterable[Doing]) -> None:
    for doing in doings:
        try:
            doer.do(doing)
        except Refusal as error:
            raise Refusal(f"第 {row.row} 行：{error.sentence}没有导入任何内容。") from error
