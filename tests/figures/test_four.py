"""四比 of a real ledger, by hand; and of the sample, against the tables these figures also stand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from river_chief.errors import Refusal
from river_chief.figures.four import FourFigures, Mean, VillageFour, four_figures
from river_chief.figures.four_closed import compared as compared_closed
from river_chief.figures.four_closed import problems_told
from river_chief.figures.four_rows import BEHIND, Rows, logs_of, number_of, problems_of
from river_chief.figures.month import monthly
from river_chief.figures.ratio import Ratio
from river_chief.papers.month_closing import close_month
from river_chief.queries.patrols import PATROL_LEDGER
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.four_words import FOUR
from river_chief.rules.periods import Span, month_range
from river_chief.storage.database import Database
from river_chief.terms import Action, Light
from river_chief.verbs import office as offices
from river_chief.verbs.office import settings_of
from tests.builders import CLERK, Office

MARCH = month_range(2025, 3)
ROUNDS = "average_days due on_time on_time_rate overdue overdue_rate relapse_rate rejection_rate".split()


@pytest.fixture
def worked(empty: Office) -> Office:
    """柳塘村 patrols and finds, but is late; 石埠村 closes what the county found; 杨湾村 has no task at all."""
    villages = {
        name: empty.village(name, f"99012110320{place}")
        for name, place in (("柳塘村", 3), ("石埠村", 2), ("杨湾村", 4))
    }
    reach = empty.reach("柳塘河", villages["柳塘村"])
    tenure = empty.chief("赵春", villages["柳塘村"], reach)
    empty.patrol(tenure, reach, at="2025-03-05 09:00", has_finding=True, finding="垃圾")
    empty.patrol(tenure, reach, at="2025-03-12 09:00")
    old = empty.problem(villages["柳塘村"], reach, on="2025-02-03")
    empty.close(old, on="2025-02-10")
    late = empty.problem(villages["柳塘村"], reach, on="2025-03-03")
    step(empty, late, Action.VERIFY, 3)
    step(empty, late, Action.ASSIGN, 3, unit="柳塘村", deadline="2025-03-10")
    empty.problem(villages["柳塘村"], reach, on="2025-03-20")
    county = empty.problem(villages["石埠村"], reach, on="2025-03-04", source="Y04")
    empty.close(county, on="2025-03-06", unit="石埠村")
    return empty


def step(office: Office, problem: int, action: Action, day: int, **values: Any) -> None:
    office.step(problem, action, happened_at=f"2025-03-{day:02}", **values)


def compared(office: Office, span: Span = MARCH, today: date | None = None) -> FourFigures:
    with office.database.read() as session:
        return four_figures(session, settings_of(session), span, today or office.today)


def village(four: FourFigures, name: str) -> VillageFour:
    return next(each for each in four.villages if each.name == name)


def texts(found: VillageFour, side: str) -> list[str]:
    keys = next(each for each in FOUR if each.key == side).figures
    return [found.figures[each.key].text for each in keys]


def test_the_four_comparisons_of_each_village(worked: Office) -> None:
    four = compared(worked)
    assert [each.name for each in four.villages] == ["石埠村", "柳塘村", "杨湾村"]
    own, other, idle = village(four, "柳塘村"), village(four, "石埠村"), village(four, "杨湾村")
    assert texts(own, "amount") == ["2", "2", "100.0%", "2", "1", "50.0%"]
    assert texts(other, "amount") == ["1", "0", "0.0%", "0", "0", "—"]
    assert texts(own, "speed") == ["1", "0", "0.0%", "—", "1", "50.0%"]
    assert texts(other, "speed")[3] == "0.0"
    assert texts(own, "effect") == ["3", "1", "33.3%", "0.0%", "2", "+2"]
    assert texts(other, "effect") == ["1", "1", "100.0%", "0.0%", "0", "0"]
    assert own.figures["compliance"] == Ratio(2, 5)  # five weeks end in March
    assert (four.name, four.before, four.total.figures["found"].text) == ("2025年3月", "上月", "3")
    assert four.total.figures["average_days"] == Mean(0, 1)
    assert {each.text for each in idle.figures.values()} <= {"0", "—"}


def test_each_comparison_ranks_by_its_own_figure_and_one_without_task_is_not_last(worked: Office) -> None:
    four = compared(worked)
    places = {each.name: {key: place.rank for key, place in each.places.items()} for each in four.villages}
    assert (
        places
        == {
            "柳塘村": {"amount": 1, "quality": 1, "speed": 2, "effect": 2},
            "石埠村": {"amount": 2, "quality": None, "speed": 1, "effect": 1},
            "杨湾村": {"amount": None, "quality": None, "speed": None, "effect": None},
        }
        or places["石埠村"]["speed"] is None
    )
    effect = village(four, "柳塘村").places["effect"]
    assert (effect.before, effect.change_words, effect.light) == (1, "↓1", Light.RED)
    assert effect.light_words == "■ 红"
    idle = village(four, "杨湾村").places["effect"]
    assert (idle.rank_words, idle.change_words, idle.light_words) == ("无任务", "—", "—")
    assert village(four, "石埠村").places["effect"].change_words == "新"
    assert four.total.places == {}


def test_the_office_chooses_what_ranks(worked: Office) -> None:
    leads = {"lead_amount": "finding_rate", "lead_speed": "average_days", "lead_effect": "change"}
    worked.do(offices.change_settings, offices.SettingChange, values=leads)
    four = compared(worked)
    assert [four.lead_name(side) for side in four.sides] == [
        "巡河发现率",
        "巡河达标率",
        "平均整改天数",
        "存量变化",
    ]
    own, other = village(four, "柳塘村"), village(four, "石埠村")
    assert (own.places["amount"].rank, other.places["amount"].rank) == (1, None)
    assert (own.places["speed"].rank, other.places["speed"].rank) == (None, 1)
    assert (own.places["effect"].rank, other.places["effect"].rank) == (2, 1)


def test_a_period_still_to_come_is_refused(worked: Office) -> None:
    with pytest.raises(Refusal, match="还没有到"):
        compared(worked, month_range(2025, 4))


@pytest.fixture(scope="module")
def sample(township: Path) -> Iterator[Database]:
    with Database.open(township) as database:
        yield database


SPANS = [
    month_range(2025, 9),
    Span(date(2025, 7, 1), date(2025, 9, 30)),
    Span(date(2025, 1, 1), date(2025, 12, 31)),
]


@pytest.mark.parametrize("span", SPANS)
def test_every_figure_of_the_sample_has_exactly_its_rows(sample: Database, span: Span) -> None:
    today = date(2026, 3, 31)
    with sample.read() as session:
        four = four_figures(session, settings_of(session), span, today)
        asked = 0
        for each in (*four.villages, four.total):
            for key, behind in BEHIND.items():
                for whole in (False, True)[: 2 if behind.whole else 1]:
                    number = number_of(each, key, whole=whole)
                    asked += bool(number)
                    if behind.rows is Rows.LOGS:
                        rows = PATROL_LEDGER.count(session, logs_of(four, key, each, whole=whole))
                        assert rows == number, (each.name, key)
                    elif behind.rows is Rows.PERSONS:
                        part = behind.whole if whole else behind.part
                        assert number == (0 if each.duty is None else getattr(each.duty, part))
                    else:
                        rows = PROBLEM_LEDGER.count(session, problems_of(four, key, each, whole=whole))
                        assert bool(rows) is bool(number), (each.name, key)
                        # A problem that came back may stand twice in a number of rounds.
                        assert rows <= number if key in ROUNDS else rows == number, (each.name, key)
    assert asked > 100


@pytest.mark.parametrize("span", SPANS)
def test_the_same_figures_stand_in_the_report_of_the_period(sample: Database, span: Span) -> None:
    today = date(2026, 3, 31)
    with sample.read() as session:
        settings = settings_of(session)
        four, month = four_figures(session, settings, span, today), monthly(session, settings, span, today)
    lines = {line.key: line for line in month.by_village}
    duty = {line.area_id: line for line in month.patrols.by_village}
    for each in four.villages:
        line = lines[each.key]
        for rate in line.rates:
            if rate.key in each.figures:
                assert each.figures[rate.key] == rate.ratio, (each.name, rate.key)
        assert each.figures["average_days"].value == line.average_days
        assert each.figures["change"].value == line.stock.ending - line.stock.opening
        assert each.places["effect"].rank == line.rank
        assert each.places["effect"].before == line.rank_before
        assert each.places["effect"].light is line.light
        own = next(line for area, line in duty.items() if area == each.key)
        assert (each.figures["compliance"], each.figures["patrols"].value) == (own.compliance, own.patrols)
    assert four.total.figures["closing_rate_cumulative"] == month.rate("closing_rate_cumulative").ratio
    assert four.total.figures["average_days"].value == month.average_days


def test_a_closed_month_keeps_its_comparisons_and_their_rows(worked: Office) -> None:
    worked.today = date(2025, 4, 2)
    with worked.database.write(by=CLERK, today=worked.today) as writer:
        close_month(writer, 2025, 3)
    with worked.database.read() as session:
        settings = settings_of(session)
        closed = compared_closed(session, settings, MARCH, worked.today)
    late = village(closed, "柳塘村")
    gone = number_of(late, "ever_found")
    extra = worked.problem(int(late.key or 0), 1, on="2025-03-30")
    worked.step(extra, Action.VERIFY, happened_at="2025-03-30")
    with worked.database.read() as session:
        again = compared_closed(session, settings, MARCH, worked.today)
        assert again == closed
        assert number_of(
            village(four_figures(session, settings, MARCH, worked.today), "柳塘村"), "ever_found"
        ) == (gone + 1)
        for each in again.villages:
            for key in ("found", "ever_found", "ending", "overdue"):
                filter = problems_told(session, again, key, each)
                assert PROBLEM_LEDGER.count(session, filter) == number_of(each, key), (each.name, key)
        april = compared_closed(session, settings, month_range(2025, 4), worked.today)
        ranks = {each.name: each.places["effect"].rank for each in again.villages}
        assert {each.name: each.places["effect"].before for each in april.villages} == ranks
