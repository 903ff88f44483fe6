"""The papers that go out beside the 交办单: reminders, supervision, circulars, a summons, publicity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from river_chief.records import LadderStep
from river_chief.rules.periods import month_range
from river_chief.sample.agenda import ONE_DAY, PRESENT, Agenda, after, office_day
from river_chief.sample.cases import YEAR, Case
from river_chief.sample.places import TOWN
from river_chief.storage.database import Writer
from river_chief.terms import Action, PaperKind, Severity
from river_chief.verbs import documents, escalation

REMINDERS = 14
_URGED_AFTER, _SUPERVISED_AFTER, _SUMMONED_AFTER, _REMINDED_BEFORE = 1, 7, 10, 3
# Where the work is done before its time, the reminder lies so many days before its end.
_REMINDED_EARLIER = 7
_ALL_VILLAGES = "各村（社区）"
_STEPS = {PaperKind.REMIND: "到期提醒", PaperKind.URGE: "逾期催办", PaperKind.SUPERVISE: "逾期督办"}
# Every so many letters one is not answered; the last of all is not either.
_UNANSWERED = 6
_ANSWERS = {
    PaperKind.REMIND: "已安排人员和机械，能按时完成",
    PaperKind.URGE: "因雨天机械进不了场，天晴后三天内完成",
    PaperKind.SUPERVISE: "已由村主要负责人包抓，每周报送进展，完成后申请验收",
    PaperKind.SUMMON: "已到镇河长办说明情况，认领问题，按要求倒排工期",
}


def put_letters(agenda: Agenda, cases: Sequence[Case], until: date) -> None:
    """Put every paper of the story into the agenda."""
    of_year = [case for case in cases if case.year == YEAR]
    for case in cases:
        for move in case.moves:
            if move.action is Action.EXTEND:
                _put(agenda, PaperKind.EXTEND, "问题整改延期审批表", move.day, case, move.values["deadline"])
    letters = [
        *(letter for case in of_year for letter in _measures(case)),
        *(_Letter(PaperKind.REMIND, case, _REMINDED_BEFORE * -1) for case in _reminded(of_year)),
        *(letter for case in cases if case.year > YEAR for letter in _pressed(case)),
    ]
    letters.sort(key=lambda letter: (letter.day, letter.kind, letter.case.registered))
    for place, letter in enumerate(letters, 1):
        letter.answered = place % _UNANSWERED != 0 and place < len(letters)
        letter.put(agenda)
    for case in of_year:
        accepted = case.day_of(Action.ACCEPT)
        if case.publicised and accepted is not None:
            _put(agenda, PaperKind.PUBLICISE, "问题整改销号公示", after(accepted, 1), case)
    day = month_range(YEAR, 1).last
    while day <= until:
        _put_circular(agenda, day)
        following = day + ONE_DAY
        day = month_range(following.year, following.month).last


@dataclass(eq=False, slots=True)
class _Letter:
    """A letter of the ladder, so many days after the deadline of its case (below zero: before)."""

    kind: PaperKind
    case: Case
    days: int
    answered: bool = True

    @property
    def day(self) -> date:
        """The day it goes out: as near to its time as the case is being put right."""
        case = self.case
        first = office_day(case.day_of(Action.SIGN_FOR) or case.registered)
        ends = [case.day_of(action) for action in (Action.SUBMIT, Action.SUSPEND)]
        last = min((day for day in ends if day is not None), default=PRESENT)
        if self.kind is PaperKind.REMIND:
            last -= ONE_DAY * _REMINDED_EARLIER
        day = office_day(self._deadline + ONE_DAY * self.days)
        while day > first and day >= last:
            day -= ONE_DAY
            while office_day(day) != day:
                day -= ONE_DAY
        return max(day, first)

    @property
    def _deadline(self) -> date:
        if self.case.deadline is None:
            raise AssertionError(f"{self.case.leaf} was never assigned")
        return self.case.deadline

    @property
    def _reason(self) -> str:
        late = (self.day - self._deadline).days
        if late > 0:
            return f"时限{self._deadline.isoformat()}，已逾期{late}天"
        if self.kind is PaperKind.REMIND:
            return f"时限{self._deadline.isoformat()}，还有{-late}天到期"
        return "问题严重，由镇总河长挂牌督办"

    def put(self, agenda: Agenda) -> None:
        """Put the letter, and its answer where there is one, into the agenda."""
        day, sent = self.day, [0]

        def issue(writer: Writer) -> None:
            named = select(LadderStep.id).where(LadderStep.name == _STEPS.get(self.kind, ""))
            entry = escalation.Escalation(
                kind=self.kind,
                addressee=TOWN + self.case.village,
                issued_on=day,
                reason=self._reason,
                problem_ids=(self.case.id,),
                ladder_step_id=writer.session.exec(named).first(),
            )
            sent[0] = writer.do(escalation.escalate, entry).id

        def answer(writer: Writer) -> None:
            answered = escalation.PaperAnswer(
                paper_id=sent[0],
                answered_on=after(day, 2),
                answerer=self.case.village,
                answer=_ANSWERS[self.kind],
            )
            writer.do(escalation.answer_paper, answered)

        agenda.on(day, issue)
        if self.answered:
            agenda.on(after(day, 2), answer)


def _measures(case: Case) -> Iterator[_Letter]:
    if case.deadline is None:
        return
    if case.supervised:
        yield _Letter(PaperKind.SUPERVISE, case, _SUPERVISED_AFTER)
    if case.summoned:
        yield _Letter(PaperKind.SUMMON, case, _SUMMONED_AFTER)


def _pressed(case: Case) -> Iterator[_Letter]:
    """What is still late at the present was urged and supervised by the ladder's days."""
    if case.deadline is None or case.submissions or case.exit is not None:
        return
    for kind, days in ((PaperKind.URGE, _URGED_AFTER), (PaperKind.SUPERVISE, _SUPERVISED_AFTER)):
        if case.deadline + ONE_DAY * days < PRESENT:
            yield _Letter(kind, case, days)


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
