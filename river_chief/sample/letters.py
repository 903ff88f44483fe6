"""The papers that go out beside the 交办单: reminders, supervision, circulars, a summons, publicity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from river_chief.rules.periods import month_range
from river_chief.sample.agenda import ONE_DAY, Agenda, after, office_day
from river_chief.sample.cases import YEAR, Case
from river_chief.sample.places import TOWN
from river_chief.storage.database import Writer
from river_chief.terms import Action, PaperKind, Severity
from river_chief.verbs import documents

REMINDERS = 14
_SUPERVISED_AFTER, _SUMMONED_AFTER, _REMINDED_BEFORE = 7, 10, 3
_ALL_VILLAGES = "各村（社区）"


def put_letters(agenda: Agenda, cases: Sequence[Case], until: date) -> None:
    """Put every paper of the story into the agenda."""
    of_year = [case for case in cases if case.year == YEAR]
    for case in cases:
        for move in case.moves:
            if move.action is Action.EXTEND:
                _put(agenda, PaperKind.EXTEND, "问题整改延期审批表", move.day, case, move.values["deadline"])
    for case in of_year:
        _put_measures(agenda, case)
    for case in _reminded(of_year):
        due = case.deadline or until
        _put(agenda, PaperKind.REMIND, "问题整改提醒函", due - ONE_DAY * _REMINDED_BEFORE, case, due)
    day = month_range(YEAR, 1).last
    while day <= until:
        _put_circular(agenda, day)
        following = day + ONE_DAY
        day = month_range(following.year, following.month).last


def _put_measures(agenda: Agenda, case: Case) -> None:
    deadline = case.deadline
    if deadline is None:
        return
    if case.supervised:
        day = deadline + ONE_DAY * _SUPERVISED_AFTER
        submitted = case.day_of(Action.SUBMIT)
        if submitted is not None and submitted <= day:
            signed = case.day_of(Action.SIGN_FOR) or deadline
            day = submitted - ONE_DAY if case.late else after(signed, _SUPERVISED_AFTER)
        _put(agenda, PaperKind.SUPERVISE, "问题整改督办单", day, case, max(deadline, day + ONE_DAY * 15))
    if case.summoned:
        _put(agenda, PaperKind.SUMMON, "约谈通知书", deadline + ONE_DAY * _SUMMONED_AFTER, case)
    accepted = case.day_of(Action.ACCEPT)
    if case.publicised and accepted is not None:
        _put(agenda, PaperKind.PUBLICISE, "问题整改销号公示", after(accepted, 1), case)


def _reminded(cases: Sequence[Case]) -> list[Case]:
    """Those that ran late, then the gravest of the others, as far as the reminders go."""
    ordered = [case for case in cases if is_overdue(case)]
    ordered += [
        case
        for case in cases
        if case.severity is not Severity.MINOR and case not in ordered and case.deadline is not None
    ]
    at_hand = [case for case in ordered if case.deadline is not None and case.deadline.year == YEAR]
    return at_hand[:REMINDERS]


def is_overdue(case: Case) -> bool:
    """Whether its first round was finished after the approved deadline, or is not at the year's end."""
    deadline = case.deadline
    if deadline is None or case.exit is not None:
        return False
    finished = case.submissions[0].day if case.submissions else date.max
    return finished > deadline and deadline < date(YEAR, 12, 31)


def _put(agenda: Agenda, kind: PaperKind, title: str, day: date, case: Case, due: date | None = None) -> None:
    day = office_day(day)

    def book(writer: Writer) -> None:
        entry = documents.NewPaper(
            kind=kind,
            title=f"{case.number}{title}",
            issued_on=day,
            addressee=TOWN + case.village,
            due_on=due,
            problem_ids=(case.id,),
        )
        writer.do(documents.book_paper, entry)

    agenda.on(day, book)


def _put_circular(agenda: Agenda, last: date) -> None:
    day = last
    while office_day(day) != day:
        day -= ONE_DAY
    entry = documents.NewPaper(
        kind=PaperKind.CIRCULATE,
        title=f"{TOWN}{last.year}年{last.month}月河长制工作通报",
        issued_on=day,
        addressee=_ALL_VILLAGES,
    )
    agenda.on(day, lambda writer: writer.do(documents.book_paper, entry))
