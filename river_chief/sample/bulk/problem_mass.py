"""Problems of a county by the hundred thousand, each with its rounds, steps, paper and work, all in balance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from river_chief.records import NumberSeries, Paper, PaperProblem, Problem, Round, Step, Work
from river_chief.rules.workflow import EXITS, target
from river_chief.sample.bulk.county import County
from river_chief.sample.bulk.tuples import Tuples, day_text, flush_all, moment_text
from river_chief.sample.people import ACCEPTORS, CLERK
from river_chief.sample.places import TOWN_CODE
from river_chief.sample.words import FINISHED, GOALS, MEASURES, of_leaf
from river_chief.storage.database import Database
from river_chief.terms import Action, PaperKind, State

_LEAVES = {"BJ01": 20, "BJ04": 16, "LD01": 20, "LD02": 8, "LJ06": 8, "LJ10": 6, "LZ13": 10}
_SOURCES = {"Y01": 55, "Y02": 16, "Y03": 10, "Y04": 12, "Y11": 7}
_WORDS = {
    "BJ01": "水面漂浮垃圾约{n}平方米",
    "BJ04": "岸坡散落零星垃圾",
    "LD01": "岸坡堆放生活垃圾约{n}立方米",
    "LD02": "岸边倾倒建筑垃圾约{n}立方米",
    "LJ06": "搭建鸭棚1处",
    "LJ10": "搭建菜园围栏约{n}平方米",
    "LZ13": "护坡开垦种菜约{n}平方米",
}
_DEADLINE = {"minor": 7, "serious": 30}
CHUNK = 10_000
_PATH = (
    (Action.VERIFY, 0, 1),
    (Action.ASSIGN, 0, 1),
    (Action.SIGN_FOR, 0, 1),
    (Action.SUBMIT, 1, 7),
    (Action.ACCEPT, 1, 4),
    (Action.CLOSE, 1, 4),
)


@dataclass(slots=True)
class _Life:
    """What becomes of a problem up to the last day."""

    opened: date
    state: State = State.TO_VERIFY
    days: dict[Action, date] = field(default_factory=dict)
    steps: list[tuple[Action, State, State, datetime]] = field(default_factory=list)
    exit_on: date | None = None


class ProblemMass:
    """Makes the problems between two days in order of time."""

    def __init__(self, county: County, first: date, last: date, count: int, random: Random) -> None:
        self._county = county
        self._first, self._last = first, last
        self._count = count
        self._random = random
        self._numbers: Counter[tuple[str, int]] = Counter()
        at = datetime.combine(last, time.min).astimezone()
        self._at = at
        office = TOWN_CODE
        self.problems = Tuples(
            Problem,
            *"number state round_no found_on source water_id reach_id village_id category_code".split(),
            *"description severity unit assign_number goal measures progress acceptors finder".split(),
            office=office,
            at=at,
        )
        self.rounds = Tuples(
            Round,
            *"problem_id opened_on verified_on assigned_on signed_on first_deadline deadline".split(),
            *"rectified_on accepted_on exit exit_on".split(),
            office=office,
            at=at,
        )
        columns = "problem_id ordinal round_no action from_state to_state happened_at actor".split()
        self.steps = Tuples(Step, *columns, office=office, at=at)
        self.papers = Tuples(
            Paper, *"kind number title addressee issued_on due_on".split(), office=office, at=at
        )
        self.links = Tuples(PaperProblem, "paper_id", "problem_id", office=office, at=at)
        self.work = Tuples(Work, "problem_id", "done_on", "kind", "amount", office=office, at=at)

    def load(self, database: Database, by: str) -> None:
        """Load them all, one act for every ten thousand, and the number series they used."""
        every = (self.problems, self.rounds, self.steps, self.papers, self.links, self.work)
        span = (self._last - self._first).days
        for index in range(self._count):
            self._problem(self._first + timedelta(days=index * span // self._count))
            if len(self.problems) == CHUNK or index + 1 == self._count:
                with database.write(by=by, today=self._last, at=self._at) as writer:
                    flush_all(writer, every, f"载入问题{len(self.problems)}个")
        series = Tuples(NumberSeries, "series", "year", "last", office=TOWN_CODE, at=self._at)
        for (name, year), last in self._numbers.items():
            series.add(name, year, last)
        with database.write(by=by, today=self._last, at=self._at) as writer:
            flush_all(writer, (series,), "记下编号")

    def _next(self, series: str, year: int) -> int:
        self._numbers[series, year] += 1
        return self._numbers[series, year]

    def _problem(self, opened: date) -> None:
        random = self._random
        leaf = random.choices(tuple(_LEAVES), tuple(_LEAVES.values()))[0]
        source = random.choices(tuple(_SOURCES), tuple(_SOURCES.values()))[0]
        amount = random.randrange(1, 5)
        severity = "serious" if leaf == "LD02" else "minor"
        if severity == "serious":
            amount = random.randrange(6, 60)
        water, reach, village = random.choice(self._county.spots)
        life = self._live(opened)
        assigned = life.days.get(Action.ASSIGN)
        number, unit = self._paper_number(assigned), f"村{village}"
        done = Action.SUBMIT in life.days
        problem = self.problems.add(
            f"砚{opened.year}-{self._next('problem', opened.year):03}",
            life.state.value,
            1,
            day_text(opened),
            source,
            water,
            reach,
            village,
            leaf,
            _WORDS[leaf].format(n=amount),
            severity,
            unit if assigned else "",
            number,
            GOALS[leaf[:2]],
            of_leaf(MEASURES, leaf).split("|")[0] if assigned else "",
            of_leaf(FINISHED, leaf) if done else "",
            ACCEPTORS if Action.ACCEPT in life.days else "",
            CLERK,
        )
        self._round(problem, life, severity)
        self._steps(problem, life)
        if assigned is not None:
            due = day_text(assigned + timedelta(days=_DEADLINE[severity]))
            paper = self.papers.add(
                PaperKind.ASSIGN.value, number, "问题交办单", unit, day_text(assigned), due
            )
            self.links.add(paper, problem)
        if done and leaf[:2] == "LD":
            self.work.add(problem, day_text(life.days[Action.SUBMIT]), "rubbish", float(amount))

    def _paper_number(self, assigned: date | None) -> str:
        if assigned is None:
            return ""
        return f"砚河长办交〔{assigned.year}〕{self._next('paper.assign', assigned.year)}号"

    def _live(self, opened: date) -> _Life:
        random = self._random
        life = _Life(opened)
        at = datetime.combine(opened, time(9))
        self._step(life, Action.REGISTER, at, State.DRAFT)
        unfounded = random.random() < 0.025
        late = random.random() < 0.05
        for action, least, most in _PATH:
            days = random.randrange(least, most + 1) + (12 if late and action is Action.SUBMIT else 0)
            at += timedelta(days=days, hours=0 if days else 1)
            if at.date() > self._last:
                return life
            if unfounded and action is Action.VERIFY:
                self._step(life, Action.REFUTE, at, life.state)
                return life
            if action is Action.ACCEPT and random.random() < 0.06:
                self._step(life, Action.REJECT, at, life.state)
                at += timedelta(hours=2)
                self._step(life, Action.SUBMIT, at, life.state)
                at += timedelta(hours=1)
            self._step(life, action, at, life.state)
        return life

    def _step(self, life: _Life, action: Action, at: datetime, state: State) -> None:
        life.state = target(state, action)
        life.days[action] = at.date()
        life.steps.append((action, state, life.state, at))
        if life.state in EXITS:
            life.exit_on = at.date()

    def _round(self, problem: int, life: _Life, severity: str) -> None:
        assigned = life.days.get(Action.ASSIGN)
        due = assigned + timedelta(days=_DEADLINE[severity]) if assigned else None
        days = [life.days.get(action) for action in (Action.VERIFY, Action.ASSIGN, Action.SIGN_FOR)]
        ending = EXITS.get(life.state)
        self.rounds.add(
            problem,
            day_text(life.opened),
            *(_text(day) for day in (*days, due, due)),
            _text(life.days.get(Action.SUBMIT)),
            _text(life.days.get(Action.ACCEPT)),
            ending.value if ending else None,
            _text(life.exit_on),
        )

    def _steps(self, problem: int, life: _Life) -> None:
        for ordinal, (action, before, after, at) in enumerate(life.steps, 1):
            self.steps.add(
                problem, ordinal, 1, action.value, before.value, after.value, moment_text(at), CLERK
            )


def _text(day: date | None) -> str | None:
    return day_text(day) if day else None
