from datetime import date, datetime
from decimal import Decimal

import pytest

from river_chief.papers.document import Quantity
from river_chief.papers.number_formats import SheetValue, sheet_value


@pytest.mark.parametrize(
    ("text", "value", "kept", "number_format"),
    [
        ("12", 12, 12, "0"),
        ("-3", -3, -3, "0"),
        ("1,200", 1200, 1200, "#,##0"),
        ("12.3", 12.25, 12.25, "0.0"),
        ("96.7%", Decimal("0.96666"), 0.96666, "0.0%"),
        ("96.7%", Decimal("96.666"), 96.666, '0.0"%"'),
        ("3 天", 3, 3, '0" 天"'),
        ("2025-03-05", date(2025, 3, 5), date(2025, 3, 5), "yyyy-mm-dd"),
        ("2025.3.5", date(2025, 3, 5), date(2025, 3, 5), "yyyy.m.d"),
        ("2025年3月5日", date(2025, 3, 5), date(2025, 3, 5), 'yyyy"年"m"月"d"日"'),
        (
            "2025-03-05 09:30",
            datetime(2025, 3, 5, 9, 30, 12),
            datetime(2025, 3, 5, 9, 30),
            "yyyy-mm-dd hh:mm",
        ),
    ],
)
def test_a_value_keeps_its_worth_and_shows_the_printed_text(
    text: str, value: Quantity, kept: int | float | date, number_format: str
) -> None:
    assert sheet_value(text, value) == SheetValue(kept, number_format)


def test_a_rate_that_must_not_print_as_100_stays_below_it_in_the_sheet() -> None:
    assert sheet_value("99.9%", Decimal("0.99996")) == SheetValue(99.9, '0.0"%"')


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("—", None),
        ("—", 0),
        ("约3", 3),
        ("120000190001011234", 120000190001011234),
        ("三月五日", date(2025, 3, 5)),
        ("0012", None),
    ],
)
def test_what_no_format_can_show_stays_text(text: str, value: Quantity | None) -> None:
    assert sheet_value(text, value) == SheetValue(text)
