"""Random ledgers for the proof: problems led by the verbs, and many more put in at once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import select

from river_chief.records import Campaign, Problem, Reach, Round
from river_chief.records.columns import col
from river_chief.rules.workflow import allowed, target
from river_chief.storage.database import Writer
from river_chief.terms import Action, Severity, Source, State
from river_chief.verbs import problems
from river_chief.verbs.input import understood
from river_chief.verbs.steps import DOINGS
from tests.builders import CLERK, Office
from tests.independent.histories import FINDERS, FIRST, LAST, Historian, Places
from tests.loops import Made, values_for

AT_ONCE = 50
MOST_STEPS = 24
# How a clerk spends the days: mostly on, sometimes off the straight way.
RARE = {Action.VOID: 0.05, Action.MERGE: 0.15, Action.HAND_OVER: 0.2, Action.REFUTE: 0.2, Action.RELAPSE: 0.6}
VILLAGES = ("柳塘村", "石埠村", "杨湾村", "上溪村")
LEAVES = ("LD01", "LJ01", "LZ03", "LC01")


class Clerk:
    """Leads problems round the loop by the verbs, as chance has it."""

    def __init__(
        self,
        writer: Writer,
        chance: random.Random,
        places: Places,
        days: tuple[date, date] = (FIRST, LAST),
    ) -> None:
        self.writer = writer
        self.chance = chance
        self.places = places
        self.first, self.last = days
        self.numbers: list[str] = []

    def lead(self) -> None:
        """One problem from being registered to wherever chance leaves it; a few stay drafts."""
        chance = self.chance
        day = self.first + timedelta(days=chance.randrange((self.last - self.first).days))
        values = self._found(day)
        if chance.random() < 0.03:
            self.writer.do(problems.save_draft, understood(problems.NewProblem, values))
            return
        done = self.writer.do(problems.register, understood(problems.NewProblem, values))
        number, state = done.sentence.split("问题")[-1], State.TO_VERIFY
        assigned = date.min
        for _ in range(chance.randrange(MOST_STEPS)):
            day += timedelta(days=chance.choice((0, 0, 1, 2, 5, 20)))
            action = self._choose(state, in_time=day == assigned)
            if action is None or day > self.last:
                break
            self._do(action, done.id, Made(day, _deadline(self.writer, done.id), self._other(number)))
            assigned = day if action is Action.ASSIGN else assigned
            state = target(state, action)
        if state not in (State.MERGED, State.VOIDED):
            self.numbers.append(number)

    def _found(self, day: date) -> dict[str, Any]:
        return {
            "found_on": day,
            "happened_at": day,
            "source": self.chance.choice(tuple(Source)),
            "village_id": self.chance.choice(self.places.villages),
            "reach_id": self.chance.choice(tuple(self.places.waters)),
            "finder": self.chance.choice(FINDERS),
            "category_code": self.chance.choice(LEAVES),
            "severity": self.chance.choice(tuple(Severity)),
            "severity_reason": "现场研判",
            "description": "岸坡堆放生活垃圾",
            "campaign_ids": [each for each in self.places.campaigns if self.chance.random() < 0.3],
        }

    def _do(self, action: Action, id: int, made: Made) -> None:
        doing = DOINGS[action]
        values = {
            name: value
            for name, value in values_for(action, made).items()
            if name in doing.accepts.model_fields
        }
        self.writer.do(doing.verb, understood(doing.accepts, {"problem_id": id, **values}))

    def _choose(self, state: State, *, in_time: bool) -> Action | None:
        found = [action for action in allowed(state) if self.chance.random() < RARE.get(action, 1)]
        if Action.HAND_BACK in found and not in_time:
            found.remove(Action.HAND_BACK)
        if Action.MERGE in found and not self.numbers:
            found.remove(Action.MERGE)
        return self.chance.choice(found) if found else None

    def _other(self, number: str) -> str:
        return self.chance.choice(self.numbers) if self.numbers else number


def _deadline(writer: Writer, id: int) -> date | None:
    query = select(Round).where(Round.problem_id == id).order_by(col(Round.ordinal).desc())
    return writer.session.exec(query.limit(1)).one().deadline


def places_of(made: Office) -> Places:
    """Villages, three reaches through all of them (the third without a chief), and the campaigns of the office."""
    villages: Sequence[int] = [made.village(name) for name in VILLAGES]
    reaches = [made.reach(name, *villages) for name in ("柳塘河", "上溪", "石埠渠")]
    made.chief("赵春", villages[0], reaches[0])
    made.chief("钱树", 1, *reaches[:2], level="town")
    with made.database.read() as session:
        query = select(Campaign).order_by(col(Campaign.id)).limit(3)
        campaigns = [campaign.key for campaign in session.exec(query)]
        waters = {reach.key: reach.water_id for reach in session.exec(select(Reach)) if reach.key in reaches}
    return Places(villages, campaigns, waters)


def fill(made: Office, seed: int, *, by_verbs: int, at_once: int) -> None:
    """Fill the empty ledger of *made*: so many problems led by verbs, so many put in at once."""
    chance = random.Random(seed)
    made.today = LAST
    places = places_of(made)
    for start in range(0, by_verbs, AT_ONCE):
        with made.database.write(by=CLERK, today=LAST) as writer:
            clerk = Clerk(writer, chance, places)
            for _ in range(min(AT_ONCE, by_verbs - start)):
                clerk.lead()
    with made.database.write(by=CLERK, today=LAST) as writer:
        highest = writer.session.exec(select(func.max(col(Problem.id)))).one() or 0
        historian = Historian(chance, places, highest + 1)
        for _ in range(at_once):
            historian.add()
        historian.tables.put(writer, made.database.office)
