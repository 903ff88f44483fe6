"""Typer's own words in Chinese: the pages of help, and what is wrong with a command line."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterator

import typer
from typer import _click as click  # Typer carries its own click, without a public name
from typer._click import exceptions as usage
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from river_chief.errors import LedgerError

GAP = 2
WIDEST = 34


class BadUsage(LedgerError):
    """The command line itself is wrong; nothing was looked at."""

    exit_code = 4


class Command(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: click.Context) -> str:
        """The page shown for --help."""
        return _page(self, ctx)


class Group(TyperGroup):
    """Commands of one noun; its help is Chinese."""

    def get_help(self, ctx: click.Context) -> str:
        """The page shown for --help."""
        return _page(self, ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command named first; BadUsage lists those there are."""
        if args[0] not in self.commands:
            raise BadUsage(f"没有命令“{args[0]}”，可用的有：{'、'.join(self.commands)}。")
        return super().resolve_command(ctx, args)


def usage_sentence(error: typer.TyperException) -> str:
    """What is wrong with the command line, and where its help is."""
    ctx = error.ctx if isinstance(error, usage.UsageError) else None
    help = f"\n用法说明：{ctx.command_path} --help" if ctx is not None else ""
    return f"{_fault(error)}{help}"


def _fault(error: typer.TyperException) -> str:
    match error:
        case usage.MissingParameter(param=TyperArgument() as argument):
            return f"缺少{shown_name(argument)}（{argument.help}）。"
        case usage.MissingParameter(param=TyperOption() as option):
            return f"缺少选项 {option.opts[0]}（{option.help}）。"
        case usage.NoSuchOption(option_name=name, possibilities=near):
            return f"没有选项 {name}{'，是不是 ' + '、'.join(near) if near else ''}。"
        case usage.BadOptionUsage(option_name=name):
            return f"选项 {name} 的写法不对：该带值的要带一个值，不带值的不能带值。"
        case usage.BadParameter(param=TyperArgument() as argument):
            return f"{shown_name(argument)}填得不对（{argument.help}）。"
        case usage.BadParameter(param=TyperOption() as option):
            return f"选项 {option.opts[0]} 的值填得不对（{option.help}）。"
        case usage.UsageError(ctx=click.Context(command=TyperGroup() as group)):
            return f"请写出要做什么：{'、'.join(group.commands)}。"
        case usage.UsageError(message=words) if "(" in words:
            return f"命令后面多出了“{words.partition('(')[2].rpartition('(')[2].rstrip(')')}”。"
        case _:
            return "命令的写法不对。"


def shown_name(param: TyperArgument) -> str:
    """The name an argument goes by in help and complaints."""
    return param.metavar or param.name.upper()


def _page(command: click.Command, ctx: click.Context) -> str:
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    options = [param for param in command.params if isinstance(param, TyperOption) and not param.hidden]
    commands = command.commands if isinstance(command, TyperGroup) else {}
    usage_line = [ctx.command_path, "[选项]", *map(_usage, arguments), *(["命令 …"] if commands else [])]
    lines = [f"用法：{' '.join(usage_line)}", "", *inspect.cleandoc(command.help or "").splitlines()]
    tables = (
        ("参数", [(shown_name(param), _told(param)) for param in arguments]),
        ("选项", [*((_spelled(param), _told(param)) for param in options), ("--help", "显示本说明。")]),
        ("命令", [(name, (item.help or "").strip().partition("\n")[0]) for name, item in commands.items()]),
    )
    for title, rows in tables:
        if rows:
            lines += ["", f"{title}：", *_columns(rows)]
    return "\n".join(lines)


def _usage(param: TyperArgument) -> str:
    name = shown_name(param)
    return name if param.required else f"[{name}]"


def _spelled(param: TyperOption) -> str:
    value = "" if param.is_flag else f" {param.metavar}"
    return f"{'/'.join([*param.opts, *param.secondary_opts])}{value}"


def _told(param: TyperArgument | TyperOption) -> str:
    notes = []
    if param.required and isinstance(param, TyperOption):
        notes.append("必填")
    if isinstance(param, TyperOption) and param.multiple:
        notes.append("可多次")
    return f"{param.help}（{'，'.join(notes)}）" if notes else param.help or ""


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    width = min(max(_width(left) for left, _ in rows), WIDEST) + GAP
    for left, right in rows:
        room = width - _width(left)
        if room >= GAP:
            yield f"  {left}{' ' * room}{right}"
        else:
            yield f"  {left}"
            yield f"  {' ' * width}{right}"


def _width(text: str) -> int:
    """Columns of a terminal that *text* takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
