from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.quantities import integer, quantity


@pytest.mark.parametrize(
    ("cell", "unit", "answer"),
    [
        ("120", "㎡", 120.0),
        (120, "㎡", 120.0),
        (120.5, "㎡", 120.5),
        ("约120平方米", "㎡", 120.0),
        ("约 120 平方米", "㎡", 120.0),
        ("120㎡", "㎡", 120.0),
        ("120m²", "㎡", 120.0),
        ("120M2", "㎡", 120.0),
        ("１２０平米", "㎡", 120.0),
        ("100余平方米", "㎡", 100.0),
        ("120平方米左右", "㎡", 120.0),
        ("1,200.5平方米", "㎡", 1200.5),
        ("1.2万平方米", "㎡", 12000.0),
        ("0.5公顷", "㎡", 5000.0),
        ("2.3公里", "km", 2.3),
        ("2300米", "km", 2.3),
        ("2.3km", "km", 2.3),
        ("2.3", "km", 2.3),
        ("2.3公里", "m", 2300.0),
        ("15方", "m³", 15.0),
        ("15立方米", "m³", 15.0),
        ("15m³", "m³", 15.0),
        ("3吨", "t", 3.0),
        ("500kg", "t", 0.5),
        ("3处", "处", 3.0),
        ("12.35", "", 12.35),
        (None, "㎡", None),
        (" ", "㎡", None),
    ],
)
def test_an_amount_in_the_unit_it_is_kept_in(cell: CellValue, unit: str, answer: float | None) -> None:
    assert quantity(cell, unit) == answer


def test_customary_units_only_where_the_head_names_them() -> None:
    refused = quantity("1.5亩", "㎡")
    assert isinstance(refused, Unreadable)
    assert "表头没有写明单位“亩”" in refused.reason
    assert quantity("1.5亩", "㎡", written_in="亩") == pytest.approx(1000.0)
    assert quantity(1.5, "㎡", written_in="亩") == pytest.approx(1000.0)
    assert quantity("120平方米", "㎡", written_in="亩") == 120.0
    assert quantity(2.3, "m", written_in="公里") == 2300.0
    assert quantity(1.2, "㎡", written_in="万平方米") == 12000.0


@pytest.mark.parametrize(
    ("cell", "unit", "word"),
    [
        ("120立方米", "㎡", "不能换算成㎡"),
        ("120码", "m", "单位“码”"),
        ("100-120平方米", "㎡", "范围"),
        ("100至120", "㎡", "范围"),
        ("20米×3米", "㎡", "不是看得懂"),
        ("5 6", "㎡", "不止一个数"),
        ("二十平方米", "㎡", "不是看得懂"),
        ("较大", "㎡", "不是看得懂"),
        ("-5", "㎡", "不能小于 0"),
        (-5, "㎡", "不能小于 0"),
        (float("nan"), "㎡", "数太大"),
        (float("inf"), "㎡", "数太大"),
        (True, "㎡", "不是数量"),
        (date(2025, 3, 5), "㎡", "不是数量"),
        ("1,20", "㎡", "不是看得懂"),
    ],
)
def test_what_is_no_amount_is_refused(cell: CellValue, unit: str, word: str) -> None:
    answer = quantity(cell, unit)
    assert isinstance(answer, Unreadable)
    assert word in answer.reason
    assert answer.reason.endswith("。")


def test_an_unknown_unit_in_the_head_refuses_its_numbers() -> None:
    answer = quantity(12, "㎡", written_in="丈")
    assert isinstance(answer, Unreadable)
    assert "丈" in answer.reason


@pytest.mark.parametrize(
    ("cell", "answer"),
    [(12, 12), (12.0, 12), ("12", 12), ("12.0", 12), ("1,200", 1200), ("１２", 12), ("", None)],
)
def test_a_whole_number(cell: CellValue, answer: int | None) -> None:
    assert integer(cell) == answer


@pytest.mark.parametrize(
    "cell", [12.5, "12.5", "十二", "1 2", True, float("nan"), date(2025, 3, 5), "1" * 400]
)
def test_what_is_no_whole_number_is_refused(cell: CellValue) -> None:
    assert isinstance(integer(cell), Unreadable)


cells = st.one_of(st.none(), st.text(), st.text("0123456789.,约余万平方米亩-至 "), st.floats(), st.integers())


@given(
    cells, st.sampled_from(["㎡", "m", "km", "m³", "t", "处", "km²", ""]), st.sampled_from(["", "亩", "公里"])
)
def test_never_raises(cell: CellValue, unit: str, head: str) -> None:
    answer = quantity(cell, unit, written_in=head)
    assert answer is None or isinstance(answer, Unreadable) or answer >= 0
    whole = integer(cell)
    assert whole is None or type(whole) in (int, Unreadable)


@given(st.decimals(0, 99_999, places=2))
def test_a_written_amount_reads_back(amount: object) -> None:
    expected = float(str(amount))
    for written in (f"{amount}", f"约{amount}平方米", f"{amount}㎡"):
        assert quantity(written, "㎡") == expected
    assert quantity(expected, "㎡") == expected
