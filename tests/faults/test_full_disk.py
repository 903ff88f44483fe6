"""The disk is full: the clerk is told, the act is not there, and work goes on once there is room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from river_chief.records import Problem
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from tests.builders import Office

pytest.importorskip("resource")

# A file-size limit is what an ordinary process can have in place of a full disk.
LIMITED = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from river_chief.errors import EnvironmentFault
from tests.faults.writer import main
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = max(path.stat().st_size for path in folder.rglob("*") if path.is_file()) + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    main(folder, int(sys.argv[2]), int(sys.argv[3]))
except EnvironmentFault as fault:
    print("FAULT", fault.sentence)
"""


def test_a_full_disk_loses_nothing_that_was_saved(empty: Office, village: int, reach: int) -> None:
    folder = empty.database.folder.path
    empty.database.close()
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", LIMITED, str(folder), str(village), str(reach), root]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    *numbers, last = done.stdout.splitlines()
    assert last.startswith("FAULT"), done.stderr
    assert "磁盘" in last
    assert numbers
    with Database.open(folder) as again:
        assert verify(again, replayed=True).faults == []
        with again.read() as session:
            assert set(numbers) <= set(session.exec(select(Problem.number)).all())
        Office(again).problem(village, reach)


# So much room that acts fit into the write-ahead log, and the ledger itself can not grow.
CLOSED = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from river_chief.storage.database import Database
from tests.builders import Office
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Database.open(folder) as database:
    room = (folder / "ledger.db").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    for _ in range(3):
        Office(database).problem(int(sys.argv[2]), int(sys.argv[3]), description="长" * 2000)
print("CLOSED")
"""


def test_what_was_saved_stays_when_closing_finds_no_room(empty: Office, village: int, reach: int) -> None:
    folder = empty.database.folder.path
    empty.database.close()
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", CLOSED, str(folder), str(village), str(reach), root]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.stdout == "CLOSED\n", done.stderr
    assert (folder / "ledger.db-wal").stat().st_size > 0
    with Database.open(folder) as again:
        assert verify(again, replayed=True).faults == []
        with again.read() as session:
            assert len(session.exec(select(Problem.id)).all()) == 3
    assert not (folder / "ledger.db-wal").exists()
