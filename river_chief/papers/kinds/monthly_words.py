"""The text of the monthly report: four parts in the manner of an office, every number from the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from river_chief.figures.breakdown import Line
from river_chief.figures.comparison import CountChange
from river_chief.figures.duty import DutyLine
from river_chief.papers.document import Level, Paragraph
from river_chief.papers.kinds.list_table import Values
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_tables import amount
from river_chief.papers.kinds.wanted import days_text
from river_chief.rules.periods import ONE_DAY
from river_chief.rules.rounding import half_up
from river_chief.terms import WorkKind

_FORCE = {WorkKind.LABOUR: "出动", WorkKind.MACHINE: "使用机械", WorkKind.MONEY: "投入资金"}
Part = tuple[str, str]
_NUMERALS = "一二三四五六七八九十"
_NAMED_AT_MOST = 5
_OTHER_EXITS = {"unfounded": "不属实", "handed_over": "移交", "merged": "并案", "voided": "作废"}


def narrative(facts: MonthlyFacts) -> Iterator[Paragraph]:
    """一、总体情况 二、主要做法 三、存在问题 四、下步打算."""
    parts = (
        ("总体情况", _state(facts)),
        ("主要做法", _done(facts)),
        ("存在问题", _lacking(facts)),
        ("下步打算", _next(facts)),
    )
    for numeral, (title, sections) in zip(_NUMERALS, parts, strict=False):
        yield Paragraph(f"{numeral}、{title}", Level.HEADING)
        own = list(sections)
        for at, (heading, text) in enumerate(own):
            if len(own) > 1:
                yield Paragraph(f"（{_NUMERALS[at]}）{heading}", Level.SUBHEADING)
            yield Paragraph(text)


def _state(facts: MonthlyFacts) -> Iterator[Part]:
    yield "巡河履职情况", _patrols(facts)
    yield "问题整改情况", _problems(facts)


def _patrols(facts: MonthlyFacts) -> str:
    duty = facts.figures.patrols
    own, total = facts.basics, duty.total
    opening = (
        f"{facts.whole}纳入河长制管理的河段{own.reaches}段、总长{half_up(own.length_km, 1)}公里，"
        f"现有各级河长{own.persons}名。"
    )
    if not total.owed and not total.patrols:
        return f"{opening}{facts.period}没有应巡任务和巡河记录。"
    rate = f"，达标率{total.compliance.text}" if total.owed else ""
    text = (
        f"{opening}{facts.period}各级河长应巡河{total.owed}次，实际巡河{total.done}次，其中有效{total.valid}次，"
        f"达标{total.compliant}次{rate}{_duty_change(facts)}。"
    )
    levels = [
        f"{line.name}河长应巡{line.owed}次、达标{line.compliant}次，达标率{line.compliance.text}"
        for line in duty.by_level
        if line.owed
    ]
    return f"{text}其中，{'；'.join(levels)}。" if len(levels) > 1 else text


def _duty_change(facts: MonthlyFacts) -> str:
    if facts.duty_before is None:
        return ""
    now, then = facts.figures.patrols.total.compliance.exact, facts.duty_before.total.compliance.exact
    if now is None or then is None:
        return ""
    points = half_up(float(100 * (now - then)), facts.settings.rate_digits)
    if not points:
        return "，与上月持平"
    return f"，比上月{'上升' if points > 0 else '下降'}{abs(points)}个百分点"


def _problems(facts: MonthlyFacts) -> str:
    figures = facts.figures
    stock = figures.stock
    others = [f"{name}{getattr(stock, key)}个" for key, name in _OTHER_EXITS.items() if getattr(stock, key)]
    went = "、".join([f"销号{stock.closed}个{_count_change(facts, 'closed')}", *others])
    relapsed = f"，反弹{stock.relapsed}个" if stock.relapsed else ""
    text = (
        f"期初存量问题{stock.opening}个，{facts.period}新增{stock.found}个{_count_change(facts, 'found')}{relapsed}，"
        f"{went}，期末存量{stock.ending}个。"
    )
    on_time = figures.rate("on_time_rate")
    due = on_time.ratio
    if due.denominator:
        change = _rate_change(facts, "on_time_rate")
        text += f"{facts.period}到期{due.denominator}个，按期整改{due.numerator}个，按期整改率{due.text}{change}。"
    else:
        text += f"{facts.period}无到期问题。"
    overdue = len(figures.overdue)
    text += f"截至期末，逾期未完成{overdue}个；" if overdue else "截至期末，没有逾期未完成的问题；"
    closing = figures.rate("closing_rate_cumulative").ratio
    if not closing.denominator:
        return f"{text}尚无排查问题。"
    return (
        f"{text}累计排查问题{closing.denominator}个，已销号{closing.numerator}个，整改销号率{closing.text}"
        f"{_rate_change(facts, 'closing_rate_cumulative')}。"
    )


def _count_change(facts: MonthlyFacts, key: str) -> str:
    """（比上月增加3个，上升37.5%）; empty where there is nothing to compare with."""
    change = _change_of(facts, key)
    if change is None or (not change.before and not change.now):
        return ""
    if not change.difference:
        return "（与上月持平）"
    size = f"比上月{'增加' if change.difference > 0 else '减少'}{abs(change.difference)}个"
    return f"（{size}，{change.text}）" if change.before else f"（{size}）"


def _change_of(facts: MonthlyFacts, key: str) -> CountChange | None:
    if facts.before is None:
        return None
    return next(change for change in facts.before.counts if change.key == key)


def _rate_change(facts: MonthlyFacts, key: str) -> str:
    if facts.before is None:
        return ""
    change = next(change for change in facts.before.rates if change.key == key)
    if change.points is None:
        return ""
    return "，与上月持平" if change.text == "持平" else f"，比上月{change.text}"


def _done(facts: MonthlyFacts) -> Iterator[Part]:
    figures = facts.figures
    total = figures.patrols.total
    own = figures.rate("own_finding_rate").ratio
    found = f"{facts.period}各级河长巡河{total.patrols}次，其中{total.found}次发现问题。"
    if own.denominator:
        found += (
            f"新增的属实问题中，河长、巡查保洁人员和乡镇自查发现{own.numerator}个，自查发现占比{own.text}。"
        )
    yield "坚持日常巡查，及时发现问题", found
    yield "严格交办销号，落实闭环管理", _loop(facts)
    if figures.work:
        yield "组织清理整治，推进问题整改", _work(facts)
    campaigns = [
        line for line in figures.by_campaign if line.stock.found or line.stock.closed or line.stock.ending
    ]
    if campaigns:
        told = "；".join(
            f"{line.name}新增问题{line.stock.found}个、销号{line.stock.closed}个、期末存量{line.stock.ending}个"
            for line in campaigns
        )
        yield "推进专项行动，消除重点隐患", f"{told}。"


def _loop(facts: MonthlyFacts) -> str:
    figures = facts.figures
    checked = figures.rate("rejection_rate").ratio
    text = f"{facts.period}交办问题{facts.assigned}个，组织验收{checked.denominator}次"
    if checked.numerator:
        text += f"，其中验收不通过、退回整改{checked.numerator}次"
    text += f"，销号{figures.stock.closed}个。"
    if figures.average_days is not None:
        text += f"{facts.period}完成整改的问题平均用时{half_up(figures.average_days, 1)}天。"
    return text


def _work(facts: MonthlyFacts) -> str:
    work = facts.figures.work
    force = [
        f"{verb}{amount(work[kind], kind).text}{kind.unit}" for kind, verb in _FORCE.items() if kind in work
    ]
    units = {"m³": "立方米", "t": "吨", "km": "公里", "㎡": "平方米"}
    made = [
        f"{kind.label}{amount(work[kind], kind).text}{units[kind.unit]}"
        for kind in work
        if kind.unit in units
    ]
    parts = [f"共{'、'.join(force)}" if force else "", "、".join(made)]
    return f"{facts.period}{'，'.join(part for part in parts if part)}。"


def _lacking(facts: MonthlyFacts) -> Iterator[Part]:
    found = [*_lacking_work(facts), *_lacking_patrols(facts)]
    yield from found or [("", f"{facts.period}没有逾期、反弹和巡河未达标的情况。")]


def _lacking_work(facts: MonthlyFacts) -> Iterator[Part]:
    figures = facts.figures
    if facts.overdue:
        days = max(row["overdue_days"] for row in facts.overdue)
        yield (
            "部分问题逾期未完成",
            f"截至期末，逾期未完成整改的问题{len(facts.overdue)}个，涉及{_places(facts.overdue)}，"
            f"最长已逾期{days}天（见表八）。",
        )
    checked = figures.rate("rejection_rate").ratio
    told = []
    if figures.stock.relapsed:
        lines = [line for line in figures.by_village if line.stock.relapsed]
        told.append(f"已销号的问题反弹{figures.stock.relapsed}个，在{_lines(lines, 'relapsed')}")
    if checked.numerator:
        told.append(f"验收不通过{checked.numerator}次，退回率{checked.text}")
    if told:
        yield "整改质量还需提高", f"{facts.period}{'；'.join(told)}。"
    groups = [line for line in figures.by_category if line.stock.found]
    most = max(groups, key=lambda line: line.stock.found, default=None)
    if (
        most is not None
        and len(groups) > 1
        and most.stock.found * 3 >= figures.stock.found > most.stock.found > 1
    ):
        yield (
            "同类问题比较集中",
            f"{facts.period}新增问题中，“{most.name}”类{most.stock.found}个，为各类最多；"
            f"新增较多的村（社区）为{_lines(_most(figures.by_village), 'found')}。",
        )


def _lacking_patrols(facts: MonthlyFacts) -> Iterator[Part]:
    duty = facts.figures.patrols
    if duty.missing:
        persons = len({each.tenure_id for each in duty.missing})
        owed = sum(each.missing for each in duty.missing)
        idle = f"，其中{duty.total.idle}名河长整期未巡河" if duty.total.idle else ""
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


def _next(facts: MonthlyFacts) -> Iterator[Part]:
    after = facts.figures.window.next
    if facts.overdue:
        yield (
            "抓紧办结逾期问题",
            f"对逾期的{len(facts.overdue)}个问题逐个明确完成时间和责任人，跟踪督促，完成一个、验收一个、销号一个。",
        )
    if facts.due_next:
        yield (
            "提前安排到期问题",
            f"{days_text(after)}到期的问题{len(facts.due_next)}个，涉及{_places(facts.due_next)}，"
            "提前提醒责任单位，确保按期完成（见表九）。",
        )
    else:
        yield "做好问题整改", f"{days_text(after)}没有到期问题，继续推进存量问题整改，新发现的问题及时交办。"
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


def _places(rows: Iterable[Values]) -> str:
    """柳塘村2个、上砚村1个."""
    counted = Counter(row["village_name"] or "未填所在村" for row in rows)
    return _named((name, number) for name, number in counted.most_common())


def _lines(lines: Iterable[Line], key: str) -> str:
    return _named((line.name, getattr(line.stock, key)) for line in lines)


def _most(lines: Iterable[Line]) -> list[Line]:
    """The three villages with the most new problems."""
    return sorted((line for line in lines if line.stock.found), key=lambda line: -line.stock.found)[:3]


def _named(counted: Iterable[tuple[str, int]]) -> str:
    pairs = list(counted)
    shown = "、".join(f"{name}{number}个" for name, number in pairs[:_NAMED_AT_MOST])
    rest = len(pairs) - _NAMED_AT_MOST
    return f"{shown}等{len(pairs)}个村（社区）" if rest > 0 else shown
