"""new, undo, search, verify: what is done with a ledger as a whole."""

from __future__ import annotations

import getpass
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.cli.desk import (
    ADMINISTRATOR,
    PASSWORD,
    Desk,
    Json,
    answer,
    desk_of,
    notice,
    spoken_progress,
)
from river_chief.cli.rows import listed, plain_row
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import LedgerDamaged
from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter
from river_chief.queries.ledger_query import LedgerQuery
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.waters import REACH_LEDGER, WATER_LEDGER, ReachFilter, WaterFilter
from river_chief.storage.database import Database
from river_chief.storage.paths import remember_ledger
from river_chief.verbs import office
from river_chief.verbs.input import BIGGEST, understood

FOUND_AT_MOST = 50
LONGEST_OFFICE = 24


def new(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="台账放在哪个文件夹")],
    place: Annotated[str, typer.Option("--office", metavar="乡镇", help="乡镇名称，例如砚溪镇。")],
    area: Annotated[str, typer.Option("--area", metavar="代码", help="行政区代码，9 或 12 位。")] = "",
    without: Annotated[bool, typer.Option("--open", help="不设口令。")] = False,
    as_json: Json = False,
) -> None:
    """建立一个空台账。设了口令的台账会给出一个恢复码，请抄下封存。"""
    desk = desk_of(ctx)
    founding = understood(office.NewOffice, {"place": place, "area_code": area})
    password = None if without else _new_password(desk)
    with whole_or_nothing(folder):
        database, recovery = Database.create(folder, password=password, user=desk.user or ADMINISTRATOR)
        with database:
            database.set_office(area or place[:LONGEST_OFFICE])
            with database.write(by=desk.clerk(database), today=desk.today()) as writer:
                done = writer.do(office.found_office, founding)
    remember_ledger(folder)
    document = {"ledger": str(folder), "office": place, "recovery_code": recovery, "sentence": done.sentence}
    code = f"\n恢复码（忘记口令时用，请抄下封存）：{recovery}" if recovery else ""
    answer(document, f"{done.sentence}，在 {folder}。{code}", as_json)


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[None]:
    """Leave no half-made *folder* behind when the block fails; one that was there before stays.

    One that was empty is empty again; of one with files in it nothing is ever taken away.
    """
    was_there = folder.exists()
    was_empty = folder.is_dir() and not any(folder.iterdir())
    try:
        yield
    except BaseException:
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        elif was_empty:
            for part in folder.iterdir():
                shutil.rmtree(part) if part.is_dir() else part.unlink()
        raise


def undo(
    ctx: typer.Context,
    batch: Annotated[
        int | None,
        typer.Option("--batch", metavar="批次", min=1, max=BIGGEST, help="撤销整个批次（批次号）。"),
    ] = None,
    act: Annotated[
        int | None,
        typer.Option("--act", metavar="操作", min=1, max=BIGGEST, help="撤销哪一步操作（操作号）。"),
    ] = None,
    redo: Annotated[bool, typer.Option("--redo", help="把最后一次撤销恢复过来。")] = False,
    as_json: Json = False,
) -> None:
    """撤销一步操作或一个批次；都不写则撤销最后一步。之后又改过的记录会被指出，不会覆盖。"""
    from river_chief.storage.undo import redo_last, undo_act, undo_batch, undo_last

    if (batch is not None) + (act is not None) + redo > 1:
        raise BadUsage("--batch、--act 和 --redo 只写一个。")
    with desk_of(ctx).writing() as writer:
        if redo:
            sentence = redo_last(writer)
        elif batch is not None:
            sentence = undo_batch(writer, batch)
        else:
            sentence = undo_last(writer) if act is None else undo_act(writer, act)
        touched = sorted(writer.changes.touched, key=lambda item: (item.ledger, item.id))
    document = {
        "sentence": sentence,
        "touched": [{"ledger": item.ledger, "id": item.id} for item in touched],
    }
    answer(document, f"{sentence}。", as_json)


def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="要找的文字，几个词用空格隔开")],
    as_json: Json = False,
) -> None:
    """在问题、河段、河湖和人员里查找。"""
    desk = desk_of(ctx)
    if not text.strip():
        raise BadUsage("请写出要找的文字。")
    places: tuple[tuple[str, str, LedgerQuery[Any], Any, tuple[str, ...]], ...] = (
        (
            "problems",
            "问题",
            PROBLEM_LEDGER,
            ProblemFilter(text=text),
            ("number", "state", "village_name", "brief"),
        ),
        ("reaches", "河段", REACH_LEDGER, ReachFilter(text=text), ("code", "name", "village_names")),
        ("waters", "河湖", WATER_LEDGER, WaterFilter(text=text), ("code", "name", "kind")),
        ("chiefs", "人员", CHIEF_LEDGER, ChiefFilter(text=text), ("name", "area_name", "role", "phone")),
    )
    document: dict[str, Any] = {"text": text}
    lines: list[str] = []
    with desk.reading() as session:
        for key, label, ledger, filter, columns in places:
            count, rows = _found(session, ledger, filter, desk)
            document[key] = {"count": count, "rows": [plain_row(row) for row in rows]}
            if count:
                lines += [f"{label} {count} 条", *listed(rows, ledger.fields.pick(*columns))]
    answer(document, "\n".join(lines) or f"没有找到“{text}”。", as_json)


def _found(session: Session, ledger: LedgerQuery[Any], filter: Any, desk: Desk) -> tuple[int, list[Any]]:
    ids = ledger.ids(session, filter, limit=FOUND_AT_MOST)
    return ledger.count(session, filter), ledger.rows(session, ids, desk.today())


def verify(
    ctx: typer.Context,
    replay: Annotated[bool, typer.Option("--replay", help="从日志重建一遍再比较。")] = False,
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", metavar="校验码", help="文书页脚上的校验码，查它之前的日志是否被改动。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """检查台账：文件的每一页、引用、日志的每一步、附件。有问题时退出码为 3。"""
    from river_chief.storage import verify as checking

    with desk_of(ctx).opened() as database:
        found = checking.verify(database, replayed=replay, anchor=anchor, progress=spoken_progress())
    document = {
        "whole": found.is_whole,
        "acts": found.acts,
        "head": found.head,
        "photos": found.photos,
        "replayed": found.replayed,
        "faults": found.faults,
    }
    summary = (
        f"日志 {found.acts} 步，附件 {found.photos} 个{'，已从日志重建并比较' if found.replayed else ''}"
    )
    text = f"台账完好：{summary}。" if found.is_whole else "\n".join(found.faults)
    answer(document, text, as_json)
    if not found.is_whole:
        raise LedgerDamaged(f"台账有 {len(found.faults)} 处问题：{summary}。")


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for name, command in (("new", new), ("undo", undo), ("search", search), ("verify", verify)):
        app.command(name, cls=Command)(command)


def _new_password(desk: Desk) -> str:
    password = desk.password()
    if password is None and sys.stdin.isatty():
        password = getpass.getpass("设一个台账口令：")
        if getpass.getpass("再输一遍：") != password:
            raise BadUsage("两次输入的口令不一样，请重来。")
    if password is None:
        notice("台账里有个人信息，建议设口令。")
        raise BadUsage(f"请用 --password-file 或环境变量 {PASSWORD} 给出口令，或加 --open 不设口令。")
    return password
