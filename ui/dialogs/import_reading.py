"""Reading a workbook for its import, and saying in words how it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from river_chief.intake.import_plan import plan
from river_chief.intake.plan import Answers, Plan, RowState
from river_chief.intake.sheet_guess import look_at
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import read_sheet
from river_chief.progress import Progress
from river_chief.terms import ImportKind
from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: of a file, as a kind (None: told by its heads), a sheet ("": found)."""

    path: Path
    kind: ImportKind | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read: the file's sheets and the plan."""

    path: Path
    sheets: tuple[str, ...]
    plan: Plan


def read_plan(workspace: Workspace, wanted: Wanted, progress: Progress) -> Seen:
    """Read the workbook and plan its import; called by a worker."""
    progress.step(0, 0, f"正在读取 {wanted.path.name}")
    look = look_at(wanted.path)
    kind = wanted.kind or look.kind or ImportKind.PROBLEMS
    sheet = read_sheet(wanted.path, SHEET_KINDS[kind], wanted.sheet or None)
    with workspace.read() as session:
        made = plan(session, sheet, kind, today=workspace.today(), progress=progress)
    return Seen(wanted.path, look.sheets, made)


def plan_again(workspace: Workspace, before: Plan, answers: Answers) -> Plan:
    """The same sheet with other answers; called by a worker."""
    with workspace.read() as session:
        return plan(session, before.sheet, before.kind, today=workspace.today(), answers=answers)


def about(made: Plan) -> str:
    """How the sheet was understood: its head, what was skipped, which columns are not taken over."""
    sheet = made.sheet
    rows = "、".join(str(number) for number in sheet.header_rows)
    parts = [f"工作表“{sheet.sheet}”，表头在第 {rows} 行"]
    if sheet.skipped:
        reasons = "、".join(dict.fromkeys(row.reason for row in sheet.skipped))
        parts.append(f"跳过 {len(sheet.skipped)} 行（{reasons}）")
    if sheet.unknown_columns:
        parts.append(f"不认识的列：{'、'.join(sheet.unknown_columns)}")
    if made.unused_columns:
        parts.append(f"不导入的列：{'、'.join(made.unused_columns)}")
    return "；".join(parts) + "。"


def summary(made: Plan, ticked: int) -> str:
    """What would be taken in, in a sentence."""
    added = len(made.answers.add)
    beside = f"，并新增 {added} 项台账里没有的" if added else ""
    if ticked:
        return f"将导入 {ticked} 行{beside}。"
    if made.counts[RowState.SAME] == len(made.rows):
        return "各行都与台账相同，没有要导入的。"
    return "没有勾选要导入的行。"


def first_to_look_at(made: Plan) -> int:
    """The first row the clerk has to look at: a refused one, else a doubtful one, else the first."""
    for state in (RowState.REFUSED, RowState.DOUBTFUL):
        for row in made.rows:
            if row.state is state:
                return row.row
    return made.rows[0].row
