"""report text: the words of a report, generated and edited."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import entry, member
from river_chief.cli.registers import tell
from river_chief.cli.report_papers import span_of
from river_chief.cli.speech import BadUsage, Command
from river_chief.errors import EnvironmentFault
from river_chief.terms import ReportPart
from river_chief.verbs import report_texts
from river_chief.verbs.office import settings_of

if TYPE_CHECKING:
    from river_chief.papers.kinds.passages import Passage
    from river_chief.papers.kinds.texts import Words

_STDIN = "-"


def text(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="报告", help="monthly、circular、half-year 或 year")],
    period: Annotated[str, typer.Argument(metavar="时段", help="例如 2025-03、2025上半年、2025")],
    part: Annotated[
        str, typer.Option("--part", metavar="部分", help="situation、measures、lacking 或 next。")
    ] = "",
    given: Annotated[
        str, typer.Option("--set", metavar="文件", help="用文件里的文字代替自动文字；- 为从标准输入读。")
    ] = "",
    restore: Annotated[bool, typer.Option("--restore", help="恢复自动文字。")] = False,
    as_json: Json = False,
) -> None:
    """报告的四段文字：查看、改写一段、恢复自动文字。

    改写的文字一行一段，“（一）……”单独一行的作小标题。统计数字后来变了的，查看时会说明。
    """
    from river_chief.papers.kinds.texts import words_of_report

    if (given or restore) and not part:
        raise BadUsage("改写或恢复时请用 --part 写明是哪一部分。")
    if given and restore:
        raise BadUsage("--set 和 --restore 只写一种。")
    chosen = _part(part) if part else None
    if chosen is None or not (given or restore):
        _show(ctx, kind, period, chosen, as_json)
        return
    own = _read(given) if given else ""
    desk = desk_of(ctx)
    with desk.writing() as writer:
        words = words_of_report(
            writer.session,
            kind,
            today=desk.today(),
            span=span_of(settings_of(writer.session), kind, period),
        )
        passage = next(each for each in words.passages if each.part is chosen)
        values: dict[str, Any] = {
            "kind": kind,
            "first": words.span.first,
            "last": words.span.last,
            "part": chosen,
        }
        if restore:
            done = writer.do(report_texts.restore, entry(report_texts.GeneratedWords, values))
        else:
            values |= {"text": own, "based_on": passage.generated}
            done = writer.do(report_texts.put, entry(report_texts.OwnWords, values))
    tell(done, as_json)


def _part(text: str) -> ReportPart:
    found = member(ReportPart, text)
    if not isinstance(found, ReportPart):
        known = "、".join(f"{each.value}（{each.label}）" for each in ReportPart)
        raise BadUsage(f"--part 的“{text}”不是报告的部分，可用的有：{known}。")
    return found


def _show(ctx: typer.Context, kind: str, period: str, part: ReportPart | None, as_json: bool) -> None:
    from river_chief.papers.kinds.texts import words_of_report

    desk = desk_of(ctx)
    with desk.reading() as session:
        words = words_of_report(
            session, kind, today=desk.today(), span=span_of(settings_of(session), kind, period)
        )
    shown = [each for each in words.passages if part in (None, each.part)]
    lines = [f"{words.name}（{words.days}）", *(line for each in shown for line in _lines(each))]
    answer(_as_json(words, shown), "\n".join(lines), as_json)


def _lines(passage: Passage) -> Iterator[str]:
    state = "（已改写，统计数字后来有变化）" if passage.is_stale else "（已改写）" if passage.written else ""
    yield f"【{passage.title}】{state}"
    yield passage.text
    if passage.written and (found := passage.differing):
        if found.lost:
            yield f"自动文字里有、改写后没有的数字：{'、'.join(found.lost)}"
        if found.own:
            yield f"改写后有、自动文字里没有的数字：{'、'.join(found.own)}"


def _as_json(words: Words, passages: list[Passage]) -> dict[str, Any]:
    return {
        "kind": words.kind,
        "from": words.span.first.isoformat(),
        "to": words.span.last.isoformat(),
        "parts": [
            {
                "part": each.part.value,
                "title": each.title,
                "text": each.text,
                "generated": each.generated,
                "written": each.written or None,
                "stale": each.is_stale,
                "lost_numbers": list(each.differing.lost),
                "own_numbers": list(each.differing.own),
            }
            for each in passages
        ],
    }


def _read(path: str) -> str:
    """The text of a file, or of stdin."""
    if path == _STDIN:
        return sys.stdin.read()
    try:
        return Path(path).read_text("utf-8-sig")
    except FileNotFoundError:
        raise EnvironmentFault(f"找不到文件“{path}”，请核对路径。") from None
    except (OSError, UnicodeDecodeError):
        raise EnvironmentFault(f"读不出文件“{path}”，请核对文件，文字应为 UTF-8 编码。") from None


def add_under(app: typer.Typer) -> None:
    """Put the command under ``report``."""
    app.command("text", cls=Command)(text)
