from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from river_chief.rules.four_words import FOUR
from river_chief.rules.numbering import paper_number, problem_number
from river_chief.rules.office import OfficeSettings
from river_chief.rules.rate_words import WORDS
from river_chief.terms import PaperKind

SETTINGS = OfficeSettings.for_place("砚溪镇", "990121103")


def test_a_new_office_is_named_after_its_place() -> None:
    assert SETTINGS.office_name == "砚溪镇河长制办公室"
    assert SETTINGS.place_name == "砚溪镇"
    assert SETTINGS.short == "砚"
    assert SETTINGS.area_code == "990121103"


def test_every_setting_has_words_for_the_settings_page() -> None:
    for name, field in OfficeSettings.model_fields.items():
        assert field.title, name
        assert field.description, name
        assert field.description.endswith("。"), name
    titles = [field.title for field in OfficeSettings.model_fields.values()]
    assert len(set(titles)) == len(titles)


def test_settings_survive_being_stored_as_rows_of_json() -> None:
    changed = SETTINGS.model_copy(update={"due_soon_days": 9, "rate_digits": 2})
    rows = {name: json.dumps(value) for name, value in changed.model_dump(mode="json").items()}
    assert OfficeSettings.model_validate({name: json.loads(text) for name, text in rows.items()}) == changed


def test_settings_are_frozen() -> None:
    name = "short"
    with pytest.raises(ValidationError, match="frozen"):
        setattr(SETTINGS, name, "澜")


def test_what_hangs_together() -> None:
    assert date(2025, 4, 1) in SETTINGS.flood_season
    assert date(2025, 10, 1) not in SETTINGS.flood_season
    assert SETTINGS.month(2025, 2) == (date(2025, 2, 1), date(2025, 2, 28))
    shifted = SETTINGS.model_copy(update={"period_start_day": 26})
    assert shifted.month(2025, 3) == (date(2025, 2, 26), date(2025, 3, 25))
    assert problem_number(SETTINGS.short, 2025, 31, SETTINGS.problem_pattern) == "砚2025-031"
    number = paper_number(
        SETTINGS.short, PaperKind.ASSIGN, 2025, 15, SETTINGS.paper_pattern, SETTINGS.office_word
    )
    assert number == "砚河长办交〔2025〕15号"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flood_from", "4月1日"),
        ("flood_to", "13-01"),
        ("flood_to", "03-31"),
        ("period_start_day", 29),
        ("period_start_day", 0),
        ("rate_digits", 3),
        ("area_code", "12345"),
        ("short", "  "),
        ("problem_pattern", "{年}"),
        ("paper_pattern", "{简称}〔{年}〕{序号}号"),
        ("merge_accept_close", "也许"),
        ("official_rate", "own_finding_rate"),
        ("official_rate", "unknown"),
        ("shown_rates", []),
        ("shown_rates", ["on_time_rate", "unknown"]),
        ("lead_amount", "found"),
        ("lead_speed", "compliance"),
        ("unknown", 1),
    ],
)
def test_settings_that_cannot_hold(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        OfficeSettings.model_validate(SETTINGS.model_dump() | {name: value})


def test_texts_are_tidied() -> None:
    settings = OfficeSettings.model_validate(SETTINGS.model_dump() | {"flood_from": "4-1", "short": " 砚 "})
    assert settings.flood_from == "04-01"
    assert settings.short == "砚"


def test_any_rate_with_a_direction_may_be_official_and_any_may_be_shown_once() -> None:
    dumped = SETTINGS.model_dump()
    changed = OfficeSettings.model_validate(
        dumped
        | {
            "official_rate": "overdue_rate",
            "shown_rates": ["own_finding_rate", "overdue_rate", "overdue_rate"],
        }
    )
    assert changed.official_rate == "overdue_rate"
    assert changed.shown_rates == ("own_finding_rate", "overdue_rate")
    assert set(SETTINGS.shown_rates) <= set(WORDS)


def test_each_of_the_four_comparisons_ranks_by_a_figure_of_its_own() -> None:
    assert SETTINGS.leads == {
        "amount": "own_found",
        "quality": "compliance",
        "speed": "on_time_rate",
        "effect": "closing_rate_cumulative",
    }
    for side in FOUR:
        keys = [each.key for each in side.figures]
        assert len(set(keys)) == len(keys)
        assert side.leads[0] == SETTINGS.leads[side.key]
        assert all(side.figure(key).less_is_better is not None for key in side.leads)
