"""ladder: what the escalation ladder proposes; its letters issued, listed, answered, voided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import Set, entry, member, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import tell
from river_chief.cli.rows import listed, plain_row
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.figures.escalation import proposed
from river_chief.queries.ladder import ladder_rules, running_problems
from river_chief.queries.papers import LETTER_LEDGER, LetterFilter, letter_id, waiting_lists
from river_chief.queries.problem_detail import id_of
from river_chief.rules.escalation import Proposal
from river_chief.rules.ladder import LADDER_PAPERS
from river_chief.rules.ladder_draft import Draft, draft_for, draft_of
from river_chief.storage import attachments
from river_chief.storage.database import Writer
from river_chief.terms import PaperKind, Phase
from river_chief.verbs import documents, escalation
from river_chief.verbs.office import settings_of

app = typer.Typer(cls=Group, help="督促：看建议、印发文书、登记答复、作废。")
KINDS = "、".join(f"{kind.value} {kind.label}" for kind in LADDER_PAPERS)
PaperNumber = Annotated[str, typer.Argument(metavar="文号", help="督促文书的文号")]
_SHOWN = "kind number addressee issued_on due_on answer_state problem_numbers step_name".split()


@app.command("show", cls=Command)
def show(ctx: typer.Context, as_json: Json = False) -> None:
    """列出按督促阶梯今天建议发的文书：给谁、为什么、涉及哪些问题。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        found = proposed(session, settings_of(session), desk.today())
    lines = [
        "\t".join((each.rule.paper.label, each.addressee or each.rule.target.label, each.about, each.reason))
        for each in found
    ]
    document = {"count": len(found), "proposals": [_plain(each) for each in found]}
    answer(document, "\n".join([*lines, f"共 {len(found)} 份"]), as_json)


@app.command("issue", cls=Command)
def issue(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="文书", help=KINDS)],
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="编号", help="涉及的问题编号，可以几个；只对村的不写")
    ] = None,
    village: Annotated[
        str, typer.Option("--village", metavar="村", help="对哪个村，不针对单个问题时写。")
    ] = "",
    values: Set = None,
    as_json: Json = False,
) -> None:
    """印发一份督促文书，可以涉及几个问题；与今天的建议相同的，主送、事由和阶梯按建议填。

    项：addressee（主送）、reason（事由）、body（正文）、issued_on、answer_by（答复时限）、paper_number（文号）。
    """
    wanted = member(PaperKind, kind)
    if not isinstance(wanted, PaperKind) or wanted not in LADDER_PAPERS:
        raise BadUsage(f"没有督促文书“{kind}”，可用的有：{KINDS}。")
    if not numbers and not village:
        raise BadUsage("请写出涉及的问题编号，或用 --village 写明村。")
    with desk_of(ctx).writing() as writer:
        ids = [id_of(writer.session, number) for number in numbers or ()]
        area_id = Names(writer.session, writer.today).village(village) if village else None
        draft = _draft(writer, wanted, ids, area_id, village)
        given = {
            "kind": wanted,
            "addressee": draft.addressee,
            "reason": draft.reason,
            "problem_ids": ids,
            "area_id": draft.area_id,
            "ladder_step_id": draft.rule_id,
        }
        done = writer.do(escalation.escalate, entry(escalation.Escalation, {**given, **pairs(values)}))
        (row,) = LETTER_LEDGER.rows(writer.session, [done.id], writer.today)
    tell(done, as_json, number=row["number"])


@app.command("list", cls=Command)
def list_letters(
    ctx: typer.Context,
    waiting: Annotated[bool, typer.Option("--waiting", help="只要等答复的。")] = False,
    late: Annotated[bool, typer.Option("--late", help="只要过了答复时限还没有答复的。")] = False,
    as_json: Json = False,
) -> None:
    """列出印发的督促文书和答复情况。"""
    desk = desk_of(ctx)
    lists = waiting_lists(desk.today())
    filter: LetterFilter = lists["unanswered" if late else "waiting" if waiting else "all"][1]
    with desk.reading() as session:
        rows = LETTER_LEDGER.all(session, filter, desk.today())
    lines = [*listed(rows, LETTER_LEDGER.fields.pick(*_SHOWN)), f"共 {len(rows)} 份"]
    answer({"count": len(rows), "rows": [plain_row(row) for row in rows]}, "\n".join(lines), as_json)


@app.command("answer", cls=Command)
def enter_answer(
    ctx: typer.Context,
    number: PaperNumber,
    values: Set = None,
    scan: Annotated[
        Path | None, typer.Option("--scan", metavar="文件", help="答复的扫描件，随文书保存。")
    ] = None,
    as_json: Json = False,
) -> None:
    """登记一份督促文书的答复；再登记一次就是更正。

    项：answer（答复内容）、answered_on（不写为今天）、answerer（答复人）。
    """
    desk = desk_of(ctx)
    with desk.opened() as database:
        kept = attachments.keep(database.folder, scan) if scan is not None else None
        with database.write(by=desk.clerk(database), today=desk.today()) as writer:
            id = letter_id(writer.session, number)
            given = {"paper_id": id, "answered_on": writer.today, **pairs(values)}
            done = writer.do(escalation.answer_paper, entry(escalation.PaperAnswer, given))
            if scan is not None and kept is not None:
                owned = {**kept.values, "paper_id": id, "name": scan.name, "phase": Phase.SCAN}
                writer.do(documents.attach, entry(documents.NewAttachment, owned))
    tell(done, as_json)


@app.command("void", cls=Command)
def void(ctx: typer.Context, number: PaperNumber, values: Set = None, as_json: Json = False) -> None:
    """作废一份发错的督促文书，文号不再使用。项：reason（作废原因）。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = letter_id(writer.session, number)
        done = writer.do(escalation.void_paper, entry(escalation.PaperVoiding, {"paper_id": id, **given}))
    tell(done, as_json)


def _draft(writer: Writer, kind: PaperKind, ids: Sequence[int], area_id: int | None, village: str) -> Draft:
    """The proposal of today that is meant, else a letter of that kind about what was named."""
    session, today = writer.session, writer.today
    for proposal in proposed(session, settings_of(session), today):
        covered = {problem.id for problem in proposal.problems}
        same_place = proposal.area_id == area_id if area_id is not None else set(ids) <= covered
        if proposal.rule.paper is kind and same_place:
            return draft_of(proposal)
    if not ids:
        return Draft(kind, village, "", (), area_id)
    draft = draft_for(kind, running_problems(session, today, ids), ladder_rules(session), today)
    return Draft(kind, draft.addressee, draft.reason, draft.problems, area_id)


def _plain(proposal: Proposal) -> dict[str, Any]:
    return {
        "step": proposal.rule.name,
        "level": proposal.rule.ordinal,
        "paper": proposal.rule.paper.value,
        "target": proposal.rule.target.value,
        "addressee": proposal.addressee,
        "village": proposal.village,
        "problems": [problem.number for problem in proposal.problems],
        "reason": proposal.reason,
        "skipped": [rule.name for rule in proposal.skipped],
    }
