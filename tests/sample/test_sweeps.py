"""The sample's sweeps and zero reports: one finished, one half answered, one report that does not hold."""

from __future__ import annotations

from sqlmodel import Session

from river_chief.queries.sweeps import ANSWER_LEDGER, COUNTED, SWEEP_LEDGER, AnswerFilter, SweepFilter
from river_chief.queries.zero_reports import zero_month
from river_chief.sample.agenda import PRESENT
from river_chief.terms import SweepReply, ZeroState
from river_chief.verbs.office import settings_of


def test_one_sweep_is_finished_and_one_waits(session: Session) -> None:
    waiting, finished = SWEEP_LEDGER.all(session, SweepFilter(), PRESENT)
    counts = {key: waiting[key] for key in COUNTED}
    assert counts["asked"] == 12
    assert 4 <= counts["none"] <= 8
    assert counts["unanswered"] == 12 - counts["none"]
    assert waiting["progress"] == "逾期4天未答齐"
    assert finished["progress"] == "已答齐"
    (found,) = ANSWER_LEDGER.all(session, AnswerFilter(replies=(SweepReply.FOUND,)), PRESENT)
    assert found["found_number"] > finished["number"]
    answered = ANSWER_LEDGER.all(session, AnswerFilter(replies=(SweepReply.NONE,)), PRESENT)
    assert all(row["answerer"] for row in answered)


def test_villages_have_signed_for_four_months(session: Session) -> None:
    settings = settings_of(session)
    months = [(2025, 12), (2026, 1), (2026, 2), (2026, 3)]
    counts = [zero_month(session, settings, *month, PRESENT).counts for month in months]
    assert [count[ZeroState.CONTRADICTED] for count in counts] == [1, 0, 0, 0]
    assert [count[ZeroState.MISSING] for count in counts[:3]] == [1, 1, 1]
    assert all(count[ZeroState.SIGNED] >= 5 for count in counts[:3])
    assert counts[3][ZeroState.SIGNED] == 2
    assert counts[3][ZeroState.MISSING] >= 2
