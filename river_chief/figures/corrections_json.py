"""Closings and corrections as the command line's JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from river_chief.figures.closing import Closing
from river_chief.figures.correction import Correction, CountChanged, LineChanged, ProblemChanged, RateChanged
from river_chief.figures.ratio import Ratio


def closing_as_json(closing: Closing | None) -> dict[str, Any] | None:
    """The edition a month's figures are of; None where they are counted afresh."""
    if closing is None:
        return None
    return {
        "year": closing.year,
        "month": closing.month,
        "from": closing.first.isoformat(),
        "to": closing.last.isoformat(),
        "edition": closing.edition,
        "closed_on": closing.closed_on.isoformat(),
        "closer": closing.closer,
        "reason": closing.reason,
        "head": closing.head,
    }


def correction_as_json(correction: Correction) -> dict[str, Any]:
    """A correction: every figure of the closed month that reads otherwise, and the problems that made it so."""
    return {
        "year": correction.year,
        "month": correction.month,
        "edition": correction.edition,
        "counts": _counts(correction.counts),
        "rates": _rates(correction.rates),
        "average_days": {"before": correction.average_before, "after": correction.average_after},
        "lines": [_line(each) for each in correction.lines],
        "problems": [_problem(each) for each in correction.problems],
        "patrols": [
            {"chief": each.name, "area": each.area, "counts": _counts(each.figures)}
            for each in correction.duties
        ],
        "work": {
            each.kind.value: {
                "name": each.kind.label,
                "before": each.before,
                "after": each.after,
                "unit": each.kind.unit,
            }
            for each in correction.work
        },
    }


def _counts(changed: Iterable[CountChanged]) -> list[dict[str, Any]]:
    return [
        {
            "key": each.key,
            "name": each.name,
            "before": each.before,
            "after": each.after,
            "difference": each.difference,
        }
        for each in changed
    ]


def _rates(changed: Iterable[RateChanged]) -> list[dict[str, Any]]:
    return [
        {
            "key": each.key,
            "name": each.name,
            "before": _ratio(each.before),
            "after": _ratio(each.after),
            "points": each.points,
        }
        for each in changed
    ]


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "value": ratio.value,
        "text": ratio.text,
    }


def _line(line: LineChanged) -> dict[str, Any]:
    return {
        "dimension": line.dimension,
        "key": line.key,
        "name": line.name,
        "counts": _counts(line.counts),
        "rates": _rates(line.rates),
    }


def _problem(problem: ProblemChanged) -> dict[str, Any]:
    return {
        "id": problem.id,
        "number": problem.number,
        "counts": _counts(problem.counts),
        "changes": [
            {"name": each.name, "before": each.before, "after": each.after} for each in problem.facts
        ],
        "acts": [
            {"at": each.at.isoformat(), "by": each.by, "sentence": each.sentence} for each in problem.acts
        ],
    }
