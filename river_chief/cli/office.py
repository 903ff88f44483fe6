"""settings, rules, users, calendar: the office's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import select

from river_chief.cli import calendar, rule_files
from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import pairs
from river_chief.cli.speech import BadUsage, Command, Group
from river_chief.queries import choices
from river_chief.queries.ledger_query import plain
from river_chief.queries.patrols import duty_rules
from river_chief.records import Category
from river_chief.rules.deadlines import DeadlineRule
from river_chief.rules.four_words import FOUR
from river_chief.rules.grades import parse_grade_rule
from river_chief.rules.office import OfficeSettings
from river_chief.rules.rate_words import RATE_WORDS
from river_chief.terms import Term
from river_chief.verbs import office
from river_chief.verbs.input import understood
from river_chief.verbs.rule_rows import TABLES
from river_chief.verbs.rule_tables import RuleTable, replace

settings = typer.Typer(cls=Group, help="本单位设置：查看、修改。")
rules = typer.Typer(cls=Group, help="本单位的规则：巡河、问题分类、时限、销号权限、佐证、督促、回头看。")
users = typer.Typer(cls=Group, help="谁有打开台账的口令。")


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


Table = Annotated[
    str, typer.Argument(metavar="规则表", help="、".join(f"{k} {t.what}" for k, t in TABLES.items()))
]


@rules.command("show", cls=Command)
def show_rules(ctx: typer.Context, as_json: Json = False) -> None:
    """查看巡河规则、问题分类和各张规则表。"""
    with desk_of(ctx).reading() as session:
        duties = duty_rules(session)
        categories = choices.categories(session)
        grades = {row.code: row.grade for row in session.exec(select(Category))}
        tables = {ledger: rule_files.as_json(session, ledger) for ledger in TABLES}
        told = {ledger: rule_files.lines_of(session, ledger) for ledger in TABLES}
    names = [name for name in type(duties[0]).__dataclass_fields__ if name[0] != "_"] if duties else []
    document = {
        "patrol_rules": [{name: _plain(getattr(rule, name)) for name in names} for rule in duties],
        "categories": [{"code": item.code, "name": item.label, "group": item.parent} for item in categories],
        "grades": {code: grade for code, grade in grades.items() if grade},
        **tables,
    }
    lines = ["巡河规则：", *(f"  {rule.name}" for rule in duties)]
    for ledger, rows in told.items():
        lines += [f"{TABLES[ledger].what}：", *(rows or ["  （没有）"])]
    lines.append("问题分类：")
    for item in categories:
        suggested = parse_grade_rule(grades[item.code]).words
        lines.append(f"  {item.code} {item.label}{f'　建议等级：{suggested}' if suggested else ''}")
    answer(document, "\n".join(lines), as_json)


@rules.command("export", cls=Command)
def export_rules(
    ctx: typer.Context,
    table: Table,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="文件", help="写成文件：.xlsx 或 .csv。")],
    as_json: Json = False,
) -> None:
    """把一张规则表写成表格，改好后可以再导入。"""
    ledger = rule_files.table_named(table)
    with desk_of(ctx).reading() as session:
        rows = rule_files.write_table(session, ledger, out)
    sentence = f"{TABLES[ledger].what} {rows} 条写入“{out}”。"
    answer({"file": str(out), "rows": rows}, sentence, as_json)


@rules.command("import", cls=Command)
def import_rules(
    ctx: typer.Context,
    table: Table,
    file: Annotated[Path, typer.Argument(metavar="文件", help="rules export 导出后改好的表格")],
    as_json: Json = False,
) -> None:
    """用表格替换一张规则表：表格里没有的规则停用，新的加上，一样的不变。"""
    ledger = rule_files.table_named(table)
    desk = desk_of(ctx)
    with desk.writing() as writer:
        rows = rule_files.read_table(writer.session, ledger, file, desk.today())
        done = writer.do(replace, understood(RuleTable, {"ledger": ledger, "rows": rows}))
    answer({"sentence": done.sentence}, f"{done.sentence}。", as_json)


@users.command("show", cls=Command)
def show_users(ctx: typer.Context, as_json: Json = False) -> None:
    """查看谁有打开台账的口令。"""
    with desk_of(ctx).opened() as database:
        slots = [(slot.kind, slot.user) for slot in database.ring.slots]
    words = {"password": "口令", "recovery": "恢复码", "open": "不设口令"}
    document = {"slots": [{"kind": kind, "user": user} for kind, user in slots]}
    answer(document, "\n".join(f"{words[kind]} {user}".strip() for kind, user in slots), as_json)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for name, group, show in (
        ("settings", settings, show_settings),
        ("rules", rules, show_rules),
        ("users", users, show_users),
        ("calendar", calendar.app, calendar.show),
    ):
        _show_alone(group, show)
        app.add_typer(group, name=name)


def _show_alone(group: typer.Typer, show: Callable[..., None]) -> None:
    """Let the noun alone mean its show."""

    def alone(ctx: typer.Context, as_json: Json = False) -> None:
        if ctx.invoked_subcommand is None:
            show(ctx, as_json=as_json)

    group.callback(invoke_without_command=True)(alone)


FIGURE_NAMES = {
    **{key: name for side in FOUR for key, name in side.lead_names.items()},
    **{rate.key: rate.name for rate in RATE_WORDS},
}


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
            return "、".join(map(_words, value))
        case str() if value in FIGURE_NAMES:
            return f"{FIGURE_NAMES[value]}（{value}）"
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
