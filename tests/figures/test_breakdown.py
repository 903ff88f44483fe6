"""What stands in the tables besides what is in use."""

from __future__ import annotations

from datetime import date

import pytest

from river_chief.figures.breakdown import Line
from river_chief.figures.month import MonthFigures, monthly
from river_chief.queries import choices
from river_chief.rules.periods import Span
from river_chief.terms import Severity, Source
from river_chief.verbs import office as offices
from river_chief.verbs import waters
from river_chief.verbs.office import settings_of
from tests.builders import Office

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))


def march(office: Office) -> MonthFigures:
    with office.database.read() as session:
        return monthly(session, settings_of(session), MARCH, office.today)


def names(lines: tuple[Line, ...]) -> list[str]:
    return [line.name for line in lines]


def test_an_empty_ledger_has_every_line_and_no_rate(empty: Office) -> None:
    month = march(empty)
    assert month.balances
    assert month.by_village == ()
    assert [line.key for line in month.by_severity] == list(Severity)
    assert [line.key for line in month.by_source] == list(Source)
    assert {"LZ", "LC", "LD", "LJ", "QT"} <= {line.key for line in month.by_category}
    assert all(line.is_empty for line in (*month.by_category, *month.by_severity, *month.by_source))
    assert {figure.text for figure in month.rates} == {"—"}
    assert month.average_days is None
    assert month.patrols.total.compliance.text == "—"
    assert (month.overdue, month.due_next, month.work) == ((), (), {})


def test_a_village_no_longer_in_use_keeps_its_figures(empty: Office, village: int, reach: int) -> None:
    other = empty.village("石埠村")
    gone = empty.village("旧村")
    empty.problem(gone, reach)
    empty.do(waters.retire_area, waters.Retirement, id=gone)
    assert names(march(empty).by_village) == ["石埠村", "柳塘村", "旧村"]
    with empty.database.read() as session:
        assert [choice.id for choice in choices.villages(session)] == [other, village]


def test_a_problem_of_two_campaigns_counts_in_both(empty: Office, village: int, reach: int) -> None:
    made = [
        empty.do(offices.add_campaign, offices.NewCampaign, name=name).id for name in ("春季行动", "秋季行动")
    ]
    empty.problem(village, reach, campaign_ids=made)
    empty.problem(village, reach, campaign_ids=made[:1])
    lines = {line.name: line for line in march(empty).by_campaign}
    assert (lines["春季行动"].stock.found, lines["秋季行动"].stock.found) == (2, 1)
    assert lines["四乱"].is_empty


@pytest.mark.parametrize("digits", [1, 2])
def test_rates_print_with_the_digits_of_the_office(
    empty: Office, village: int, reach: int, digits: int
) -> None:
    empty.do(offices.change_settings, offices.SettingChange, values={"rate_digits": digits})
    for _ in range(2):
        empty.problem(village, reach)
    empty.close(empty.problem(village, reach))
    month = march(empty)
    expected = "33.3%" if digits == 1 else "33.33%"
    assert month.rate("closing_rate_cumulative").text == expected
    assert month.by_village[0].rate("closing_rate_cumulative").text == expected
