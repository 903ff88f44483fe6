"""更正 on paper: what reads otherwise in months already closed, and the problems that made it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from river_chief.figures.correction import Correction, ProblemChanged
from river_chief.papers.document import Cell, Cells, Column, Kind, Table
from river_chief.rules.rounding import NOTHING, half_up

_FIGURES = (
    Column("月份", 5),
    Column("版次", 3, Kind.ORDER),
    Column("统计项目", 9),
    Column("原报", 5, Kind.NUMBER),
    Column("更正后", 5, Kind.NUMBER),
    Column("增减", 6, Kind.NUMBER),
)
_PROBLEMS = (
    Column("月份", 5),
    Column("问题编号", 6, Kind.CODE),
    Column("改了什么", 14),
    Column("影响的数字", 12),
    Column("日志（谁、什么时候、办了什么）", 16),
)
_NAMED = 3


def correction_tables(corrections: Iterable[Correction]) -> Iterator[Table]:
    """The figures of closed months that are corrected, and the problems; nothing where there is no correction."""
    told = tuple(corrections)
    if not told:
        return
    figures = [row for each in told for row in _figures(each)]
    yield Table(_FIGURES, tuple(figures), caption="更正表一　已月结月份数字的更正", empty="合计数字没有变化")
    problems = [_problem(each, one) for each in told for one in each.problems]
    if problems:
        yield Table(_PROBLEMS, tuple(problems), caption="更正表二　更正涉及的问题")


def _figures(correction: Correction) -> Iterator[Cells]:
    head = (Cell(_month(correction)), Cell(f"{correction.edition}", correction.edition))
    for count in correction.counts:
        yield (
            *head,
            Cell(count.name),
            Cell(f"{count.before}", count.before),
            Cell(f"{count.after}", count.after),
            Cell(f"{count.difference:+d}", count.difference),
        )
    for rate in correction.rates:
        points = rate.points
        change = NOTHING if points is None else f"{half_up(points, rate.after.digits):+f}个百分点"
        yield (*head, Cell(rate.name), Cell(rate.before.text), Cell(rate.after.text), Cell(change))
    if correction.average_before != correction.average_after:
        days = (_days(each) for each in (correction.average_before, correction.average_after))
        yield (*head, Cell("平均整改天数"), *map(Cell, days), Cell())
    for duty in correction.duties:
        for each in duty.figures:
            yield (
                *head,
                Cell(f"{duty.area}{duty.name}{each.name}"),
                Cell(f"{each.before}", each.before),
                Cell(f"{each.after}", each.after),
                Cell(f"{each.difference:+d}", each.difference),
            )
    for work in correction.work:
        difference = half_up(work.after, 2) - half_up(work.before, 2)
        yield (
            *head,
            Cell(f"{work.kind.label}（{work.kind.unit}）"),
            Cell(f"{work.before:g}", work.before),
            Cell(f"{work.after:g}", work.after),
            Cell(f"{difference:+f}", difference),
        )


def _problem(correction: Correction, problem: ProblemChanged) -> Cells:
    facts = "；".join(f"{each.name} {each.before} → {each.after}" for each in problem.facts)
    counts = [f"{each.name}{each.difference:+d}" for each in problem.counts if "." not in each.key]
    rates = [f"{each.name}{each.difference:+d}" for each in problem.counts if "." in each.key]
    acts = [f"{act.at.astimezone():%Y-%m-%d} {act.by}：{act.sentence}" for act in problem.acts[-_NAMED:]]
    return (
        Cell(_month(correction)),
        Cell(problem.number),
        Cell(facts or _came_or_went(problem)),
        Cell("，".join(counts or rates) or "所在的分项"),
        Cell("；".join(acts)),
    )


def _came_or_went(problem: ProblemChanged) -> str:
    """What to say where no fact of the problem differs."""
    if not any(each.before for each in problem.counts):
        return "新计入"
    return "办理情况有变" if any(each.after for each in problem.counts) else "不再计入"


def _month(correction: Correction) -> str:
    return f"{correction.year}年{correction.month}月"


def _days(days: float | None) -> str:
    return NOTHING if days is None else f"{half_up(days, 1)}天"
