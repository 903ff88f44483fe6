"""存量: how many problems were open, came and went."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stock:
    """Problems open before and after a period, and what came and went; every number counted by itself."""

    opening: int = 0
    found: int = 0
    relapsed: int = 0
    closed: int = 0
    unfounded: int = 0
    handed_over: int = 0
    merged: int = 0
    voided: int = 0
    ending: int = 0

    @property
    def balances(self) -> bool:
        """Whether 期末 = 期初 + 新增 + 反弹 − 销号 − 不属实 − 移交 − 并案 − 作废; a month closes only then."""
        came = self.opening + self.found + self.relapsed
        went = self.closed + self.unfounded + self.handed_over + self.merged + self.voided
        return self.ending == came - went
