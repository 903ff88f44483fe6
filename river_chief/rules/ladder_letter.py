"""What a paper of the ladder says when the clerk writes nothing else: title, opening, the problems, the demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from river_chief.rules.deadlines import date_text
from river_chief.terms import PaperKind

_BRIEF = 30


@dataclass(frozen=True, slots=True)
class Covered:
    """A problem a letter covers."""

    number: str
    assign_number: str
    brief: str
    deadline: date | None


def brief_of(description: str) -> str:
    """A description short enough for a line of a letter."""
    return description if len(description) <= _BRIEF else f"{description[:_BRIEF]}…"


_DEMAND: dict[PaperKind, str] = {
    PaperKind.REMIND: "请抓紧整改，按时限完成后及时反馈。",
    PaperKind.URGE: "请说明未按时完成的原因，立即整改，完成后及时反馈。",
    PaperKind.SUPERVISE: "请立即组织整改，明确责任人和完成日期，并报送整改情况。",
    PaperKind.CIRCULATE: "现予通报，请对照问题抓紧整改，并报送整改情况。",
    PaperKind.SUMMON: "请按通知的时间到镇河长办说明情况，并提出整改措施和完成日期。",
    PaperKind.ACCOUNT: "整改长期未完成，建议按有关规定研究处理。",
}


def title(kind: PaperKind, problems: Sequence[Covered], village: str = "") -> str:
    """关于砚2026-013问题的督办单; of several problems the first and how many; else of the village."""
    if len(problems) == 1:
        return f"关于{problems[0].number}问题的{kind.label}"
    if problems:
        return f"关于{problems[0].number}等{len(problems)}个问题的{kind.label}"
    return f"关于{village}河湖问题整改情况的{kind.label}" if village else f"河湖问题整改{kind.label}"


def body(
    kind: PaperKind, problems: Sequence[Covered], reason: str = "", answer_by: date | None = None
) -> str:
    """The text: why, a line for each problem with its 交办单号, what is asked, and by when to answer."""
    lines = [f"{reason.rstrip('。')}。"] if reason else []
    if problems:
        lines.append("涉及以下问题：")
        lines += [f"{place}. {_line(problem)}" for place, problem in enumerate(problems, 1)]
    by_when = f"请于{date_text(answer_by)}前书面答复。" if answer_by is not None else ""
    return "\n".join([*lines, _DEMAND[kind] + by_when])


def _line(problem: Covered) -> str:
    given = [f"交办单{problem.assign_number}"] if problem.assign_number else []
    given += [f"时限{problem.deadline.isoformat()}"] if problem.deadline is not None else []
    return (
        f"{problem.number}（{'，'.join(given)}）{problem.brief}"
        if given
        else f"{problem.number}{problem.brief}"
    )
