"""What the lists of problems share: the same rows in the same order, the head, the signature row.

问题清单, 责任清单 and 整改清单 of one month differ only in their columns: row 7 of each is the same problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from river_chief.papers.document import Document, Labelled
from river_chief.papers.kinds.list_table import Columns, Values
from river_chief.papers.kinds.wanted import Wanted, day_text, days_text
from river_chief.queries import choices
from river_chief.queries.ledger_query import Row
from river_chief.queries.month_rows import of_month, rows_on
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.periods import Span
from river_chief.rules.workflow import IN_STOCK
from river_chief.terms import State

COUNTED = "个问题"
PEN_DATE = "　　　年　　月　　日"


def problem_list(wanted: Wanted, name: str, columns: Columns) -> Document:
    """The list *name* (问题清单, 问题责任清单 …) with these columns."""
    wanted = with_span(wanted)
    rows = [shown(row) for row in problem_rows(wanted)]
    same = "问题清单、责任清单、整改清单所列问题相同、序号一致，可逐行对照。"
    return list_document(
        wanted,
        f"河湖{name}",
        columns.table(rows, f"共{len(rows)}{COUNTED}", public=wanted.public),
        notes=(chosen(wanted), standing(rows), same),
    )


def list_document(wanted: Wanted, name: str, *blocks: Any, notes: tuple[str, ...]) -> Document:
    """A list on A4 lying across, with its days, the day it stands for, and the signature row on every page."""
    head = [Labelled("填报单位", wanted.settings.office_name)]
    if wanted.span is not None:
        head.append(Labelled("统计期", days_text(wanted.month)))
    if wanted.village is not None:
        head.append(Labelled("村（社区）", village_name(wanted)))
    head.append(Labelled("情况截至", day_text(wanted.day)))
    return Document(
        title=f"{wanted.settings.place_name}{name}",
        subtitle=f"（{wanted.span_text()}）" if wanted.span is not None else "",
        office=wanted.settings.office_name,
        dated=wanted.today,
        head=tuple(head),
        blocks=blocks,
        signatures=(
            Labelled("填报人"),
            Labelled("审核人"),
            Labelled("负责人"),
            Labelled("填报日期", PEN_DATE),
        ),
        notes=notes,
    )


def with_span(wanted: Wanted) -> Wanted:
    """The same, knowing its days where only the filter says which ones."""
    if wanted.span is not None:
        return wanted
    first = last = None
    if isinstance(wanted.filter, ProblemFilter) and wanted.filter.rounds is not None:
        first, last = wanted.filter.rounds.stock_during or (None, None)
    if isinstance(wanted.filter, PatrolFilter):
        first, last = wanted.filter.days or (None, None)
    return wanted if first is None or last is None else replace(wanted, span=Span(first, last))


def problem_filter(wanted: Wanted) -> ProblemFilter:
    """The problems asked for: those of its month, of its village, that its own filter lets through."""
    if wanted.span is not None:
        return problems_of(wanted, of_month(Span(wanted.month.first, wanted.day)).rounds)
    chosen = wanted.filter if wanted.filter is not None else ProblemFilter(drafts=False)
    return chosen if wanted.village is None else chosen.only(villages=(wanted.village,))


def problems_of(wanted: Wanted, rounds: RoundFilter | None) -> ProblemFilter:
    """The problems with such *rounds*, of the village and the filter asked for."""
    chosen: ProblemFilter = wanted.filter if wanted.filter is not None else ProblemFilter()
    chosen = chosen.only(rounds=rounds, drafts=False)
    return chosen if wanted.village is None else chosen.only(villages=(wanted.village,))


def problem_rows(wanted: Wanted) -> list[Row]:
    """The rows of the problems asked for, in the order they were registered unless sorted."""
    ids = PROBLEM_LEDGER.ids(
        wanted.session, problem_filter(wanted), sort=wanted.sort, descending=wanted.descending
    )
    return rows_on(wanted.session, ids, wanted.day)


def shown(row: Row) -> Values:
    """The values of *row* as lists print them: the place with its stake and bank, days only where overdue."""
    bank = row["bank"].label if row["bank"] else ""
    place = " ".join(part for part in (row["place"], row["stake"], bank) if part)
    return {**row.values, "place": place, "overdue_days": row["overdue_days"] or None}


def standing(rows: Sequence[Values]) -> str:
    """How far the problems of the list have come, in a sentence: the same numbers under each list."""
    states = [row["state"] for row in rows]
    closed, open_ = states.count(State.CLOSED), sum(state in IN_STOCK for state in states)
    overdue = sum(bool(row["overdue_days"]) and row["rectified_on"] is None for row in rows)
    others = Counter(state.label for state in states if state not in (State.CLOSED, State.DRAFT, *IN_STOCK))
    gone = "".join(f"，{label}{count}个" for label, count in others.items())
    late = f"（其中逾期未完成{overdue}个）" if overdue else ""
    return f"所列{len(rows)}个问题中，在账{open_}个{late}，已销号{closed}个{gone}。"


def chosen(wanted: Wanted) -> str:
    """How the problems of the list were chosen, in a sentence."""
    if wanted.span is not None:
        first = day_text(wanted.month.first)
        which = f"统计期内在账的问题，即{first}以前登记而尚未办结的和统计期内新登记、反弹的"
    else:
        which = "问题台账中按选定条件查出的问题" if wanted.filter is not None else "问题台账中的全部问题"
    return f"本清单列{which}；办理情况截至{day_text(wanted.day)}。"


def village_name(wanted: Wanted) -> str:
    """The name of the village asked for."""
    named = {choice.id: choice.label for choice in choices.areas(wanted.session, retired=True)}
    return named.get(wanted.village or 0, "")
