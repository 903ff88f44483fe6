from __future__ import annotations

from pathlib import Path

import pytest
import typer

from river_chief.cli.failures import exit_code_of
from river_chief.errors import EnvironmentFault, LedgerDamaged, Refusal
from river_chief.progress import Cancelled
from river_chief.storage.database import Database
from river_chief.storage.paths import program_folder
from tests.cli.conftest import Cli


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Refusal("请核对。"), 2, "请核对。"),
        (EnvironmentFault("磁盘已满。"), 3, "磁盘已满。"),
        (LedgerDamaged("有损坏。"), 3, "有损坏。"),
        (PermissionError(13, "Permission denied", "x.db"), 3, "读写文件时出错（没有权限）：x.db。"),
        (Cancelled(), 130, "已停止，没有完成的改动都没有保存。"),
        (KeyboardInterrupt(), 130, "已停止，没有完成的改动都没有保存。"),
        (typer.Exit(130), 130, "已停止，没有完成的改动都没有保存。"),
    ],
)
def test_each_kind_of_failure_has_its_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> object:
        if isinstance(error, typer.Exit):
            return error.exit_code
        raise error

    assert exit_code_of(work) == code
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{words}\n")


def test_done_is_zero_and_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(lambda: None) == 0
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_logged_and_apologised_for(cli: Cli) -> None:
    with Database.open(cli.ledger) as database, database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE work")
    result = cli("problem", "show", "砚2025-001", code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("对不起，程序出了错，本次没有任何改动；请把运行日志 ")
    assert len(result.stderr.splitlines()) == 1
    log = program_folder() / "command-line.log"
    assert "no such table: work" in log.read_text("utf-8")
    assert Path(result.stderr.split("请把运行日志 ")[1].split(" 发给")[0]) == log
