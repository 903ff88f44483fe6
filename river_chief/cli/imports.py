"""import: a workbook into the ledger, planned first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from river_chief.cli.desk import Desk, Json, answer, desk_of, notice, spoken_progress
from river_chief.cli.given import pairs, separated
from river_chief.cli.papers import check_form
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import Refusal
from river_chief.intake.cell import shown
from river_chief.intake.characters import compact
from river_chief.intake.import_apply import Applied, apply
from river_chief.intake.import_plan import PLANNERS, plan
from river_chief.intake.plan import Answers, Missing, Plan, RowPlan, RowState
from river_chief.intake.rejects import LEFT_OUT
from river_chief.intake.rejects import rejects as rejects_workbook
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import read_sheet
from river_chief.papers.files import save
from river_chief.queries.ledger_query import plain
from river_chief.storage.database import Database
from river_chief.terms import ImportKind

TICKABLE = (RowState.NEW, RowState.CHANGED, RowState.DOUBTFUL)
EVERYTHING = ("all", "全部")
_SHOWN = 60


def take_in(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="种类", help="、".join(f"{kind.value} {kind.label}" for kind in PLANNERS))
    ],
    file: Annotated[Path, typer.Argument(metavar="文件", help="要导入的表格")],
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="工作表", help="工作表名称；不写则自动找。")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不改动台账。")] = False,
    accept: Annotated[
        str, typer.Option("--accept", metavar="状态", help="导入哪些行：new、changed、doubtful，用逗号隔开。")
    ] = "new,changed",
    rows: Annotated[
        str, typer.Option("--rows", metavar="行号", help="只导入这几行，例如 7,9；存疑的行也可以。")
    ] = "",
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="名称", help="台账里没有的村、河湖等一并新增：写名称，或 all 全部。"),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--given", metavar="项=值", help="空着的格子都当作这个值，例如 source=县级督查暗访。"),
    ] = None,
    cells: Annotated[
        list[str] | None,
        typer.Option(
            "--cell", metavar="行:项=值", help="把一个格子当作这个值，例如 7:reach_names=柳塘河；文件不变。"
        ),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="文件", help="把存疑和拒收的行另存为 .xlsx，改好再导。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """导入表格：先逐行核对，再一次导入；整批可以用 undo --batch 撤销。"""
    wanted, states, numbers = _kind(kind), _states(accept), _numbers(rows)
    answers = Answers(given=pairs(given, "--given"), cells=_cells(cells))
    if rejects is not None:
        check_form(rejects, (".xlsx",), "--rejects")
    desk = desk_of(ctx)
    raw = read_sheet(file, SHEET_KINDS[wanted], sheet)
    with desk.opened() as database:
        with database.read() as session:
            made = plan(session, raw, wanted, today=desk.today(), answers=answers)
            # What lies in a village that is added is seen to be missing only then.
            while (adding := _added(made, add or [])) != made.answers.add:
                answers = replace(answers, add=adding)
                made = plan(session, raw, wanted, today=desk.today(), answers=answers)
            _check_added(made, add or [])
        if rejects is not None:
            save(rejects, rejects_workbook(file, made))
            left = sum(made.counts[state] for state in LEFT_OUT)
            notice(f"存疑和拒收的 {left} 行已写入 {rejects}。")
        applied = None
        if not dry_run and not (numbers is None and _all_same(made, states)):
            applied = _apply(database, desk, made, states, numbers)
    document = plan_document(made)
    if applied is not None:
        document |= {"batch": applied.batch_id, "applied": applied.counts}
    answer(document, "\n".join(_lines(made, applied, dry_run)), as_json)


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("import", cls=Command)(take_in)


def plan_document(made: Plan) -> dict[str, Any]:
    """The plan as JSON: what becomes of every row, cell by cell."""
    sheet = made.sheet
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "header_rows": list(sheet.header_rows),
        "columns": sheet.keys,
        "unknown_columns": list(sheet.unknown_columns),
        "unused_columns": list(made.unused_columns),
        "other_sheets": list(sheet.other_sheets),
        **{state.value: count for state, count in made.counts.items()},
        "rows": [_row(row) for row in made.rows],
        "skipped": [{"row": row.row_number, "reason": row.reason, "text": row.text} for row in sheet.skipped],
        "missing": [
            {
                "kind": item.kind.value,
                "name": item.name,
                "within": item.within,
                "rows": list(item.rows),
                "words": item.words,
            }
            for item in made.missing
        ],
    }


def _row(row: RowPlan) -> dict[str, Any]:
    return {
        "row": row.row,
        "state": row.state.value,
        "key": row.key,
        "cells": [
            {"cell": cell.address, "column": cell.column, "value": cell.value, "reason": cell.reason}
            for cell in row.cells
        ],
        "changes": [
            {"field": item.field, "before": plain(item.before), "after": plain(item.after)}
            for item in row.changes
        ],
        "doubts": list(row.doubts),
        "notes": list(row.notes),
    }


def _lines(made: Plan, applied: Applied | None, dry_run: bool) -> list[str]:
    counts = "，".join(f"{state.label} {count}" for state, count in made.counts.items())
    lines = [f"{made.sheet.file}，工作表“{made.sheet.sheet}”：{counts}"]
    if made.sheet.unknown_columns:
        lines.append(f"不认识的列：{'、'.join(made.sheet.unknown_columns)}")
    for row in made.rows:
        for cell in row.cells:
            where = cell.address or f"第 {row.row} 行"
            lines.append(f"{where} {cell.column}“{_short(cell.value)}”：{cell.reason}")
        lines += [f"第 {row.row} 行存疑：{doubt}" for doubt in row.doubts]
        for item in row.changes:
            before, after = _short(item.before_text) or "（空）", _short(item.after_text)
            lines.append(f"第 {row.row} 行 {item.label}：{before} → {after}")
    waiting = [item for item in made.missing if item not in made.answers.add]
    lines += [f"台账里没有：{item.words}；要一并新增，加 --add {item.name}" for item in waiting]
    if applied is not None:
        told = applied.counts
        lines.append(
            f"已导入：新增 {told['new']}，变更 {told['changed']}；撤销用 undo --batch {applied.batch_id}。"
        )
    elif not dry_run:
        lines.append("没有要导入的行，台账没有改动。")
    return lines


def _short(text: str) -> str:
    """*text* on one line, cut where it would fill the screen."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _kind(text: str) -> ImportKind:
    found = ImportKind.of_label(text)
    if found is None or found not in PLANNERS:
        known = "、".join(f"{kind.value}（{kind.label}）" for kind in PLANNERS)
        raise BadUsage(f"不能导入“{text}”，可用的种类有：{known}。")
    return found


def _states(text: str) -> frozenset[RowState]:
    found = [RowState.of_label(word) for word in separated(text)]
    states = frozenset(state for state in found if state in TICKABLE)
    if not states or len(states) < len(set(found)):
        raise BadUsage(f"--accept 的“{text}”要在 new、changed、doubtful 里选。")
    return states


def _numbers(text: str) -> tuple[int, ...] | None:
    words = separated(text)
    if not all(word.isdecimal() for word in words):
        raise BadUsage(f"--rows 的“{text}”要写行号，例如 7,9。")
    return tuple(int(word) for word in words) or None


def _added(made: Plan, names: list[str]) -> frozenset[Missing]:
    """The missing records to be added, by name; two of one name are both meant."""
    everything = any(name in EVERYTHING for name in names)
    return frozenset(item for item in made.missing if everything or item.name in names)


def _check_added(made: Plan, names: list[str]) -> None:
    """Refuse a name the sheet does not bring; one the ledger has by now needs no adding."""
    known = {item.name for item in made.missing}
    written = {compact(shown(cell.value)) for row in made.sheet.rows for cell in row.cells.values()}
    for name in names:
        if name not in known and name not in EVERYTHING:
            if any(compact(name) in text for text in written):
                notice(f"“{name}”不用新增：台账里已经有了，或本表没有用到。")
                continue
            listed = f"，缺的有：{'、'.join(sorted(known))}" if known else ""
            raise Refusal(f"表里没有要新增的“{name}”{listed}。")


def _cells(texts: list[str] | None) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    for place, value in pairs(texts, "--cell").items():
        row, colon, key = place.partition(":")
        if not colon or not row.isdecimal():
            raise BadUsage(f"--cell 的“{place}”要写成“行号:项”，例如 7:reach_names=柳塘河。")
        found[int(row), key.strip()] = value
    return found


def _all_same(made: Plan, states: frozenset[RowState]) -> bool:
    """Whether there is nothing left to take in because the ledger has it already."""
    ready = any(row.state in states and row.doings for row in made.rows)
    return not ready and made.counts[RowState.SAME] > 0


def _apply(
    database: Database, desk: Desk, made: Plan, states: frozenset[RowState], rows: tuple[int, ...] | None
) -> Applied:
    return apply(
        database,
        made,
        by=desk.clerk(database),
        today=desk.today(),
        accept=states,
        rows=rows,
        progress=spoken_progress(),
    )
