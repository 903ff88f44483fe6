"""河长姓名 of new problems held against who answered for the reach on the day it was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from river_chief.intake.kinds.planner import Outcome
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.queries.chiefs import Responsible, responsible_on
from river_chief.records import Reach


def hold_to_chiefs(
    session: Session, names: RecordNames, outcomes: Sequence[tuple[SheetRow, Outcome]]
) -> None:
    """Leave to the clerk the rows that name somebody else; the ledger's chiefs stay as they are."""
    asked: list[tuple[SheetRow, int, int | None, date]] = []
    for row, outcome in outcomes:
        if outcome.known or not outcome.doings or not row.has("chief_name"):
            continue
        values = outcome.doings[0].values
        reach, village, day = values.get("reach_id"), values.get("village_id"), values.get("found_on")
        if isinstance(reach, int) and isinstance(day, date):
            asked.append((row, reach, village if isinstance(village, int) else None, day))
        else:
            row.note("没有写明河段，河长姓名没有核对。")
    answers = responsible_on(session, [(reach, village, day) for _, reach, village, day in asked])
    for (row, reach, _, day), answer in zip(asked, answers, strict=True):
        _hold(row, answer, names.name_of(Reach, reach), day)


def _hold(row: SheetRow, answer: Responsible, reach: str, day: date) -> None:
    known = dict.fromkeys(name for _, _, name in answer.chiefs)
    if not known:
        row.note(f"台账里 {day.isoformat()} 还没有人负责{reach}，河长姓名没有核对。")
        return
    strangers = [name for name in row.names("chief_name") if name not in known]
    if strangers:
        row.doubt(
            f"河长姓名写的是{'、'.join(strangers)}，而 {day.isoformat()} 负责{reach}的是{'、'.join(known)}；"
            "勾选则照台账登记，不改动河长。"
        )
