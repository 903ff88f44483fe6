"""附表: the problems behind every number of the stock and every rate, so that the level above can check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from river_chief.figures.measures import DEADLINES, STOCK, Measure
from river_chief.figures.proof import Proven, prove
from river_chief.papers.document import Cell, Cells, Column, Group, Kind, Table
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_notes import rate_name, rate_sentence
from river_chief.papers.kinds.monthly_tables import number
from river_chief.rules.number_runs import number_runs

_COLUMNS = (
    Column("项目", 7),
    Column("件数", 4, Kind.NUMBER),
    Column("问题编号", 60),
)
_NOTE = (
    "编号按顺序列出，“～”表示连续编号，相同的字头只写一次；同一问题计几次的写明次数（反弹后另计一轮，验收按次计），"
    "各行编号的次数之和等于件数。"
)


def proof_tables(facts: MonthlyFacts) -> Iterator[Table]:
    """附表一 the stock and its flows, 附表二 numerator and denominator of every rate."""
    proof = prove(facts.wanted.session, facts.figures.window)
    measures = (*STOCK, *DEADLINES)
    yield Table(
        _COLUMNS,
        tuple(_row(_name(facts, each), each.key, proof) for each in measures),
        caption="附表一　存量、增减和时限各数所含的问题",
        notes=(_NOTE,),
    )
    rows: list[Cells | Group] = []
    for figure in facts.figures.rates:
        ratio = figure.ratio
        rows.append(
            Group(f"{rate_name(facts, figure.key)}　{ratio.text}（{ratio.numerator}/{ratio.denominator}）")
        )
        rows.append(_row("分子", f"{figure.key}.numerator", proof))
        rows.append(_row("分母", f"{figure.key}.denominator", proof))
    yield Table(
        _COLUMNS,
        tuple(rows),
        caption="附表二　各项比率的分子、分母所含的问题",
        notes=tuple(rate_sentence(facts, figure.key) for figure in facts.figures.rates),
    )


def _name(facts: MonthlyFacts, measure: Measure) -> str:
    return f"{facts.after}到期" if measure.key == "due_next" else measure.name


def _row(name: str, key: str, proof: Mapping[int, Proven]) -> Cells:
    counted = {each.facts.number: times for each in proof.values() if (times := each.counts.get(key))}
    return Cell(name), number(sum(counted.values())), Cell(number_runs(counted))
