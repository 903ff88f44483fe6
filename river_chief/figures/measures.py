"""What is counted of the problems in a period: every count once, as a filter over rounds.

The stock and its flows count rounds: a problem that relapsed stands in them as often as it came and
went. The rows behind a count are the problems of exactly those rounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from river_chief.figures.window import Window
from river_chief.queries.rounds import RoundFilter
from river_chief.terms import Exit, Origin

Asked = Callable[[Window], RoundFilter]


@dataclass(frozen=True, slots=True)
class Measure:
    """A count: its key in the figures, its Chinese name, and the rounds it counts."""

    key: str
    name: str
    filter: Asked


def opened(window: Window) -> RoundFilter:
    """Rounds that began in the period."""
    return RoundFilter(opened=window.known)


def left(window: Window) -> RoundFilter:
    """Rounds that ended in the period, in whatever way."""
    return RoundFilter(exited=window.known)


def in_stock(window: Window) -> RoundFilter:
    """Rounds in stock at the end of the cut-off day."""
    return RoundFilter(stock_on=window.cut)


def ever(window: Window) -> RoundFilter:
    """Every round that began up to the cut-off day."""
    return RoundFilter(opened=(None, window.cut))


def unfinished(window: Window) -> RoundFilter:
    """Rounds in stock whose rectification is not reported finished."""
    return replace(in_stock(window), unfinished_on=window.cut)


def overdue(window: Window) -> RoundFilter:
    """Unfinished rounds whose approved deadline lies before the cut-off day."""
    return replace(unfinished(window), overdue_on=window.cut)


def due(window: Window) -> RoundFilter:
    """Real problems whose approved deadline lies in the period."""
    return RoundFilter(deadline=window.known, real_on=window.cut)


def on_time(window: Window) -> RoundFilter:
    """Those due in the period that were finished by their deadline."""
    return replace(due(window), on_time=True)


def due_next(window: Window) -> RoundFilter:
    """Unfinished rounds whose approved deadline lies in the month after the period, as far as they are assigned."""
    return replace(unfinished(window), deadline=window.next, assigned_by=window.cut)


def rectified(window: Window) -> RoundFilter:
    """Real problems whose rectification was finished in the period; their clocks make the average."""
    return RoundFilter(finished=window.known, real_on=window.cut, stock_during=window.known)


def _exit(exit: Exit) -> Asked:
    return lambda window: replace(left(window), exits=(exit,))


def _origin(*origins: Origin) -> Asked:
    return lambda window: replace(opened(window), origins=origins)


def _opening(window: Window) -> RoundFilter:
    return RoundFilter(stock_before=window.first)


STOCK: tuple[Measure, ...] = (
    Measure("opening", "期初", _opening),
    Measure("found", "新增", _origin(Origin.FOUND, Origin.RETURNED)),
    Measure("relapsed", "反弹", _origin(Origin.RELAPSE)),
    Measure("closed", "销号", _exit(Exit.CLOSED)),
    Measure("unfounded", "不属实", _exit(Exit.UNFOUNDED)),
    Measure("handed_over", "移交", _exit(Exit.HANDED_OVER)),
    Measure("merged", "并案", _exit(Exit.MERGED)),
    Measure("voided", "作废", _exit(Exit.VOIDED)),
    Measure("ending", "期末", in_stock),
)
DEADLINES: tuple[Measure, ...] = (
    Measure("due", "到期", due),
    Measure("on_time", "按期", on_time),
    Measure("overdue", "逾期", overdue),
    Measure("due_next", "下月到期", due_next),
)


def excepted(window: Window) -> RoundFilter:
    """Rounds of which a step was done without the proof it needs in the period."""
    return RoundFilter(excepted=window.known)


def waiting_above(window: Window) -> RoundFilter:
    """Rounds the township has accepted and a level above has not struck off yet, at the end of the cut-off day."""
    return replace(in_stock(window), reported_by=window.cut)


HANDLING: tuple[Measure, ...] = (
    Measure("exceptions", "例外办理", excepted),
    Measure("waiting_above", "已验收待上级销号", waiting_above),
)
# Wide filters under which narrower ones are counted in one pass.
BASES: tuple[Asked, ...] = (opened, left, in_stock, ever)
