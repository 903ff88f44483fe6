from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.testing import CliRunner

from river_chief.cli import app

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"Usage|Options|Commands|Arguments|Show this|default:|required|\[OPTIONS\]|ARGS|<\w+>")


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    if isinstance(command, TyperGroup):
        for name, item in command.commands.items():
            yield from commands(item, (*path, name))


ALL = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_command_and_option_is_told_in_chinese(path: tuple[str, ...], command: Any) -> None:
    assert HAN.search(command.help or ""), path
    for param in command.params:
        assert HAN.search(param.help or ""), (path, param.name)
        if isinstance(param, TyperOption) and param.is_flag:
            continue
        assert HAN.search(param.metavar or ""), (path, param.name)


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_the_page_of_help_is_chinese(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"用法：{' '.join(('river-chief', *path))} [选项]")
    assert not ENGLISH.search(result.stdout), result.stdout
    assert "--help" in result.stdout


def test_the_page_names_arguments_options_and_commands() -> None:
    page = CliRunner().invoke(app, ["problem", "do", "--help"]).stdout
    assert "用法：river-chief problem do [选项] 编号 动作\n" in page
    assert "--set 项=值 填一项，例如 found_on=2025-03-05。（可多次）" in " ".join(page.split())
    assert "（必填）" in CliRunner().invoke(app, ["new", "--help"]).stdout
    assert "命令：" in CliRunner().invoke(app, ["problem", "--help"]).stdout
    assert "[统计期]" in CliRunner().invoke(app, ["report", "monthly", "--help"]).stdout


def test_no_words_at_all_show_the_help() -> None:
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：river-chief")


def test_every_argument_has_a_name_for_people() -> None:
    for _, command in ALL:
        for param in command.params:
            if isinstance(param, TyperArgument):
                assert param.metavar
