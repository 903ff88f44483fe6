"""Numbers of two texts held against each other."""

from __future__ import annotations

from river_chief.rules.report_numbers import differing


def test_equal_numbers_in_other_words_do_not_differ() -> None:
    assert not differing("本月新增11个，销号率85.2%。", "销号率达到85.2%，其中新增11个。")


def test_lost_and_own_numbers_come_with_the_words_before_them() -> None:
    found = differing("本月新增11个，销号10个，按期整改率88.9%。", "本月新增12个，销号10个。")
    assert found.lost == ("本月新增11个", "按期整改率88.9%")
    assert found.own == ("本月新增12个",)


def test_a_number_that_stands_twice_counts_twice() -> None:
    assert differing("到期1个，逾期1个。", "到期1个。").lost == ("逾期1个",)


def test_the_unit_belongs_to_the_number() -> None:
    assert differing("比上月上升3.9个百分点。", "比上月上升3.9%。").lost == ("比上月上升3.9个百分点",)


def test_of_equal_numbers_the_one_with_other_words_is_named() -> None:
    found = differing("新增8个，累计排查8个。", "新增9个，累计排查8个。")
    assert (found.lost, found.own) == (("新增8个",), ("新增9个",))
