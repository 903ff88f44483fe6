"""What importing a sheet would do: every row new, changed, the same, doubtful or refused. Changes nothing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.fields.field import FieldSet
from river_chief.intake.cell import Unreadable
from river_chief.intake.cells import Context, read
from river_chief.intake.doings import Doing
from river_chief.intake.kinds.areas import AreaPlanner
from river_chief.intake.kinds.chiefs import ChiefPlanner
from river_chief.intake.kinds.patches import PatchPlanner
from river_chief.intake.kinds.patrols import PatrolPlanner
from river_chief.intake.kinds.planner import Identity, Outcome, Planner
from river_chief.intake.kinds.problems import ProblemPlanner
from river_chief.intake.kinds.reaches import ReachPlanner
from river_chief.intake.kinds.waters import WaterPlanner
from river_chief.intake.plan import Answers, Missing, MissingKind, Plan, RowPlan, RowState
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import RawSheet
from river_chief.intake.sheet_row import SheetDesk, SheetRow
from river_chief.progress import Progress
from river_chief.records import Act
from river_chief.records.columns import col
from river_chief.terms import ImportKind

PLANNERS: Mapping[ImportKind, type[Planner]] = {
    ImportKind.AREAS: AreaPlanner,
    ImportKind.WATERS: WaterPlanner,
    ImportKind.REACHES: ReachPlanner,
    ImportKind.CHIEFS: ChiefPlanner,
    ImportKind.PATROLS: PatrolPlanner,
    ImportKind.PROBLEMS: ProblemPlanner,
    ImportKind.PATCHES: PatchPlanner,
}
_STEP = 200


def plan(
    session: Session,
    sheet: RawSheet,
    kind: ImportKind,
    *,
    today: date,
    answers: Answers | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Work out what importing *sheet* would do; *answers* is what the clerk said to the plan before.

    Raises ``Refusal`` when a value given for all empty cells can not be read, or nothing is in the sheet.
    """
    said, told = answers or Answers(), progress or Progress()
    fields = SHEET_KINDS[kind].fields
    if not sheet.rows:
        raise Refusal(f"工作表“{sheet.sheet}”的表头下面没有数据，请确认选对了工作表。")
    _check_given(fields, said)
    desk = SheetDesk.of(sheet, fields, said)
    planner = PLANNERS[kind](session, fields, today)
    ordered = planner.prepare([SheetRow(raw, desk) for raw in sheet.rows])
    outcomes: list[tuple[SheetRow, Outcome]] = []
    for count, row in enumerate(ordered):
        if count % _STEP == 0:
            told.step(count, len(ordered), "核对")
        outcomes.append((row, planner.plan(row)))
    planner.finish(outcomes)
    _find_doubles(outcomes)
    waiting = _waiting(ordered)
    plans = [_row_plan(row, outcome, planner) for row, outcome in outcomes]
    return Plan(
        kind=kind,
        sheet=sheet,
        rows=tuple(sorted(plans, key=lambda one: one.row)),
        missing=_missing(waiting, planner),
        unused_columns=tuple(column.head for column in sheet.columns if column.key not in planner.used),
        making=_making(waiting, planner, said.add),
        order=tuple(row.number for row in ordered),
        answers=said,
        today=today,
        seen=newest_act(session),
    )


def newest_act(session: Session) -> int:
    """The id of the newest act of the journal."""
    return int(session.execute(select(func.max(col(Act.id)))).scalar() or 0)


def _check_given(fields: FieldSet, answers: Answers) -> None:
    texts = [*answers.given.items(), *((key, text) for (_, key), text in answers.cells.items())]
    for key, _ in texts:
        if key not in fields:
            raise Refusal(f"没有“{key}”这一列，请核对名称。")
    for key, text in answers.given.items():
        found = read(fields[key], text, Context())
        if isinstance(found, Unreadable):
            raise Refusal(f"{fields[key].label}“{text}”：{found.reason}")


def _find_doubles(outcomes: Sequence[tuple[SheetRow, Outcome]]) -> None:
    """Refuse, or leave to the clerk, a row that says the same as one above it."""
    first: dict[Hashable, tuple[SheetRow, Identity]] = {}
    for row, outcome in sorted(outcomes, key=lambda pair: pair[0].number):
        for identity in outcome.identities:
            above, other = first.setdefault(identity.what, (row, identity))
            if above is not row and _is_refused_as_double(row, identity, above, other):
                break


def _is_refused_as_double(row: SheetRow, identity: Identity, above: SheetRow, other: Identity) -> bool:
    address = above.cell(identity.key).address
    where = f"第 {above.number} 行（{address}）" if address else f"第 {above.number} 行"
    told_apart = bool(identity.apart and other.apart and identity.apart != other.apart)
    if not told_apart:
        row.refuse(identity.key, f"与{where}的{identity.words}相同，同一条只导入一次。")
        return True
    if identity.doubtful and not row.bad:
        row.doubt(f"与{where}的{identity.words}相同，只是编号不同；确是两条才勾选。")
    return False


def _row_plan(row: SheetRow, outcome: Outcome, planner: Planner) -> RowPlan:
    for doing in outcome.doings:
        for key, sentence in doing.faults().items():
            # What is missing because another cell was refused is not a fault of its own.
            if doing.values.get(key) is not None or not row.bad:
                row.refuse(planner.heads.get(key, key), sentence)
    state = _state(row, outcome)
    refused = state is RowState.REFUSED
    return RowPlan(
        row=row.number,
        state=state,
        key=outcome.key,
        known=outcome.known,
        cells=tuple(row.bad.values()),
        doubts=() if refused else tuple(row.doubts),
        notes=() if refused else tuple(dict.fromkeys(row.notes)),
        changes=outcome.changes,
        doings=() if refused else outcome.doings,
        late=() if refused else outcome.late,
    )


def _state(row: SheetRow, outcome: Outcome) -> RowState:
    if row.bad:
        return RowState.REFUSED
    if row.doubts:
        return RowState.DOUBTFUL
    if not outcome.known:
        return RowState.NEW
    return RowState.CHANGED if outcome.changes else RowState.SAME


def _waiting(rows: Sequence[SheetRow]) -> dict[Missing, list[SheetRow]]:
    """Rows by the record they wait for, villages before what lies in them."""
    found: dict[Missing, list[SheetRow]] = {}
    for row in sorted(rows, key=lambda one: one.number):
        for missing in row.wanted:
            here = found.setdefault(missing, [])
            if not here or here[-1] is not row:
                here.append(row)
    order = list(MissingKind)
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0].kind)))


def _missing(waiting: Mapping[Missing, Sequence[SheetRow]], planner: Planner) -> tuple[Missing, ...]:
    return tuple(
        replace(missing, rows=tuple(row.number for row in rows), words=planner.words_for(missing, rows))
        for missing, rows in waiting.items()
    )


def _making(
    waiting: Mapping[Missing, Sequence[SheetRow]], planner: Planner, add: frozenset[Missing]
) -> tuple[Doing, ...]:
    wanted = [(missing, rows) for missing, rows in waiting.items() if missing in add]
    return tuple(doing for missing, rows in wanted for doing in planner.making(missing, rows))
