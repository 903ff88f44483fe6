"""举一反三: the words in which the question of one problem is asked elsewhere."""

from __future__ import annotations

from river_chief.terms import Scope

_MOST = 120
_WHERE = {Scope.VILLAGE: "请全面排查本村河湖", Scope.REACH: "请全面排查本河段"}


def proposed_question(number: str, category: str, description: str, scope: Scope) -> str:
    """What is asked of every village or reach because of problem *number*; the clerk may word it otherwise."""
    kind = f"“{category}”类" if category else "同类"
    example = " ".join(description.split())
    if len(example) > _MOST:
        example = f"{example[:_MOST]}…"
    case = f"问题{number}（{example.rstrip('。')}）" if example else f"问题{number}"
    return f"{_WHERE[scope]}有无{kind}问题，对照{case}逐处核对，逐项答复。"
