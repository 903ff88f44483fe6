"""What a saved report asks for: conditions taken from a list ask for the same problems again."""

from __future__ import annotations

from datetime import date

import pytest

from river_chief.errors import Refusal
from river_chief.figures.report_scope import conditions_of, problems_of
from river_chief.figures.window import Window
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.queries.worklist import work_lists
from river_chief.rules.periods import Span
from river_chief.terms import Disposal, Severity, Source, State
from river_chief.verbs.input import understood
from river_chief.verbs.report_definition import Conditions, Definition

TODAY, SOON = date(2025, 3, 31), 5
WINDOW = Window.of(Span(date(2025, 3, 1), TODAY), TODAY)
LISTS = work_lists(TODAY, SOON)
NAMED = [key for key in LISTS if key != "held_past"]


def of_any_day(conditions: Conditions, day: date = TODAY, **values: object) -> ProblemFilter:
    asked = {"shape": "list", "columns": ["number"], "conditions": conditions, **values}
    return problems_of(understood(Definition, asked), WINDOW, day, SOON)


@pytest.mark.parametrize("key", NAMED)
def test_a_quick_list_asks_for_the_same_again(key: str) -> None:
    asked = LISTS[key].filter
    again = of_any_day(conditions_of(asked, TODAY))
    assert again == asked.only(drafts=State.DRAFT in asked.states)


def test_the_conditions_of_the_bar_are_kept() -> None:
    asked = ProblemFilter(
        text="石桥",
        villages=(3,),
        groups=("LD",),
        severities=(Severity.MAJOR,),
        sources=tuple(Source)[:1],
        disposals=tuple(Disposal)[:1],
        found=(date(2025, 1, 1), None),
        drafts=False,
    )
    assert of_any_day(conditions_of(asked, TODAY)) == asked


def test_what_moves_with_the_day_does() -> None:
    later = date(2025, 4, 20)
    overdue = of_any_day(conditions_of(LISTS["overdue"].filter, TODAY), later)
    assert overdue.overdue_on == later
    soon = of_any_day(conditions_of(LISTS["due_soon"].filter, TODAY), later)
    assert (soon.due_by, soon.deadline) == (date(2025, 4, 25), (later, date(2025, 4, 25)))


@pytest.mark.parametrize(
    "asked",
    [
        ProblemFilter(ids=(1, 2)),
        ProblemFilter(numbers=("砚2025-001",)),
        ProblemFilter(rounds=RoundFilter(stock_on=TODAY)),
        ProblemFilter(batch=4),
        ProblemFilter(reported=False),
        LISTS["held_past"].filter,
    ],
)
def test_problems_picked_one_by_one_make_no_report(asked: ProblemFilter) -> None:
    with pytest.raises(Refusal, match="不能存为报表"):
        conditions_of(asked, TODAY)


def test_days_of_the_period_and_of_the_conditions_both_hold() -> None:
    given = Conditions(found=(date(2025, 3, 10), None))
    both = of_any_day(given, days_of="found")
    assert both.found == (date(2025, 3, 10), TODAY)
    stock = of_any_day(given, days_of="stock")
    assert stock.rounds == RoundFilter(stock_during=(WINDOW.first, TODAY))
