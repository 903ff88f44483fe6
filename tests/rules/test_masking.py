from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.masking import mask_phone


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("12000001234", "120****1234"),
        ("120-0000-1234", "120****1234"),
        ("120 0000 1234", "120****1234"),
        ("+86 120-0000-1234", "86120****1234"),
        ("0571-88001234", "0571****1234"),
        ("88001234", "****1234"),
        ("8001234", "***1234"),
        ("12000001234、12000005678", "120****1234、120****5678"),
        ("12000001234（村部）", "120****1234（村部）"),
        ("１２０００００１２３４", "１２０****１２３４"),
        ("330999199001011234", "330***********1234"),
        ("12345", "12345"),
        ("12314", "12314"),
        ("", ""),
    ],
)
def test_what_is_shown(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@given(st.from_regex(r"[0-9]{7,20}", fullmatch=True))
def test_at_least_three_digits_are_hidden_and_the_last_four_shown(phone: str) -> None:
    shown = mask_phone(phone)
    assert len(shown) == len(phone)
    assert shown.count("*") >= 3
    assert shown[-4:] == phone[-4:]


@given(st.text(alphabet="0123456789-+ 、转x"))
def test_no_number_long_enough_to_be_called_is_left(phones: str) -> None:
    assert re.search(r"\d{7}", mask_phone(phones)) is None
