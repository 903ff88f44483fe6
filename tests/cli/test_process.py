"""The program as a process of its own: its streams, its exit codes, a stop from the keyboard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import PIPE

import pytest
from sqlmodel import select

from river_chief.records import Act
from river_chief.storage.database import Database
from tests.cli.conftest import Cli

ROOT = Path(__file__).resolve().parents[2]


# Root writes where it likes; without these rights it is a user like others.
LIKE_A_CLERK = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")
IS_ROOT = sys.platform != "win32" and os.geteuid() == 0
CAN_LOCK = sys.platform != "win32" and (not IS_ROOT or shutil.which("setpriv") is not None)


def run(*words: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
    command = [*before, sys.executable, "-m", "river_chief.cli", *words]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def test_stdout_is_one_json_document_in_utf_8(cli: Cli, tmp_path: Path) -> None:
    found = run(
        "--ledger", str(cli.ledger), "--today", "2025-03-31", "report", "monthly", "2025-03", "--json"
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout.decode("utf-8"))["office"] == "砚溪镇河长制办公室"
    out = tmp_path / "x.json"
    written = run("list", "issue", "-o", str(out), "--json")
    assert written.returncode == 0, written.stderr.decode("utf-8")
    assert json.loads(written.stdout)["count"] == 3
    assert "已写入" in written.stderr.decode("utf-8")


def test_exit_codes(cli: Cli, tmp_path: Path) -> None:
    ledger = ("--ledger", str(cli.ledger))
    assert run(*ledger, "problem", "do", "砚2025-003", "close").returncode == 2
    assert run("--ledger", str(tmp_path / "x"), "verify").returncode == 3
    wrong = run(*ledger, "list", "foo")
    assert (wrong.returncode, wrong.stdout) == (4, b"")
    assert wrong.stderr.decode("utf-8").startswith("没有清单“foo”")


@pytest.mark.skipif(not CAN_LOCK, reason="needs POSIX rights, and setpriv where root runs the tests")
@pytest.mark.parametrize("locked", [".", "ledger.db"])
def test_a_read_only_ledger_is_told_in_one_sentence(cli: Cli, locked: str) -> None:
    part = cli.ledger / locked
    part.chmod(0o555)
    for words in (["report", "monthly", "2025-03"], ["settings", "set", "period_start_day=26"]):
        told = run(
            "--ledger",
            str(cli.ledger),
            "--today",
            "2025-03-31",
            *words,
            before=LIKE_A_CLERK if IS_ROOT else (),
        )
        assert (told.returncode, told.stdout) == (3, b"")
        said = told.stderr.decode("utf-8")
        assert (
            said == "台账或它所在的文件夹是只读的，不能打开；请把整个台账文件夹复制到可写的磁盘上再打开。\n"
        )
    part.chmod(0o755)
    assert cli.json("verify", "--replay")["whole"]


@pytest.mark.skipif(not CAN_LOCK, reason="needs POSIX rights, and setpriv where root runs the tests")
def test_what_is_only_logged_stays_off_the_screen(cli: Cli) -> None:
    for part in (cli.ledger / "journal", *(cli.ledger / "journal").iterdir()):
        part.chmod(0o555)
    change = ("settings", "set", "period_start_day=26")
    done = run("--ledger", str(cli.ledger), *change, before=LIKE_A_CLERK if IS_ROOT else ())
    assert (done.returncode, done.stderr) == (0, b"")


def test_two_programs_writing_at_once_both_get_their_turn(cli: Cli) -> None:
    base = [sys.executable, "-m", "river_chief.cli", "--ledger", str(cli.ledger), "--today", "2025-03-31"]
    told = "found_on=2025-03-20 source=Y01 village=柳塘村 reach=柳塘河 category=LD01 description=垃圾".split()
    sets = [word for item in told for word in ("--set", item)]
    clerks = [
        subprocess.Popen([*base, "problem", "add", *sets], cwd=ROOT, stdout=PIPE, stderr=PIPE)
        for _ in range(3)
    ]
    assert [(clerk.communicate()[1], clerk.returncode) for clerk in clerks] == [(b"", 0)] * 3
    numbers = {row["number"] for row in cli.json("list", "ledger")["rows"]}
    assert numbers == {f"砚2025-00{number}" for number in range(1, 7)}
    assert cli.json("verify", "--replay")["whole"]
    with Database.open(cli.ledger) as database, database.read() as session:
        assert database.journal_copy.count() == len(session.exec(select(Act.id)).all())
