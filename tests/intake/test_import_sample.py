"""The workbooks the sample is fed with, taken into the sample ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from river_chief.sample.county_sheet import FILE
from river_chief.sample.workbooks import AREAS, CHIEFS, PATCHES, PATROLS, WATERS, write_workbooks
from river_chief.storage.database import Database
from river_chief.terms import ImportKind
from tests.builders import Office
from tests.intake.importing import Import, refused, row_of, states

PRESENT = date(2026, 3, 31)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    write_workbooks(folder)
    return folder


@pytest.fixture
def sample(township_copy: Path) -> Iterator[Office]:
    with Database.open(township_copy) as database:
        yield Office(database, PRESENT)


def test_the_registers_bring_nothing_new(sample: Office, books: Path) -> None:
    for kind, name in ((ImportKind.AREAS, AREAS), (ImportKind.WATERS, WATERS)):
        assert set(states(Import(sample, kind, books / name, PRESENT).plan())) == {"same"}
    made = Import(sample, ImportKind.CHIEFS, books / CHIEFS, PRESENT).plan()
    assert set(states(made)) == {"same", "doubtful"}
    assert all("为止；确又任职才勾选" in row.doubts[0] for row in made.rows if row.doubts)


def test_only_the_forgotten_logs_are_new(sample: Office, books: Path) -> None:
    work = Import(sample, ImportKind.PATROLS, books / PATROLS, PRESENT)
    found = states(work.plan())
    assert found.count("new") == 6
    assert set(found) == {"same", "new"}
    done = work.apply()
    assert set(states(work.plan())) == {"same"}
    work.undo(done.batch_id)
    assert states(work.plan()) == found


def test_the_countys_patches_are_new_but_for_a_village_nobody_knows(sample: Office, books: Path) -> None:
    work = Import(sample, ImportKind.PATCHES, books / PATCHES, PRESENT)
    made = work.plan()
    assert states(made) == [*["new"] * 5, "refused"]
    assert list(refused(made)) == ["C7"]
    assert work.apply().counts["new"] == 5


def test_the_countys_messy_workbook(sample: Office, books: Path) -> None:
    work = Import(sample, ImportKind.PROBLEMS, books / FILE, PRESENT)
    made = work.plan()
    found = states(made)
    reasons = refused(made)
    assert list(reasons) == ["C10", "K11", "K12", "B15"]
    assert reasons["C10"].startswith("没有 13 月")
    assert reasons["K11"].startswith("台账里没有村“枫林村”")
    assert reasons["K12"].startswith("一个单元格里有 2 个村")
    assert reasons["B15"].startswith("与第 14 行（B14）的问题编号相同")
    assert [item.name for item in made.missing] == ["枫林村"]
    assert any(note.startswith("经度和纬度写反了") for note in row_of(made, 18).notes)
    done = work.apply()
    assert done.counts == {"new": 10, "changed": 0, "same": 0, "left_out": 4}
    assert states(work.plan()) == ["same" if state == "new" else state for state in found]
    work.undo(done.batch_id)
    assert states(work.plan()) == found
