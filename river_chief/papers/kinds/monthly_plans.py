"""三、存在问题 and 四、下步打算 of the monthly report: what the figures find lacking, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from river_chief.figures.breakdown import Line
from river_chief.figures.duty import DutyLine
from river_chief.papers.kinds.list_table import Values
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.passages import Section
from river_chief.rules.periods import ONE_DAY

_NAMED_AT_MOST = 5


def lacking(facts: MonthlyFacts) -> Iterator[Section]:
    found = [*_lacking_work(facts), *_lacking_patrols(facts)]
    yield from found or [("", f"{facts.period}没有逾期、反弹和巡河未达标的情况。")]


def _lacking_work(facts: MonthlyFacts) -> Iterator[Section]:
    figures = facts.figures
    if facts.overdue:
        days = max((figures.window.cut - each.deadline).days for each in figures.overdue)
        yield (
            "部分问题逾期未完成",
            f"截至{facts.ending}，逾期未完成整改的问题{len(facts.overdue)}个，涉及{places(facts.overdue)}，"
            f"最长已逾期{days}天（见表八）。",
        )
    checked = figures.rate("rejection_rate").ratio
    told = []
    if figures.stock.relapsed:
        lines = [line for line in figures.by_village if line.stock.relapsed]
        told.append(f"已销号的问题反弹{figures.stock.relapsed}个（{_lines(lines, 'relapsed')}）")
    if checked.numerator:
        told.append(f"验收不通过{checked.numerator}次，退回率{checked.text}")
    if told:
        yield "整改质量还需提高", f"{facts.period}{'；'.join(told)}。"
    groups = [line for line in figures.by_category if line.stock.found]
    most = max(groups, key=lambda line: line.stock.found, default=None)
    if (
        most is not None
        and len(groups) > 1
        and most.stock.found * 3 >= figures.stock.found > most.stock.found > 2
    ):
        many = _lines(_most(figures.by_village), "found")
        villages = f"；新增较多的村（社区）为{many}" if many else ""
        yield (
            "同类问题比较集中",
            f"{facts.period}新增问题中，“{most.name}”类{most.stock.found}个，为各类最多{villages}。",
        )


def _lacking_patrols(facts: MonthlyFacts) -> Iterator[Section]:
    duty = facts.figures.patrols
    if duty.missing:
        persons = len({each.tenure_id for each in duty.missing})
        owed = sum(each.missing for each in duty.missing)
        idle = f"，其中{facts.unwalked}名河长一次未完成" if facts.unwalked else ""
        weak = _weak(duty.by_village)
        villages = f"；达标率较低的村（社区）为{weak}" if weak else ""
        yield (
            "巡河履职不够均衡",
            f"未完成应巡任务的{persons}人，共欠巡{owed}次{idle}{villages}（名单见表二）。",
        )


def _weak(lines: Sequence[DutyLine]) -> str:
    """The villages with the lowest 达标率 below the whole, lowest first."""
    short = [(exact, line) for line in lines if (exact := line.compliance.exact) is not None and exact < 1]
    short.sort(key=lambda pair: pair[0])
    return "、".join(f"{line.name}（{line.compliance.text}）" for _, line in short[:3])


def planned(facts: MonthlyFacts) -> Iterator[Section]:
    if facts.overdue:
        yield (
            "抓紧办结逾期问题",
            f"对逾期的{len(facts.overdue)}个问题逐个明确完成时间和责任人，跟踪督促，完成一个、验收一个、销号一个。",
        )
    if facts.due_next:
        yield (
            "提前安排到期问题",
            f"{facts.after}到期的问题{len(facts.due_next)}个，涉及{places(facts.due_next)}，"
            "提前提醒责任单位，确保按期完成（见表九）。",
        )
    else:
        yield "做好问题整改", f"{facts.after}没有到期问题，继续推进存量问题整改，新发现的问题及时交办。"
    yield "加强巡河履职", _patrol_plans(facts)
    if facts.figures.stock.closed:
        yield (
            "开展回头看",
            f"对已销号的问题按期开展回头看，重点检查{facts.period}销号的{facts.figures.stock.closed}个问题，防止反弹。",
        )


def _patrol_plans(facts: MonthlyFacts) -> str:
    duty, season = facts.figures.patrols, facts.settings.flood_season
    after = facts.figures.window.next
    text = ""
    if duty.missing:
        text = f"督促未达标的{len({each.tenure_id for each in duty.missing})}人补足巡河次数；"
    entering = [
        day
        for day in (after.first + ONE_DAY * at for at in range(after.days))
        if (day.month, day.day) == season.first
    ]
    if entering:
        return (
            f"{text}{entering[0].month}月{entering[0].day}日进入汛期，各级河长按汛期要求的次数巡河，"
            "重点查看阻水、碍洪和倾倒堆放等问题。"
        )
    if after.first in season:
        return f"{text}汛期内各级河长按汛期要求的次数巡河，雨后加密巡查，发现问题及时处置、及时上报。"
    return f"{text}各级河长按规定次数巡河，发现问题及时处置、及时上报。"


def places(rows: Iterable[Values]) -> str:
    """柳塘村2个、上砚村1个."""
    counted = Counter(row["village_name"] or "未填所在村" for row in rows)
    return _named((name, number) for name, number in counted.most_common())


def _lines(lines: Iterable[Line], key: str) -> str:
    return _named((line.name, getattr(line.stock, key)) for line in lines)


def _most(lines: Iterable[Line]) -> list[Line]:
    """The three villages with the most new problems, two at least."""
    return sorted((line for line in lines if line.stock.found > 1), key=lambda line: -line.stock.found)[:3]


def _named(counted: Iterable[tuple[str, int]]) -> str:
    pairs = list(counted)
    shown = "、".join(f"{name}{number}个" for name, number in pairs[:_NAMED_AT_MOST])
    rest = len(pairs) - _NAMED_AT_MOST
    return f"{shown}等{len(pairs)}个村（社区）" if rest > 0 else shown
