"""Killed in the middle of work: what was acknowledged is there, and nothing is half-done.

``RIVER_CHIEF_KILLS`` sets how often (``dev.py faults`` asks for many; the suite for a few).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from river_chief.records import Problem, Round, Step
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from tests.builders import Office

KILLS = int(os.environ.get("RIVER_CHIEF_KILLS", "6"))
WRITER = Path(__file__).with_name("writer.py")


def _write_until_killed(folder: Path, village: int, reach: int, acknowledged: int) -> list[str]:
    """Let the clerk work until so many numbers are out, then kill -9; return the numbers."""
    command = [sys.executable, str(WRITER), str(folder), str(village), str(reach)]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as clerk:
        assert clerk.stdout is not None
        numbers = [clerk.stdout.readline().strip() for _ in range(acknowledged)]
        clerk.kill()
        numbers += [line.strip() for line in clerk.stdout if line.endswith("\n")]
    return numbers


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_while_writing(empty: Office, village: int, reach: int, seed: int) -> None:
    folder = empty.database.folder.path
    empty.database.close()
    numbers = _write_until_killed(folder, village, reach, random.Random(seed).randint(1, 25))
    assert all(numbers)
    with Database.open(folder) as again:
        assert verify(again, replayed=True).faults == []
        with again.read() as session:
            there = session.exec(select(Problem.number)).all()
            rounds, steps = session.exec(select(Round)).all(), session.exec(select(Step)).all()
        assert set(numbers) <= set(there)
        assert len(there) == len(rounds) == len(steps)
        assert len(there) <= len(numbers) + 1
