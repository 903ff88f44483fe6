"""举一反三排查情况表: one sweep, what each village or reach has answered."""

from __future__ import annotations

from dataclasses import replace

from river_chief.errors import Refusal
from river_chief.fields.follow_up import SWEEP_ANSWERS
from river_chief.papers.document import (
    Cell,
    Column,
    Document,
    Kind,
    Labelled,
    Orientation,
    Paragraph,
    Table,
    cell_of,
)
from river_chief.papers.kinds.list_table import NUMBERING
from river_chief.papers.kinds.problem_list import PEN_DATE, list_document
from river_chief.papers.kinds.wanted import Wanted, day_text
from river_chief.queries.ledger_query import Row
from river_chief.queries.sweeps import ANSWER_LEDGER, SWEEP_LEDGER, AnswerFilter, SweepFilter
from river_chief.terms import Scope, SweepReply

UNANSWERED = "未答复"
_PLACES = {Scope.VILLAGE: "村（社区）", Scope.REACH: "河段"}
_KEYS = "answerer answered_on found_number words".split()


def sweep_table(wanted: Wanted) -> Document:
    """The one sweep the filter lets through; ``Refusal`` when it is none or several."""
    sweep = _the_sweep(wanted)
    place = _PLACES[sweep["scope"]]
    rows = ANSWER_LEDGER.all(wanted.session, AnswerFilter(sweeps=(sweep.id,)), wanted.today)
    table = Table(
        (
            NUMBERING,
            Column(place, 8),
            Column("答复", 7.5),
            Column("答复人", 5),
            Column("答复日期", 5.5, Kind.DATE),
            Column("发现的问题", 7, Kind.CODE),
            Column("说明", 12),
        ),
        tuple(_cells(at, row) for at, row in enumerate(rows, 1)),
        total=(Cell("合计"), Cell(f"共{len(rows)}个"), Cell(f"已答复{_answered(sweep)}个"), *[Cell()] * 4),
    )
    document = list_document(
        wanted,
        f"举一反三排查情况表（{sweep['scope'].label}）",
        Paragraph(f"排查内容：{sweep['question']}（{_days(sweep)}）"),
        table,
        notes=(counted(sweep), *_voided(sweep)),
    )
    unit, *rest = document.head
    return replace(upright(document), head=(unit, Labelled("来源问题", sweep["number"]), *rest))


def upright(document: Document) -> Document:
    """A narrow list on A4 standing up, with as many signatures as fit across it."""
    signatures = (Labelled("填报人"), Labelled("负责人"), Labelled("填报日期", PEN_DATE))
    return replace(document, orientation=Orientation.PORTRAIT, signatures=signatures)


def counted(sweep: Row) -> str:
    """How many were asked, and how many gave which answer, in a sentence."""
    replies = "、".join(
        f"{reply.label}{sweep[key]}个"
        for reply, key in (
            (SweepReply.NONE, "none"),
            (SweepReply.FOUND, "found"),
            (SweepReply.NOT_CONCERNED, "not_concerned"),
        )
    )
    place = _PLACES[sweep["scope"]]
    return f"应答复的{place}{sweep['asked']}个，其中{replies}，{UNANSWERED}{sweep['unanswered']}个。"


def _the_sweep(wanted: Wanted) -> Row:
    filter = wanted.filter if isinstance(wanted.filter, SweepFilter) else SweepFilter(voided=True)
    ids = SWEEP_LEDGER.ids(wanted.session, filter, limit=2)
    if len(ids) != 1:
        raise Refusal("请选定一次举一反三，再出排查情况表。")
    return SWEEP_LEDGER.rows(wanted.session, ids, wanted.today)[0]


def _days(sweep: Row) -> str:
    due = f"，{day_text(sweep['due_on'])}前答复" if sweep["due_on"] is not None else ""
    return f"{day_text(sweep['asked_on'])}布置{due}"


def _answered(sweep: Row) -> int:
    return int(sweep["asked"] - sweep["unanswered"])


def _cells(at: int, row: Row) -> tuple[Cell, ...]:
    reply = row["reply"]
    said = Cell(reply.label if reply is not None else UNANSWERED)
    known = (cell_of(field, row[field.key]) for field in SWEEP_ANSWERS.pick(*_KEYS))
    return Cell(str(at), at), Cell(row["place"]), said, *known


def _voided(sweep: Row) -> tuple[str, ...]:
    if sweep["voided_on"] is None:
        return ()
    return (f"本次举一反三已于{day_text(sweep['voided_on'])}作废：{sweep['void_reason']}。",)
