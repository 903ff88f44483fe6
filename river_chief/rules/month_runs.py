"""Months in a row: who did badly how long, counted back from the newest month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Judged = Mapping[int, tuple[bool, str]]
"""How villages (by id) did in a month: whether badly, and in which words; one without a task is not in it."""


def in_a_row(months: Iterable[Judged], wanted: int) -> dict[int, tuple[str, ...]]:
    """The villages that did badly in the newest *wanted* months they were judged by, with the words, oldest first.

    *months* go back from the newest, by which a village must be judged: a month without a task neither counts nor
    breaks the row, but what nobody was judged by lately is no reason to urge today. No more months are taken from
    *months* than are needed.
    """
    pending: dict[int, tuple[str, ...]] | None = None
    done: dict[int, tuple[str, ...]] = {}
    for month in months:
        if pending is None:
            pending = dict.fromkeys(month, ())
        for village in [village for village in pending if village in month]:
            bad, words = month[village]
            row = (words, *pending.pop(village))
            if bad and len(row) == wanted:
                done[village] = row
            elif bad:
                pending[village] = row
        if not pending:
            break
    return done
