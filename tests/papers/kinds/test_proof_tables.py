"""The appendix that names the problems behind every number."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.figures.month import monthly
from river_chief.figures.rows import rows_behind
from river_chief.figures.window import Window
from river_chief.papers.document import Group, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import render_pdf
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.terms import Action
from river_chief.verbs.office import settings_of
from tests.papers.kinds.conftest import APRIL_2, MARCH, March
from tests.papers.reading import packed, pages_of

_PIECE = re.compile(r"(\D*?\d{4}-)?(\d+)(?:～(\d+))?(?:（计(\d+)次）)?")


def spelled_out(text: str) -> list[str]:
    """The numbers a cell names, each as often as it counts."""
    found, before = [], ""
    for piece in filter(None, text.split("、")):
        match = _PIECE.fullmatch(piece)
        assert match is not None, piece
        before = match[1] or before
        first, last = int(match[2]), int(match[3] or match[2])
        for place in range(first, last + 1):
            found += [f"{before}{place:0{len(match[2])}}"] * int(match[4] or 1)
    return found


def appendix(session: Session, span: Span, today: date) -> tuple[Table, Table]:
    document = produce(session, "monthly", span=span, today=today, appendix=True)
    first, second = (each for each in document.tables if each.caption.startswith("附表"))
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    return first, second


def check(session: Session, span: Span, today: date) -> None:
    """Every cell names exactly the problems a click on the number shows, as often as they count."""
    settings = settings_of(session)
    figures = monthly(session, settings, span, today)
    stock, rates = appendix(session, span, today)
    window = Window.of(span, today, settings.period_start_day)
    keys = [*figures.stock.__dataclass_fields__, "due", "on_time", "overdue", "due_next"]
    rows = list(zip(keys, stock.cell_rows, strict=True))
    groups = [row.text for row in rates.rows if isinstance(row, Group)]
    assert len(groups) == len(figures.rates)
    parts = [f"{figure.key}.{part}" for figure in figures.rates for part in ("numerator", "denominator")]
    rows += zip(parts, rates.cell_rows, strict=True)
    for key, (_, count, numbers) in rows:
        named = spelled_out(numbers.text)
        behind = PROBLEM_LEDGER.all(session, rows_behind(window, key), today)
        assert len(named) == count.value
        assert set(named) == {row["number"] for row in behind}
    for figure in figures.rates:
        at = parts.index(f"{figure.key}.numerator")
        counts = [row[1].value for row in list(rates.cell_rows)[at : at + 2]]
        assert counts == [figure.ratio.numerator, figure.ratio.denominator]


def test_numbers_of_a_small_ledger(session: Session) -> None:
    check(session, MARCH, APRIL_2)


def test_a_problem_that_counts_twice_is_named_twice(march: March) -> None:
    office = march.office
    office.today = date(2025, 4, 30)
    id = march.ids["closed, relapsed in April"]
    for day in ("2025-04-05", "2025-04-08"):
        office.step(id, Action.SUBMIT, happened_at=day, progress="又清完")
        office.step(id, Action.REJECT, happened_at=day, words="没清完")
    with office.database.read() as session:
        april = Span(date(2025, 4, 1), date(2025, 4, 30))
        check(session, april, office.today)
        _, rates = appendix(session, april, office.today)
    assert any("砚2025-004（计2次）" in row[2].text for row in rates.cell_rows)


@pytest.mark.parametrize("month", [3, 9])
def test_numbers_of_the_sample(township: Path, month: int) -> None:
    with Database.open(township) as database, database.read() as session:
        check(session, settings_of(session).month(2025, month), date(2026, 3, 31))


def test_it_stands_at_the_end_and_only_where_asked_for(session: Session) -> None:
    plain = produce(session, "monthly", span=MARCH, today=APRIL_2)
    asked = produce(session, "monthly", span=MARCH, today=APRIL_2, appendix=True)
    assert len(asked.tables) == len(plain.tables) + 2
    text = packed("".join(pages_of(render_pdf(asked))))
    assert "附表二各项比率的分子、分母所含的问题" in text
