"""Numbers in runs."""

from __future__ import annotations

import pytest

from river_chief.rules.number_runs import number_runs


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        (["砚2025-003"], "砚2025-003"),
        (["砚2025-002", "砚2025-001"], "砚2025-001、002"),
        (["砚2025-001", "砚2025-002", "砚2025-003", "砚2025-005"], "砚2025-001～003、005"),
        (["砚2026-001", "砚2025-009"], "砚2025-009、砚2026-001"),
        (["砚2025-999", "砚2025-1000", "砚2025-1001"], "砚2025-999～1001"),
        (["砚〔2025〕3号", "砚〔2025〕4号", "砚〔2025〕5号"], "砚〔2025〕3～5号"),
        (["无号", "甲1"], "无号、甲1"),
    ],
)
def test_runs(numbers: list[str], text: str) -> None:
    assert number_runs(dict.fromkeys(numbers, 1)) == text


def test_what_counts_twice_is_marked_and_stands_in_no_run() -> None:
    counted = {"砚1": 1, "砚2": 1, "砚3": 2, "砚4": 1, "砚5": 1}
    assert number_runs(counted) == "砚1、2、3（计2次）、4、5"
