"""A small ledger with problems in several states, and the program called with words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from river_chief.cli import app
from river_chief.terms import Action
from tests.builders import new_office


class Cli:
    """Calls the program on one ledger as 李海 on 2025-03-31."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger

    def __call__(self, *words: str, code: int = 0, today: str = "2025-03-31") -> Result:
        """Run the command; its exit code must be *code*, and a failure must say one thing on stderr only."""
        options = ["--ledger", str(self.ledger), "--as", "李海", "--today", today]
        result = CliRunner().invoke(app, [*options, *words])
        assert result.exit_code == code, (result.exit_code, result.stderr, result.stdout)
        return result

    def json(self, *words: str, today: str = "2025-03-31") -> dict[str, Any]:
        """Run the command with --json; the one document on stdout."""
        document: dict[str, Any] = json.loads(self(*words, "--json", today=today).stdout)
        return document

    def refused(self, *words: str, code: int = 2) -> str:
        """Run a command that must fail with *code*; what it says."""
        result = self(*words, code=code)
        assert result.stdout == ""
        return result.stderr.strip()


def sets(**values: str) -> list[str]:
    """Values as --set options; a double underscore in a key stands for a dot."""
    return [word for key, value in values.items() for word in ("--set", f"{key.replace('__', '.')}={value}")]


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "ledger"
    office = new_office(folder)
    liu, shang = office.village("柳塘村", "990121103203"), office.village("上溪村", "990121103201")
    river, creek = office.reach("柳塘河", liu, shang), office.reach("上溪", shang, kind="creek")
    zhao, qian = office.chief("赵春", liu, river), office.chief("钱树", shang, creek)
    office.patrol(zhao, river, at="2025-03-05 09:00", finding="岸坡有垃圾")
    office.patrol(qian, creek, at="2025-02-20 15:00")
    office.close(office.problem(liu, river), on="2025-03-10")
    open_one = office.problem(
        shang,
        creek,
        on="2025-03-04",
        source="Y04",
        outside_number="县0071",
        category_code="LJ01",
        description="河岸搭建棚房",
    )
    office.step(open_one, Action.VERIFY, happened_at="2025-03-04", severity="serious")
    office.step(open_one, Action.ASSIGN, happened_at="2025-03-05", unit="上溪村", deadline="2025-03-20")
    office.step(open_one, Action.SIGN_FOR, happened_at="2025-03-05", actor="钱树")
    office.problem(liu, river, on="2025-03-28")
    office.database.close()
    return folder


@pytest.fixture
def cli(_kept: Path, tmp_path: Path) -> Cli:
    """The program on a copy of a ledger with 砚2025-001 (closed), -002 (overdue) and -003 (to verify)."""
    folder = tmp_path / "ledger"
    shutil.copytree(_kept, folder)
    return Cli(folder)
