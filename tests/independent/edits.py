"""What an office may do to a ledger after a month was closed, by chance: all verbs a past month can feel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, select

from river_chief.errors import Refusal
from river_chief.records import Act, ActChange, Patrol, Problem, ProblemCampaign, Round, Step
from river_chief.records.columns import col
from river_chief.rules.workflow import allowed
from river_chief.storage.database import Database, Writer
from river_chief.storage.undo import undo_act
from river_chief.terms import Action, Severity, Source, State
from river_chief.verbs import campaign_tags, patrols, problems
from river_chief.verbs.input import understood
from river_chief.verbs.steps import DOINGS
from tests.builders import CLERK
from tests.independent.histories import Places
from tests.independent.ledgers import LEAVES, Clerk
from tests.loops import Made, values_for

FOUNDED = 60
"""Acts so early made the office and its places; they are left alone."""


@dataclass
class Editor:
    """Edits the ledger *database* as of *today*; ``done`` counts what was carried out, by kind."""

    database: Database
    chance: Random
    places: Places
    tenure: int
    today: date
    since: date
    done: Counter[str] = field(default_factory=Counter)

    def edit(self, count: int) -> None:
        """Carry out *count* edits; what the ledger refuses is no edit, and another one is tried."""
        kinds: dict[str, tuple[Callable[[Writer], None], int]] = {
            "step": (self._step, 8),
            "edit": (self._edit, 5),
            "late": (self._late, 3),
            "again": (self._again, 4),
            "unregister": (self._unregister, 2),
            "tag": (self._tag, 3),
            "undo": (self._undo, 2),
            "patrol": (self._patrol, 2),
            "void patrol": (self._void_patrol, 1),
        }
        names = list(kinds)
        weights = [weight for _, weight in kinds.values()]
        reached = self.done.total() + count
        while self.done.total() < reached:
            (name,) = self.chance.choices(names, weights)
            try:
                with self.database.write(by=CLERK, today=self.today) as writer:
                    kinds[name][0](writer)
            except Refusal:
                continue
            self.done[name] += 1

    def _problem(self, session: Session, *states: State) -> Problem:
        query = select(Problem).where(col(Problem.round_no) > 0).order_by(col(Problem.id))
        found = [each for each in session.exec(query) if not states or each.state in states]
        if not found:
            raise Refusal("没有这样的问题。")
        return self.chance.choice(found)

    def _step(self, writer: Writer) -> None:
        """Any step on a day between the last one and today: often one of the closed month."""
        problem = self._problem(writer.session)
        self._do(writer, problem, self.chance.choice(allowed(problem.state) or (Action.REPLY,)))

    def _again(self, writer: Writer) -> None:
        """The last step of a problem was entered wrongly: taken back, and done on another day."""
        states = self.chance.choice(((), (State.TO_ACCEPT, State.RECTIFYING)))
        problem = self._problem(writer.session, *states)
        step = _last(writer.session, problem)
        action = step.action
        undo_act(writer, _act_of(writer.session, step))
        writer.session.expire_all()
        if action is not Action.REGISTER:
            self._do(writer, problem, action)

    def _unregister(self, writer: Writer) -> None:
        """A problem nothing was done about was registered by mistake."""
        fresh = self._problem(writer.session, State.TO_VERIFY)
        undo_act(writer, _act_of(writer.session, _last(writer.session, fresh)))

    def _do(self, writer: Writer, problem: Problem, action: Action) -> None:
        last = _last(writer.session, problem).happened_at.date()
        turn = select(Round).where(Round.problem_id == problem.key, Round.ordinal == problem.round_no)
        day = min(self.today, last + timedelta(days=self.chance.choice((0, 1, 3, 8, 20))))
        other = self._problem(writer.session).number
        doing = DOINGS[action]
        values = values_for(action, Made(day, writer.session.exec(turn).one().deadline, other))
        fitting = {name: value for name, value in values.items() if name in doing.accepts.model_fields}
        writer.do(doing.verb, understood(doing.accepts, {"problem_id": problem.key, **fitting}))

    def _edit(self, writer: Writer) -> None:
        """Another village, category, severity, source, unit or other campaigns."""
        problem = self._problem(writer.session)
        values: dict[str, Any] = {
            name: getattr(problem, name)
            for name in problems.ProblemEdit.model_fields
            if hasattr(problem, name)
        }
        tags = select(ProblemCampaign.campaign_id).where(
            ProblemCampaign.problem_id == problem.key, col(ProblemCampaign.removed_on).is_(None)
        )
        values["campaign_ids"] = list(writer.session.exec(tags))
        choices: dict[str, Any] = {
            "village_id": self.chance.choice(self.places.villages),
            "category_code": self.chance.choice(LEAVES),
            "severity": self.chance.choice(tuple(Severity)),
            "source": self.chance.choice(tuple(Source)),
            "unit": self.chance.choice(("柳塘村", "石埠村")),
            "note": "核对过",
            "campaign_ids": [each for each in self.places.campaigns if self.chance.random() < 0.5],
        }
        for name in self.chance.sample(list(choices), self.chance.choice((1, 1, 2))):
            values[name] = choices[name]
        values["severity_reason"] = "现场研判"
        writer.do(problems.edit, understood(problems.ProblemEdit, values))

    def _late(self, writer: Writer) -> None:
        """A problem registered late, with days of its own from before the closing on."""
        clerk = Clerk(writer, self.chance, self.places, (self.since, self.today))
        clerk.lead()

    def _tag(self, writer: Writer) -> None:
        entry = understood(
            campaign_tags.Tagging,
            {
                "problem_id": self._problem(writer.session).key,
                "campaign_id": self.chance.choice(self.places.campaigns),
            },
        )
        verb = self.chance.choice((campaign_tags.tag, campaign_tags.untag))
        writer.do(verb, entry)

    def _undo(self, writer: Writer) -> None:
        """Take back an act, of after the closing or of before it, or bring one back."""
        acts = list(
            writer.session.exec(select(Act.id).where(col(Act.id) > FOUNDED, ~col(Act.verb).like("months.%")))
        )
        recent = self.chance.random() < 0.5
        id = self.chance.choice(acts[-30:] if recent else acts)
        assert id is not None
        undo_act(writer, id)

    def _patrol(self, writer: Writer) -> None:
        days = (self.today - self.since).days
        at = datetime.combine(self.since + timedelta(days=self.chance.randrange(days)), datetime.min.time())
        values = {
            "tenure_id": self.tenure,
            "reach_ids": (min(self.places.waters),),
            "started_at": at + timedelta(hours=9),
            "minutes": self.chance.choice((5, 30)),
            "km": 1.5,
        }
        writer.do(patrols.record_patrol, understood(patrols.NewPatrol, values))

    def _void_patrol(self, writer: Writer) -> None:
        made = list(writer.session.exec(select(Patrol.id)))
        entry = understood(patrols.VoidPatrol, {"id": self.chance.choice(made), "words": "重复登记"})
        writer.do(patrols.void_patrol, entry)


def _last(session: Session, problem: Problem) -> Step:
    query = select(Step).where(Step.problem_id == problem.key).order_by(col(Step.ordinal).desc())
    return session.exec(query.limit(1)).one()


def _act_of(session: Session, step: Step) -> int:
    """The act that noted *step*."""
    query = select(ActChange.act_id).where(ActChange.ledger == "step", ActChange.record_id == step.key)
    return session.exec(query.order_by(col(ActChange.act_id)).limit(1)).one()
