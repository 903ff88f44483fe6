"""A small real ledger for tests, made through the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from river_chief.changes import Changes
from river_chief.storage.database import Database
from river_chief.terms import Action
from river_chief.verbs import chiefs, office, patrols, problems, steps, waters
from river_chief.verbs.input import Input, understood

TODAY = date(2025, 3, 31)
CLERK = "经办人"


class Office:
    """A ledger with its clerk and day; ``do`` carries out one verb in one transaction."""

    def __init__(self, database: Database, today: date = TODAY) -> None:
        self.database = database
        self.today = today

    def do(self, verb: Callable[..., Changes], accepts: type[Input], **values: Any) -> Changes:
        with self.database.write(by=CLERK, today=self.today) as writer:
            return writer.do(verb, understood(accepts, values))

    def step(self, problem_id: int, action: Action, **values: Any) -> Changes:
        """Do a step; the proof it lacks is made good in words."""
        doing = steps.DOINGS[action]
        if "exception" in doing.accepts.model_fields:
            values.setdefault("exception", "现场无法拍照")
        if "severity" in values:
            values.setdefault("severity_reason", "现场研判")
        return self.do(doing.verb, doing.accepts, problem_id=problem_id, **values)

    def village(self, name: str, code: str = "") -> int:
        made = self.do(waters.add_area, waters.NewArea, name=name, level="village", parent_id=1, code=code)
        return made.id

    def reach(self, name: str, *villages: int, level: str = "town", kind: str = "river") -> int:
        water = self.do(waters.add_water, waters.NewWater, name=name, kind=kind).id
        made = self.do(
            waters.add_reach,
            waters.NewReach,
            water_id=water,
            name=name,
            area_ids=villages,
            level=level,
            kind=kind,
        )
        return made.id

    def chief(self, name: str, area: int, *reaches: int, level: str = "village", **values: Any) -> int:
        """Add a person with a tenure from 2024 on; return the tenure's id."""
        person = self.do(chiefs.add_person, chiefs.NewPerson, name=name, area_id=area).id
        return self.do(
            chiefs.begin_tenure,
            chiefs.NewTenure,
            person_id=person,
            level=level,
            area_id=area,
            valid_from=values.pop("valid_from", "2024-01-01"),
            reach_ids=reaches,
            **values,
        ).id

    def patrol(self, tenure: int, *reaches: int, at: str, **values: Any) -> int:
        made = self.do(
            patrols.record_patrol,
            patrols.NewPatrol,
            tenure_id=tenure,
            reach_ids=reaches,
            started_at=at,
            **{"minutes": 30, "km": 1.5, **values},
        )
        return made.id

    def problem(self, village: int, reach: int, *, on: str = "2025-03-03", **values: Any) -> int:
        """Register a problem found and registered on a day; return its id."""
        fields = {
            "found_on": on,
            "happened_at": on,
            "source": "Y01",
            "village_id": village,
            "reach_id": reach,
            "category_code": "LD01",
            "description": "岸坡堆放生活垃圾约3立方米",
            "volume_m3": 3,
            **({"severity_reason": "现场研判"} if "severity" in values else {}),
            **values,
        }
        return self.do(problems.register, problems.NewProblem, **fields).id

    def close(self, problem_id: int, *, on: str = "2025-03-10", unit: str = "柳塘村") -> None:
        """Carry a registered problem through to 已销号, all on one day."""
        self.step(problem_id, Action.VERIFY, happened_at=on)
        self.step(problem_id, Action.ASSIGN, happened_at=on, unit=unit)
        self.step(problem_id, Action.SIGN_FOR, happened_at=on, actor="赵春")
        self.step(problem_id, Action.SUBMIT, happened_at=on, progress="已清理完毕")
        self.step(problem_id, Action.ACCEPT, happened_at=on, actor="钱树、孙文")
        self.step(problem_id, Action.CLOSE, happened_at=on, approver="澜川县河长制办公室")


def new_office(folder: Path, today: date = TODAY) -> Office:
    """An empty ledger of 砚溪镇, opened without a password."""
    database, _ = Database.create(folder)
    database.set_office("990121103")
    made = Office(database, today)
    made.do(office.found_office, office.NewOffice, place="砚溪镇", area_code="990121103")
    return made
