"""sweep: the question of one problem asked of every village or reach, and the answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.cli.desk import Json, answer, as_text, desk_of, notice
from river_chief.cli.given import Set, entry, nested, pairs
from river_chief.cli.lists import FORMS
from river_chief.cli.names import Names, pick
from river_chief.cli.papers import check_form
from river_chief.cli.problems import Number, with_ids
from river_chief.cli.registers import tell
from river_chief.cli.rows import facts, listed, plain_row
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.papers.files import save
from river_chief.queries.choices import Choice
from river_chief.queries.ledger_query import Row
from river_chief.queries.problem_detail import id_of
from river_chief.queries.sweeps import (
    ANSWER_LEDGER,
    SWEEP_LEDGER,
    AnswerFilter,
    SweepFilter,
    asked,
    sweep_row,
)
from river_chief.verbs import sweeps
from river_chief.verbs.input import BIGGEST

app = typer.Typer(cls=Group, help="举一反三：布置、查看、答复、作废。")
Id = Annotated[int, typer.Argument(metavar="编号", min=1, max=BIGGEST, help="举一反三的编号，是一个整数")]
Places = Annotated[
    list[str] | None, typer.Argument(metavar="村或河段", help="答复的村或河段；不写为全部未答复的")
]
_LISTED = "number scope asked_on due_on asked none found not_concerned unanswered progress".split()
_ANSWERED = "place reply answerer answered_on found_number words".split()


@app.command("ask", cls=Command)
def ask(ctx: typer.Context, number: Number, values: Set = None, as_json: Json = False) -> None:
    """就一个问题向每个村或每个河段布置同样的排查。

    项：scope（逐村、逐河段）、question（不写则按问题的分类和描述拟定）、asked_on、due_on（不写则按本单位设置）。
    """
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = id_of(writer.session, number)
        done = writer.do(sweeps.ask, entry(sweeps.NewSweep, {"problem_id": id, **given}))
        row = sweep_row(writer.session, done.id, writer.today)
    tell(done, as_json, question=row["question"], asked=row["asked"], due_on=row["due_on"].isoformat())


@app.command("list", cls=Command)
def list_sweeps(
    ctx: typer.Context,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="只要还有未答复的。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只要过了答复期限还有未答复的。")] = False,
    voided: Annotated[bool, typer.Option("--voided", help="作废的也列出。")] = False,
    as_json: Json = False,
) -> None:
    """列出举一反三和各自的答复情况。"""
    desk = desk_of(ctx)
    filter = SweepFilter(unanswered=unanswered, overdue_on=desk.today() if overdue else None, voided=voided)
    with desk.reading() as session:
        rows = SWEEP_LEDGER.all(session, filter, desk.today())
    lines = listed(rows, SWEEP_LEDGER.fields.pick(*_LISTED))
    answer(
        {"count": len(rows), "rows": [plain_row(row) for row in rows]},
        "\n".join([*lines, f"共 {len(rows)} 次"]),
        as_json,
    )


@app.command("show", cls=Command)
def show(
    ctx: typer.Context,
    id: Id,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="写成排查情况表：.json、.xlsx、.docx 或 .pdf。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """查看一次举一反三的逐个答复，或写成一张表。"""
    if out is not None:
        check_form(out, FORMS)
    desk = desk_of(ctx)
    with desk.reading() as session:
        row = sweep_row(session, id, desk.today())
        rows = ANSWER_LEDGER.all(session, AnswerFilter(sweeps=(id,)), desk.today())
        document = {**plain_row(row), "answers": [plain_row(each) for each in rows]}
        if out is not None and out.suffix.lower() != ".json":
            _write_paper(out, session, id, desk.today())
    if out is not None and out.suffix.lower() == ".json":
        save(out, f"{as_text(document)}\n".encode())
    if out is not None:
        notice(f"举一反三 {id} 已写入 {out}。")
        if as_json:
            answer({"id": id, "file": str(out)}, "", as_json)
        return
    lines = [*facts(SWEEP_LEDGER.fields, row.values), *listed(rows, ANSWER_LEDGER.fields.pick(*_ANSWERED))]
    answer(document, "\n".join(lines), as_json)


@app.command("answer", cls=Command)
def enter_answers(
    ctx: typer.Context, id: Id, places: Places = None, values: Set = None, as_json: Json = False
) -> None:
    """记录村或河段的答复，可以几个一起。

    项：reply（已查无此类问题、不涉及、发现同类问题）、answered_on、answerer、words、
    problem（发现的问题的编号，已经登记的）、corrects=是（更正以前的答复）。
    """
    given: dict[str, Any] = {"reply": "none", **pairs(values)}
    with desk_of(ctx).writing() as writer:
        if "problem" in given:
            given["problem_id"] = id_of(writer.session, given.pop("problem"))
        ids = _answers(writer.session, id, places, writer.today)
        done = writer.do(sweeps.answer, entry(sweeps.Answering, {"answer_ids": ids, **given}))
    tell(done, as_json)


@app.command("found", cls=Command)
def found(
    ctx: typer.Context,
    id: Id,
    place: Annotated[str, typer.Argument(metavar="村或河段", help="发现同类问题的村或河段")],
    values: Set = None,
    as_json: Json = False,
) -> None:
    """登记一个村或河段发现的同类问题，作为它的答复。

    项同 problem add；村、河段和问题类型不写则按布置的。
    """
    given = nested(pairs(values))
    with desk_of(ctx).writing() as writer:
        (answer_id,) = _answers(writer.session, id, [place], writer.today)
        own = asked(writer.session, answer_id)
        before = {"village_id": own.area_id, "reach_id": own.reach_id, "category_code": own.category_code}
        named = with_ids(Names(writer.session, writer.today), given)
        known = {key: value for key, value in before.items() if value is not None}
        values_ = {"found_on": writer.today.isoformat(), "source": "Y03", **known, **named}
        done = writer.do(sweeps.report_found, entry(sweeps.FoundHere, {"answer_id": answer_id, **values_}))
    tell(done, as_json)


@app.command("void", cls=Command)
def void(ctx: typer.Context, id: Id, values: Set = None, as_json: Json = False) -> None:
    """作废布置有误的举一反三。项：words（原因）。"""
    tell(desk_of(ctx).do(sweeps.void_sweep, entry(sweeps.SweepVoid, {"id": id, **pairs(values)})), as_json)


def _answers(session: Session, id: int, places: list[str] | None, today: date) -> tuple[int, ...]:
    """Ids of the answers of *places* to the sweep *id*; all open ones where none are named."""
    sweep_row(session, id, today)
    rows: list[Row] = ANSWER_LEDGER.all(session, AnswerFilter(sweeps=(id,)), today)
    if not places:
        open_ones = tuple(row.id for row in rows if row["reply"] is None)
        if not open_ones:
            raise BadUsage(f"举一反三 {id} 已经答齐，更正请写明村或河段。")
        return open_ones
    known = [Choice(row.id, row["place"]) for row in rows]
    return tuple(pick(known, place, "答复单位").id for place in places)


def _write_paper(out: Path, session: Session, id: int, today: date) -> None:
    from river_chief.papers.kinds import produce
    from river_chief.papers.output import write

    write(produce(session, "sweep", today=today, filter=SweepFilter(ids=(id,), voided=True)), out)
