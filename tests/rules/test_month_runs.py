from __future__ import annotations

from collections.abc import Iterator

from river_chief.rules.month_runs import Judged, in_a_row

GOOD, BAD = False, True


def test_as_many_bad_months_as_wanted_with_their_words_oldest_first() -> None:
    months: list[Judged] = [{1: (BAD, "三月"), 2: (BAD, "三月")}, {1: (BAD, "二月"), 2: (GOOD, "二月")}]
    assert in_a_row(months, 2) == {1: ("二月", "三月")}


def test_a_good_month_breaks_the_row() -> None:
    months: list[Judged] = [{1: (BAD, "三月")}, {1: (GOOD, "二月")}, {1: (BAD, "一月")}]
    assert in_a_row(months, 2) == {}


def test_a_month_without_a_task_neither_counts_nor_breaks() -> None:
    months: list[Judged] = [{1: (BAD, "三月")}, {}, {1: (BAD, "一月")}]
    assert in_a_row(months, 2) == {1: ("一月", "三月")}


def test_who_was_not_judged_in_the_newest_month_is_left_alone() -> None:
    months: list[Judged] = [{}, {1: (BAD, "二月")}, {1: (BAD, "一月")}]
    assert in_a_row(months, 2) == {}


def test_no_more_months_are_counted_than_needed() -> None:
    taken: list[int] = []

    def months() -> Iterator[Judged]:
        for number in range(12):
            taken.append(number)
            yield {1: (BAD, str(number)), 2: (GOOD, str(number))}

    assert in_a_row(months(), 3) == {1: ("2", "1", "0")}
    assert taken == [0, 1, 2]
