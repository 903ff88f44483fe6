"""比率: what each rate is called and how it is reckoned, in the words that print under the tables.

The definitions are those of the ministry's and the counties' published tables as far as these state
them; ``figures/rates.py`` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass


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


RATE_WORDS: tuple[RateWords, ...] = (
    RateWords(
        "closing_rate_cumulative",
        "整改销号率",
        "整改销号率＝截至期末累计已销号的问题数÷累计排查的问题数×100%；不属实、并案、移交、作废的不计，"
        "待核实的计入分母；销号后反弹的按未销号计，每个问题只计一次。",
        "尚无排查问题",
        False,
    ),
    RateWords(
        "completion_rate_cumulative",
        "整改完成率（累计）",
        "整改完成率（累计）＝截至期末累计整改完成（已反馈完成且未被退回，或已销号）的问题数÷累计排查的问题数×100%；"
        "不属实、并案、移交、作废的不计，待核实的计入分母；每个问题只计一次，反弹的看最近一轮。",
        "尚无排查问题",
        False,
    ),
    RateWords(
        "rectification_rate",
        "本月整改率",
        "本月整改率＝应改件数中截至期末已整改完成的÷应改件数×100%；应改指批准的整改时限在期末及以前、"
        "期初前尚未整改完成的，含以前逾期的；不属实、并案、移交、作废的不计，没有完成日期的以销号日期为准，"
        "反弹后重新整改的另计一件。",
        "本月无应改问题",
        False,
    ),
    RateWords(
        "on_time_rate",
        "按期整改率",
        "按期整改率＝整改时限在本期内且在时限当日及以前整改完成的件数÷整改时限在本期内的件数×100%；"
        "时限以批准延期后的为准，提前完成的计入时限所在月，时限未到的不计；不属实、并案、移交、作废的不计，"
        "没有完成日期的以销号日期为准，反弹后重新整改的另计一件。",
        "本月无到期问题",
        False,
    ),
    RateWords(
        "overdue_rate",
        "逾期率",
        "逾期率＝期末存量中未整改完成且整改时限早于期末日的问题数÷期末存量中未整改完成的问题数×100%；"
        "时限当日不算逾期，待核实、待交办、挂账的都在存量内。",
        "期末无未完成问题",
        True,
    ),
    RateWords(
        "relapse_rate",
        "反弹率",
        "反弹率＝截至期末累计销号后又反弹的次数÷截至期末累计销号次数×100%；同一问题销号几次计几次。",
        "尚无销号问题",
        True,
    ),
    RateWords(
        "look_back_relapse_rate",
        "回头看反弹率",
        "回头看反弹率＝本期回头看发现反弹的问题数÷本期回头看的问题数（未反弹和反弹的都算）×100%；"
        "同一问题本期看几次只计一次。",
        "本月没有回头看",
        True,
    ),
    RateWords(
        "own_finding_rate",
        "自查发现占比",
        "自查发现占比＝本期新增问题中河长巡河、巡查员和保洁员、乡镇自查发现的÷本期新增问题数×100%；"
        "不属实、并案、移交、作废的不计，移交后转回的也不计。",
        "本月无新增问题",
        None,
    ),
    RateWords(
        "rejection_rate",
        "退回率",
        "退回率＝本期验收不通过的次数÷本期验收次数（通过与不通过之和）×100%；同一问题验收几次计几次，"
        "上级退回不算验收。",
        "本月无验收",
        True,
    ),
)
"""Every rate of the problems."""
COMPLIANCE = RateWords(
    "compliance",
    "巡河达标率",
    "巡河达标率＝达标次数÷应巡次数×100%；应巡次数按本单位的巡河规则计算，达标次数不超过应巡次数。",
    "本月无应巡任务",
    False,
)
"""The rate of the patrols (``figures/duty.py``)."""
WORDS = {each.key: each for each in RATE_WORDS}
DIRECTED = {each.key: each.name for each in RATE_WORDS if each.less_is_better is not None}
"""Rates that tell better from worse, by key: those villages may be ranked by."""
LESS_IS_WORSE = {each.key: each.name for each in RATE_WORDS if each.less_is_better is False}
OFFICIAL_RATE = "closing_rate_cumulative"
"""整改销号率, the rate the ministry publishes: what villages are ranked by until the office chooses another."""
SHOWN_RATES = (
    "closing_rate_cumulative",
    "completion_rate_cumulative",
    "rectification_rate",
    "on_time_rate",
    "overdue_rate",
)
"""The rates that stand side by side in the table of villages until the office chooses others."""
