from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.characters import numeral
from river_chief.intake.texts import flag, identifier, text


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("  上砚村 ", "上砚村"),
        ("　上砚村\u00a0", "上砚村"),
        ("\ufeff上砚村\u200b", "上砚村"),
        ("岸坡堆放\r\n生活垃圾", "岸坡堆放\n生活垃圾"),
        (12.0, "12"),
        (12.5, "12.5"),
        (date(2025, 3, 5), "2025-03-05"),
        ("", None),
        (" \n", None),
        (None, None),
    ],
)
def test_words_lose_only_the_spaces_around_them(cell: CellValue, words: str | None) -> None:
    assert text(cell) == words


def test_a_control_character_is_named() -> None:
    answer = text("上砚村\x07")
    assert isinstance(answer, Unreadable)
    assert "U+0007" in answer.reason


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (13800000000.0, "13800000000"),
        (13800000000, "13800000000"),
        ("13800000000.0", "13800000000"),
        (" 13800000000 ", "13800000000"),
        ("'990121103200", "990121103200"),
        ("１２０００００００１", "1200000001"),
        (990121103200.0, "990121103200"),
        ("砚2025-031", "砚2025-031"),
        (None, None),
    ],
)
def test_a_number_kept_as_text(cell: CellValue, number: str | None) -> None:
    assert identifier(cell) == number


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1.38E+10", "科学计数法"),
        (3.30727198001011e17, "超过15位"),
        (330727198001011234, "超过15位"),
        (12.5, "小数"),
        (date(2025, 3, 5), "文本"),
        (True, "文本"),
        (float("nan"), "超过15位"),
    ],
)
def test_a_number_that_lost_its_digits_is_refused(cell: CellValue, word: str) -> None:
    answer = identifier(cell)
    assert isinstance(answer, Unreadable)
    assert word in answer.reason


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("是", True), ("√", True), (1.0, True), (True, True), ("否", False), ("无", False), ("", None)],
)
def test_yes_or_no(cell: CellValue, answer: bool | None) -> None:
    assert flag(cell) is answer


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert flag("部分") == Unreadable("请填“是”或“否”。")
    assert isinstance(flag(2), Unreadable)


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.times(),
        st.timedeltas(),
    )
)
def test_never_raises(cell: CellValue) -> None:
    for answer in (text(cell), identifier(cell)):
        assert (
            answer is None or (isinstance(answer, str) and answer.strip()) or isinstance(answer, Unreadable)
        )
    yes = flag(cell)
    assert yes is None or isinstance(yes, bool | Unreadable)


@given(st.integers(1, 99))
def test_a_numeral_reads_back(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    written = ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    assert numeral(written) == number
