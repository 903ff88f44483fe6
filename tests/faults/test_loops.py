"""Many problems led at random round the loop: the stock balances in every month, reckoned twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from river_chief.figures.month import monthly
from river_chief.figures.stock import Stock
from river_chief.records import Round
from river_chief.records.columns import col
from river_chief.rules.periods import month_range
from river_chief.rules.workflow import EXITS, allowed, target
from river_chief.storage.database import Writer
from river_chief.storage.verify import verify
from river_chief.terms import Action, Exit, State
from river_chief.verbs import problems
from river_chief.verbs.input import understood
from river_chief.verbs.office import settings_of
from river_chief.verbs.steps import DOINGS
from tests.builders import CLERK, Office
from tests.loops import LOOPS, Made, values_for

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
MOST_STEPS = 24
AT_ONCE = 50
# How a clerk spends the days: mostly on, sometimes off the straight way.
RARE = {Action.VOID: 0.05, Action.MERGE: 0.15, Action.HAND_OVER: 0.2, Action.REFUTE: 0.2, Action.RELAPSE: 0.5}


@dataclass
class Tale:
    """What happened, told without the ledger: in and out of the stock by day."""

    came: Counter[tuple[date, str]] = field(default_factory=Counter)
    went: Counter[tuple[date, Exit]] = field(default_factory=Counter)

    def stock(self, first: date, last: date) -> Stock:
        """The stock of a period, counted from the tale."""

        def sum_of(events: Counter[Any], keep: Callable[[date, Any], bool]) -> int:
            return sum(count for (day, what), count in events.items() if keep(day, what))

        def before(day: date) -> int:
            return sum_of(self.came, lambda on, _: on < day) - sum_of(self.went, lambda on, _: on < day)

        def within(events: Counter[Any], *whats: Any) -> int:
            return sum_of(events, lambda on, what: first <= on <= last and what in whats)

        return Stock(
            opening=before(first),
            found=within(self.came, "found", "returned"),
            relapsed=within(self.came, "relapse"),
            ending=before(last + timedelta(days=1)),
            **{exit.value: within(self.went, exit) for exit in Exit},
        )


class Wanderer:
    """Leads problems round the loop by chance and writes down what happens."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office = office
        self.chance = chance
        self.tale = Tale()
        self.open_numbers: list[str] = []

    def lead(self, writer: Writer) -> None:
        """One problem, from being registered to wherever chance leaves it."""
        day = FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))
        number, id = self._register(writer, day)
        state, deadline, assigned = State.TO_VERIFY, None, date.min
        for _ in range(self.chance.randrange(MOST_STEPS)):
            day += timedelta(days=self.chance.choice((0, 0, 1, 2, 5, 20)))
            action = self._choose(state, in_time=day == assigned)
            if action is None or day > LAST:
                break
            values = values_for(action, Made(day, deadline, self._other(number)))
            doing = DOINGS[action]
            fitting = {name: value for name, value in values.items() if name in doing.accepts.model_fields}
            writer.do(doing.verb, understood(doing.accepts, {"problem_id": id, **fitting}))
            deadline = _deadline(writer, id)
            assigned = day if action is Action.ASSIGN else assigned
            state = self._tell(action, state, day)
        if state not in (State.MERGED, State.VOIDED):
            self.open_numbers.append(number)

    def _register(self, writer: Writer, day: date) -> tuple[str, int]:
        values = {
            "found_on": day,
            "happened_at": day,
            "source": self.chance.choice(("Y01", "Y02", "Y04", "Y11")),
            "village_id": 2,
            "reach_id": 1,
            "category_code": "LD01",
            "description": "岸坡堆放生活垃圾",
            "volume_m3": 3,
        }
        done = writer.do(problems.register, understood(problems.NewProblem, values))
        self.tale.came[day, "found"] += 1
        return done.sentence.split("问题")[-1], done.id

    def _choose(self, state: State, *, in_time: bool) -> Action | None:
        found = [action for action in allowed(state) if self.chance.random() < RARE.get(action, 1)]
        if Action.HAND_BACK in found and not in_time:
            found.remove(Action.HAND_BACK)
        if Action.MERGE in found and not self.open_numbers:
            found.remove(Action.MERGE)
        return self.chance.choice(found) if found else None

    def _other(self, number: str) -> str:
        return self.chance.choice(self.open_numbers) if self.open_numbers else number

    def _tell(self, action: Action, state: State, day: date) -> State:
        reached = target(state, action)
        if reached in EXITS and reached is not state:
            self.tale.went[day, EXITS[reached]] += 1
        came = {Action.RELAPSE: "relapse", Action.TAKE_BACK: "returned"}.get(action)
        if came is not None:
            self.tale.came[day, came] += 1
        return reached


def _deadline(writer: Writer, id: int) -> date | None:
    query = select(Round).where(Round.problem_id == id).order_by(col(Round.ordinal).desc())
    return writer.session.exec(query.limit(1)).one().deadline


def test_random_loops_balance(empty: Office, village: int, reach: int) -> None:
    """``dev.py faults`` leads 2,000 problems; the suite fewer."""
    assert (village, reach) == (2, 1)
    empty.today = LAST
    wanderer = Wanderer(empty, random.Random(20260331))
    for start in range(0, LOOPS, AT_ONCE):
        with empty.database.write(by=CLERK, today=LAST) as writer:
            for _ in range(min(AT_ONCE, LOOPS - start)):
                wanderer.lead(writer)
    ending = 0
    with empty.database.read() as session:
        settings = settings_of(session)
        for year, month in [(year, month) for year in (2024, 2025) for month in range(1, 13)]:
            span = month_range(year, month)
            stock = monthly(session, settings, span, LAST).stock
            assert stock.balances
            assert stock == wanderer.tale.stock(span.first, span.last), (year, month)
            assert stock.opening == ending
            ending = stock.ending
    assert len({exit for _, exit in wanderer.tale.went}) == len(Exit), "every way out was taken"
    assert verify(empty.database, replayed=True).faults == []
