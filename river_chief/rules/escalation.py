"""督促 (escalation): which step of the ladder is due for whom, and why.

What is known of problems and villages goes in, proposals come out; the clerk issues. A level (级次) is used once in a
round of a problem, and once in a month of the office for a village; after a level the milder ones are quiet. Of
several levels that are due the highest is proposed, and the milder ones that were never sent are named with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from river_chief.rules.ladder import LadderRule, Letter, Running, Village, level_of
from river_chief.terms import Target, Trigger

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that is due: one paper to ``addressee`` ("" where the clerk has to say), for one or more problems.

    ``area_id`` only where the step looks at a village. ``skipped`` are milder steps that were never sent.
    """

    rule: LadderRule
    addressee: str
    area_id: int | None
    village: str
    problems: tuple[Running, ...]
    reason: str
    skipped: tuple[LadderRule, ...] = ()

    @property
    def about(self) -> str:
        """The problems by number, or the village."""
        numbers = [problem.number for problem in self.problems]
        return _some(numbers) if numbers else self.village


def proposals(
    rules: Sequence[LadderRule],
    running: Sequence[Running],
    villages: Sequence[Village],
    runs: Mapping[int, Mapping[int, str]],
    today: date,
) -> list[Proposal]:
    """Return what is due *today*, the gravest level first, then what is longest overdue.

    *running*  problems assigned and not reported finished, without those held (挂账).
    *runs*     for a step that looks at months in a row (by its id): the villages it is due for, each with the reason.
    """
    ladder = sorted(rules, key=lambda rule: (rule.ordinal, rule.id))
    running = sorted(running, key=lambda problem: (problem.deadline, problem.id))
    found = list(_for_villages(ladder, running, villages, runs, today))
    covered = {problem.id: each.rule.ordinal for each in found for problem in each.problems}
    found += _for_problems(ladder, running, covered, today)
    found.sort(key=lambda each: (-each.rule.ordinal, each.rule.id, _earliest(each), each.addressee))
    return found


def reason_of(problem: Running, today: date) -> str:
    """Why a problem is urged, in one sentence: its clock, and what the last letter came to."""
    return "；".join(filter(None, (_why_late(problem, today), _sent(problem.letters))))


def reasons_of(problems: Sequence[Running], today: date) -> str:
    """The same for several problems: the clock of each."""
    if len(problems) == 1:
        return reason_of(problems[0], today)
    return _some([f"{problem.number}{clock_of(problem, today)}" for problem in problems])


def addressee_of(target: Target, problem: Running) -> str:
    """Whom a step goes to, by name; "" where the office has to say (上级或纪检)."""
    unit = problem.unit or problem.village
    officer = f"{unit}{problem.officer}" if problem.officer else unit
    return {
        Target.OFFICER: officer,
        Target.UNIT: unit,
        Target.VILLAGE: problem.village or unit,
        Target.VILLAGE_CHIEF: f"{problem.village}村级河长{problem.village_chief}",
        Target.TOWN_CHIEF: f"乡级河长{problem.town_chief}",
        Target.ABOVE: "",
    }[target]


# Problems


@dataclass(slots=True)
class _Together:
    """What goes on one paper: the problems, each with its reason, and the milder steps never sent."""

    problems: list[Running] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    skipped: dict[LadderRule, None] = field(default_factory=dict)


def _for_problems(
    ladder: Sequence[LadderRule], running: Sequence[Running], covered: Mapping[int, int], today: date
) -> Iterator[Proposal]:
    """One proposal for each step and addressee; *covered* are the levels proposed already, by problem."""
    papers: dict[tuple[LadderRule, str], _Together] = defaultdict(_Together)
    for problem in running:
        own = [rule for rule in ladder if rule.is_of_problem and rule.severity in (None, problem.severity)]
        level = max(level_of(problem.letters, ladder), covered.get(problem.id, 0))
        due = [rule for rule in own if rule.ordinal > level and _is_due(rule, problem, today)]
        if not due:
            continue
        highest = [rule for rule in due if rule.ordinal == due[-1].ordinal]
        chosen = highest[0]
        paper = papers[chosen, addressee_of(chosen.target, problem)]
        paper.problems.append(problem)
        paper.reasons.append("；".join(dict.fromkeys(_why(rule, problem, today) for rule in highest)))
        milder = (rule for rule in own if level < rule.ordinal < chosen.ordinal)
        paper.skipped |= dict.fromkeys(rule for rule in milder if _was_due(rule, problem, today))
    for (rule, addressee), paper in papers.items():
        yield _of_problems(rule, addressee, paper, today)


def _of_problems(rule: LadderRule, addressee: str, paper: _Together, today: date) -> Proposal:
    problems = tuple(paper.problems)
    if len(problems) == 1:
        reason = "；".join(filter(None, (paper.reasons[0], _sent(problems[0].letters))))
    else:
        reason = reasons_of(problems, today)
    villages = {problem.village for problem in problems}
    village = villages.pop() if len(villages) == 1 else ""
    return Proposal(rule, addressee, None, village, problems, reason, tuple(paper.skipped))


def _is_due(rule: LadderRule, problem: Running, today: date) -> bool:
    left = (problem.deadline - today).days
    if rule.trigger is Trigger.BEFORE_DUE:
        return 0 <= left <= (rule.days or 0)
    if rule.trigger is Trigger.AFTER_DUE:
        return left < 0 and -left >= (rule.days or 0)
    return problem.relapses >= (rule.count or 1)


def _was_due(rule: LadderRule, problem: Running, today: date) -> bool:
    """The step is due, or was before the deadline passed."""
    if rule.trigger is Trigger.BEFORE_DUE:
        return (problem.deadline - today).days <= (rule.days or 0)
    return _is_due(rule, problem, today)


def _why(rule: LadderRule, problem: Running, today: date) -> str:
    if rule.trigger is Trigger.RELAPSE:
        return f"同一问题已反弹{problem.relapses}次"
    return _why_late(problem, today)


def _why_late(problem: Running, today: date) -> str:
    return f"时限{problem.deadline.isoformat()}，{clock_of(problem, today)}"


def clock_of(problem: Running, today: date) -> str:
    """已逾期27天, 今天到期, 还有2天到期."""
    left = (problem.deadline - today).days
    if left < 0:
        return f"已逾期{-left}天"
    return "今天到期" if left == 0 else f"还有{left}天到期"


def _sent(letters: Sequence[Letter]) -> str:
    """The last letter, if there was one, and whether it was answered."""
    if not letters:
        return ""
    last = letters[-1]
    return f"{last.kind.label}{last.number}{'已答复' if last.answered else '已发未答复'}"


# Villages


@dataclass(frozen=True, slots=True)
class _Due:
    rule: LadderRule
    reason: str
    problems: tuple[Running, ...] = ()


def _for_villages(
    ladder: Sequence[LadderRule],
    running: Sequence[Running],
    villages: Sequence[Village],
    runs: Mapping[int, Mapping[int, str]],
    today: date,
) -> Iterator[Proposal]:
    late: dict[int | None, list[Running]] = defaultdict(list)
    for problem in running:
        if problem.deadline < today:
            late[problem.village_id].append(problem)
    for village in villages:
        level = level_of(village.letters, ladder)
        due = [
            found
            for rule in ladder
            if rule.ordinal > level
            and not rule.is_of_problem
            and (found := _due_for(rule, village, late[village.id], runs)) is not None
        ]
        if due:
            yield _of_village(village, due)


def _due_for(
    rule: LadderRule, village: Village, late: Iterable[Running], runs: Mapping[int, Mapping[int, str]]
) -> _Due | None:
    if rule.trigger is Trigger.OVERDUE_COUNT:
        problems = tuple(problem for problem in late if rule.severity in (None, problem.severity))
        enough = len(problems) >= (rule.count or 1)
        return _Due(rule, f"{village.name}有{len(problems)}个问题逾期", problems) if enough else None
    reason = runs.get(rule.id, {}).get(village.id)
    return None if reason is None else _Due(rule, reason)


def _of_village(village: Village, due: Sequence[_Due]) -> Proposal:
    highest = [each for each in due if each.rule.ordinal == due[-1].rule.ordinal]
    rule = highest[0].rule
    addressees = {
        Target.VILLAGE_CHIEF: f"{village.name}村级河长{village.chief}",
        Target.TOWN_CHIEF: f"乡级河长{village.town_chief}",
        Target.ABOVE: "",
    }
    return Proposal(
        rule,
        addressees.get(rule.target, village.name),
        village.id,
        village.name,
        tuple(dict.fromkeys(problem for each in highest for problem in each.problems)),
        "；".join(each.reason for each in highest),
        tuple(each.rule for each in due if each.rule.ordinal < rule.ordinal),
    )


def _earliest(proposal: Proposal) -> date:
    return min((problem.deadline for problem in proposal.problems), default=date.max)


def _some(words: Sequence[str]) -> str:
    more = f"等{len(words)}个问题" if len(words) > _NAMED else ""
    return "、".join(words[:_NAMED]) + more
