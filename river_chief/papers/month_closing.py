"""月结 carried out: count the month, prove it balances, make its papers, and keep all of it in one act."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.figures import proof as proofs
from river_chief.figures.as_reported import as_reported
from river_chief.figures.closing import Closing, RuleVersion
from river_chief.figures.corrections import corrections, differences
from river_chief.figures.four_closed import compared_afresh
from river_chief.figures.frozen import FrozenMonth, freezer
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.proof import Proven, prove, unbalanced
from river_chief.papers.kinds import KINDS
from river_chief.papers.kinds.frozen_papers import FROZEN_KINDS, freeze_papers
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.rule_versions import rule_versions
from river_chief.records import Act, MonthClose
from river_chief.records.columns import col
from river_chief.rules.office import OfficeSettings
from river_chief.storage.database import Writer
from river_chief.storage.journal import GENESIS
from river_chief.verbs.input import understood
from river_chief.verbs.months import MonthClosing, close
from river_chief.verbs.office import settings_of

NAMED = 10


class Unbalanced(Refusal):
    """The stock identity of a month does not hold; ``ids`` are the problems that break it."""

    def __init__(self, sentence: str, ids: tuple[int, ...]) -> None:
        super().__init__(sentence)
        self.ids = ids


def close_month(writer: Writer, year: int, month: int) -> Changes:
    """Close the office's month: figures, rows, rules and papers are frozen as its next edition, in one act.

    Refused while the month runs, when it is closed already, and while its stock identity breaks (``Unbalanced``).
    """
    session = writer.session
    settings = settings_of(session)
    span = settings.month(year, month)
    if writer.today < span.last:
        raise Refusal(f"{year}年{month}月的统计期到 {span.last} 才结束，结束之后再月结。")
    figures = as_reported(session, monthly(session, settings, span, writer.today))
    proof = prove(session, figures.window)
    _refuse_unbalanced(session, figures, list(proof.values()))
    editions = _editions(session, year, month)
    head = _head(session)
    figures = replace(
        figures,
        closing=Closing(
            id=0,
            year=year,
            month=month,
            first=span.first,
            last=span.last,
            edition=len(editions) + 1,
            closed_on=writer.today,
            closer=writer.by,
            reason=editions[-1].reopen_reason if editions else "",
            head=head,
        ),
        corrections=corrections(session, settings, span.first),
    )
    rules = tuple(RuleVersion(*row) for row in rule_versions(session))
    before = differences(session, settings, editions[-1], figures) if editions else None
    four = compared_afresh(session, settings, span, writer.today)
    wanted = Wanted(session, settings, writer.today, span=span, figures=figures)
    entry = understood(
        MonthClosing,
        {
            "year": year,
            "month": month,
            "first": span.first,
            "last": span.last,
            "cut": figures.window.cut,
            "head": head,
            "figures": freezer().freeze(FrozenMonth(figures, rules, before, four)),
            "proof": proofs.pack(proof),
            "papers": freeze_papers(
                wanted, {kind: KINDS[kind].make for kind in FROZEN_KINDS if kind in KINDS}
            ),
        },
    )
    return writer.do(close, entry)


def imbalance(session: Session, settings: OfficeSettings, year: int, month: int) -> Unbalanced | None:
    """What would be refused for the stock identity when the month is closed; None where it holds."""
    span = settings.month(year, month)
    figures = monthly(session, settings, span, span.last)
    try:
        _refuse_unbalanced(session, figures, list(prove(session, figures.window).values()))
    except Unbalanced as found:
        return found
    return None


def _refuse_unbalanced(session: Session, figures: MonthFigures, proven: list[Proven]) -> None:
    broken = unbalanced({each.facts.id: each for each in proven})
    if not broken and figures.balances:
        return
    if not broken:
        raise AssertionError("the figures do not balance, yet every problem does")
    named = "；".join(_told(each) for each in broken[:NAMED])
    more = f"等{len(broken)}个问题" if len(broken) > NAMED else ""
    raise Unbalanced(
        f"账目不平（期初＋新增＋反弹－销号－不属实－移交－并案－作废≠期末），不能月结。出在：{named}{more}。"
        "请打开这些问题核对登记、销号、反弹的日期，改正后再月结。",
        tuple(each.facts.id for each in broken),
    )


def _told(proven: Proven) -> str:
    """砚2026-003（期初1、销号1、期末1）."""
    parts = "、".join(
        f"{each.name}{proven.counts[each.key]}" for each in STOCK if proven.counts.get(each.key)
    )
    return f"{proven.facts.number}（{parts}）"


def _editions(session: Session, year: int, month: int) -> list[MonthClose]:
    query = select(MonthClose).where(col(MonthClose.year) == year, col(MonthClose.month) == month)
    return list(session.execute(query.order_by(col(MonthClose.edition))).scalars())


def _head(session: Session) -> str:
    newest = select(col(Act.hash)).order_by(col(Act.id).desc()).limit(1)
    return session.execute(newest).scalar() or GENESIS
