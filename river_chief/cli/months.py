"""month: close a month, open it again, and see what was closed and what differs since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.filters import year_month
from river_chief.cli.registers import tell
from river_chief.cli.speech import Command, Group
from river_chief.errors import NotFound
from river_chief.figures.closed import month_figures
from river_chief.figures.correction import Correction
from river_chief.figures.corrections import corrections
from river_chief.figures.corrections_json import closing_as_json, correction_as_json
from river_chief.figures.frozen import FrozenMonth, frozen_month
from river_chief.queries.month_closes import close_of, closes
from river_chief.records import MonthClose
from river_chief.rules.periods import ONE_DAY
from river_chief.verbs import months
from river_chief.verbs.office import settings_of

app = typer.Typer(cls=Group, help="月结：月结、重开、各版次、更正。")
Month = Annotated[str, typer.Argument(metavar="月份", help="例如 2025-03")]
Edition = Annotated[int | None, typer.Option("--edition", metavar="版次", help="第几版；不写为现行的一版。")]


@app.command("close", cls=Command)
def close(ctx: typer.Context, text: Month, as_json: Json = False) -> None:
    """月结一个月：数字、对应的问题、规则和月报都固定下来，成为一版。"""
    from river_chief.papers.month_closing import close_month

    year, month = year_month(text, "")
    with desk_of(ctx).writing() as writer:
        changes = close_month(writer, year, month)
    tell(changes, as_json)


@app.command("reopen", cls=Command)
def reopen(
    ctx: typer.Context,
    text: Month,
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么重开，记入日志和下一版。")],
    as_json: Json = False,
) -> None:
    """重开已经月结的月份：原来一版照样能看能印，再月结时成为下一版。"""
    with desk_of(ctx).writing() as writer:
        held = _held(writer.session, text, None)
        entry = months.MonthReopening(id=held.key, version=held.version, reason=reason)
        changes = writer.do(months.reopen, entry)
    tell(changes, as_json)


@app.command("list", cls=Command)
def listing(ctx: typer.Context, as_json: Json = False) -> None:
    """列出月结过的月份和各版次。"""
    with desk_of(ctx).reading() as session:
        found = closes(session)
        document = {"count": len(found), "rows": [_plain(each) for each in found]}
        lines = [*map(_line, found), f"共 {len(found)} 版"]
    answer(document, "\n".join(lines), as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, text: Month, edition: Edition = None, as_json: Json = False) -> None:
    """查看一版月结：谁在什么时候月结，当时的规则，和上一版的差异。"""
    with desk_of(ctx).reading() as session:
        held = _held(session, text, edition)
        frozen = frozen_month(session, held)
        document = _plain(held) | _frozen(frozen)
        line = _line(held)
    told = list(_told(frozen.differences)) if frozen.differences is not None else []
    lines = [line, f"规则 {len(frozen.rules)} 条", *(["与上一版的差异：", *told] if told else [])]
    answer(document, "\n".join(lines), as_json)


@app.command("corrections", cls=Command)
def correct(ctx: typer.Context, text: Month, as_json: Json = False) -> None:
    """查看一个月要说明的更正：以前月结的月份后来改了什么，数字会变成多少。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        settings = settings_of(session)
        span = settings.month(*year_month(text, ""))
        found = month_figures(session, settings, span, desk.today()).corrections
    document = {"month": text, "corrections": [correction_as_json(each) for each in found]}
    lines = [line for each in found for line in _told(each)]
    answer(document, "\n".join(lines or ["没有更正"]), as_json)


@app.command("differences", cls=Command)
def differ(ctx: typer.Context, text: Month, as_json: Json = False) -> None:
    """拿一个月结的月份和现在重新统计的比较，列出还没有说明过的差异。"""
    with desk_of(ctx).reading() as session:
        held = _held(session, text, None)
        told = corrections(session, settings_of(session), held.last + ONE_DAY)
        found = next((each for each in told if (each.year, each.month) == (held.year, held.month)), None)
    document = {"month": text, "correction": None if found is None else correction_as_json(found)}
    answer(document, "\n".join(_told(found) if found else ["和月结时一致"]), as_json)


def _held(session: Session, text: str, edition: int | None) -> MonthClose:
    span = settings_of(session).month(*year_month(text, ""))
    found = close_of(session, span, edition)
    if found is None:
        which = f"没有第{edition}版月结" if edition is not None else "没有月结，或者已经重开"
        raise NotFound(f"{text} {which}，请用 month list 查看。")
    return found


def _plain(close: MonthClose) -> dict[str, Any]:
    return {
        "year": close.year,
        "month": close.month,
        "from": close.first.isoformat(),
        "to": close.last.isoformat(),
        "edition": close.edition,
        "closed_on": close.closed_on.isoformat(),
        "closer": close.closer,
        "reason": close.reason,
        "head": close.head,
        "digest": close.digest,
        "reopened_on": close.reopened_on.isoformat() if close.reopened_on else None,
        "reopener": close.reopener,
        "reopen_reason": close.reopen_reason,
    }


def _frozen(frozen: FrozenMonth) -> dict[str, Any]:
    return {
        "closing": closing_as_json(frozen.figures.closing),
        "rules": [
            {"table": each.ledger, "id": each.id, "version": each.version, "values": each.values}
            for each in frozen.rules
        ],
        "differences": None if frozen.differences is None else correction_as_json(frozen.differences),
    }


def _line(close: MonthClose) -> str:
    reopened = (
        f"，{close.reopened_on} 由{close.reopener}重开：{close.reopen_reason}" if close.reopened_on else ""
    )
    return (
        f"{close.year}年{close.month}月第{close.edition}版\t{close.closed_on} {close.closer} 月结{reopened}"
    )


def _told(correction: Correction) -> Iterator[str]:
    yield f"{correction.year}年{correction.month}月（第{correction.edition}版）"
    for count in correction.counts:
        yield f"  {count.name} {count.before} → {count.after}"
    for rate in correction.rates:
        if rate.before.text != rate.after.text:
            yield f"  {rate.name} {rate.before.text} → {rate.after.text}"
    for problem in correction.problems:
        why = "；".join(f"{each.name} {each.before} → {each.after}" for each in problem.facts)
        acts = "；".join(each.sentence for each in problem.acts)
        yield f"  {problem.number}\t{why or acts}"
    for duty in correction.duties:
        counts = "，".join(f"{each.name} {each.before} → {each.after}" for each in duty.figures)
        yield f"  {duty.area}{duty.name} {counts}"
    for work in correction.work:
        yield f"  {work.kind.label} {work.before:g} → {work.after:g} {work.kind.unit}"
