"""销号签收单: what was struck off in the month or may be now, for each village to sign for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from river_chief.fields.problems import PROBLEMS
from river_chief.papers.document import Cell, Cells, Column, Document, Group, Kind, Table, cell_of
from river_chief.papers.kinds.list_table import NUMBERING, Values
from river_chief.papers.kinds.problem_list import COUNTED, list_document, problems_of
from river_chief.papers.kinds.wanted import Wanted, day_text, days_text
from river_chief.queries import choices
from river_chief.queries.month_rows import rows_on
from river_chief.queries.problem_detail import RoundRow, rounds_of
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.periods import Span
from river_chief.terms import Exit, State

NOWHERE = "未填所在村"
_PEN_LINES = 1.7
_COLUMNS = (
    NUMBERING,
    Column("问题编号", 8.5, Kind.CODE),
    Column("河湖名称", 5),
    Column("问题简述", 13),
    Column("责任单位", 6),
    Column("整改时限", 5.5, Kind.DATE),
    Column("延期后时限", 5.5, Kind.DATE),
    Column("整改完成时间", 5.5, Kind.DATE),
    Column("验收时间", 5.5, Kind.DATE),
    Column("验收人", 5),
    Column("销号时间", 5.5, Kind.DATE),
    Column("村级签收人", 7),
    Column("签收日期", 6.5),
)
_KEYS = "number water_name brief unit first_deadline extended_deadline rectified_on accepted_on acceptors closed_on".split()


def sign_off_list(wanted: Wanted) -> Document:
    """By village, in the order of the divisions; a problem struck off twice in the month stands twice."""
    closed, ready = _closed(wanted), _ready(wanted)
    rows: list[Cells | Group] = []
    number = 0
    for village, own in _by_village(wanted, [*closed, *ready]):
        rows.append(Group(f"{village}（{len(own)}个）"))
        for each in own:
            number += 1
            rows.append(_cells(number, each))
    counted = (f"共{number}{COUNTED}", "", f"已销号{len(closed)}个，待销号{len(ready)}个", *[""] * 9)
    table = Table(
        _COLUMNS,
        tuple(rows),
        total=(Cell("合计"), *map(Cell, counted)) if rows else (),
        empty="统计期内没有已销号和待销号的问题",
        lines=_PEN_LINES,
    )
    note = (
        f"本单列{days_text(wanted.month)}销号的问题，以及截至{day_text(wanted.day)}验收通过、等待销号的问题"
        "（销号时间空白）。销号时间是有权销号的单位批准之日，验收时间是镇级验收之日。"
    )
    copies = "请村（社区）核对后签收；本单一式两份，镇、村各存一份。"
    return list_document(wanted, "河湖问题销号签收单", table, notes=(note, copies))


def _cells(number: int, values: Values) -> Cells:
    known = (cell_of(field, values[field.key]) for field in PROBLEMS.pick(*_KEYS))
    return Cell(str(number), number), *known, Cell(), Cell()


def _by_village(wanted: Wanted, rows: Iterable[Values]) -> Iterator[tuple[str, list[Values]]]:
    """Village by village; within one by the day of striking off, what waits for it last."""
    places = {choice.label: at for at, choice in enumerate(choices.areas(wanted.session, retired=True))}

    def order(values: Values) -> tuple[int, date, str]:
        at = places.get(values["village_name"], len(places))
        return at, values["closed_on"] or date.max, values["number"]

    for village, own in groupby(sorted(rows, key=order), key=lambda values: values["village_name"]):
        yield village or NOWHERE, list(own)


def _closed(wanted: Wanted) -> list[Values]:
    """Each closing in the month, with the row of the day on which it happened."""
    known = Span(wanted.month.first, wanted.day)
    asked = problems_of(wanted, RoundFilter(exits=(Exit.CLOSED,), exited=known))
    ended: dict[date, dict[int, RoundRow]] = {}
    for id, rounds in rounds_of(wanted.session, PROBLEM_LEDGER.ids(wanted.session, asked)).items():
        for each in rounds:
            if each.exit is Exit.CLOSED and each.exit_on is not None and each.exit_on in known:
                ended.setdefault(each.exit_on, {})[id] = each
    return [
        {**row.values, **_days(by_id[row.id])}
        for day, by_id in ended.items()
        for row in rows_on(wanted.session, [*by_id], day)
    ]


def _days(ended: RoundRow) -> Values:
    """The days of the round that ended, whatever became of the problem on the same day."""
    extended = ended.deadline if ended.deadline != ended.first_deadline else None
    return {
        "first_deadline": ended.first_deadline,
        "extended_deadline": extended,
        "rectified_on": ended.rectified_on,
        "accepted_on": ended.accepted_on,
        "closed_on": ended.exit_on,
    }


def _ready(wanted: Wanted) -> list[Values]:
    """Those that waited to be struck off at the end of the month."""
    asked = problems_of(wanted, RoundFilter(stock_on=wanted.day))
    rows = rows_on(wanted.session, PROBLEM_LEDGER.ids(wanted.session, asked), wanted.day)
    return [row.values for row in rows if row["state"] is State.TO_CLOSE]
