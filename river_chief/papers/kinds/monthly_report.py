"""河长制工作月报: four paragraphs from the figures, its tables, and what every rate means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from river_chief.figures.rates import BY_KEY
from river_chief.papers.document import Document, Labelled, Orientation, SignOn, Style, Table, Turn
from river_chief.papers.kinds.monthly_facts import MonthlyFacts, gather
from river_chief.papers.kinds.monthly_lists import due_next_table, watched_table
from river_chief.papers.kinds.monthly_tables import (
    NO_TASK,
    SHOWN_RATES,
    basic_table,
    kind_tables,
    missing_table,
    patrol_tables,
    village_table,
    work_table,
)
from river_chief.papers.kinds.monthly_words import narrative
from river_chief.papers.kinds.wanted import Wanted, day_text, days_text
from river_chief.papers.kinds.zero_report_table import zero_table
from river_chief.rules.rounding import NOTHING

CLOSING_DATES = "销号以有权销号的单位批准之日为准，镇级验收日期另列；已验收待上级销号的仍计入存量。"
_TOLD_RATES = (*SHOWN_RATES, "own_finding_rate", "rejection_rate", "look_back_relapse_rate")


def monthly_report(wanted: Wanted) -> Document:
    """The default monthly report of a township (domain page, monthly report)."""
    facts = gather(wanted)
    settings = wanted.settings
    name = "河长制工作月报" if facts.is_month else "河长制工作报告"
    return Document(
        title=f"{settings.place_name}{name}（{wanted.span_text()}）",
        subtitle=f"统计期：{days_text(facts.figures.window.span)}{_cut(facts)}",
        office=settings.office_name,
        dated=wanted.today,
        head=(Labelled("填报单位", settings.office_name), Labelled("报送日期", day_text(wanted.today))),
        blocks=(
            *narrative(facts),
            basic_table(facts),
            Turn(Orientation.LANDSCAPE),
            *patrol_tables(facts),
            missing_table(facts),
            village_table(facts),
            *kind_tables(facts),
            work_table(facts),
            watched_table(facts),
            due_next_table(facts),
            *_zero_reports(facts),
        ),
        notes=tuple(_notes(facts)),
        signatures=(Labelled("填报人"), Labelled("审核人"), Labelled("负责人")),
        sign_on=SignOn.LAST_PAGE,
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )


def _zero_reports(facts: MonthlyFacts) -> Iterator[Table]:
    """表十 零报告情况, where the office has its villages sign them."""
    found = facts.figures.zero_reports
    if found is not None and found.in_use:
        yield zero_table(found.rows, "表十　村（社区）零报告情况")


def _cut(facts: MonthlyFacts) -> str:
    window = facts.figures.window
    return f"（情况截至{day_text(window.cut)}）" if window.cut < window.last else ""


def _notes(facts: MonthlyFacts) -> Iterator[str]:
    figures = facts.figures
    if not figures.balances:
        yield "存量与增减不平衡，请先核对问题台账，再报送本报告。"
    yield "期末＝期初＋新增＋反弹－销号－不属实－移交－并案－作废；各数按轮次计，反弹后重新整改的另计一轮。"
    yield "到期指整改时限在本期内的，按期指其中在时限当日及以前完成的，逾期指期末已过时限仍未完成的（含以前到期的）。"
    yield CLOSING_DATES
    yield from (BY_KEY[key].sentence for key in _TOLD_RATES)
    yield (
        "平均整改天数＝本期完成整改的问题自交办至完成的天数之和÷件数；排名按整改销号率从高到低，比率相同的名次并列，"
        f"没有排查问题的村（社区）不排名，写“{NO_TASK}”。"
    )
    yield (
        "巡河达标率＝达标次数÷应巡次数×100%：周期（周、月、季等）在统计期内结束的任务计入应巡，同一河段一日多次巡河"
        "计一次（实巡、有效次数也按河段、按日计），达标次数不超过应巡次数；周期跨月的，上月的巡河也计入达标，因此达标次数可以多于统计期内的实巡次数。"
        f"{_rules(figures.patrols.rules)}"
    )
    nothing = dict.fromkeys(figure.note for figure in figures.rates if figure.note)
    why = f"（{'；'.join(nothing)}）" if nothing else ""
    yield (
        "重点问题指严重程度为重大、较严重或已挂账的未办结问题；整改时限以批准延期后的为准；"
        f"“{NOTHING}”表示没有可计算的对象{why}。"
    )


def _rules(sentences: Sequence[str]) -> str:
    """The rules in words, what several of them have in common said once."""
    by_tail: dict[str, list[str]] = {}
    for sentence in sentences:
        first, _, tail = sentence.rstrip("。").partition("；")
        by_tail.setdefault(tail, []).append(first)
    told = [f"{'，'.join(firsts)}{'；' if tail else ''}{tail}" for tail, firsts in by_tail.items()]
    return f"应巡规则：{'。'.join(told)}。" if told else "统计期内没有适用的应巡规则。"
