"""The figures as the command line's JSON: keys in English, dates ISO, numbers unrounded with their text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from river_chief.figures.breakdown import Line
from river_chief.figures.comparison import Comparison
from river_chief.figures.corrections_json import closing_as_json, correction_as_json
from river_chief.figures.cumulated import Cumulated, Sums
from river_chief.figures.duty import ChiefDuty, DutyFigures, DutyLine, Missing
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.queries.exceptions import ExceptionStep
from river_chief.queries.ledger_query import plain
from river_chief.queries.round_counts import DueProblem
from river_chief.queries.zero_reports import ZeroMonth


def month_as_json(month: MonthFigures) -> dict[str, Any]:
    """``report monthly``; the figures of a closed month as they were frozen."""
    window = month.window
    return {
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "as_of": window.cut.isoformat(),
        "office": month.office,
        "closed": month.closing is not None,
        "closing": closing_as_json(month.closing),
        "stock": asdict(month.stock),
        "balances": month.balances,
        "rates": [
            {
                "key": each.key,
                "name": each.rate.name,
                "sentence": each.rate.sentence,
                **_ratio(each.ratio),
                "note": each.note,
            }
            for each in month.rates
        ],
        "average_days": month.average_days,
        "by_village": [
            {"village": line.name, "village_id": line.key, **_line(line), **_place(line)}
            for line in month.by_village
        ],
        "by_category": _named("category", month.by_category),
        "by_severity": _named("severity", month.by_severity),
        "by_source": _named("source", month.by_source),
        "by_campaign": [
            {"campaign": line.name, "campaign_id": line.key, **_line(line)} for line in month.by_campaign
        ],
        "patrols": duty_as_json(month.patrols),
        "work": {
            kind.value: {"name": kind.label, "amount": amount, "unit": kind.unit}
            for kind, amount in month.work.items()
        },
        "overdue": [_due(each) for each in month.overdue],
        "due_next": [_due(each) for each in month.due_next],
        "exceptions": {"count": month.excepted, "rows": [_exception(each) for each in month.exceptions]},
        "waiting_above": {"count": len(month.waiting_above), "numbers": list(month.waiting_above)},
        "comparisons": _comparisons(month),
        "year_to_date": _cumulated(month.year_to_date, month.by_village),
        "ever": _cumulated(month.ever, month.by_village),
        "zero_reports": None if month.zero_reports is None else zero_as_json(month.zero_reports),
        "corrections": [correction_as_json(each) for each in month.corrections],
    }


def zero_as_json(found: ZeroMonth) -> dict[str, Any]:
    """``zero month``, and the zero reports of ``report monthly``: counts by state, and every village."""
    return {
        "year": found.year,
        "month": found.month,
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        **{state.value: count for state, count in found.counts.items()},
        "villages": [
            {
                "village": row["village_name"],
                "village_id": row.id,
                "state": row["state"].value,
                "found": row["found"],
                "numbers": row["numbers"].split("、") if row["numbers"] else [],
                "signer": row["signer"],
                "signed_on": plain(row["signed_on"]),
            }
            for row in found.rows
        ],
    }


def duty_as_json(duty: DutyFigures) -> dict[str, Any]:
    """``report duty``, and the patrols of ``report monthly``."""
    return {
        "from": duty.span.first.isoformat(),
        "to": duty.span.last.isoformat(),
        "total": _duty(duty.total),
        "by_level": [{"level": line.level, "name": line.name, **_duty(line)} for line in duty.by_level],
        "by_village": [
            {"village": line.name, "village_id": line.area_id, **_duty(line)} for line in duty.by_village
        ],
        "chiefs": [_chief(each) for each in duty.chiefs],
        "missing": [_missing(each) for each in duty.missing],
        "zero_finding": [
            {"chief": each.name, "area": each.area, "level": each.level, "patrols": each.patrols}
            for each in duty.zero_finding
        ],
        "rules": list(duty.rules),
    }


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "value": ratio.value,
        "text": ratio.text,
    }


def _rates(figures: Iterable[RateFigure]) -> dict[str, Any]:
    return {each.key: _ratio(each.ratio) for each in figures}


def _line(line: Line) -> dict[str, Any]:
    return {
        **asdict(line.stock),
        "due": line.due,
        "on_time": line.on_time,
        "overdue": line.overdue,
        "average_days": line.average_days,
        "rates": _rates(line.rates),
    }


def _place(line: Line) -> dict[str, Any]:
    return {
        "rank": line.rank,
        "rank_before": line.rank_before,
        "rank_change": line.rank_change,
        "light": None if line.light is None else line.light.value,
        "lights": {key: light.value for key, light in line.lights.items()},
    }


def _named(key: str, lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{key: line.key, "name": line.name, **_line(line)} for line in lines]


def lines_as_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """``report by``: every line by its key and name."""
    return [{"key": line.key, "name": line.name, **_line(line), **_place(line)} for line in lines]


def _due(problem: DueProblem) -> dict[str, Any]:
    return {**problem._asdict(), "deadline": problem.deadline.isoformat()}


def _exception(step: ExceptionStep) -> dict[str, Any]:
    return {
        **step._asdict(),
        "action": step.action.value,
        "day": step.day.isoformat(),
        "missing": [proof.value for proof in step.missing],
    }


def _duty(line: DutyLine) -> dict[str, Any]:
    return {
        "chiefs": line.chiefs,
        "owed": line.owed,
        "done": line.done,
        "valid": line.valid,
        "compliant": line.compliant,
        "compliance": line.compliance.value,
        "text": line.compliance.text,
        "met": line.met,
        "reaches_met": line.reaches_met,
        "idle": line.idle,
        "patrols": line.patrols,
        "found": line.found,
        "zero_finding": line.zero_finding,
    }


def _chief(chief: ChiefDuty) -> dict[str, Any]:
    return {
        "chief": chief.name,
        "area": chief.area,
        "level": chief.level,
        "owed": chief.owed,
        "done": chief.done,
        "valid": chief.valid,
        "compliant": chief.compliance.numerator,
        "compliance": chief.compliance.value,
        "text": chief.compliance.text,
        "patrols": chief.patrols,
        "found": chief.found,
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "chief": missing.name,
        "area": missing.area,
        "level": missing.level,
        "reach": missing.reach,
        "owed": missing.owed,
        "compliant": missing.compliant,
        "missing": missing.missing,
        "periods": [
            {"from": each.first.isoformat(), "to": each.until.isoformat(), "missing": each.missing}
            for each in missing.shortfalls
        ],
    }


def _cumulated(sums: Cumulated, villages: Iterable[Line]) -> dict[str, Any]:
    """累计 of the office and of every village that has a line."""
    return {
        "from": None if sums.first is None else sums.first.isoformat(),
        "to": sums.last.isoformat(),
        **_sums(sums.total),
        "by_village": [
            {"village": line.name, "village_id": line.key, **_sums(sums.of(line.key))} for line in villages
        ],
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return {**sums.counts, "rates": _rates(sums.rates)}


def _comparisons(month: MonthFigures) -> dict[str, Any]:
    """With the period before and the same one of last year; for a month the first is ``last_month`` too."""
    before = _comparison(month.comparisons.before)
    named = {"last_month": before} if month.zero_reports is not None else {}
    return {"last_period": before, **named, "last_year": _comparison(month.comparisons.last_year)}


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "from": comparison.span.first.isoformat(),
        "to": comparison.span.last.isoformat(),
        "name": comparison.name,
        "counts": {
            each.key: {
                "name": each.name,
                "now": each.now,
                "before": each.before,
                "difference": each.difference,
                "percent": each.percent,
                "text": each.text,
            }
            for each in comparison.counts
        },
        "rates": {
            each.key: {
                "name": each.name,
                "now": each.now.ratio.value,
                "before": each.before.ratio.value,
                "points": each.points,
                "text": each.text,
            }
            for each in comparison.rates
        },
    }
