"""What is typed for a saved report: groupings, columns and conditions by key or by name, and its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from river_chief.cli.filters import Asked
from river_chief.cli.given import each, fitted, member, pairs, separated
from river_chief.cli.periods import span_given
from river_chief.cli.speech import BadUsage
from river_chief.fields.field import FieldSet
from river_chief.figures.report_scope import conditions_of, report_span
from river_chief.queries.patrols import PatrolFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_of
from river_chief.terms import Grouping, ReportDays, ReportLedger, ReportShape, ReportSpan, Term
from river_chief.verbs.input import understood
from river_chief.verbs.report_definition import Definition, columns_of
from river_chief.verbs.saved_reports import NewReport

_MORE = ("title", "note", "totals", "upright", "signatures", "first", "last")
_UPRIGHT = {"竖": True, "竖排": True, "横": False, "横排": False}


def report_of(
    asked: Asked,
    name: str,
    given: Mapping[str, str],
    conditions: Sequence[str] | None,
    values: Sequence[str] | None,
    *,
    is_list: bool,
    of_patrols: bool,
) -> NewReport:
    """The report that is typed; ``BadUsage`` or ``InvalidInput`` say what is wrong."""
    ledger = ReportLedger.PATROLS if of_patrols else ReportLedger.PROBLEMS
    shape = ReportShape.LIST if is_list else ReportShape.TABLE
    known = columns_of(ledger, shape)
    found: dict[str, Any] = {"name": name, "ledger": ledger, "shape": shape}
    found["by"] = each(given["by"], lambda word: _term(Grouping, word, "--by"))
    found["columns"] = each(given["columns"], lambda word: _column(known, word, "--columns"))
    if given["span"]:
        found["span"] = _term(ReportSpan, given["span"], "--span")
    if given["days_of"]:
        found["days_of"] = _term(ReportDays, given["days_of"], "--days")
    if given["sort"]:
        found["descending"] = given["sort"].startswith("-")
        found["sort"] = _column(known, given["sort"].removeprefix("-"), "--sort")
    read = _patrol_conditions if of_patrols else _problem_conditions
    found["conditions"] = read(asked, pairs(conditions, "--filter"))
    return understood(NewReport, {**found, **_more(pairs(values))})


def reported_span(
    definition: Definition, settings: OfficeSettings, today: date, month: str, first: str, last: str
) -> Span:
    """The days to run for: its own, reckoned from the month asked for or today's; other days as they are."""
    if not (month or first or last):
        if definition.span is ReportSpan.ASKED and definition.has_days:
            raise BadUsage("这张报表每次要选定统计期：请写 --month 2025-03，或 --from 和 --to。")
        return report_span(definition, settings, today)
    span = span_given(settings, month, first, last)
    is_month = not first and span == settings.month(*month_of(span.last, settings.period_start_day))
    return report_span(definition, settings, today, span) if is_month else span


def _more(given: Mapping[str, str]) -> dict[str, Any]:
    for key in given:
        if key not in _MORE:
            raise BadUsage(f"--set 没有“{key}”这一项，可用的有：{'、'.join(_MORE)}。")
    found = fitted(NewReport, given)
    if "upright" in given:
        found["upright"] = _UPRIGHT.get(given["upright"], found["upright"])
    if "signatures" in given:
        found["signatures"] = separated(given["signatures"])
    return found


def _problem_conditions(asked: Asked, given: Mapping[str, str]) -> dict[str, Any]:
    beside: dict[str, Any] = {}
    rest = dict(given)
    if "chief" in rest:
        beside["chiefs"] = each(rest.pop("chief"), asked.names.person)
    if "due_soon" in rest:
        if rest.pop("due_soon") not in ("yes", "是"):
            raise BadUsage("--filter 的“due_soon”只能写 yes；不问就不写。")
        beside["due_soon"] = True
    if "month" in rest:
        raise BadUsage("自定义报表的月份用 --span 定，--filter 不写 month；只要在账的加 --days stock。")
    return {**conditions_of(asked.problems(rest), asked.today).given, **beside}


def _patrol_conditions(asked: Asked, given: Mapping[str, str]) -> dict[str, Any]:
    found = asked.patrols(given)
    known = ("text", "levels", "areas", "persons", "reaches", "entries", "with_finding")
    plain = PatrolFilter()
    for item in fields(PatrolFilter):
        if item.name not in known and getattr(found, item.name) != getattr(plain, item.name):
            raise BadUsage("巡河报表的日期由统计期定，--filter 不写 date、month 和 voided。")
    return {name: getattr(found, name) for name in known}


def _term(kind: type[Term], word: str, option: str) -> Term:
    found = member(kind, word)
    if found is None:
        known = "、".join(f"{item.value}（{item.label}）" for item in kind)
        raise BadUsage(f"{option} 没有“{word}”，可选：{known}。")
    return found


def _column(known: FieldSet, word: str, option: str) -> str:
    for field in known:
        if word in (field.key, field.label, field.heading):
            return field.key
    names = "、".join(f"{field.key}（{field.label}）" for field in known)
    raise BadUsage(f"{option} 没有“{word}”这一列，可选：{names}。")
