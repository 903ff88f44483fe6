"""A small ledger through whose March goes everything that can happen to a problem."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.terms import Action
from tests.builders import Office, new_office

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
APRIL_2 = date(2025, 4, 2)


@dataclass(frozen=True)
class March:
    """The ledger, two villages, and ids of problems by what happened to them."""

    office: Office
    villages: tuple[int, int]
    ids: dict[str, int]


@pytest.fixture(scope="session")
def _march_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, March]:
    """The ledger made once; each test works on a copy of its folder."""
    folder = tmp_path_factory.mktemp("march") / "ledger"
    made = _make_march(new_office(folder, APRIL_2))
    made.office.database.close()
    return folder, made


@pytest.fixture
def march(_march_made: tuple[Path, March], tmp_path: Path) -> Iterator[March]:
    """Eleven problems; nine of them in stock in March 2025, all of it known on 2 April."""
    folder, made = _march_made
    shutil.copytree(folder, tmp_path / "march")
    with Database.open(tmp_path / "march") as database:
        yield replace(made, office=Office(database, APRIL_2))


def _make_march(office: Office) -> March:
    village = office.village("柳塘村", "990121103203")
    reach = office.reach("柳塘河", village)
    tenure = office.chief("赵春", village, reach)
    other = office.village("上砚村", "990121103200")
    creek = office.reach("上砚沟", other, level="village", kind="creek")
    office.chief("孙国", other, creek)
    make = _Maker(office, (village, reach), (other, creek))
    ids = {
        "closed in February": make.problem("2025-02-03"),
        "old, closed in March": make.problem("2025-02-20", upper=True, severity="serious"),
        "closed in March": make.problem("2025-03-03", patch_number="TB03"),
        "closed, relapsed in April": make.problem("2025-03-04", source="Y11"),
        "closed in April": make.problem("2025-03-05", upper=True),
        "unfounded": make.problem("2025-03-06"),
        "overdue": make.problem("2025-03-07", severity="major", category_code="LJ06"),
        "extended in April": make.problem("2025-03-20", upper=True),
        "due in April": make.problem("2025-03-28", category_code="PW01"),
        "to verify": make.problem("2025-03-30"),
        "found in April": make.problem("2025-04-01"),
    }
    office.close(ids["closed in February"], on="2025-02-10")
    office.close(ids["old, closed in March"], on="2025-03-12", unit="上砚村")
    office.close(ids["closed in March"], on="2025-03-10")
    office.close(ids["closed, relapsed in April"], on="2025-03-11")
    office.step(ids["closed, relapsed in April"], Action.RELAPSE, happened_at="2025-04-01", words="又见垃圾")
    make.rectified(ids["closed in April"], "2025-03-12", submit="2025-03-14", accept="2025-03-17")
    office.step(ids["closed in April"], Action.CLOSE, happened_at="2025-04-01")
    office.step(ids["unfounded"], Action.REFUTE, happened_at="2025-03-07", words="现场未见")
    make.assigned(ids["overdue"], "2025-03-08", deadline="2025-03-20")
    make.progress(ids["overdue"], "2025-03-22", "已拆除一半", "雨天停工", "月底前拆完")
    make.assigned(ids["extended in April"], "2025-03-21", deadline="2025-03-28")
    make.progress(ids["extended in April"], "2025-04-01", "正在清运")
    office.step(
        ids["extended in April"],
        Action.EXTEND,
        happened_at="2025-04-01",
        words="道路施工",
        deadline="2025-04-10",
    )
    make.assigned(ids["due in April"], "2025-03-29", deadline="2025-04-06")
    office.patrol(tenure, reach, at="2025-03-05T09:00", has_finding=True, finding="岸边垃圾")
    return March(office, (village, other), ids)


class _Maker:
    """Short words for what the clerk types."""

    def __init__(self, office: Office, *places: tuple[int, int]) -> None:
        self.office = office
        self.places = places

    def problem(self, on: str, *, upper: bool = False, **values: object) -> int:
        village, reach = self.places[upper]
        values = {"severity": "minor", "place": "石桥下游", "stake": "K1+200", "bank": "right", **values}
        return self.office.problem(village, reach, on=on, **values)

    def assigned(self, id: int, on: str, **values: object) -> None:
        self.office.step(id, Action.VERIFY, happened_at=on)
        named = {"unit": "柳塘村", "officer": "赵春", "officer_phone": "12000000007", **values}
        self.office.step(id, Action.ASSIGN, happened_at=on, **named)
        self.office.step(id, Action.SIGN_FOR, happened_at=on, actor="赵春")

    def rectified(self, id: int, on: str, *, submit: str, accept: str) -> None:
        self.assigned(id, on)
        work = {"rubbish": 12.5, "labour": 8}
        self.office.step(id, Action.SUBMIT, happened_at=submit, progress="已清运", work=work)
        self.office.step(id, Action.ACCEPT, happened_at=accept, actor="钱树、孙文")

    def progress(self, id: int, on: str, text: str, reason: str = "", following: str = "") -> None:
        self.office.step(
            id,
            Action.PROGRESS,
            happened_at=on,
            progress=text,
            unfinished_reason=reason,
            next_step=following,
        )


@pytest.fixture
def session(march: March) -> Iterator[Session]:
    """One snapshot of the ledger."""
    with march.office.database.read() as session:
        yield session
