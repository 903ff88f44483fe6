"""What is asked of a paper: of which ledger, of which days, for which village and audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.figures.month import MonthFigures
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, day_text, days_text, span_text

__all__ = ["Wanted", "day_text", "days_text"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be made; see ``produce`` for the conditions.

    ``session`` is one snapshot of the ledger: everything on the paper is read through it. ``appendix`` adds the
    numbers of the problems behind each rate. ``edition`` asks for that
    closing of the month; ``figures`` are those to be told, where they are reckoned already.
    """

    session: Session
    settings: OfficeSettings
    today: date
    span: Span | None = None
    village: int | None = None
    filter: Any = None
    sort: str = ""
    descending: bool = False
    public: bool = False
    every_column: bool = False
    appendix: bool = False
    edition: int | None = None
    figures: MonthFigures | None = None

    @property
    def day(self) -> date:
        """The day up to which the paper knows: the last of its days, or today if that comes first."""
        return self.today if self.span is None else min(self.span.last, self.today)

    @property
    def month(self) -> Span:
        """Its days; ``Refusal`` where none are given or they have not begun."""
        if self.span is None:
            raise Refusal("请先选定月份。")
        if self.today < self.span.first:
            raise Refusal(f"统计期从 {self.span.first} 开始，现在还没有到，请选已经开始的月份。")
        return self.span

    def span_text(self) -> str:
        """Its days in words: 2025年3月, 2025年一季度 …; see ``rules.periods.span_text``."""
        return span_text(self.month, self.settings.period_start_day)
