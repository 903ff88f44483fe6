"""时限: which row of the office's deadline table applies to a problem, and what day that gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, select

from river_chief.records import Campaign, DeadlineDefault, Holiday, Problem, ProblemCampaign, Round, Step
from river_chief.records.columns import col
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadline_table import DeadlineRow, applicable
from river_chief.rules.deadlines import Deadline, DeadlineRule, deadline_from, full_text
from river_chief.terms import Action, Clock, DeadlineKind, Severity, StartEvent
from river_chief.verbs.lookup import problem_of
from river_chief.verbs.office import settings_of

FALLBACK = DeadlineRule(kind=DeadlineKind.NATURAL_DAYS, amount=7)
"""What is proposed where the office's table has no row."""
PROVISIONAL = "签收后按签收之日重新计算。"
_ACTIONS = {
    StartEvent.REGISTERED: (Action.REGISTER, Action.RELAPSE, Action.TAKE_BACK),
    StartEvent.VERIFIED: (Action.VERIFY,),
    StartEvent.ASSIGNED: (Action.ASSIGN, Action.RELAPSE),
    StartEvent.SIGNED: (Action.SIGN_FOR,),
    StartEvent.SUBMITTED: (Action.SUBMIT,),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table gives: the deadline, by which rule, counted from when (a date: the time is not known).

    ``ground`` says in words where the rule stands.
    """

    deadline: Deadline
    rule: DeadlineRule
    event: StartEvent
    start: date
    ground: str

    @property
    def due(self) -> date:
        """The day."""
        return self.deadline.due

    @property
    def sentence(self) -> str:
        """Where the rule stands and how the day comes out of it."""
        return f"按{self.ground}，{self.deadline.sentence}"

    def basis(self, *, provisional: bool = False) -> dict[str, Any]:
        """The proposal as plain JSON, kept with the step that set the deadline."""
        return {
            "why": self.sentence + (PROVISIONAL if provisional else ""),
            "due": self.due.isoformat(),
            "ground": self.ground,
            "rule": self.rule.model_dump(mode="json", exclude_defaults=True),
            "event": self.event.value,
            "start": self.start.isoformat(),
            "unconfirmed": self.deadline.unconfirmed,
        }


def basis_of(proposal: Proposal, deadline: date, *, provisional: bool = False) -> dict[str, Any]:
    """How *deadline* came about: by the *proposal*, or because a clerk wanted that day."""
    if deadline == proposal.due:
        return proposal.basis(provisional=provisional)
    return {"why": f"由经办人填写，到{full_text(deadline)}。", "due": deadline.isoformat()}


def recounted(basis: Mapping[str, Any], calendar: WorkCalendar, start: date | None = None) -> Proposal:
    """What the rule of *basis* gives by *calendar*, from the same start or another one."""
    rule = DeadlineRule.model_validate(basis["rule"])
    begun = start or _start_of(str(basis["start"]))
    found = deadline_from(rule, begun, calendar)
    return Proposal(found, rule, StartEvent(basis["event"]), begun, str(basis["ground"]))


def calendar_of(session: Session) -> WorkCalendar:
    """The published calendar under the office's own days."""
    rows = session.exec(select(Holiday).where(col(Holiday.retired_on).is_(None))).all()
    own = {row.day: (row.is_working, row.name) for row in rows}
    return WorkCalendar(own, settings_of(session).calendar_years)


def table_of(session: Session) -> list[DeadlineRow]:
    """The rows of the deadline table in force."""
    query = select(DeadlineDefault).where(col(DeadlineDefault.retired_on).is_(None))
    return [
        DeadlineRow(
            row.clock,
            row.start,
            DeadlineRule(kind=row.kind, amount=row.amount, on=row.on_day, roll=row.rolls),
            row.severity,
            row.source,
            row.campaign_id,
        )
        for row in session.exec(query.order_by(col(DeadlineDefault.id)))
    ]


def proposed(
    session: Session, problem: Problem, clock: Clock, now: datetime, *, anew: bool = False
) -> Proposal:
    """The deadline the table proposes for *clock*, where the step it waits for happens *now*.

    *anew*: a round begins now, so everything is counted from now. A campaign's own target day stands for a row
    of the table where no row names the campaign, the earliest of several.
    """
    found = _row_and_ground(session, problem, clock, now.date())
    row, ground = found or (DeadlineRow(clock, StartEvent.ASSIGNED, FALLBACK), "通常做法（时限表没有规定）")
    start = known_moment(now) if anew else _start(session, problem, row.start, now)
    deadline = deadline_from(row.rule, start, calendar_of(session))
    return Proposal(deadline, row.rule, row.start, start, ground)


def proposed_for(
    session: Session, problem_id: int, clock: Clock, now: datetime, severity: Severity | None = None
) -> Proposal:
    """The same for the problem with an id, as a dialog asks before the step is done.

    *severity* is the one it is about to get, where that is settled by the same step.
    """
    problem = problem_of(session, problem_id, None)
    if severity is not None and severity is not problem.severity:
        session.expunge(problem)  # only supposed, never to be written
        problem.severity = severity
    return proposed(session, problem, clock, now)


def limit_of(session: Session, problem: Problem, clock: Clock, now: datetime) -> Proposal | None:
    """What the table gives for *clock*, or None where it has no row: then there is no limit."""
    if _row_and_ground(session, problem, clock, now.date()) is None:
        return None
    return proposed(session, problem, clock, now)


def _row_and_ground(
    session: Session, problem: Problem, clock: Clock, day: date
) -> tuple[DeadlineRow, str] | None:
    campaigns = _campaigns(session, problem)
    row = applicable(table_of(session), clock, problem.severity, problem.source, tuple(campaigns), day=day)
    if row is not None and row.campaign_id is not None:
        return row, _ground(row, f"专项“{campaigns[row.campaign_id].name}”")
    if clock is Clock.RECTIFY:
        targets = [
            (tag.target_on, tag) for tag in campaigns.values() if tag.target_on and tag.target_on > day
        ]
        if targets:
            on, tag = min(targets, key=lambda target: target[0])
            rule = DeadlineRule(kind=DeadlineKind.FIXED_DATE, on=on)
            return DeadlineRow(clock, StartEvent.ASSIGNED, rule), f"专项“{tag.name}”的目标日期"
    return None if row is None else (row, _ground(row))


def _ground(row: DeadlineRow, campaign: str = "") -> str:
    """The row in words: 时限表（县级督查暗访，重大；自交办起算）."""
    about = [campaign, row.source.label if row.source else "", row.severity.label if row.severity else ""]
    parts = ["，".join(filter(None, about))]
    if row.rule.on is None:
        parts.append(f"自{row.start.label}起算")
    words = "；".join(filter(None, parts))
    return f"时限表（{words}）" if words else "时限表"


def _start(session: Session, problem: Problem, event: StartEvent, now: datetime) -> date:
    """When *event* happened to the problem's current round; *now* where it has not yet, or just does."""
    round_ = session.exec(
        select(Round).where(Round.problem_id == problem.key, Round.ordinal == problem.round_no)
    ).first()
    if round_ is None:
        return known_moment(now)
    if event is StartEvent.FOUND:
        # What was found again was found on the day its round began.
        return problem.found_on if round_.ordinal == 1 and problem.found_on else round_.opened_on
    day = {
        StartEvent.REGISTERED: round_.opened_on,
        StartEvent.VERIFIED: round_.verified_on,
        StartEvent.ASSIGNED: round_.assigned_on,
        StartEvent.SIGNED: round_.signed_on,
        StartEvent.SUBMITTED: round_.rectified_on,
    }.get(event)
    return known_moment(now) if day is None else _moment_on(session, round_, event, day)


def _moment_on(session: Session, round_: Round, event: StartEvent, day: date) -> date:
    """The moment of the step that stands for *event*, where it was done on *day*; else the day."""
    query = select(Step.happened_at).where(
        Step.problem_id == round_.problem_id,
        Step.round_no == round_.ordinal,
        col(Step.action).in_(_ACTIONS[event]),
    )
    last = session.exec(query.order_by(col(Step.ordinal).desc()).limit(1)).first()
    return known_moment(last) if last is not None and last.date() == day else day


def known_moment(moment: datetime) -> date:
    """Midnight means that only the day is known."""
    return moment.date() if moment.time() == time.min else moment


def _start_of(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _campaigns(session: Session, problem: Problem) -> dict[int, Campaign]:
    """The campaigns still going on that the problem carries, by id."""
    query = (
        select(Campaign)
        .join(ProblemCampaign, col(ProblemCampaign.campaign_id) == col(Campaign.id))
        .where(
            ProblemCampaign.problem_id == problem.id,
            col(ProblemCampaign.removed_on).is_(None),
            col(Campaign.retired_on).is_(None),
        )
        .order_by(col(Campaign.id))
    )
    return {tag.key: tag for tag in session.exec(query)}
