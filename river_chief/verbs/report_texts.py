"""报告文字: the office writes a part of a report in its own words, or goes back to the generated ones."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import MonthClose, ReportText
from river_chief.records.columns import col
from river_chief.terms import ReportPart
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import unchanged

REPORTS = {
    "monthly": "河长制工作月报",
    "circular": "通报",
    "half-year": "半年小结",
    "year": "年终总结",
}
"""Kinds of papers with a text, and what they are called."""
FROZEN = ("monthly", "circular")
"""Those that are frozen with their month."""


class _OfPart(Input):
    """Which part of which report."""

    kind: str = Field(title="报告")
    first: date = Field(title="统计期起日")
    last: date = Field(title="统计期止日")
    part: ReportPart = Field(title="部分")
    version: int | None = None

    @model_validator(mode="after")
    def _is_a_report(self) -> Self:
        if self.kind not in REPORTS:
            raise ValueError(f"“{self.kind}”没有可改写的文字，可用的有：{'、'.join(REPORTS)}")
        if self.last < self.first:
            raise ValueError("统计期的止日早于起日，请改正")
        return self


class OwnWords(_OfPart):
    """A part in the office's words; ``based_on`` are the generated ones it saw when it wrote."""

    text: str = Field(title="文字", min_length=1, max_length=8000)
    based_on: str = Field("", title="自动文字", max_length=8000)


class GeneratedWords(_OfPart):
    """The part that goes back to its generated words."""


def put(session: Session, entry: OwnWords, /, *, by: str, today: date) -> Changes:
    """Keep the office's words for a part; a closed month is refused."""
    _refuse_closed(session, entry)
    record = _record(session, entry)
    if record is None:
        record = ReportText(kind=entry.kind, first=entry.first, last=entry.last, part=entry.part)
        session.add(record)
    unchanged(record, entry.version, f"“{entry.part.label}”的文字")
    record.text = entry.text
    record.based_on = entry.based_on
    record.retired_on = None
    session.flush()
    return Changes(f"改写{_called(entry)}", record.key)


def restore(session: Session, entry: GeneratedWords, /, *, by: str, today: date) -> Changes:
    """Print the generated words again; a closed month and a part without words of the office are refused."""
    _refuse_closed(session, entry)
    record = _record(session, entry)
    if record is None or record.retired_on is not None:
        raise Refusal(f"“{entry.part.label}”没有改写过，用的就是自动文字。")
    unchanged(record, entry.version, f"“{entry.part.label}”的文字")
    record.retired_on = today
    session.flush()
    return Changes(f"恢复{_called(entry)}的自动文字", record.key)


def _record(session: Session, entry: _OfPart) -> ReportText | None:
    query = select(ReportText).where(
        ReportText.kind == entry.kind,
        ReportText.first == entry.first,
        ReportText.last == entry.last,
        ReportText.part == entry.part,
    )
    return session.exec(query).first()


def _refuse_closed(session: Session, entry: _OfPart) -> None:
    """The papers of a month are frozen with it; those of longer days are not."""
    if entry.kind not in FROZEN:
        return
    query = (
        select(MonthClose)
        .where(MonthClose.first == entry.first, MonthClose.last == entry.last)
        .order_by(col(MonthClose.edition).desc())
    )
    newest = session.exec(query).first()
    if newest is not None and newest.reopened_on is None:
        raise Refusal(
            f"{newest.year}年{newest.month}月已经月结（第{newest.edition}版），{REPORTS[entry.kind]}的文字不能再改；"
            "确需改写，请先重新打开这个月并写明原因，改好后再月结。"
        )


def _called(entry: _OfPart) -> str:
    days = f"{entry.first.isoformat()}至{entry.last.isoformat()}"
    return f"{REPORTS[entry.kind]}（{days}）的“{entry.part.label}”"
