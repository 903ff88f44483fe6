"""How large the problems of the story are, and the work done on them: 2025 adds up to fixed totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from river_chief.sample.cases import YEAR, Case
from river_chief.terms import Measure, Severity, WorkKind

# kind → total of 2025, and the step its amounts are given in
TOTALS: dict[WorkKind, tuple[float, float]] = {
    WorkKind.RUBBISH: (2260, 0.5),
    WorkKind.FLOATING: (16, 0.5),
    WorkKind.DREDGED_RIVER: (1.7, 0.1),
    WorkKind.DREDGED_CANAL: (4.9, 0.1),
    WorkKind.DEMOLISHED: (1340, 1),
    WorkKind.LABOUR: (1160, 1),
    WorkKind.MACHINE: (86, 0.5),
    WorkKind.MONEY: (23.6, 0.05),
}
_MINOR, _SERIOUS, _MAJOR = Severity.MINOR, Severity.SERIOUS, Severity.MAJOR
# leaf → measure, least, most, step; the shipped grade rules suggest the severity the case has
_SIZES: dict[str, tuple[Measure, float, float, float]] = {
    "BJ01": (Measure.AREA, 20, 120, 5),
    "BJ02": (Measure.AREA, 60, 300, 10),
    "BJ03": (Measure.COUNT, 1, 4, 1),
    "BJ04": (Measure.VOLUME, 0.5, 2, 0.5),
    "BJ05": (Measure.AREA, 50, 300, 10),
    "LD": (Measure.VOLUME, 1.5, 4.5, 0.5),
    "LJ04": (Measure.AREA, 60, 90, 1),
    "LJ06": (Measure.AREA, 20, 60, 1),
    "LJ10": (Measure.AREA, 8, 25, 1),
    "LJ08": (Measure.LENGTH, 25, 40, 1),
    "LZ03": (Measure.AREA, 300, 900, 20),
    "LZ04": (Measure.AREA, 300, 900, 20),
    "LZ09": (Measure.AREA, 200, 600, 20),
    "LZ11": (Measure.AREA, 200, 800, 20),
    "LZ12": (Measure.COUNT, 1, 3, 1),
    "LZ13": (Measure.AREA, 20, 150, 5),
    "LC": (Measure.VOLUME, 30, 90, 5),
    "SZ": (Measure.LENGTH, 80, 400, 10),
    "SZ04": (Measure.COUNT, 30, 80, 5),
    "SZ05": (Measure.AREA, 300, 800, 20),
    "SG01": (Measure.LENGTH, 15, 60, 1),
    "AH01": (Measure.LENGTH, 800, 2000, 100),
}
_FIXED: dict[tuple[str, Severity], tuple[Measure, tuple[float, ...]]] = {
    ("LD01", _SERIOUS): (Measure.VOLUME, (85,)),
    ("LD02", _SERIOUS): (Measure.VOLUME, (45, 230, 160, 60)),
    ("LD07", _SERIOUS): (Measure.VOLUME, (190,)),
    ("LD02", _MAJOR): (Measure.VOLUME, (620,)),
    ("LD07", _MAJOR): (Measure.VOLUME, (700,)),
    ("LJ02", _SERIOUS): (Measure.AREA, (420,)),
    ("LJ05", _SERIOUS): (Measure.AREA, (500,)),
    ("LZ03", _MAJOR): (Measure.AREA, (5200,)),
    ("LZ10", _MAJOR): (Measure.AREA, (5100,)),
}
# These take up what the others leave of a total.
_REST = {WorkKind.RUBBISH: ("LD07", _MAJOR), WorkKind.DEMOLISHED: ("LJ05", _SERIOUS)}
_DREDGED = {"R12": (1.5,), "R13": (1.8, 1.6), "R07": (0.9,), "R09": (0.8,)}
_CANALS = ("R12", "R13")


def measure_cases(cases: Sequence[Case], random: Random) -> None:
    """Give every case its size, and every report of rectification the work that was done."""
    used: dict[object, int] = {}
    for case in cases:
        case.measure = _size(case, used, random)
    for case in cases:
        for move in case.submissions:
            move.work = _work(case, again=move is not case.submissions[0])
    for kind, whose in _REST.items():
        _take_rest(cases, kind, whose)
    _share(
        cases,
        WorkKind.FLOATING,
        lambda case: float(case.leaf in ("BJ01", "BJ02")) + 3 * (case.leaf == "SZ05"),
    )
    _share(cases, WorkKind.LABOUR, lambda case: _LABOUR[case.severity] + case.measure % 3)
    _share(cases, WorkKind.MACHINE, _machine)
    _share(cases, WorkKind.MONEY, _money)


def measure_of(case: Case) -> Measure:
    """What the leaf of *case* is measured in."""
    fixed = _FIXED.get((case.leaf, case.severity))
    if fixed:
        return fixed[0]
    size = _SIZES.get(case.leaf) or _SIZES.get(case.group)
    return size[0] if size else Measure.COUNT


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Cut *total* into whole parts in proportion to *weights*; the greatest remainders get one more."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _size(case: Case, used: dict[object, int], random: Random) -> float:
    key: object = (case.leaf, case.severity)
    fixed = _FIXED.get((case.leaf, case.severity))
    values = fixed[1] if fixed else None
    if case.leaf == "AH01":
        key, values = case.reach, tuple(round(km * 1000) for km in _DREDGED[case.reach])
    if values is not None:
        used[key] = used.get(key, 0) + 1
        return values[(used[key] - 1) % len(values)]
    size = _SIZES.get(case.leaf) or _SIZES.get(case.group)
    if size is None:
        return 1
    _, least, most, step = size
    return least + step * random.randrange(int((most - least) / step) + 1)


def _work(case: Case, *, again: bool) -> dict[WorkKind, float]:
    if again:
        return {WorkKind.RUBBISH: 2.0} if case.group == "LD" else {}
    if case.group == "LD" or case.leaf == "BJ04":
        return {WorkKind.RUBBISH: case.measure}
    if case.leaf == "BJ05":
        return {WorkKind.RUBBISH: 1.5}
    if case.leaf == "AH01":
        kind = WorkKind.DREDGED_CANAL if case.reach in _CANALS else WorkKind.DREDGED_RIVER
        return {kind: round(case.measure / 1000, 1)}
    if case.group == "LJ" and case.leaf != "LJ08":
        return {WorkKind.DEMOLISHED: case.measure}
    return {}


def _of_year(cases: Sequence[Case]) -> list[tuple[Case, dict[WorkKind, float]]]:
    return [
        (case, move.work)
        for case in cases
        for move in case.submissions
        if move.day.year == YEAR and move.work is not None
    ]


def _take_rest(cases: Sequence[Case], kind: WorkKind, whose: tuple[str, Severity]) -> None:
    done = _of_year(cases)
    taker, work = next((case, work) for case, work in done if (case.leaf, case.severity) == whose)
    others = sum(work.get(kind, 0.0) for case, work in done if case is not taker)
    taker.measure = work[kind] = TOTALS[kind][0] - others


def _share(cases: Sequence[Case], kind: WorkKind, weigh: Callable[[Case], float]) -> None:
    done = [(work, weigh(case)) for case, work in _of_year(cases) if weigh(case) > 0]
    total, step = TOTALS[kind]
    parts = apportion(round(total / step), [weight for _, weight in done])
    for (work, _), part in zip(done, parts, strict=True):
        if part:
            work[kind] = round(part * step, 2)


_LABOUR = {_MINOR: 4, _SERIOUS: 18, _MAJOR: 60}


def _machine(case: Case) -> float:
    if case.group in ("LD", "LJ", "AH", "SG", "LZ"):
        return {_MINOR: 0.4, _SERIOUS: 4, _MAJOR: 14}[case.severity] * (5 if case.leaf == "AH01" else 1)
    return 0


def _money(case: Case) -> float:
    if case.leaf == "AH01":
        return 10
    base = {_MINOR: 0.0, _SERIOUS: 8, _MAJOR: 25}[case.severity]
    return base + (0.5 if case.group in ("BP", "PW", "SG") else 0)
