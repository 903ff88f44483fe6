"""list: the rows of a ledger or of one of the three lists, shown or written to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.cli.desk import Desk, Json, answer, as_text, desk_of, notice
from river_chief.cli.filters import Asked
from river_chief.cli.given import pairs
from river_chief.cli.papers import check_form
from river_chief.cli.rows import listed, plain_row
from river_chief.cli.speech import BadUsage, Command
from river_chief.fields.problems import ISSUE_LIST, RECTIFICATION_LIST, RESPONSIBILITY_LIST
from river_chief.papers.files import save
from river_chief.queries.chiefs import CHIEF_LEDGER
from river_chief.queries.ledger_facts import ledger_facts
from river_chief.queries.ledger_query import LedgerQuery, Row
from river_chief.queries.month_rows import rows_on
from river_chief.queries.patches import PATCH_LEDGER
from river_chief.queries.patrols import PATROL_LEDGER
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.waters import AREA_LEDGER, REACH_LEDGER, WATER_LEDGER

FORMS = (".json", ".xlsx", ".docx", ".pdf")
_BRIEF = "number state village_name water_name category_name severity found_on deadline brief".split()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list by its Chinese name: the ledger it asks, by which filter, the columns shown, its order."""

    name: str
    ledger: LedgerQuery[Any]
    filter: Callable[[Asked, Mapping[str, str]], Any]
    columns: Sequence[str]
    sort: str = ""


def _problems(asked: Asked, given: Mapping[str, str]) -> Any:
    return asked.problems(given)


def _overdue(asked: Asked, given: Mapping[str, str]) -> Any:
    if "overdue" in given:
        raise BadUsage("逾期清单已经只列逾期的，--filter 不必再写 overdue。")
    return asked.problems(given, overdue_on=asked.today)


def _due(asked: Asked, given: Mapping[str, str]) -> Any:
    if "deadline" in given:
        raise BadUsage("临期问题的时限由设置决定，--filter 不能再写 deadline。")
    last = asked.today + timedelta(days=asked.settings.due_soon_days)
    return asked.problems(given, deadline=(asked.today, last), due_by=last)


LISTS: dict[str, Listing] = {
    "issue": Listing("问题清单", PROBLEM_LEDGER, _problems, ISSUE_LIST),
    "responsibility": Listing("责任清单", PROBLEM_LEDGER, _problems, RESPONSIBILITY_LIST),
    "rectification": Listing("整改清单", PROBLEM_LEDGER, _problems, RECTIFICATION_LIST),
    "ledger": Listing("问题台账", PROBLEM_LEDGER, _problems, _BRIEF),
    "overdue": Listing("逾期问题", PROBLEM_LEDGER, _overdue, [*_BRIEF, "overdue_days"], "deadline"),
    "due": Listing("临期问题", PROBLEM_LEDGER, _due, [*_BRIEF, "days_left"], "deadline"),
    "patrols": Listing(
        "巡河记录",
        PATROL_LEDGER,
        Asked.patrols,
        "person_name level area_name reach_names started_at minutes km finding".split(),
    ),
    "chiefs": Listing(
        "河长名录",
        CHIEF_LEDGER,
        Asked.chiefs,
        "name area_name level role phone reach_names valid_from valid_to".split(),
    ),
    "waters": Listing("河湖名录", WATER_LEDGER, Asked.waters, "code name kind length_km reach_names".split()),
    "reaches": Listing(
        "河段名录",
        REACH_LEDGER,
        Asked.reaches,
        "code name level length_km village_names town_chief village_chief".split(),
    ),
    "patches": Listing(
        "图斑核查表",
        PATCH_LEDGER,
        Asked.patches,
        "number village_name suspected verdict checked_on checker shows problem_number".split(),
    ),
    "areas": Listing("行政区划", AREA_LEDGER, Asked.areas, "code name level parent_name population".split()),
}


Conditions = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="项=值",
        help="只要符合条件的，如 state=整改中、village=柳塘村、month=2025-03、found=2025-03-01..2025-03-31。",
    ),
]
Sort = Annotated[str, typer.Option("--sort", metavar="项", help="按哪一项排序，前面加 - 为从大到小。")]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="文件", help="写成文件：.json、.xlsx、.docx 或 .pdf。")
]


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="清单", help=f"{'、'.join(LISTS)} 之一")],
    conditions: Conditions = None,
    sort: Sort = "",
    out: Out = None,
    as_json: Json = False,
) -> None:
    """列出清单、台账、名录，或写成文件。

    问题台账写成 .json 时，每个问题还有代码、专项、全部轮次和步骤，凭它可以另行核算月报的每个数字。
    """
    if name not in LISTS:
        raise BadUsage(f"没有清单“{name}”，可用的有：{'、'.join(LISTS)}。")
    _list(desk_of(ctx), name, conditions, sort, out, as_json)


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("list", cls=Command)(show)


def add_under(app: typer.Typer, name: str) -> None:
    """Let a noun list its own ledger: problem list is list ledger."""

    def listed_here(
        ctx: typer.Context,
        conditions: Conditions = None,
        sort: Sort = "",
        out: Out = None,
        as_json: Json = False,
    ) -> None:
        _list(desk_of(ctx), name, conditions, sort, out, as_json)

    app.command("list", cls=Command, help=f"列出{LISTS[name].name}，同 list {name}。")(listed_here)


def _list(
    desk: Desk, name: str, conditions: list[str] | None, sort: str, out: Path | None, as_json: bool
) -> None:
    listing = LISTS[name]
    given = pairs(conditions, "--filter")
    order = _order(listing, sort)
    if out is not None:
        check_form(out, FORMS)
    with desk.reading() as session:
        asked = Asked.of(session, desk.today())
        filter = listing.filter(asked, given)
        ids = listing.ledger.ids(session, filter, sort=order[0], descending=order[1])
        if out is None or out.suffix.lower() == ".json":
            day, rows = _rows(session, listing, filter, ids, desk.today())
            document = {
                "list": name,
                "office": asked.settings.place_name,
                "on": day.isoformat(),
                "filter": given,
                "count": len(rows),
                "rows": _plain_rows(session, name, rows),
            }
            if out is None:
                answer(document, _table(listing, rows), as_json)
                return
            save(out, f"{as_text(document)}\n".encode())
        else:
            _write_paper(out, session, name, filter, order, desk.today())
    notice(f"{listing.name} {len(ids)} 条，已写入 {out}。")
    if as_json:
        print(as_text({"list": name, "count": len(ids), "file": str(out)}))


def _order(listing: Listing, sort: str) -> tuple[str, bool]:
    """The field key and whether it runs downwards; the key may also be a field's Chinese label."""
    descending, word = sort.startswith("-"), sort.removeprefix("-").strip()
    if not word:
        return listing.sort, False
    keys = [field.key for field in listing.ledger.fields if word in (field.key, field.label)]
    if not keys or not listing.ledger.can_sort(keys[0]):
        known = "、".join(field.key for field in listing.ledger.fields if listing.ledger.can_sort(field.key))
        raise BadUsage(f"不能按“{word}”排序，可用的有：{known}。")
    return keys[0], descending


def _rows(
    session: Session, listing: Listing, filter: Any, ids: Sequence[int], today: date
) -> tuple[date, list[Row]]:
    """The rows, and the day as of whose end they stand: the last of a month's list, else today."""
    rounds = filter.rounds if isinstance(filter, ProblemFilter) else None
    if rounds is None or rounds.stock_during is None:
        return today, listing.ledger.rows(session, ids, today)
    day = min(rounds.stock_during[1], today)
    return day, rows_on(session, ids, day)


def _plain_rows(session: Session, name: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    plain = [plain_row(row) for row in rows]
    if name == "ledger":
        facts = ledger_facts(session, [row.id for row in rows])
        return [row | facts[row["id"]] for row in plain]
    return plain


def _table(listing: Listing, rows: Sequence[Row]) -> str:
    fields = listing.ledger.fields.pick(*listing.columns)
    return "\n".join([*listed(rows, fields), f"共 {len(rows)} 条"])


def _write_paper(
    out: Path, session: Session, name: str, filter: Any, order: tuple[str, bool], today: date
) -> None:
    from river_chief.papers.kinds import produce
    from river_chief.papers.output import write

    in_full = out.suffix.lower() == ".xlsx"
    paper = produce(
        session,
        name,
        today=today,
        filter=filter,
        sort=order[0],
        descending=order[1],
        every_column=in_full,
    )
    write(paper, out)
