"""photo: add, list, check, rephase, settle, remove, save; and ``--photo`` of other commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session, select

from river_chief.cli.desk import Desk, Json, answer, desk_of
from river_chief.cli.registers import tell
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.errors import NotFound
from river_chief.intake.photos import NewPhoto, attach_all, drop_unused, take_in
from river_chief.queries.patches import patch_id_of
from river_chief.queries.photos import AttachmentRow, attachments_of, doubtful, photo_json, warnings_json
from river_chief.queries.problem_detail import id_of
from river_chief.records import Attachment, Paper, Problem
from river_chief.records.columns import col
from river_chief.storage.attachments import copy_out
from river_chief.storage.database import Writer
from river_chief.terms import Phase
from river_chief.verbs import documents
from river_chief.verbs.input import BIGGEST, understood
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="照片和扫描件：添加、列出、核对、更正、移除、取出。")
PHASES = "、".join(f"{phase.value} {phase.label}" for phase in Phase)
OWNERS = {"problem": "problem_id", "patrol": "patrol_id", "paper": "paper_id", "patch": "patch_id"}
# The words of the trade for a phase, besides its code and its label.
_SHORT = {"前": Phase.BEFORE, "中": Phase.DURING, "后": Phase.AFTER, "扫描": Phase.SCAN}

PhotoOption = Annotated[
    list[str] | None,
    typer.Option("--photo", metavar="阶段=文件", help="同时添加的照片，如 后=清理后.jpg；可以写几次。"),
]
Number = Annotated[
    str, typer.Argument(metavar="编号", help="问题编号；配合 --of 时是巡河记录号、文号或图斑编号")
]
Of = Annotated[
    str,
    typer.Option(
        "--of", metavar="对象", help="挂在哪里：problem 问题、patrol 巡河记录、paper 文书、patch 图斑。"
    ),
]
Id = Annotated[int, typer.Argument(metavar="照片号", min=1, max=BIGGEST, help="photo list 列出的照片号")]


@app.command("add", cls=Command)
def add(
    ctx: typer.Context,
    number: Number,
    photos: Annotated[list[str], typer.Argument(metavar="阶段=文件…", help="如 前=桥下.jpg 后=清理后.jpg")],
    of: Of = "problem",
    as_json: Json = False,
) -> None:
    """给问题、巡河记录、文书或图斑添加照片或扫描件，几张一起保存。"""
    desk = desk_of(ctx)
    with with_files(desk, photos) as (writer, taken):
        owner = _owner(writer.session, of, number)
        attach_all(writer, owner, taken)
        rows = attachments_of(writer.session, owner, writer.today)
        fresh = [row for row in rows if row.id in {done.id for done in writer.done}]
    answer(_document(number, fresh), _text(fresh), as_json)


@app.command("list", cls=Command)
def listed(ctx: typer.Context, number: Number, of: Of = "problem", as_json: Json = False) -> None:
    """列出一个问题、一条巡河记录、一份文书或一个图斑的照片和扫描件。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        rows = attachments_of(session, _owner(session, of, number), desk.today())
    answer(_document(number, rows), _text(rows), as_json)


@app.command("check", cls=Command)
def check(ctx: typer.Context, as_json: Json = False) -> None:
    """列出存疑的照片：与整改前相同、拍摄过早、位置不符、也用在别的问题。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        found = doubtful(session, desk.today())
        query = select(Problem.id, Problem.number).where(col(Problem.id).in_(found))
        numbers = {id or 0: number for id, number in session.exec(query)}
    problems = [
        {"id": id, "number": numbers[id], "photo_warnings": warnings_json(rows)} for id, rows in found.items()
    ]
    lines = [f"{numbers[id]}\n{_text(rows)}" for id, rows in found.items()]
    document = {"count": sum(len(rows) for rows in found.values()), "problems": problems}
    answer(document, "\n".join(lines) or "没有存疑的照片。", as_json)


@app.command("rephase", cls=Command)
def rephase(
    ctx: typer.Context,
    id: Id,
    phase: Annotated[str, typer.Argument(metavar="阶段", help=PHASES)],
    as_json: Json = False,
) -> None:
    """更正照片的阶段。"""
    entry = understood(documents.Rephasing, {"id": id, "phase": phase_of(phase)})
    tell(desk_of(ctx).do(documents.rephase, entry), as_json)


@app.command("settle", cls=Command)
def settle(
    ctx: typer.Context,
    id: Id,
    words: Annotated[str, typer.Argument(metavar="说明", help="核对的情况")],
    as_json: Json = False,
) -> None:
    """存疑的照片核对无误，写明情况。"""
    entry = understood(documents.Settling, {"id": id, "words": words})
    tell(desk_of(ctx).do(documents.settle, entry), as_json)


@app.command("remove", cls=Command)
def remove(ctx: typer.Context, id: Id, as_json: Json = False) -> None:
    """移除放错的照片；文件仍保存在台账里。"""
    tell(desk_of(ctx).do(documents.void_attachment, documents.VoidAttachment(id=id)), as_json)


@app.command("save", cls=Command)
def save(
    ctx: typer.Context,
    id: Id,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="文件", help="写到哪个文件。")],
    as_json: Json = False,
) -> None:
    """取出照片的原件，一个字节也不变。"""
    with desk_of(ctx).opened() as database:
        with database.read() as session:
            digest = existing(session, Attachment, id, "个附件").sha256
        copy_out(database.folder, digest, out)
    answer({"id": id, "sha256": digest, "file": str(out)}, f"已写入 {out}。", as_json)


@contextmanager
def with_files(desk: Desk, texts: Sequence[str] | None) -> Iterator[tuple[Writer, list[NewPhoto]]]:
    """One transaction and the photos kept for it (``后=FILE``); when it fails they are not left behind."""
    wanted = [_parted(text) for text in texts or ()]
    with desk.opened() as database:
        taken: list[NewPhoto] = []
        try:
            for phase, file in wanted:
                taken += take_in(database.folder, [file], phase)
            with database.write(by=desk.clerk(database), today=desk.today()) as writer:
                yield writer, taken
        except BaseException:
            with database.read() as session:
                drop_unused(session, database.folder, taken)
            raise


def phase_of(text: str) -> Phase:
    """The phase by code, label or short word."""
    found = _SHORT.get(text.strip()) or Phase.of_label(text)
    if found is None:
        raise BadUsage(f"没有阶段“{text}”，可用的有：前、中、后、{PHASES}。")
    return found


def _parted(text: str) -> tuple[Phase, Path]:
    phase, mark, file = text.partition("=")
    if not mark or not file.strip():
        raise BadUsage(f"照片“{text}”要写成“阶段=文件”，如 后=清理后.jpg。")
    return phase_of(phase), Path(file.strip())


def _owner(session: Session, of: str, number: str) -> dict[str, int]:
    key = OWNERS.get(of.strip())
    if key is None:
        raise BadUsage(f"--of 没有“{of}”，可用的有：{'、'.join(OWNERS)}。")
    if key == "problem_id":
        return {key: id_of(session, number)}
    if key == "patch_id":
        return {key: patch_id_of(session, number)}
    if key == "patrol_id":
        if not number.isdecimal() or int(number) > BIGGEST:
            raise BadUsage(f"巡河记录号“{number}”应是一个整数。")
        return {key: int(number)}
    id = session.exec(select(Paper.id).where(Paper.number == number)).first()
    if id is None:
        raise NotFound(f"台账里没有文书{number}，请核对文号。")
    return {key: id}


def _document(number: str, rows: Sequence[AttachmentRow]) -> dict[str, Any]:
    return {
        "number": number,
        "count": len(rows),
        "photos": [photo_json(row) for row in rows],
        "photo_warnings": warnings_json(rows),
    }


def _text(rows: Sequence[AttachmentRow]) -> str:
    lines: list[str] = []
    for row in rows:
        taken = f"拍摄 {row.taken_at:%Y-%m-%d %H:%M}" if row.taken_at is not None else "没有拍摄时间"
        lines.append(f"  {row.id}  {row.phase.label}  {row.name}  {taken}")
        lines += [f"      ⚠ {item.sentence}" for item in row.warnings]
        if row.settled:
            lines.append(f"      已核对：{row.settled}")
    return "\n".join(lines) or "没有照片。"
