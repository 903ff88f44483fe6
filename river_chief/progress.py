"""How long work says how far it is, and is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """The clerk stopped the work; nothing was changed and nothing is shown."""


def _never() -> bool:
    return False


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words


@dataclass(frozen=True, slots=True)
class Progress:
    """Handed to long work: ``report(done, total, words)``, and ``stop_asked()``."""

    report: Callable[[int, int, str], None] = _silent
    stop_asked: Callable[[], bool] = _never

    def step(self, done: int, total: int, words: str) -> None:
        """Report, and raise ``Cancelled`` if the clerk has asked to stop."""
        if self.stop_asked():
            raise Cancelled
        self.report(done, total, words)
