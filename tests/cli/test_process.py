"""The program as a process of its own: its streams, its exit codes, a stop from the keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Cli

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "river_chief.cli", *words]
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
