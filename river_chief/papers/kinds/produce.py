"""Make any paper by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.papers.document import Document
from river_chief.papers.kinds import registers
from river_chief.papers.kinds.circular import circular
from river_chief.papers.kinds.compare import comparison
from river_chief.papers.kinds.frozen_papers import frozen_paper
from river_chief.papers.kinds.issue_list import issue_list
from river_chief.papers.kinds.monthly_report import monthly_report
from river_chief.papers.kinds.patch_list import patch_list
from river_chief.papers.kinds.problem_ledger import due_list, overdue_list, problem_ledger
from river_chief.papers.kinds.rectification_list import rectification_list
from river_chief.papers.kinds.responsibility_list import responsibility_list
from river_chief.papers.kinds.saved_report import saved_report
from river_chief.papers.kinds.sign_off_list import sign_off_list
from river_chief.papers.kinds.summaries import half_year_summary, year_summary
from river_chief.papers.kinds.sweep_table import sweep_table
from river_chief.papers.kinds.wanted import Wanted
from river_chief.papers.kinds.zero_report_table import zero_report_table
from river_chief.rules.periods import Span
from river_chief.verbs.office import settings_of


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its Chinese name (for menus and file names) and what makes it."""

    name: str
    make: Callable[[Wanted], Document]


KINDS: dict[str, Kind] = {
    "issue": Kind("问题清单", issue_list),
    "responsibility": Kind("责任清单", responsibility_list),
    "rectification": Kind("整改清单", rectification_list),
    "sign-off": Kind("销号签收单", sign_off_list),
    "monthly": Kind("河长制工作月报", monthly_report),
    "circular": Kind("河长制工作通报", circular),
    "half-year": Kind("河长制工作半年小结", half_year_summary),
    "year": Kind("河长制工作年终总结", year_summary),
    "compare": Kind("河长制工作四比情况表", comparison),
    "saved": Kind("自定义报表", saved_report),
    "ledger": Kind("问题台账", problem_ledger),
    "overdue": Kind("逾期问题清单", overdue_list),
    "due": Kind("临期问题清单", due_list),
    "sweep": Kind("举一反三排查情况表", sweep_table),
    "zero": Kind("零报告情况表", zero_report_table),
    "patrols": Kind("巡河台账", registers.PATROLS.make),
    "chiefs": Kind("河长名录", registers.CHIEFS.make),
    "waters": Kind("河湖名录", registers.WATERS.make),
    "reaches": Kind("河段名录", registers.REACHES.make),
    "areas": Kind("行政区划名录", registers.AREAS.make),
    "patches": Kind("图斑核查表", patch_list),
}


def produce(
    session: Session,
    kind: str,
    *,
    today: date,
    span: Span | None = None,
    village: int | None = None,
    filter: Any = None,
    sort: str = "",
    descending: bool = False,
    public: bool = False,
    every_column: bool = False,
    appendix: bool = False,
    edition: int | None = None,
) -> Document:
    """Make the paper *kind* (a key of ``KINDS``) of the ledger behind *session*.

    ``span``          the days it is about, ``settings_of(session).month(2025, 3)``: lists of problems hold
                      those in stock at any time of them, as they stood at their end (today if earlier).
    ``village``       only of that village (an area's id).
    ``filter``        the ledger's own filter (``ProblemFilter`` …), on top of the two; for "saved" the
                      ``AskedReport``, run for ``span`` or for its own days.
    ``sort``          a field key to order by, ``descending`` or not.
    ``public``        for readers outside the office: phone numbers are masked.
    ``every_column``  all columns of a ledger; a workbook has room for them, an A4 page has not.
    ``appendix``      of a report of figures: the numbers of the problems behind each rate.
    ``edition``       of a closed month: that edition; without it the one that holds.

    A report of a closed month is the one that was frozen with it.

    Papers made of one session's snapshot agree with each other. Raises ``Refusal`` when the kind is unknown
    or a month is missing or has not begun.
    """
    if kind not in KINDS:
        raise Refusal(f"没有“{kind}”这种文书，可用的有：{'、'.join(KINDS)}。")
    wanted = Wanted(
        session=session,
        settings=settings_of(session),
        today=today,
        span=span,
        village=village,
        filter=filter,
        sort=sort,
        descending=descending,
        public=public,
        every_column=every_column,
        appendix=appendix,
        edition=edition,
    )
    return frozen_paper(wanted, kind) or KINDS[kind].make(wanted)
