"""The words of a 通报: how the whole stands, who is praised, who is reminded of what, and what is asked until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from river_chief.figures.duty import Missing
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_plans import places
from river_chief.papers.kinds.monthly_words import patrols_told, problems_told
from river_chief.papers.kinds.passages import Section
from river_chief.papers.kinds.village_words import (
    behind,
    behind_words,
    named,
    official_name,
    praised,
    ranked,
    with_rates,
    without_task,
)
from river_chief.rules.periods import day_text
from river_chief.terms import Level, ReportPart

ANSWER_DAYS = 7
"""Days after the circular in which the villages answer; a proposal the office may edit in the text."""
_PERSONS = 10


def circular_words(facts: MonthlyFacts) -> dict[ReportPart, list[Section]]:
    """The four parts of the circular."""
    return {
        ReportPart.SITUATION: [("巡河履职情况", patrols_told(facts)), ("问题整改情况", problems_told(facts))],
        ReportPart.MEASURES: [("", _ranking(facts))],
        ReportPart.LACKING: [*_lacking(facts)]
        or [("", f"{facts.period}没有逾期问题，村级河长巡河均已达标。")],
        ReportPart.NEXT: [*_asked(facts)],
    }


def _ranking(facts: MonthlyFacts) -> str:
    name, first = official_name(facts), praised(facts)
    if not ranked(facts):
        return f"{facts.period}各村（社区）没有可计算{name}的问题，不作排名。"
    text = f"各村（社区）按{name}排名。"
    if first:
        text += f"排在前列的{with_rates(facts, first)}，予以表扬。"
    last = behind(facts)
    if last:
        text += f"{behind_words(facts)}{with_rates(facts, last)}，请查找原因，抓紧整改。"
    idle = without_task(facts)
    if idle:
        text += f"{named(idle)}没有可计算的问题，不参加排名。"
    return text


def _lacking(facts: MonthlyFacts) -> Iterator[Section]:
    if facts.overdue:
        days = max((facts.figures.window.cut - each.deadline).days for each in facts.figures.overdue)
        yield (
            "部分问题逾期未完成整改",
            f"截至{facts.ending}，逾期未完成整改的问题{len(facts.overdue)}个：{places(facts.overdue)}，"
            f"最长已逾期{days}天。",
        )
    relapsed = [line for line in facts.figures.by_village if line.stock.relapsed]
    if relapsed:
        told = "、".join(f"{line.name}{line.stock.relapsed}个" for line in relapsed)
        yield "已销号的问题有反弹", f"{facts.period}反弹问题{facts.figures.stock.relapsed}个：{told}。"
    idle = idle_chiefs(facts)
    if idle:
        names = "、".join(idle[:_PERSONS]) + ("等" if len(idle) > _PERSONS else "")
        yield "部分村级河长没有巡河", f"{facts.period}应巡而一次未完成的村级河长{len(idle)}名：{names}。"
    short = owing(facts)
    if short:
        persons, owed = len({each.tenure_id for each in short}), sum(each.missing for each in short)
        yield (
            "部分村级河长巡河次数不足",
            f"{facts.period}没有完成应巡任务的村级河长共{persons}人，欠巡{owed}次。",
        )


def owing(facts: MonthlyFacts) -> list[Missing]:
    """What chiefs of villages still owe; a circular to villages does not speak of the levels above."""
    return [each for each in facts.figures.patrols.missing if each.level is Level.VILLAGE]


def idle_chiefs(facts: MonthlyFacts) -> list[str]:
    """Village and name of its chiefs who owed patrols and have made none of them."""
    own = [each for each in facts.figures.patrols.chiefs if each.level is Level.VILLAGE and each.owed]
    made = {each.person_id for each in own if each.compliance.numerator}
    return list(dict.fromkeys(f"{each.area}{each.name}" for each in own if each.person_id not in made))


def _asked(facts: MonthlyFacts) -> Iterator[Section]:
    until = day_text(facts.wanted.today + timedelta(days=ANSWER_DAYS))
    if facts.overdue:
        yield (
            "办结逾期问题",
            f"有关村（社区）要逐个查明原因，明确责任人和完成时间，于{until}前把整改情况报{_office(facts)}。",
        )
    if facts.due_next:
        first = min(row["deadline"] for row in facts.due_next)
        yield (
            "按期完成整改",
            f"{facts.after}到期的问题{len(facts.due_next)}个：{places(facts.due_next)}，"
            f"最早的{first.month}月{first.day}日到期，请按期完成，需要延期的在到期前提出。",
        )
    if owing(facts):
        yield "补足巡河次数", f"没有完成应巡任务的村级河长要按规定补巡，各村（社区）于{until}前报补巡情况。"
    yield (
        "坚持自查自纠",
        "各村（社区）要经常查看本村河段，发现问题及时处置、及时上报；没有问题的按月签报零报告。",
    )


def _office(facts: MonthlyFacts) -> str:
    return f"镇{facts.settings.office_word}" if facts.whole == "全镇" else facts.settings.office_word
