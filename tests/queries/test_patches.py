"""Patches asked for: every condition, what is computed, counts of verdicts, one in full."""

from __future__ import annotations

from typing import Any

import pytest

from river_chief.errors import NotFound
from river_chief.queries.ledger_query import Row
from river_chief.queries.patches import (
    PATCH_LEDGER,
    PatchFilter,
    number_of_patch,
    patch_detail,
    patch_id_of,
    verdict_counts,
)
from river_chief.terms import Verdict
from river_chief.verbs import documents, patches
from tests.builders import Office
from tests.verbs.test_patches import check, photo, register
from tests.verbs.test_patches import patch as add


@pytest.fixture
def four(empty: Office, village: int, reach: int) -> tuple[int, int, int, int]:
    """Real and registered, lawful without a photo, not real with one, not checked and late."""
    ids = (
        add(empty, village, reach, number="TB1"),
        add(empty, village, number="TB2", suspected="坑塘"),
        add(empty, None, number="TB3", campaign_id=1),
        add(empty, village, number="TB4", handed_on="2025-03-12", due_on="2025-03-20"),
    )
    check(empty, ids[0])
    register(empty, ids[0])
    check(empty, ids[1], "lawful", exception="资料核实")
    photo(empty, ids[2])
    check(empty, ids[2], "not_real", checked_on="2025-03-12")
    return ids


def found(office: Office, **conditions: Any) -> list[Row]:
    with office.database.read() as session:
        filter = PatchFilter(**conditions)
        rows = PATCH_LEDGER.all(session, filter, office.today)
        assert PATCH_LEDGER.count(session, filter) == len(rows)
        return rows


@pytest.mark.parametrize(
    ("conditions", "places"),
    [
        ({}, [0, 1, 2, 3]),
        ({"verdicts": (Verdict.REAL,)}, [0]),
        ({"verdicts": (None,)}, [3]),
        ({"verdicts": (None, Verdict.LAWFUL)}, [1, 3]),
        ({"villages": (None,)}, [2]),
        ({"campaigns": (1,)}, [2]),
        ({"overdue_on": "today"}, [3]),
        ({"excepted": True}, [1]),
        ({"unregistered": True}, []),
        ({"text": "坑塘"}, [1]),
        ({"text": "砚2025-001"}, [0]),
    ],
)
def test_each_condition(
    empty: Office, four: tuple[int, ...], conditions: dict[str, Any], places: list[int]
) -> None:
    if conditions.get("overdue_on") == "today":
        conditions = {"overdue_on": empty.today}
    assert [row.id for row in found(empty, **conditions)] == [four[place] for place in places]


def test_days_are_inclusive(empty: Office, four: tuple[int, ...]) -> None:
    day = empty.today.replace(day=12)
    assert [row.id for row in found(empty, checked=(day, None))] == [four[2]]
    assert [row.id for row in found(empty, handed=(None, day))] == list(four)


def test_a_row_names_its_problem_and_counts_its_photos(empty: Office, four: tuple[int, ...]) -> None:
    first, _, third, _ = found(empty)
    assert (first["problem_number"], first["problem_state"], first["water_name"]) == (
        "砚2025-001",
        "待核实",
        "柳塘河",
    )
    assert (first["photos"], third["photos"]) == (0, 1)
    with empty.database.read() as session:
        detail = patch_detail(session, four[2], empty.today)
    empty.do(documents.void_attachment, documents.VoidAttachment, id=detail.attachments[0].id)
    assert found(empty)[2]["photos"] == 0


def test_verdicts_are_counted_without_what_is_voided(empty: Office, four: tuple[int, ...]) -> None:
    empty.do(patches.void_patch, patches.PatchVoid, id=four[1], reason="重复")
    with empty.database.read() as session:
        counts = verdict_counts(session, PatchFilter())
    assert counts == {None: 1, Verdict.REAL: 1, Verdict.NOT_REAL: 1, Verdict.LAWFUL: 0}
    assert [row.id for row in found(empty, voided=True)] == list(four)


def test_a_patch_by_its_number_and_by_its_problem(empty: Office, four: tuple[int, ...]) -> None:
    with empty.database.read() as session:
        assert patch_id_of(session, "TB2") == four[1]
        detail = patch_detail(session, four[0], empty.today)
        assert number_of_patch(session, detail.problem_id or 0) == "TB1"
        assert number_of_patch(session, 999) == ""
        assert [act.sentence for act in detail.history] == [
            "图斑TB1登记为问题砚2025-001",
            "图斑TB1核查：属实",
            "新增图斑TB1",
        ]
        with pytest.raises(NotFound, match="台账里没有图斑TB9"):
            patch_id_of(session, "TB9")
