"""What happens to a case, step by step: from being registered to being looked at again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from river_chief.rules.deadlines import DeadlineRule, deadline_from
from river_chief.rules.workflow import target
from river_chief.sample.agenda import CALENDAR, ONE_DAY, after, office_day
from river_chief.sample.cases import Case, Move
from river_chief.sample.words import DELAYS, FINISHED, HOLDING, MEASURES, REJECTED, UNDERWAY, of_leaf
from river_chief.terms import Action, DeadlineKind, Severity, State, WorkKind

_HOURS = {
    Action.REGISTER: 9,
    Action.VERIFY: 10,
    Action.ASSIGN: 14,
    Action.SIGN_FOR: 15,
    Action.SUBMIT: 15,
    Action.ACCEPT: 10,
    Action.CLOSE: 11,
}
_DEADLINE_DAYS = {Severity.MINOR: 7, Severity.SERIOUS: 30, Severity.MAJOR: 60}
_MINOR_DAYS = (1, 2, 3, 4, 5, 6, 7)
_MINOR_WEIGHTS = (6, 14, 16, 17, 12, 9, 5)
SERIOUS_DAYS = (14, 16, 18, 19, 20, 21, 21, 22, 25)
LONGEST_MINOR = 12
PUBLIC_DAYS = 10
# Looks of so many days before the story ends are still to be taken.
WAITING = timedelta(days=25)
# Steps that leave the state as it is, and so may be taken while a case is held.
_BESIDE = (Action.PROGRESS, Action.EXTEND, Action.SUSPEND)


class _Held(Exception):
    """The story does not go on within its days."""


def tell(case: Case, until: date, random: Random) -> None:
    """Fill in ``case.moves`` with what happens up to *until*."""
    try:
        _Teller(case, until, random).run()
    except _Held:
        return


class _Teller:
    def __init__(self, case: Case, until: date, random: Random) -> None:
        self.case = case
        self.until = until
        self.random = random
        self.state = State.DRAFT
        self.last = datetime.combine(case.registered, time(8))
        self.released = False
        self.deadline = date.max

    def run(self) -> None:
        case = self.case
        self.do(Action.REGISTER, case.registered)
        if case.exit is not None:
            self.leave()
            return
        self.do(Action.VERIFY, self.soon())
        self.assign()
        if case.handed_back:
            self.do(Action.HAND_BACK, self.today, words="该河段属邻村管护，请核实责任单位")
            self.assign()
        self.do(Action.SIGN_FOR, self.soon())
        self.rectify()
        self.pass_on()
        if case.relapse is not None:
            self.relapse(case.relapse)

    def do(
        self, action: Action, day: date, *, work: dict[WorkKind, float] | None = None, **values: Any
    ) -> date:
        """Take the step on *day*, later if the case is held, and return the day it is taken."""
        if self.state is self.case.hold and not self.released and action not in _BESIDE:
            if self.case.resume is None:
                raise _Held
            day = max(day, self.case.resume)
            self.released = True
        wished = datetime.combine(day, time(_HOURS.get(action, 16), self.random.randrange(50)))
        at = max(wished, self.last + timedelta(minutes=self.random.randrange(5, 25)))
        if at.date() > self.until:
            raise _Held
        self.case.moves.append(Move(action, at, values, work))
        self.state = target(self.state, action)
        self.last = at
        return at.date()

    @property
    def today(self) -> date:
        return self.last.date()

    def soon(self, most: int = 0) -> date:
        """The same working day or the next one; at least *most* of them later."""
        return after(self.today, most or self.random.choice((0, 0, 1)))

    def leave(self) -> None:
        case = self.case
        if case.exit is State.HANDED_OVER:
            receiver = "澜川县农业农村局" if case.group == "HD" else "澜川县水利局"
            self.do(Action.HAND_OVER, self.soon(1), receiver=receiver, words="超出镇级权限，移交查处")
        elif case.exit is State.MERGED:
            self.do(Action.MERGE, self.soon(1), words="与已登记问题为同一处")
        else:
            self.do(Action.REFUTE, self.soon(2), words="经现场核查，未发现所反映的情况")

    def assign(self) -> None:
        case = self.case
        day = self.do(Action.ASSIGN, self.soon())
        days = case.deadline_days or _DEADLINE_DAYS[case.severity]
        self.deadline = _deadline(day, days)
        case.moves[-1].values["deadline"] = self.deadline

    def rectify(self) -> None:
        case, random = self.case, self.random
        started = next(move.day for move in reversed(case.moves) if move.action is Action.ASSIGN)
        duration = self._duration((self.deadline - started).days)
        finished = max(started + ONE_DAY * duration, self.today)
        first = finished
        if case.rejected:
            first = finished - ONE_DAY * (2 if case.severity is Severity.MINOR else random.randrange(5, 9))
        self._meanwhile(first)
        if case.rejected:
            self.do(Action.SUBMIT, first, **self._report())
            self.do(Action.REJECT, max(self.today, first) + ONE_DAY, words=random.choice(REJECTED))
        self.do(Action.SUBMIT, finished, work={}, **self._report())

    def _duration(self, span: int) -> int:
        case = self.case
        if case.duration:
            return case.duration
        if case.severity is not Severity.MINOR:
            raise AssertionError(f"no duration for {case.leaf}")
        if case.late:
            return min(span + self.random.randrange(1, 4), LONGEST_MINOR)
        if case.extra_days:
            return min(span + 2, LONGEST_MINOR)
        return max(self.random.choices(_MINOR_DAYS, _MINOR_WEIGHTS)[0], 4 if case.rejected else 1)

    def _meanwhile(self, finished: date) -> None:
        """Progress noted and an extension granted before the work is *finished*."""
        case = self.case
        notes: list[tuple[date, Action]] = []
        span = min(finished, self.until) - self.today
        if case.severity is not Severity.MINOR:
            notes = [(self.today + span / 3, Action.PROGRESS), (self.today + span * 2 / 3, Action.PROGRESS)]
        elif span.days > 2 and self.random.random() < 0.25:
            notes = [(self.today + span / 2, Action.PROGRESS)]
        missed = self.deadline + ONE_DAY * (case.extra_days + 3)
        if case.hold is State.RECTIFYING and missed < (case.suspend_on or case.resume or missed):
            notes.append((missed, Action.PROGRESS))
        if case.extra_days:
            notes.append((office_day(self.deadline - ONE_DAY * 3), Action.EXTEND))
        for day, action in sorted(notes, key=lambda note: note[0]):
            if action is Action.EXTEND:
                self._extend(day)
            else:
                self._note(max(day, self.today))
        if case.suspend_on is not None:
            self.do(
                Action.SUSPEND,
                case.suspend_on,
                words="已列入2026年水毁修复项目，待上级资金下达后实施",
                approver="澜川县河长制办公室",
                until=date(case.suspend_on.year, 6, 30),
            )
            raise _Held

    def _extend(self, day: date) -> None:
        self.deadline = office_day(self.deadline + ONE_DAY * self.case.extra_days)
        reason = self.random.choice(DELAYS)
        self.do(Action.EXTEND, max(day, self.today), deadline=self.deadline, words=f"{reason}，申请延期")

    def _note(self, day: date) -> None:
        values: dict[str, Any] = {"progress": of_leaf(UNDERWAY, self.case.leaf)}
        if day > self.deadline:
            values |= {"unfinished_reason": self.random.choice(DELAYS), "next_step": "每周调度，倒排工期"}
        self.do(Action.PROGRESS, day, **values)

    def _report(self) -> dict[str, Any]:
        leaf = self.case.leaf
        measures = self.random.choice(of_leaf(MEASURES, leaf).split("|"))
        return {"progress": of_leaf(FINISHED, leaf), "measures": measures}

    def pass_on(self) -> None:
        """Accepted, struck off, and looked at again after one, three and six months."""
        case, random = self.case, self.random
        self.do(Action.ACCEPT, after(self.today, random.randrange(1, 4)), words="现场查看，已整改到位")
        waits = random.randrange(0, 3)
        if case.publicised:
            waits = PUBLIC_DAYS + 1
        elif not case.source.is_own:
            waits = random.randrange(3, 6)
        closed = self.do(Action.CLOSE, after(self.today, waits))
        months = (30, 91) if case.severity is not Severity.MINOR else (30,)
        for days in months:
            day = office_day(closed + ONE_DAY * days)
            if day <= self.until and (case.relapse is None or day < case.relapse):
                self.do(Action.LOOK_BACK, day, words=random.choice(HOLDING))
        self.look_on(closed, months)

    def look_on(self, closed: date, looked: tuple[int, ...]) -> None:
        """The looks after three and six months that were not taken yet; those of the last weeks still wait."""
        for days in (91, 183):
            day = office_day(closed + ONE_DAY * days)
            waits = day > self.until - WAITING or (self.case.relapse is not None and day >= self.case.relapse)
            if days in looked or waits or self.state is not State.CLOSED:
                continue
            at = max(datetime.combine(day, time(10, day.day)), self.last + timedelta(minutes=5))
            words = HOLDING[day.toordinal() % len(HOLDING)]
            self.case.moves.append(Move(Action.LOOK_BACK, at, {"words": words}, None))
            self.last = at

    def relapse(self, day: date) -> None:
        case = self.case
        days = case.relapse_days or _DEADLINE_DAYS[Severity.MINOR]
        deadline = _deadline(day, days)
        self.do(Action.RELAPSE, day, words="回头看发现原处再次出现同类问题", deadline=deadline)
        case.relapse = None
        self.do(Action.SUBMIT, case.again or day + ONE_DAY * 4, work={}, **self._report())
        self.pass_on()


def _deadline(start: date, days: int) -> date:
    rule = DeadlineRule(kind=DeadlineKind.NATURAL_DAYS, amount=days)
    return deadline_from(rule, start, CALENDAR).due
