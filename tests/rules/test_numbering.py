from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.errors import Refusal
from river_chief.rules.numbering import (
    LETTERS,
    check_pattern,
    paper_number,
    parse_paper_number,
    parse_problem_number,
    problem_number,
)
from river_chief.terms import PaperKind

YEARS = st.integers(1000, 9999)
SEQS = st.integers(1, 10**6)
SHORTS = st.text(alphabet="砚澜溪镇AB(2）", min_size=1, max_size=4)


def test_numbers_as_written() -> None:
    assert problem_number("砚", 2025, 31) == "砚2025-031"
    assert problem_number("砚", 2025, 1031) == "砚2025-1031"
    assert paper_number("砚", PaperKind.ASSIGN, 2025, 15) == "砚河长办交〔2025〕15号"
    assert paper_number("砚", PaperKind.CLOSE, 2026, 7, office_word="治水办") == "砚治水办销〔2026〕7号"


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert set(LETTERS) == set(PaperKind)
    assert len(set(LETTERS.values())) == len(PaperKind)
    assert all(len(letter) == 1 for letter in LETTERS.values())


@pytest.mark.parametrize(
    "text",
    [
        "砚河长办交〔2025〕15号",
        "砚河长办交[2025]15号",
        "砚河长办交（２０２５）１５号",
        " 砚河长办交【2025】 15 号",
    ],
)
def test_a_paper_number_is_read_however_it_is_typed(text: str) -> None:
    assert parse_paper_number(text, "砚") == (PaperKind.ASSIGN, 2025, 15)


@pytest.mark.parametrize("text", ["砚2025-031", "砚2025－031", "砚 2025—031", "砚2025-31"])
def test_a_problem_number_is_read_however_it_is_typed(text: str) -> None:
    assert parse_problem_number(text, "砚") == (2025, 31)


@pytest.mark.parametrize(
    "text",
    ["", "砚2025-000", "砚2025", "澜2025-031", "砚25-031", "砚2025-031a", "砚2025-０３１号", "X砚2025-031"],
)
def test_no_problem_number_of_this_office(text: str) -> None:
    assert parse_problem_number(text, "砚") is None


@pytest.mark.parametrize(
    "text", ["砚河长办某〔2025〕15号", "澜河长办交〔2025〕15号", "砚河长办交〔2025〕0号", "砚2025-031"]
)
def test_no_paper_number_of_this_office(text: str) -> None:
    assert parse_paper_number(text, "砚") is None


@given(
    SHORTS,
    YEARS,
    SEQS,
    st.sampled_from(["{简称}{年}-{序号:3}", "{年}{序号}", "{序号}{年}", "问{序号:5}（{年}）"]),
)
def test_problem_numbers_read_back(short: str, year: int, seq: int, pattern: str) -> None:
    assert parse_problem_number(problem_number(short, year, seq, pattern), short, pattern) == (year, seq)


@given(SHORTS, st.sampled_from(PaperKind), YEARS, SEQS)
def test_paper_numbers_read_back(short: str, kind: PaperKind, year: int, seq: int) -> None:
    assert parse_paper_number(paper_number(short, kind, year, seq), short) == (kind, year, seq)


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    parse_problem_number(text, "砚")
    parse_paper_number(text, "砚")


@pytest.mark.parametrize(("year", "seq"), [(2025, 0), (2025, -1), (25, 1)])
def test_no_such_number_is_ever_given(year: int, seq: int) -> None:
    with pytest.raises(ValueError, match="no number"):
        problem_number("砚", year, seq)


@pytest.mark.parametrize(
    ("pattern", "needs_kind", "words"),
    [
        ("{简称}{序号}", False, "缺少“{年}”"),
        ("{简称}{年}", False, "缺少“{序号}”"),
        ("{简称}〔{年}〕{序号}号", True, "缺少“{类}”"),
        ("{简称}{类}{年}{序号}", False, "“{类}”不认识"),
        ("{年}{月}{序号}", False, "“{月}”不认识"),
        ("{年}{年}{序号}", False, "出现了两次"),
        ("{年}{序号", False, "花括号不成对"),
        ("{年}}{序号}", False, "花括号不成对"),
        ("{年}{序号:x}", False, "花括号不成对"),
    ],
)
def test_patterns_that_cannot_work_are_refused(pattern: str, needs_kind: bool, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_pattern(pattern, needs_kind=needs_kind)
    assert words in refusal.value.sentence
