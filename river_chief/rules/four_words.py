"""四比: 问题比数量、检查比质量、整改比速度、成效比高度, what is compared in each and in which words.

Which figure ranks the villages in a comparison is the office's choice; the first of ``leads`` is the program's
default. No composite is made of the four.
"""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.rules.rate_words import COMPLIANCE, WORDS


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure of a comparison: ``head`` for a narrow column, ``sentence`` how it is reckoned ("" for a plain count).

    ``less_is_better`` None where a figure tells neither better nor worse.
    """

    key: str
    name: str
    head: str
    sentence: str = ""
    less_is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class SideWords:
    """One of the four: its figures in their order, and which of them may rank the villages."""

    key: str
    name: str
    figures: tuple[FigureWords, ...]
    leads: tuple[str, ...]

    def figure(self, key: str) -> FigureWords:
        """The figure *key*."""
        return next(each for each in self.figures if each.key == key)

    @property
    def lead_names(self) -> dict[str, str]:
        """The figures that may rank, by key."""
        return {key: self.figure(key).name for key in self.leads}


def _rate(key: str, head: str, name: str = "", *, less_is_better: bool | None = None) -> FigureWords:
    words = WORDS[key]
    direction = words.less_is_better if less_is_better is None else less_is_better
    return FigureWords(key, name or words.name, head, words.sentence, direction)


FOUR: tuple[SideWords, ...] = (
    SideWords(
        "amount",
        "问题比数量",
        (
            FigureWords(
                "found", "发现问题", "发现", "发现问题＝本期新增的问题数；不属实、并案、移交、作废的不计。"
            ),
            FigureWords(
                "own_found",
                "自查发现",
                "自查",
                "自查发现＝发现问题中由河长巡河、巡查员和保洁员、乡镇自查发现的。",
                less_is_better=False,
            ),
            _rate("own_finding_rate", "占比", less_is_better=False),
            FigureWords("patrols", "巡河日志", "日志"),
            FigureWords("patrols_found", "发现问题的日志", "有发现"),
            FigureWords(
                "finding_rate",
                "巡河发现率",
                "发现率",
                "巡河发现率＝村级河长发现问题的巡河日志份数÷村级河长巡河日志份数×100%。",
                less_is_better=False,
            ),
        ),
        ("own_found", "own_finding_rate", "finding_rate"),
    ),
    SideWords(
        "quality",
        "检查比质量",
        (
            FigureWords("owed", "应巡", "应巡"),
            FigureWords("compliant", "达标", "达标"),
            FigureWords(
                COMPLIANCE.key,
                COMPLIANCE.name,
                "达标率",
                f"{COMPLIANCE.sentence}只计村级河长。",
                COMPLIANCE.less_is_better,
            ),
            FigureWords(
                "valid_rate",
                "有效率",
                "有效率",
                "有效率＝有效巡河次数÷实际巡河次数×100%；时长、里程、间隔合乎巡河规则的为有效，同一河段一天计一次。",
                less_is_better=False,
            ),
            FigureWords(
                "zero_finding",
                "零发现人数",
                "零发现",
                "零发现人数＝巡了河而本期没有发现过问题的村级河长人数。",
                less_is_better=True,
            ),
            FigureWords(
                "looked_back", "回头看", "回头看", "回头看＝本期回头看的问题数，同一问题看几次只计一次。"
            ),
            _rate("rejection_rate", "退回率", "验收退回率"),
        ),
        (COMPLIANCE.key, "valid_rate", "rejection_rate"),
    ),
    SideWords(
        "speed",
        "整改比速度",
        (
            FigureWords("due", "到期", "到期"),
            FigureWords("on_time", "按期", "按期"),
            _rate("on_time_rate", "按期率"),
            FigureWords(
                "average_days",
                "平均整改天数",
                "平均天数",
                "平均整改天数＝本期整改完成的各件从交办到整改完成的天数的平均。",
                less_is_better=True,
            ),
            FigureWords("overdue", "期末逾期", "逾期", less_is_better=True),
            _rate("overdue_rate", "逾期率"),
        ),
        ("on_time_rate", "average_days", "overdue_rate"),
    ),
    SideWords(
        "effect",
        "成效比高度",
        (
            FigureWords("ever_found", "累计排查", "累计"),
            FigureWords("ever_closed", "累计销号", "销号"),
            _rate("closing_rate_cumulative", "销号率"),
            _rate("relapse_rate", "反弹率"),
            FigureWords("ending", "期末存量", "存量"),
            FigureWords(
                "change",
                "存量变化",
                "增减",
                "存量变化＝期末存量－期初存量，减少为好。",
                less_is_better=True,
            ),
        ),
        ("closing_rate_cumulative", "relapse_rate", "change"),
    ),
)
SIDES = {each.key: each for each in FOUR}
