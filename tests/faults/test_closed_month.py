"""月结 proved: a closed month prints the same bytes whatever is edited later, and the next month's 更正 says why.

The figures are held against the calculator of tests/independent, which reads only what the program lists.
``dev.py faults`` makes 200 edits after a closing; the suite fewer.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook

from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from tests.builders import CLERK, new_office
from tests.cli.conftest import Cli
from tests.independent.calculator import Problem, month_days, read_ledger
from tests.independent.compared import Terms, assert_counted_again
from tests.independent.corrected import Days, assert_explained, is_explained_by_nothing
from tests.independent.edits import Editor
from tests.independent.histories import Places
from tests.independent.ledgers import Clerk, places_of

EDITS = int(os.environ.get("RIVER_CHIEF_EDITS", "12"))
PROBLEMS = 40 if EDITS < 100 else 150
SEEDS = 1 if EDITS < 100 else 3
FORMS = ("json", "xlsx", "docx", "pdf")
BEGUN = date(2025, 2, 1)
HEADS = "问题编号 发现时间 登记时间 问题来源 所在村 关联河湖 四乱类型 问题子类 问题描述 严重程度".split()


@dataclass
class Desk:
    """A ledger, the program called on it, and the edits made to it."""

    folder: Path
    cli: Cli
    places: Places
    tenure: int
    chance: Random
    today: str = ""
    imported: int = 0

    def json(self, *words: str) -> dict[str, Any]:
        return self.cli.json(*words, today=self.today)

    def report(self, month: str) -> dict[str, Any]:
        return self.json("report", "monthly", month)

    def problems(self) -> list[Problem]:
        out = self.folder.parent / "x.json"
        self.cli("list", "ledger", "-o", str(out), today=self.today)
        return read_ledger(out)

    def printed(self, month: str, *words: str) -> dict[str, bytes]:
        """The bytes of the month's report in every form."""
        found = {}
        for form in FORMS:
            out = self.folder.parent / f"月报.{form}"
            self.cli("report", "monthly", month, *words, "-o", str(out), today=self.today)
            found[form] = out.read_bytes()
        return found

    def edit(self, count: int) -> Counter[str]:
        """Edits of every kind, most by the verbs, some by the command line."""
        by_command = max(count // 12, 1)
        with Database.open(self.folder) as database:
            editor = Editor(
                database,
                self.chance,
                self.places,
                self.tenure,
                date.fromisoformat(self.today),
                date(2025, 4, 20),
            )
            editor.edit(count - 2 * by_command)
        for _ in range(by_command):
            self._edit_by_command()
            self._import()
        return editor.done + Counter(command=by_command, imported=by_command)

    def _edit_by_command(self) -> None:
        problem = self.chance.choice(self.problems())
        village = self.chance.choice(("柳塘村", "石埠村", "杨湾村"))
        self.cli(
            "problem",
            "edit",
            problem["number"],
            "--set",
            f"village={village}",
            "--set",
            "note=核对过",
            today=self.today,
        )

    def _import(self) -> None:
        """A county's list of an older problem, come in late."""
        self.imported += 1
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(HEADS)
        day = f"2025-05-{self.chance.randint(1, 28):02}"
        row = [
            f"县{self.imported:03}",
            day,
            day,
            "县级督查暗访",
            "柳塘村",
            "柳塘河",
            "乱堆",
            "乱扔乱堆生活垃圾",
        ]
        sheet.append([*row, f"第{self.imported}处桥下堆放垃圾", "一般"])
        path = self.folder.parent / "county.xlsx"
        book.save(path)
        self.cli("import", "problems", str(path), today=self.today)


@pytest.fixture(params=range(SEEDS))
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    """A ledger led by the verbs from February to the end of May."""
    folder = tmp_path / "ledger"
    office = new_office(folder, date(2025, 6, 3))
    places = places_of(office)
    tenure = 1
    for day in (3, 12, 20):
        office.patrol(tenure, min(places.waters), at=f"2025-05-{day:02} 09:00")
    chance = Random(20250603 + request.param)
    with office.database.write(by=CLERK, today=office.today) as writer:
        clerk = Clerk(writer, chance, places, (BEGUN, date(2025, 5, 31)))
        for _ in range(PROBLEMS):
            clerk.lead()
    office.database.close()
    return Desk(folder, Cli(folder), places, tenure, chance, "2025-06-03")


def days_of(month: str) -> Days:
    year, number = map(int, month.split("-"))
    return month_days(year, number)


def assert_told(told: list[dict[str, Any]], before: list[Problem], after: list[Problem], *months: str) -> int:
    """Of each of *months* what is told explains what *after* makes of *before*; of one without a change nothing is."""
    found = {(each["year"], each["month"]): each for each in told}
    assert set(found) <= {(day.year, day.month) for day, _ in map(days_of, months)}
    named = 0
    for month in months:
        days = days_of(month)
        correction = found.get((days[0].year, days[0].month))
        if correction is None:
            assert is_explained_by_nothing(before, after, days)
        else:
            named += assert_explained(correction, before, after, days)
    return named


def test_a_closed_month_stays_and_the_next_month_explains_every_edit(desk: Desk) -> None:
    desk.cli("report", "monthly", "2025-05", "--close", today=desk.today)
    closed, frozen, printed = desk.problems(), desk.report("2025-05"), desk.printed("2025-05")
    assert frozen["closed"] is True
    assert_counted_again(frozen, closed, Terms())
    assert json.loads(printed["json"]) == frozen

    desk.today = "2025-06-28"
    done = desk.edit(EDITS)
    assert done.total() >= EDITS
    now = desk.problems()
    assert desk.printed("2025-05") == printed
    june = desk.report("2025-06")
    named = assert_told(june["corrections"], closed, now, "2025-05")
    assert named > 3, "the edits touched the closed month"
    _assert_patrols(desk, frozen, june["corrections"])
    print(f"{done.total()} edits ({dict(done)}), {named} problems told")

    # A second month in a row: what June tells is not told again, what comes later is.
    desk.today = "2025-07-02"
    desk.cli("month", "close", "2025-06", today=desk.today)
    reported, second = desk.problems(), desk.printed("2025-06")
    assert_told(desk.report("2025-06")["corrections"], closed, reported, "2025-05")
    assert desk.report("2025-07")["corrections"] == []
    desk.today = "2025-07-20"
    desk.edit(EDITS // 2)
    now = desk.problems()
    assert desk.printed("2025-05") == printed
    assert desk.printed("2025-06") == second
    assert assert_told(desk.report("2025-07")["corrections"], reported, now, "2025-05", "2025-06") > 1

    _reopened(desk, closed, printed)


def _reopened(desk: Desk, closed: list[Problem], printed: dict[str, bytes]) -> None:
    """Reopened and closed again: 第2版 with the list of what differs; 第1版 is still read and printed."""
    desk.cli("month", "reopen", "2025-05", "--reason", "漏登问题", today=desk.today)
    assert desk.report("2025-05")["closed"] is False
    desk.edit(2)
    desk.cli("month", "close", "2025-05", today=desk.today)
    now, frozen = desk.problems(), desk.report("2025-05")
    assert (frozen["closing"]["edition"], frozen["closing"]["reason"]) == (2, "漏登问题")
    assert_counted_again(frozen, now, Terms())
    differences = desk.json("month", "show", "2025-05")["differences"]
    assert_told([differences], closed, now, "2025-05")
    assert desk.printed("2025-05", "--edition", "1") == printed
    # What an office settles later changes no closed month either.
    again = desk.printed("2025-05")
    settings = ("rate_digits=2", "official_rate=on_time_rate", "period_start_day=26")
    desk.cli("settings", "set", *settings, today=desk.today)
    desk.edit(3)
    assert desk.printed("2025-05") == again
    assert desk.printed("2025-05", "--edition", "1") == printed
    with Database.open(desk.folder) as database:
        assert verify(database, replayed=True).faults == []


def _assert_patrols(desk: Desk, frozen: dict[str, Any], corrections: list[dict[str, Any]]) -> None:
    """What was frozen of each chief's duty, with what is told of it, is the duty counted today."""
    told = {
        (each["chief"], each["area"], count["key"]): (count["before"], count["after"])
        for correction in corrections
        for each in correction["patrols"]
        for count in each["counts"]
    }
    keys = ("owed", "done", "valid", "compliant", "patrols", "found")
    now = desk.json("report", "duty", "2025-05")["chiefs"]
    for was, chief in zip(frozen["patrols"]["chiefs"], now, strict=True):
        for key in keys:
            pair = told.get((chief["chief"], chief["area"], key), (was[key], was[key]))
            assert pair == (was[key], chief[key]), key
