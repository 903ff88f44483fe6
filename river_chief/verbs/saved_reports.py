"""自定义报表: kept under a name, changed, renamed, taken out of use and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import SavedReport
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, unchanged
from river_chief.verbs.report_definition import Definition, definition_of, kept


class NewReport(Definition):
    """A report to be kept."""

    name: str = Field(title="名称", min_length=1, max_length=60)
    note: str = Field("", title="说明", max_length=200)


class ReportEdit(NewReport):
    """A report as it shall be from now on."""

    id: int
    version: int | None = None


class ReportRename(Input):
    """Another name for a report."""

    id: int
    version: int | None = None
    name: str = Field(title="名称", min_length=1, max_length=60)


class ReportChoice(Input):
    """The report that goes out of use, or comes back."""

    id: int
    version: int | None = None


def save(session: Session, entry: NewReport, /, *, by: str, today: date) -> Changes:
    """Keep a new report; its name must be new."""
    _refuse_taken(session, entry.name, None)
    report = SavedReport(name=entry.name, note=entry.note, definition=kept(entry))
    session.add(report)
    session.flush()
    return Changes(f"保存自定义报表“{report.name}”", report.key)


def edit(session: Session, entry: ReportEdit, /, *, by: str, today: date) -> Changes:
    """Change what a report shows, and its name and note."""
    report = _seen(session, entry)
    _refuse_taken(session, entry.name, report.key)
    before = report.name
    report.name, report.note, report.definition = entry.name, entry.note, kept(entry)
    renamed = f"，改名为“{report.name}”" if report.name != before else ""
    return Changes(f"修改自定义报表“{before}”{renamed}", report.key)


def rename(session: Session, entry: ReportRename, /, *, by: str, today: date) -> Changes:
    """Give a report another name."""
    report = _seen(session, entry)
    _refuse_taken(session, entry.name, report.key)
    before, report.name = report.name, entry.name
    return Changes(f"自定义报表“{before}”改名为“{report.name}”", report.key)


def retire(session: Session, entry: ReportChoice, /, *, by: str, today: date) -> Changes:
    """Take a report out of use; it stays in the ledger and keeps its name."""
    report = _seen(session, entry)
    if report.retired_on is not None:
        raise Refusal(f"自定义报表“{report.name}”已经停用。")
    report.retired_on = today
    return Changes(f"停用自定义报表“{report.name}”", report.key)


def reuse(session: Session, entry: ReportChoice, /, *, by: str, today: date) -> Changes:
    """Take a report that was out of use back into use; what it shows must still be understood."""
    report = _seen(session, entry)
    if report.retired_on is None:
        raise Refusal(f"自定义报表“{report.name}”没有停用。")
    definition_of(report.name, report.definition)
    report.retired_on = None
    return Changes(f"恢复使用自定义报表“{report.name}”", report.key)


def _seen(session: Session, entry: Any) -> SavedReport:
    report = existing(session, SavedReport, entry.id, "张自定义报表")
    unchanged(report, entry.version, f"自定义报表“{report.name}”")
    return report


def _refuse_taken(session: Session, name: str, own: int | None) -> None:
    same = session.exec(select(SavedReport).where(SavedReport.name == name)).first()
    if same is not None and same.id != own:
        gone = "，现已停用，可以恢复使用" if same.retired_on else ""
        raise InvalidInput({"name": f"自定义报表“{name}”已经有了{gone}；请换一个名称"})
