"""report by: the figures broken down by any dimension; and ``--only`` of report rows, which takes its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.filters import Asked
from river_chief.cli.given import member
from river_chief.cli.names import Names
from river_chief.cli.periods import From, MaybeMonth, To, span_given
from river_chief.cli.speech import BadUsage, Command
from river_chief.figures.as_json import lines_as_json
from river_chief.figures.breakdown import UNNAMED, Line
from river_chief.figures.by import NO_CHIEF
from river_chief.figures.frozen_by import reported_lines
from river_chief.figures.measures import STOCK
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.rules.office import OfficeSettings
from river_chief.terms import Severity, Source, Term

_KNOWN = "、".join(f"{each.value}（{each.label}）" for each in Dimension)
By = Annotated[str, typer.Argument(metavar="分组", help=f"按什么分：{_KNOWN}。")]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="分组=名称",
        help=f"只看分组里的一行，可写多次，如 unit=柳塘村、chief=赵春；没有填的写“{UNNAMED}”。",
    ),
]
_WITHOUT = (UNNAMED, NO_CHIEF)


def add_under(app: typer.Typer) -> None:
    """Let *app* (report) have the command by."""

    @app.command("by", cls=Command)
    def by(
        ctx: typer.Context,
        dimension: By,
        month: MaybeMonth = "",
        first: From = "",
        last: To = "",
        as_json: Json = False,
    ) -> None:
        """分组统计：按村、责任单位、类型、来源、专项、河湖、河段、河长等任一项分组的存量、比率和平均天数。"""
        asked_for = dimension_of(dimension)
        desk = desk_of(ctx)
        with desk.reading() as session:
            settings = Asked.of(session, desk.today()).settings
            window = Window.of(
                span_given(settings, month, first, last), desk.today(), settings.period_start_day
            )
            lines = reported_lines(session, settings, window.span, desk.today(), asked_for)
        document = {
            "from": window.first.isoformat(),
            "to": window.last.isoformat(),
            "as_of": window.cut.isoformat(),
            "dimension": asked_for.value,
            "name": asked_for.label,
            "adds_up": asked_for.adds_up,
            "lines": lines_as_json(lines),
        }
        answer(document, "\n".join(_lines(settings, window, asked_for, lines)), as_json)


def dimension_of(text: str) -> Dimension:
    """The dimension of that key or Chinese name."""
    found = Dimension.of_label(text)
    if found is None:
        raise BadUsage(f"没有分组“{text}”，可用的有：{_KNOWN}。")
    return found


def narrowed(names: Names, only: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What ``--only dimension=name`` asks for, as ``rows_behind`` takes it; names of one dimension are added."""
    found: dict[str, tuple[Any, ...]] = {}
    for text in only:
        key, equals, name = text.partition("=")
        if not equals or not name.strip():
            raise BadUsage(f"--only“{text}”看不懂，请写成 分组=名称，如 unit=柳塘村。")
        dimension = dimension_of(key)
        value = _value(names, dimension, name.strip())
        found[dimension.field] = (*found.get(dimension.field, ()), value)
    return found


def _value(names: Names, dimension: Dimension, text: str) -> Any:
    by_name: dict[Dimension, Callable[[str], Any]] = {
        Dimension.VILLAGE: names.village,
        Dimension.GROUP: names.group,
        Dimension.CATEGORY: names.category,
        Dimension.CAMPAIGN: names.campaign,
        Dimension.WATER: names.water,
        Dimension.REACH: names.reach,
        Dimension.CHIEF: names.person,
        Dimension.SEVERITY: lambda name: _member(Severity, dimension, name),
        Dimension.SOURCE: lambda name: _member(Source, dimension, name),
    }
    if text in _WITHOUT and dimension is not Dimension.CAMPAIGN:
        texts = (Dimension.UNIT, Dimension.FINDER, Dimension.GROUP, Dimension.CATEGORY)
        return "" if dimension in texts else None
    return by_name.get(dimension, str)(text)


def _member(kind: type[Term], dimension: Dimension, text: str) -> Term:
    found = member(kind, text)
    if found is None:
        raise BadUsage(f"{dimension.label}没有“{text}”，可用的有：{'、'.join(each.label for each in kind)}。")
    return found


def _lines(
    settings: OfficeSettings, window: Window, dimension: Dimension, lines: Sequence[Line]
) -> Iterable[str]:
    yield f"{settings.office_name} {window.first.isoformat()} 至 {window.last.isoformat()} 按{dimension.label}"
    if window.cut < window.last:
        yield f"统计到 {window.cut.isoformat()}"
    heads = [each.name for each in STOCK]
    rates = [figure.rate.name for figure in lines[0].rates] if lines else []
    yield "\t".join((dimension.label, *heads, "到期", "按期", "逾期", *rates, "平均整改天数", "位次"))
    for line in lines:
        counts = (*(getattr(line.stock, each.key) for each in STOCK), line.due, line.on_time, line.overdue)
        days = "—" if line.average_days is None else f"{line.average_days:.1f}"
        rank = "—" if line.rank is None else str(line.rank)
        yield "\t".join((line.name, *map(str, counts), *(each.text for each in line.rates), days, rank))
    if not dimension.adds_up:
        yield _OVERLAP[dimension]


_OVERLAP = {
    Dimension.CAMPAIGN: "一个问题可以属于几个专项，各行相加不等于全镇的数。",
    Dimension.CHIEF: "一个问题算给它所在河段的每一级河长（村级河长只算本村的），各行相加不等于全镇的数。",
}
