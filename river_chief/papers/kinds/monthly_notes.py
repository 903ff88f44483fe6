"""What the columns of a report's tables mean; each note stands under the table it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.queries.rule_tables import light_table
from river_chief.rules.ranking import NO_TASK
from river_chief.rules.rounding import NOTHING

_TOLD_RATES = ("own_finding_rate", "rejection_rate", "look_back_relapse_rate")


def shown_rates(facts: MonthlyFacts) -> tuple[str, ...]:
    """Keys of the rates in the tables: the office's, and the one villages are ranked by."""
    return tuple(dict.fromkeys((*facts.settings.shown_rates, facts.settings.official_rate)))


def rate_name(facts: MonthlyFacts, key: str) -> str:
    """What the rate *key* is called in this report."""
    return facts.words.of(facts.figures.rate(key).rate.name)


def rate_sentence(facts: MonthlyFacts, key: str) -> str:
    """The definition of the rate *key* as this report tells it."""
    return facts.words.of(facts.figures.rate(key).rate.sentence)


def ranking_note(facts: MonthlyFacts) -> str:
    """How villages are ranked, what changes of rank and lights mean."""
    rate = facts.figures.rate(facts.settings.official_rate).rate
    order = "从低到高" if rate.less_is_better else "从高到低"
    return (
        f"排名按{rate_name(facts, rate.key)}{order}，比率相同的名次并列；没有可计算的问题的村（社区）不排名，"
        f"写“{NO_TASK}”。位次变化同{facts.figures.comparisons.before.words}名次相比，↑为上升，↓为下降，“新”为上次没有名次；"
        f"{_light_words(facts, rate.key)}"
    )


def _light_words(facts: MonthlyFacts, rate: str) -> str:
    limits = light_table(facts.wanted.session).get(rate)
    return f"等次按本单位设定的界限评定：{limits.text}。" if limits else "本单位没有为这项比率设定等次。"


def patrol_notes(facts: MonthlyFacts) -> tuple[str, ...]:
    """Under 表二: what is owed, walked and kept to, and the office's rules."""
    return (
        "达标率＝达标次数÷应巡次数×100%：周期（周、月、季等）在统计期内结束的任务计入应巡，同一河段一日多次巡河"
        "计一次（实巡、有效次数也按河段、按日计），达标次数不超过应巡次数；周期跨月的，上月的巡河也计入达标，"
        "因此达标次数可以多于统计期内的实巡次数。",
        "达标人数指应巡任务全部完成的河长，达标河段指应巡任务全部完成的河段；发现问题次数指记有问题的巡河记录，"
        "零发现人数指有巡河记录而一次也没有发现问题的河长。",
        _rules(facts.figures.patrols.rules),
    )


def village_notes(facts: MonthlyFacts) -> tuple[str, ...]:
    """Under 表三: stock and flows, deadlines, each rate, and how villages are ranked."""
    return (
        "期末＝期初＋新增＋反弹－销号－不属实－移交－并案－作废；各数按轮次计，反弹后重新整改的另计一轮。"
        "销号以有权销号的单位批准之日为准，镇级验收日期另列；已验收待上级销号的仍计入存量。",
        "到期指整改时限在本期内的，按期指其中在时限当日及以前完成的，逾期指期末已过时限仍未完成的（含以前到期的）。",
        *(rate_sentence(facts, key) for key in shown_rates(facts)),
        "平均整改天数＝本期整改完成的各件自交办至完成的天数之和÷件数；没有交办日期或完成日期的、不属实、并案、移交、"
        "作废的不计，反弹后重新整改的另计一件。",
        ranking_note(facts),
        *_nothing(facts),
    )


def campaign_notes() -> tuple[str, ...]:
    """Under 表六."""
    return ("一个问题可以列入几个专项，各专项之和可以多于全部问题；各栏含义同表三。",)


def kind_notes() -> tuple[str, ...]:
    """Under 表四 and 表五."""
    return ("各栏含义同表三。",)


def watched_notes() -> tuple[str, ...]:
    """Under 表八."""
    return ("重点问题指严重程度为重大、较严重或已挂账的未办结问题；整改时限以批准延期后的为准。",)


def text_notes(facts: MonthlyFacts) -> Iterator[str]:
    """At the end: rates that only the text tells, and a warning where the stock does not balance."""
    if not facts.figures.balances:
        yield "存量与增减不平衡，请先核对问题台账，再报送本报告。"
    told = set(shown_rates(facts))
    yield from (rate_sentence(facts, key) for key in _TOLD_RATES if key not in told)


def _nothing(facts: MonthlyFacts) -> Iterator[str]:
    """What "—" stands for, where the whole office has such a rate."""
    why = dict.fromkeys(facts.words.of(figure.note) for figure in facts.figures.rates if figure.note)
    told = f"（{'；'.join(why)}）" if why else ""
    yield f"“{NOTHING}”表示没有可计算的对象{told}。"


def _rules(sentences: Sequence[str]) -> str:
    """The rules in words, what several of them have in common said once."""
    by_tail: dict[str, list[str]] = {}
    for sentence in sentences:
        first, _, tail = sentence.rstrip("。").partition("；")
        by_tail.setdefault(tail, []).append(first)
    told = [f"{'，'.join(firsts)}{'；' if tail else ''}{tail}" for tail, firsts in by_tail.items()]
    return f"应巡规则：{'。'.join(told)}。" if told else "统计期内没有适用的应巡规则。"
