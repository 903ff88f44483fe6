"""The text of the monthly report: four parts in the manner of an office, every number from the figures."""

from __future__ import annotations

from collections.abc import Iterator

from river_chief.fields.field import number_text
from river_chief.figures.comparison import CountChange
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_plans import lacking, planned
from river_chief.papers.kinds.passages import Section
from river_chief.papers.kinds.zero_report_table import counted
from river_chief.rules.rounding import half_up
from river_chief.terms import ReportPart, WorkKind

_FORCE = {WorkKind.LABOUR: "出动", WorkKind.MACHINE: "使用机械", WorkKind.MONEY: "投入资金"}
_OTHER_EXITS = {"unfounded": "不属实", "handed_over": "移交", "merged": "并案", "voided": "作废"}


def narrative(facts: MonthlyFacts) -> dict[ReportPart, list[Section]]:
    """The four parts as the figures give them."""
    return {
        ReportPart.SITUATION: [*_state(facts)],
        ReportPart.MEASURES: [*_done(facts)],
        ReportPart.LACKING: [*lacking(facts)],
        ReportPart.NEXT: [*planned(facts)],
    }


def _state(facts: MonthlyFacts) -> Iterator[Section]:
    yield "巡河履职情况", patrols_told(facts)
    yield "问题整改情况", problems_told(facts)


def patrols_told(facts: MonthlyFacts) -> str:
    """How the chiefs kept to their patrols."""
    duty = facts.figures.patrols
    own, total = facts.basics, duty.total
    opening = (
        f"{facts.whole}纳入河长制管理的河湖{own.waters}条（个）、河段{own.reaches}段"
        f"{f'，总长{half_up(own.length_km, 1)}公里' if own.length_km else ''}，现有各级河长{own.persons}名。"
    )
    if not total.owed and not total.patrols:
        return f"{opening}{facts.period}没有应巡任务和巡河记录。"
    text = f"{opening}{facts.period}各级河长实际巡河{total.done}次，其中有效{total.valid}次。"
    if total.owed:
        text += (
            f"按巡河周期计，{facts.period}应完成巡河{total.owed}次，已完成{total.compliant}次，"
            f"达标率{total.compliance.text}{_duty_change(facts)}。"
        )
    levels = [
        f"{line.name}河长应巡{line.owed}次、完成{line.compliant}次，达标率{line.compliance.text}"
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
        return f"，与{facts.words.earlier}持平"
    return f"，比{facts.words.earlier}{'上升' if points > 0 else '下降'}{abs(points)}个百分点"


def problems_told(facts: MonthlyFacts) -> str:
    """How many problems were there, came and went, and the rates."""
    figures = facts.figures
    stock = figures.stock
    others = [f"{name}{getattr(stock, key)}个" for key, name in _OTHER_EXITS.items() if getattr(stock, key)]
    went = "、".join([f"销号{stock.closed}个{_count_change(facts, 'closed')}", *others])
    relapsed = f"，反弹{stock.relapsed}个" if stock.relapsed else ""
    text = (
        f"{facts.opening}存量问题{stock.opening}个，{facts.period}新增{stock.found}个{_count_change(facts, 'found')}{relapsed}，"
        f"{went}，{facts.ending}存量{stock.ending}个。"
    )
    on_time = figures.rate("on_time_rate")
    due = on_time.ratio
    if due.denominator:
        change = _rate_change(facts, "on_time_rate")
        text += f"{facts.period}到期{due.denominator}个，按期整改{due.numerator}个，按期整改率{due.text}{change}。"
    else:
        text += f"{facts.period}无到期问题。"
    overdue = len(figures.overdue)
    late = f"逾期未完成{overdue}个" if overdue else "没有逾期未完成的问题"
    text += f"截至{facts.ending}，{late}；"
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
        return f"（与{facts.words.earlier}持平）"
    size = f"比{facts.words.earlier}{'增加' if change.difference > 0 else '减少'}{abs(change.difference)}个"
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
    earlier = facts.words.earlier
    return f"，与{earlier}持平" if change.text == "持平" else f"，比{earlier}{change.text}"


def _done(facts: MonthlyFacts) -> Iterator[Section]:
    figures = facts.figures
    total = figures.patrols.total
    own = figures.rate("own_finding_rate").ratio
    found = f"{facts.period}没有河长巡河记录。"
    if total.patrols:
        found = f"{facts.period}各级河长填报巡河记录{total.patrols}条，其中{total.found}条记有问题。"
    if own.denominator:
        found += (
            f"新增的属实问题中，河长、巡查保洁人员和乡镇自查发现{own.numerator}个，自查发现占比{own.text}。"
        )
    zero = figures.zero_reports
    if zero is not None and zero.in_use:
        found += f"村（社区）当中，{counted(zero)}（见表十）。"
    yield "坚持日常巡查，及时发现问题", found
    yield "严格交办销号，落实闭环管理", _loop(facts)
    if figures.work:
        yield "组织清理整治，推进问题整改", _work(facts)
    campaigns = [line for line in figures.by_campaign if line.stock.found or line.stock.closed]
    if campaigns:
        told = "；".join(
            f"“{line.name}”问题新增{line.stock.found}个、销号{line.stock.closed}个、{facts.ending}存量{line.stock.ending}个"
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
    if figures.waiting_above:
        text += f"镇级验收通过、等待上级销号{len(figures.waiting_above)}个。"
    if figures.excepted:
        text += f"缺少佐证、说明原因后例外办理{figures.excepted}件。"
    looked = figures.rate("look_back_relapse_rate").ratio
    if looked.denominator:
        text += f"回头看已销号问题{looked.denominator}个，其中反弹{looked.numerator}个，回头看反弹率{looked.text}。"
    if figures.average_days is not None:
        text += f"{facts.period}完成整改的问题平均用时{half_up(figures.average_days, 1)}天。"
    return text


def _work(facts: MonthlyFacts) -> str:
    work = facts.figures.work
    force = [f"{verb}{_amount(work[kind])}{kind.unit}" for kind, verb in _FORCE.items() if kind in work]
    units = {"m³": "立方米", "t": "吨", "km": "公里", "㎡": "平方米"}
    made = [f"{kind.label}{_amount(work[kind])}{units[kind.unit]}" for kind in work if kind.unit in units]
    parts = [f"共{'、'.join(force)}" if force else "", "、".join(made)]
    return f"{facts.period}{'，'.join(part for part in parts if part)}。"


def _amount(value: float) -> str:
    return number_text(half_up(value, 2), None)
