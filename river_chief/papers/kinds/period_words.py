"""What a report calls its days: 本月 and 月初, 上半年 and 年初."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.figures.window import Window
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import days_text, month_of, period_kind
from river_chief.terms import Period

_MONTH = "本月"
_NOW = "目前"


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """Words of a report for its days.

    ``period``  本月, 上半年.   ``opening``  月初, 年初.   ``ending``  月末; 目前 while the period runs.
    ``after``   the days in which what is due next falls: 下月, 7月.
    ``earlier`` what it is compared with: 上月, 上年同期; "" where it is compared with nothing.
    """

    period: str
    opening: str
    ending: str
    after: str
    earlier: str

    def of(self, text: str) -> str:
        """*text* written for a month, told of this period."""
        if self.period == _MONTH:
            return text
        return text.replace("本月", self.period).replace("本期", self.period)


def words_of(window: Window, settings: OfficeSettings) -> PeriodWords:
    """The words for the days of *window*."""
    start_day = settings.period_start_day
    _, month = month_of(window.last, start_day)
    first_half = month <= 6
    match period_kind(window.span, start_day):
        case Period.MONTH:
            return PeriodWords(_MONTH, "月初", _ending(window, "月末"), "下月", "上月")
        case Period.HALF_YEAR:
            return PeriodWords(
                "上半年" if first_half else "下半年",
                "年初" if first_half else "6月末",
                _ending(window, "6月末" if first_half else "年末"),
                "7月" if first_half else "次年1月",
                "上年同期",
            )
        case Period.YEAR:
            return PeriodWords("全年", "年初", _ending(window, "年末"), "次年1月", "上年")
        case _:
            return PeriodWords("本期", "期初", _ending(window, "期末"), days_text(window.next), "")


def _ending(window: Window, words: str) -> str:
    return _NOW if window.cut < window.last else words
