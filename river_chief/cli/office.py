"""settings, rules, users, calendar: the office's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import pairs
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.queries import choices
from river_chief.queries.ledger_query import plain
from river_chief.queries.patrols import duty_rules
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadlines import DeadlineRule
from river_chief.rules.office import OfficeSettings
from river_chief.terms import Term
from river_chief.verbs import office

settings = typer.Typer(cls=Group, help="本单位设置：查看、修改。")
rules = typer.Typer(cls=Group, help="本单位的巡河规则和问题分类。")
users = typer.Typer(cls=Group, help="谁有打开台账的口令。")
calendar = typer.Typer(cls=Group, help="放假和调休上班。")


@settings.command("show", cls=Command)
def show_settings(ctx: typer.Context, as_json: Json = False) -> None:
    """查看本单位的全部设置。"""
    with desk_of(ctx).reading() as session:
        found = office.settings_of(session)
    answer(found.model_dump(mode="json"), "\n".join(_lines(found)), as_json)


@settings.command("set", cls=Command)
def change(
    ctx: typer.Context,
    values: Annotated[
        list[str],
        typer.Argument(metavar="项=值", help="例如 period_start_day=26；项名见 settings show --json"),
    ],
    as_json: Json = False,
) -> None:
    """修改设置。有几项内容的设置写 JSON，例如 calendar_years=[2027]。"""
    given = {name: _value(name, text) for name, text in pairs(values, "设置").items()}
    done = desk_of(ctx).do(office.change_settings, office.SettingChange(values=given))
    answer({"sentence": done.sentence}, f"{done.sentence}。", as_json)


@rules.command("show", cls=Command)
def show_rules(ctx: typer.Context, as_json: Json = False) -> None:
    """查看巡河规则和问题分类。"""
    with desk_of(ctx).reading() as session:
        duties = duty_rules(session)
        categories = choices.categories(session)
    names = [name for name in type(duties[0]).__dataclass_fields__ if name[0] != "_"] if duties else []
    document = {
        "patrol_rules": [{name: _plain(getattr(rule, name)) for name in names} for rule in duties],
        "categories": [{"code": item.code, "name": item.label, "group": item.parent} for item in categories],
    }
    lines = ["巡河规则：", *(f"  {rule.name}" for rule in duties), "问题分类："]
    lines += [f"  {item.code} {item.label}" for item in categories]
    answer(document, "\n".join(lines), as_json)


@users.command("show", cls=Command)
def show_users(ctx: typer.Context, as_json: Json = False) -> None:
    """查看谁有打开台账的口令。"""
    with desk_of(ctx).opened() as database:
        slots = [(slot.kind, slot.user) for slot in database.ring.slots]
    words = {"password": "口令", "recovery": "恢复码", "open": "不设口令"}
    document = {"slots": [{"kind": kind, "user": user} for kind, user in slots]}
    answer(document, "\n".join(f"{words[kind]} {user}".strip() for kind, user in slots), as_json)


@calendar.command("show", cls=Command)
def show_calendar(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar="年", help="例如 2025；不写为今年")] = "",
    as_json: Json = False,
) -> None:
    """查看一年的放假和调休上班。"""
    wanted = _year(year) if year else desk_of(ctx).today().year
    days = [found for found in map(WorkCalendar().day, _days_of(wanted)) if not found.is_ordinary]
    unconfirmed = WorkCalendar().day(date(wanted, 12, 31)).unconfirmed
    document = {
        "year": wanted,
        "published": not unconfirmed,
        "days": [
            {"day": item.day.isoformat(), "working": item.is_working, "reason": item.reason} for item in days
        ],
    }
    lines = [f"{item.day.isoformat()} {item.reason}" for item in days]
    if unconfirmed:
        lines.append(f"{wanted}年的放假安排程序里还没有，只按周末算。")
    answer(document, "\n".join(lines), as_json)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for name, group, show in (
        ("settings", settings, show_settings),
        ("rules", rules, show_rules),
        ("users", users, show_users),
        ("calendar", calendar, show_calendar),
    ):
        _show_alone(group, show)
        app.add_typer(group, name=name)


def _show_alone(group: typer.Typer, show: Callable[..., None]) -> None:
    """Let the noun alone mean its show."""

    def alone(ctx: typer.Context, as_json: Json = False) -> None:
        if ctx.invoked_subcommand is None:
            show(ctx, as_json=as_json)

    group.callback(invoke_without_command=True)(alone)


def _lines(found: OfficeSettings) -> list[str]:
    lines = []
    for name, field in OfficeSettings.model_fields.items():
        lines.append(f"{field.title}（{name}）：{_words(getattr(found, name))}")
    return lines


def _words(value: object) -> str:
    match value:
        case DeadlineRule():
            return value.text
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(map(str, value))
        case _:
            return str(value)


def _value(name: str, text: str) -> Any:
    """The object or list of a text that is one in JSON, else the text; a text setting keeps its braces."""
    field = OfficeSettings.model_fields.get(name)
    is_text = field is not None and field.annotation is str
    if is_text or text[:1] not in ("{", "["):
        return {"是": True, "否": False}.get(text, text)
    try:
        return json.loads(text)
    except ValueError:
        raise BadUsage(f"“{text}”不是 JSON，请核对引号和括号。") from None


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    return plain(value) if isinstance(value, Term | date) else value


def _year(text: str) -> int:
    if not (text.isdecimal() and 1949 <= int(text) <= 9998):
        raise BadUsage(f"“{text}”不是年份，请写成 2025 的样子。")
    return int(text)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
