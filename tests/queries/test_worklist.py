from __future__ import annotations

from datetime import date, timedelta

import pytest

from river_chief.queries import suggestions
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.worklist import counts, work_lists
from river_chief.storage.database import Database
from river_chief.terms import Measure, Severity, State
from tests.ui.desk import TODAY, fill


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made, _ = Database.create(tmp_path_factory.mktemp("worklist") / "ledger")
    made.set_office("990121103")
    fill(made)
    return made


def numbers(database: Database, key: str, day: date = TODAY) -> list[str]:
    with database.read() as session:
        rows = PROBLEM_LEDGER.all(session, work_lists(day, 3)[key].filter, day)
    return [str(row["number"]) for row in rows]


def test_counts_are_those_of_the_lists(database: Database) -> None:
    lists = work_lists(TODAY, 3)
    with database.read() as session:
        found = counts(session, lists)
    assert found == {key: len(numbers(database, key)) for key in lists}
    assert (found["all"], found["in_stock"], found["closed"], found["overdue"]) == (8, 7, 1, 1)


@pytest.mark.parametrize(
    ("days_before", "due_soon", "overdue"), [(4, 0, 0), (3, 1, 0), (0, 1, 0), (-1, 0, 1)]
)
def test_due_soon_turns_overdue_on_the_day_after_the_deadline(
    database: Database, days_before: int, due_soon: int, overdue: int
) -> None:
    day = date(2025, 3, 10) - timedelta(days=days_before)
    assert len(numbers(database, "due_soon", day)) == due_soon
    assert len(numbers(database, "overdue", day)) == overdue


def test_a_list_holds_only_its_state(database: Database) -> None:
    with database.read() as session:
        rows = PROBLEM_LEDGER.all(session, work_lists(TODAY, 3)["to_verify"].filter, TODAY)
    assert {row["state"] for row in rows} == {State.TO_VERIFY}


def test_forms_are_offered_what_was_used_before(database: Database) -> None:
    with database.read() as session:
        assert suggestions.units(session) == ["柳塘村", "石桥村"]
        assert suggestions.acceptors(session) == ["王文"]
        assert suggestions.officers(session) == []


@pytest.mark.parametrize(
    ("code", "square_metres", "severity"),
    [
        ("LZ03", 500.0, Severity.MINOR),
        ("LZ03", 1000.0, Severity.SERIOUS),
        ("LZ03", 5000.0, Severity.MAJOR),
        ("LZ03", None, None),
        ("", 5000.0, None),
        ("??", 5000.0, None),
    ],
)
def test_the_category_suggests_a_severity(
    database: Database, code: str, square_metres: float | None, severity: Severity | None
) -> None:
    with database.read() as session:
        assert suggestions.severity_for(session, code, {Measure.AREA: square_metres}) is severity
