"""零报告情况表: what every village has told of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from river_chief.errors import Refusal
from river_chief.fields.follow_up import ZERO_REPORTS
from river_chief.papers.document import Document, Table
from river_chief.papers.kinds.list_table import Columns
from river_chief.papers.kinds.problem_list import list_document
from river_chief.papers.kinds.sweep_table import upright
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.ledger_query import Row
from river_chief.queries.zero_reports import ZeroFilter, ZeroMonth, zero_ledger
from river_chief.rules.periods import month_of
from river_chief.terms import ZeroState

_KEYS = "village_name found numbers state signer signed_on words".split()
_WORDS = {
    ZeroState.SIGNED: "签报零报告的{}个",
    ZeroState.FOUND: "登记有发现的{}个",
    ZeroState.CONTRADICTED: "签报零报告而登记有发现的{}个",
    ZeroState.MISSING: "未报的{}个",
}


def zero_report_table(wanted: Wanted) -> Document:
    """The villages of one of the office's months, those the filter lets through."""
    settings = wanted.settings
    year, month = month_of(wanted.month.last, settings.period_start_day)
    if wanted.month != settings.month(year, month):
        raise Refusal("零报告按月统计，请选一个月份。")
    ledger = zero_ledger(settings, year, month)
    villages = () if wanted.village is None else (wanted.village,)
    asked = wanted.filter if isinstance(wanted.filter, ZeroFilter) else ZeroFilter(villages=villages)
    rows = tuple(ledger.all(wanted.session, asked, wanted.today))
    document = list_document(
        wanted,
        "村（社区）零报告情况表",
        zero_table(rows),
        notes=(
            f"所列{len(rows)}个村（社区）中，{counted(ZeroMonth(year, month, wanted.month, rows))}。",
            "发现问题按发现时间计入当月，不属实、并案、作废的不计；零报告是村（社区）签字报告当月未发现问题，"
            "未报不等于没有问题。",
        ),
    )
    return upright(document)


def zero_table(rows: Sequence[Row], caption: str = "") -> Table:
    """A line for each village with what it found and signed."""
    table = Columns(ZERO_REPORTS, _KEYS, summed=("found",)).table(
        [row.values for row in rows], f"共{len(rows)}个"
    )
    return replace(table, caption=caption)


def counted(found: ZeroMonth) -> str:
    """签报零报告的5个，登记有发现的2个，未报的1个; those that contradict themselves only if there are any."""
    counts = found.counts
    shown = [state for state in ZeroState if counts[state] or state is not ZeroState.CONTRADICTED]
    return "，".join(_WORDS[state].format(counts[state]) for state in shown)
