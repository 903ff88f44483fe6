"""Tables of rules as files: their rows under Chinese heads, written and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from river_chief.cli.given import entry
from river_chief.cli.names import Names
from river_chief.cli.speech import BadUsage
from river_chief.errors import InvalidInput, Refusal
from river_chief.intake.grid import open_workbook
from river_chief.intake.workbook_file import open_workbook_file
from river_chief.papers.files import save
from river_chief.records import Campaign, Record
from river_chief.records.columns import col
from river_chief.rules.lights import LIT
from river_chief.terms import Term
from river_chief.verbs.rule_rows import TABLES, RuleRow

_PLAIN = ("id", "version")


def table_named(text: str) -> str:
    """The table of rules a person means: 时限, deadlines or deadline_default."""
    for ledger, kind in TABLES.items():
        if text in (ledger, kind.what, f"{ledger}s", ledger.removesuffix("_default") + "s"):
            return ledger
    known = "、".join(f"{ledger} {kind.what}" for ledger, kind in TABLES.items())
    raise BadUsage(f"没有“{text}”这张规则表，可用的有：{known}。")


def rows_of(session: Session, ledger: str) -> list[Record]:
    """The rows of a table in force, in their order."""
    kind = TABLES[ledger].record
    rows = session.exec(select(kind).order_by(col(kind.id)))
    return [row for row in rows if getattr(row, "retired_on", None) is None]


def as_json(session: Session, ledger: str) -> list[dict[str, Any]]:
    """The rows of a table by key, with their ids; codes of terms, ISO dates."""
    keys = ["id", *_keys(TABLES[ledger])]
    return [row.model_dump(mode="json", include=set(keys)) for row in rows_of(session, ledger)]


def lines_of(session: Session, ledger: str) -> list[str]:
    """The rows of a table in words."""
    kind = TABLES[ledger]
    heads = {key: str(kind.model_fields[key].title) for key in _keys(kind)}
    texts = _texts(session, ledger)
    return ["  " + "，".join(f"{heads[key]} {row[key]}" for key in heads if row[key]) for row in texts]


def write_table(session: Session, ledger: str, out: Path) -> int:
    """Write the rows of a table to an .xlsx or .csv file; return how many there are."""
    kind = TABLES[ledger]
    rows = [list(row.values()) for row in _texts(session, ledger)]
    heads = [str(kind.model_fields[key].title) for key in _keys(kind)]
    write_sheet(out, kind.what, [heads, *rows])
    return len(rows)


def write_sheet(out: Path, title: str, rows: Sequence[Sequence[str]]) -> None:
    """Write plain texts to an .xlsx or .csv file."""
    if out.suffix.lower() == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        save(out, b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))
        return
    if out.suffix.lower() != ".xlsx":
        raise BadUsage("输出文件要以 .xlsx 或 .csv 结尾。")
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # what a clerk wrote is never a formula
    kept = io.BytesIO()
    book.save(kept)
    save(out, kept.getvalue())


def read_table(session: Session, ledger: str, path: Path, today: date) -> tuple[RuleRow, ...]:
    """The rows of a file written by ``write_table``, perhaps changed since."""
    kind = TABLES[ledger]
    keys = {str(kind.model_fields[key].title): key for key in _keys(kind)}
    grid = next(iter(_grids(path)), [])
    heads = [_text(cell) for cell in grid[0]] if grid else []
    lacking = [
        head for head, key in keys.items() if kind.model_fields[key].is_required() and head not in heads
    ]
    if lacking:
        raise Refusal(f"“{path.name}”的第一行缺少“{'”“'.join(lacking)}”，请用 rules export 导出的表格来改。")
    names = Names(session, today)
    found = []
    for number, cells in enumerate(grid[1:], 2):
        pairs = zip(heads, cells, strict=False)
        values: dict[str, Any] = {
            keys[head]: _text(cell) for head, cell in pairs if head in keys and cell not in (None, "")
        }
        if "campaign_id" in values:
            values["campaign_id"] = names.campaign(values["campaign_id"])
        if values:
            found.append(_row(kind, values, number))
    return tuple(found)


def _row(kind: type[RuleRow], values: dict[str, Any], number: int) -> RuleRow:
    try:
        return entry(kind, values)
    except InvalidInput as error:
        raise Refusal(f"第{number}行：{error.sentence}。") from None


def _keys(kind: type[RuleRow]) -> list[str]:
    return [key for key in kind.model_fields if key not in _PLAIN]


def _texts(session: Session, ledger: str) -> list[dict[str, str]]:
    campaigns = {tag.id: tag.name for tag in session.exec(select(Campaign))}
    found = []
    for row in rows_of(session, ledger):
        values = {key: _text(getattr(row, key)) for key in _keys(TABLES[ledger])}
        if "campaign_id" in values:
            values["campaign_id"] = campaigns.get(getattr(row, "campaign_id"), "")  # noqa: B009
        if values.get("rate_key"):
            values["rate_key"] = LIT[values["rate_key"]].name
        found.append(values)
    return found


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case Term():
            return value.label
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _grids(path: Path) -> Iterable[list[list[Any]]]:
    book = open_workbook(open_workbook_file(path))
    for sheet in book.shown:
        yield [list(row) for row in book.grid(sheet).rows]
