"""比率: each rate once, with its name, its definition in words, and its two filters.

The definitions are those of the ministry's and the counties' published tables as far as these state
them. A numerator is always its denominator with more conditions, so no rate can exceed 100%.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from river_chief.figures.measures import Asked, due, ever, on_time, opened, overdue, unfinished
from river_chief.figures.ratio import Ratio
from river_chief.figures.window import Window
from river_chief.queries.rounds import RoundFilter
from river_chief.terms import Action, Exit, Origin


@dataclass(frozen=True, slots=True)
class RateWords:
    """What a rate is called and how it is told; a closed month keeps these words.

    ``sentence`` is printed under the table, ``nothing`` where the denominator is zero. ``less_is_better`` as of
    逾期率; None where neither is (自查发现占比).
    """

    key: str
    name: str
    sentence: str
    nothing: str
    less_is_better: bool | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: its words and its two filters."""

    words: RateWords
    numerator: Asked
    denominator: Asked

    @property
    def key(self) -> str:
        """The key of the rate."""
        return self.words.key

    @property
    def name(self) -> str:
        """The Chinese name."""
        return self.words.name

    @property
    def sentence(self) -> str:
        """The definition in words."""
        return self.words.sentence


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A rate of some rows in some period: plain values."""

    rate: RateWords
    ratio: Ratio

    @property
    def key(self) -> str:
        """The key of the rate."""
        return self.rate.key

    @property
    def text(self) -> str:
        """The rate as printed."""
        return self.ratio.text

    @property
    def note(self) -> str:
        """What to say beside "—" (本月无到期问题); empty where there is a rate."""
        return "" if self.ratio.denominator else self.rate.nothing


def _real(window: Window) -> RoundFilter:
    """Every problem once, by its newest round, unless it is out as not real."""
    return replace(ever(window), last_on=window.cut, real_on=window.cut)


def _closed(window: Window) -> RoundFilter:
    return replace(_real(window), closed_on=window.cut)


def _finished(window: Window) -> RoundFilter:
    return replace(_real(window), finished_on=window.cut)


def _to_rectify(window: Window) -> RoundFilter:
    """应改: due by the cut-off, and neither finished nor struck off before the period."""
    return RoundFilter(
        deadline=(None, window.cut),
        real_on=window.cut,
        unfinished_before=window.first,
        stock_during=window.known,
    )


def _rectified(window: Window) -> RoundFilter:
    return replace(_to_rectify(window), finished_on=window.cut)


def _ever_closed(window: Window) -> RoundFilter:
    return replace(ever(window), exits=(Exit.CLOSED,), exited=(None, window.cut))


def _reopened(window: Window) -> RoundFilter:
    return replace(_ever_closed(window), reopened=(None, window.cut))


def _looked_back(window: Window) -> RoundFilter:
    """Each problem looked at again in the period, once, by its newest round."""
    return replace(ever(window), last_on=window.cut, looked=window.known)


def _came_back(window: Window) -> RoundFilter:
    return replace(_looked_back(window), came_back=window.known)


def _found(window: Window) -> RoundFilter:
    return replace(opened(window), origins=(Origin.FOUND,), real_on=window.cut)


def _found_by_own(window: Window) -> RoundFilter:
    return replace(_found(window), own_finding=True)


def _acceptances(window: Window) -> RoundFilter:
    return RoundFilter(acted=(Action.ACCEPT, Action.REJECT), acted_in=window.known)


def _rejections(window: Window) -> RoundFilter:
    return replace(_acceptances(window), acted=(Action.REJECT,))


RATES: tuple[Rate, ...] = (
    Rate(
        RateWords(
            "closing_rate_cumulative",
            "整改销号率",
            "整改销号率＝截至期末累计已销号的问题数÷累计排查的问题数×100%；不属实、并案、移交、作废的不计，"
            "待核实的计入分母；销号后反弹的按未销号计，每个问题只计一次。",
            "尚无排查问题",
            False,
        ),
        _closed,
        _real,
    ),
    Rate(
        RateWords(
            "completion_rate_cumulative",
            "整改完成率（累计）",
            "整改完成率（累计）＝截至期末累计整改完成（已反馈完成且未被退回）的问题数÷累计排查的问题数×100%；"
            "不属实、并案、移交、作废的不计，待核实的计入分母；每个问题只计一次。",
            "尚无排查问题",
            False,
        ),
        _finished,
        _real,
    ),
    Rate(
        RateWords(
            "rectification_rate",
            "本月整改率",
            "本月整改率＝期末前已整改完成的件数÷应改件数×100%；应改指批准的整改时限在期末及以前、期初前尚未整改完成的，"
            "含以前逾期的；反弹后重新整改的另计一件。",
            "本月无应改问题",
            False,
        ),
        _rectified,
        _to_rectify,
    ),
    Rate(
        RateWords(
            "on_time_rate",
            "按期整改率",
            "按期整改率＝整改时限在本期内且在时限当日及以前整改完成的件数÷整改时限在本期内的件数×100%；"
            "时限以批准延期后的为准，提前完成的计入时限所在月，时限未到的不计。",
            "本月无到期问题",
            False,
        ),
        on_time,
        due,
    ),
    Rate(
        RateWords(
            "overdue_rate",
            "逾期率",
            "逾期率＝期末未整改完成且整改时限早于期末日的问题数÷期末未整改完成的问题数×100%；时限当日不算逾期。",
            "期末无未完成问题",
            True,
        ),
        overdue,
        unfinished,
    ),
    Rate(
        RateWords(
            "relapse_rate",
            "反弹率",
            "反弹率＝截至期末累计销号后又反弹的次数÷累计销号次数×100%。",
            "尚无销号问题",
            True,
        ),
        _reopened,
        _ever_closed,
    ),
    Rate(
        RateWords(
            "look_back_relapse_rate",
            "回头看反弹率",
            "回头看反弹率＝本期回头看发现反弹的问题数÷本期回头看的问题数（未反弹和反弹的都算）×100%；"
            "同一问题本期看几次只计一次。",
            "本月没有回头看",
            True,
        ),
        _came_back,
        _looked_back,
    ),
    Rate(
        RateWords(
            "own_finding_rate",
            "自查发现占比",
            "自查发现占比＝本期新增问题中河长巡河、巡查员和保洁员、乡镇自查发现的÷本期新增问题数×100%；"
            "不属实、并案、移交、作废的不计。",
            "本月无新增问题",
            None,
        ),
        _found_by_own,
        _found,
    ),
    Rate(
        RateWords(
            "rejection_rate",
            "退回率",
            "退回率＝本期验收不通过的次数÷本期验收次数（通过与不通过之和）×100%；同一问题验收几次计几次。",
            "本月无验收",
            True,
        ),
        _rejections,
        _acceptances,
    ),
)
BY_KEY = {rate.key: rate for rate in RATES}
