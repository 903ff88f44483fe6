"""Ranks of villages: by the official rate and its direction, against the period before, with their lights."""

from __future__ import annotations

import pytest

from river_chief.figures.breakdown import Line
from river_chief.figures.by import lines_by
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.rules.periods import Span, month_range
from river_chief.terms import Action, Light
from river_chief.verbs import office as offices
from river_chief.verbs.office import settings_of
from tests.builders import Office

FEBRUARY, MARCH = month_range(2025, 2), month_range(2025, 3)
NAMES = ("柳塘村", "石埠村", "杨湾村", "新桥村")


@pytest.fixture
def worked(empty: Office) -> Office:
    """In February 柳塘村 leads 石埠村; in March 石埠村 and 新桥村 share the first place; 杨湾村 has no task."""
    ids = {
        name: empty.village(name, f"99012110320{place}")
        for place, name in zip((3, 2, 4, 5), NAMES, strict=True)
    }
    reach = empty.reach("柳塘河", ids["柳塘村"])
    first = empty.problem(ids["柳塘村"], reach, on="2025-02-03")
    empty.close(first, on="2025-02-10")
    second = empty.problem(ids["石埠村"], reach, on="2025-02-03")
    empty.problem(ids["柳塘村"], reach, on="2025-03-03")
    empty.close(second, on="2025-03-05", unit="石埠村")
    third = empty.problem(ids["新桥村"], reach, on="2025-03-06")
    empty.close(third, on="2025-03-07", unit="新桥村")
    return empty


def figures(office: Office, span: Span = MARCH) -> MonthFigures:
    with office.database.read() as session:
        return monthly(session, settings_of(session), span, office.today)


def by_name(office: Office, span: Span = MARCH) -> dict[str, Line]:
    return {line.name: line for line in figures(office, span).by_village}


def test_ranks_are_held_against_the_period_before(worked: Office) -> None:
    lines = by_name(worked)
    assert {name: (line.rank, line.rank_before, line.change_words) for name, line in lines.items()} == {
        "石埠村": (1, 2, "↑1"),
        "新桥村": (1, None, "新"),
        "柳塘村": (3, 1, "↓2"),
        "杨湾村": (None, None, "—"),
    }
    assert (lines["石埠村"].rank_change, lines["柳塘村"].rank_change) == (1, -2)
    assert (lines["杨湾村"].rank_change, lines["杨湾村"].rank_words) == (None, "无任务")
    february = by_name(worked, FEBRUARY)
    assert [february[name].change_words for name in NAMES] == ["新", "新", "—", "—"]


def test_the_quarter_is_held_against_the_quarter_before(worked: Office) -> None:
    quarter = by_name(worked, Span(month_range(2025, 1).first, MARCH.last))
    assert [quarter[name].rank for name in NAMES] == [3, 1, None, 1]
    assert {line.rank_before for line in quarter.values()} == {None}


def test_every_ranked_line_has_its_light(worked: Office) -> None:
    lines = by_name(worked)
    assert lines["石埠村"].light is Light.GREEN
    assert lines["石埠村"].light_words == "● 绿"
    assert (lines["柳塘村"].light, lines["柳塘村"].light_words) == (Light.RED, "■ 红")
    assert (lines["杨湾村"].light, lines["杨湾村"].light_words) == (None, "—")
    assert lines["柳塘村"].lights["relapse_rate"] is Light.GREEN
    assert "on_time_rate" not in lines["柳塘村"].lights  # nothing was due


def test_an_official_rate_of_which_less_is_better_ranks_the_least_first(worked: Office) -> None:
    worked.do(offices.change_settings, offices.SettingChange, values={"official_rate": "overdue_rate"})
    late, soon = (
        line for line in figures(worked).by_village if line.name in ("柳塘村", "新桥村")
    )  # 柳塘村 has one unfinished problem, 新桥村 none
    assert (late.name, late.rank, soon.rank) == ("柳塘村", 1, None)
    ids = {line.name: line.key for line in figures(worked).by_village}
    overdue = worked.problem(int(ids["石埠村"] or 0), 1, on="2025-03-02")
    worked.step(overdue, Action.VERIFY, happened_at="2025-03-02")
    worked.step(overdue, Action.ASSIGN, happened_at="2025-03-02", unit="石埠村", deadline="2025-03-09")
    lines = by_name(worked)
    assert {name: lines[name].rank for name in NAMES} == {
        "柳塘村": 1,
        "石埠村": 2,
        "杨湾村": None,
        "新桥村": None,
    }
    assert (lines["石埠村"].light, lines["柳塘村"].light) == (Light.RED, Light.GREEN)
    assert lines["柳塘村"].rank_before is None  # nothing was unfinished at the end of February but 石埠村
    assert lines["石埠村"].rank_before == 1


@pytest.mark.parametrize("dimension", [Dimension.VILLAGE, Dimension.UNIT, Dimension.WATER, Dimension.REACH])
def test_any_ranked_breakdown_has_the_same(worked: Office, dimension: Dimension) -> None:
    with worked.database.read() as session:
        settings = settings_of(session)
        lines = lines_by(session, settings, Window.of(MARCH, worked.today), dimension)
    if dimension is Dimension.VILLAGE:
        assert {line.name: line for line in lines} == by_name(worked)
    assert all((line.rank is None) is (line.light is None) for line in lines)
    assert any(line.rank_before for line in lines)
