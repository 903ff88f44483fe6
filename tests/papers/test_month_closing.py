"""月结: what is frozen stays, what differs later is told next month, reopening makes the next edition."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import select

from river_chief.changes import Changes
from river_chief.errors import LedgerDamaged, NotFound, Refusal
from river_chief.figures.as_json import month_as_json
from river_chief.figures.by import lines_by
from river_chief.figures.closed import month_figures
from river_chief.figures.correction import Correction
from river_chief.figures.frozen import frozen_month, frozen_proof, proven_behind, rows_of
from river_chief.figures.frozen_by import reported_lines
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.proof import sums
from river_chief.figures.rows import filters, rows_behind
from river_chief.figures.window import Window
from river_chief.papers.kinds import produce
from river_chief.papers.month_closing import Unbalanced, close_month, imbalance
from river_chief.papers.pdf import render_pdf
from river_chief.queries.dimensions import Dimension
from river_chief.queries.month_closes import close_of, closes, frozen_body
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.records import Act
from river_chief.storage.undo import undo_act, undo_last
from river_chief.storage.verify import verify
from river_chief.terms import Action
from river_chief.verbs import months, patrols, problems
from river_chief.verbs.office import SettingChange, change_settings, settings_of
from tests.builders import CLERK, Office

MARCH, APRIL = (2025, 3), (2025, 4)
APRIL_2 = date(2025, 4, 2)


PROBLEM = {
    "source": "Y01",
    "category_code": "LD01",
    "description": "岸坡堆放生活垃圾约3立方米",
    "volume_m3": 3,
    "severity": "minor",
    "severity_reason": "现场研判",
}


def close(office: Office, month: tuple[int, int] = MARCH) -> Changes:
    with office.database.write(by=CLERK, today=office.today) as writer:
        return close_month(writer, *month)


def figures(office: Office, month: tuple[int, int] = MARCH, edition: int | None = None) -> MonthFigures:
    with office.database.read() as session:
        settings = settings_of(session)
        return month_figures(session, settings, settings.month(*month), office.today, edition)


def told(office: Office) -> Correction:
    """The one correction that April tells."""
    (found,) = figures(office, APRIL).corrections
    return found


def undo(office: Office) -> None:
    with office.database.write(by=CLERK, today=office.today) as writer:
        undo_last(writer)


def reopen(office: Office, reason: str = "漏登一个问题") -> Changes:
    with office.database.read() as session:
        (held,) = [each for each in closes(session) if each.reopened_on is None]
    return office.do(months.reopen, months.MonthReopening, id=held.key, version=held.version, reason=reason)


@pytest.fixture
def march(empty: Office, village: int, reach: int) -> Office:
    """March of four problems: one struck off, one in time, one overdue, one just found."""
    tenure = empty.chief("赵春", village, reach)
    empty.patrol(tenure, reach, at="2025-03-05 09:00")
    for day in (3, 4, 5, 20):
        empty.problem(village, reach, on=f"2025-03-{day:02}")
    empty.close(1)
    empty.step(2, Action.VERIFY, happened_at="2025-03-06")
    empty.today = APRIL_2
    return empty


def test_a_closed_month_is_as_it_was_counted(march: Office) -> None:
    with march.database.read() as session:
        settings = settings_of(session)
        counted = monthly(session, settings, settings.month(*MARCH), march.today)
    assert close(march).sentence == "月结2025年3月第1版"
    found = figures(march)
    assert found.closing is not None
    assert (found.closing.text, found.closing.closer, found.closing.closed_on) == (
        "2025年3月第1版",
        CLERK,
        APRIL_2,
    )
    plain, frozen = month_as_json(counted), month_as_json(found)
    assert frozen["closed"] is True
    assert {key: value for key, value in frozen.items() if key not in ("closed", "closing")} == {
        key: value for key, value in plain.items() if key not in ("closed", "closing")
    }


def test_every_count_has_its_frozen_rows(march: Office) -> None:
    close(march)
    with march.database.read() as session:
        held = close_of(session, settings_of(session).month(*MARCH))
        assert held is not None
        proof, window = frozen_proof(session, held), frozen_month(session, held).figures.window
        for key in filters(window):
            ids = [each.facts.id for each in proven_behind(proof, key)]
            assert ids == sorted(PROBLEM_LEDGER.ids(session, rows_behind(window, key))), key
        behind = proven_behind(proof, "found", villages=(2,))
        assert [each.facts.number for each in behind] == [f"砚2025-{at:03}" for at in (1, 2, 3, 4)]
        assert PROBLEM_LEDGER.count(session, rows_of(behind)) == 4
        assert PROBLEM_LEDGER.count(session, rows_of(())) == 0
        assert sums(proof.values()).counts["found"] == 4


def test_every_breakdown_of_a_closed_month_is_that_of_its_rows(
    march: Office, village: int, reach: int
) -> None:
    with march.database.read() as session:
        settings = settings_of(session)
        span = settings.month(*MARCH)
        window = Window.of(span, march.today)
        counted = {each: lines_by(session, settings, window, each) for each in Dimension}
    close(march)
    march.problem(village, reach, on="2025-03-28")
    with march.database.read() as session:
        for dimension in Dimension:
            assert reported_lines(session, settings, span, march.today, dimension) == counted[dimension]


def test_later_edits_change_nothing_and_are_told_next_month(march: Office, village: int, reach: int) -> None:
    other = march.village("上砚村")
    close(march)
    before = _printed(march)
    fields = {**PROBLEM, "found_on": "2025-03-04", "reach_id": reach, "village_id": other}
    march.do(problems.edit, problems.ProblemEdit, id=2, **fields)
    march.problem(village, reach, on="2025-03-28")
    march.problem(village, reach, on="2025-03-29")
    march.step(4, Action.REFUTE, happened_at="2025-03-30", words="现场没有")
    assert _printed(march) == before

    correction = told(march)
    assert (correction.year, correction.month, correction.edition) == (2025, 3, 1)
    changed = {each.key: (each.before, each.after) for each in correction.counts}
    assert changed == {"ending": (3, 4), "found": (4, 6), "unfounded": (0, 1)}
    rate = next(each for each in correction.rates if each.key == "closing_rate_cumulative")
    assert (rate.before.text, rate.after.text, rate.points) == ("25.0%", "20.0%", -5)
    by_number = {each.number: each for each in correction.problems}
    assert set(by_number) == {"砚2025-002", "砚2025-004", "砚2025-005", "砚2025-006"}
    assert [(each.name, each.before, each.after) for each in by_number["砚2025-002"].facts] == [
        ("所在村", "柳塘村", "上砚村")
    ]
    assert by_number["砚2025-002"].acts[-1].by == CLERK
    lines = {(each.dimension, each.name) for each in correction.lines}
    assert {("villages", "柳塘村"), ("villages", "上砚村")} <= lines


def test_what_a_later_month_has_told_is_not_told_again(march: Office, village: int, reach: int) -> None:
    close(march)
    march.problem(village, reach, on="2025-03-28")
    march.today = date(2025, 5, 1)
    close(march, APRIL)
    assert [each.count("found") for each in figures(march, APRIL).corrections] != [None]
    assert figures(march, (2025, 5)).corrections == ()
    march.problem(village, reach, on="2025-03-29")
    both = figures(march, (2025, 5)).corrections
    assert [(each.month, [one.number for one in each.problems]) for each in both] == [
        (3, ["砚2025-006"]),
        (4, ["砚2025-006"]),
    ]
    found = both[0].count("found")
    assert found is not None
    assert (found.before, found.after) == (5, 6)


def test_a_month_is_compared_with_what_was_reported(march: Office, village: int, reach: int) -> None:
    close(march)
    march.problem(village, reach, on="2025-03-28")
    comparisons = figures(march, APRIL).comparisons
    assert {each.key: each.before for each in comparisons.before.counts}["found"] == 4
    rate = next(each for each in comparisons.before.rates if each.key == "closing_rate_cumulative")
    assert rate.before.text == "25.0%"
    assert {line.name: line.rank_before for line in figures(march, APRIL).by_village} == {"柳塘村": 1}


def test_a_closed_month_stays_when_months_begin_on_another_day(march: Office) -> None:
    close(march)
    before = _printed(march)
    march.do(change_settings, SettingChange, values={"period_start_day": 26})
    assert _printed(march) == before
    found = figures(march)
    assert found.closing is not None
    assert found.window.first == date(2025, 3, 1)
    assert figures(march, APRIL).closing is None


def test_an_edit_taken_back_leaves_nothing_to_tell(march: Office, village: int, reach: int) -> None:
    close(march)
    march.problem(village, reach, on="2025-03-28")
    assert told(march).problems
    undo(march)
    assert figures(march, APRIL).corrections == ()


def test_what_happens_in_april_is_no_correction(march: Office, village: int, reach: int) -> None:
    close(march)
    march.step(2, Action.ASSIGN, happened_at="2025-04-01", unit="柳塘村")
    march.problem(village, reach, on="2025-04-01")
    assert figures(march, APRIL).corrections == ()


def test_another_day_of_finishing_is_told_though_no_count_differs(march: Office) -> None:
    march.step(2, Action.ASSIGN, happened_at="2025-03-06", unit="柳塘村", deadline="2025-03-25")
    march.step(2, Action.SIGN_FOR, happened_at="2025-03-06", actor="赵春")
    march.step(2, Action.SUBMIT, happened_at="2025-03-10", progress="已清理完毕")
    with march.database.read() as session:
        submitted = session.exec(select(func.max(Act.id))).one()
    assert submitted is not None
    close(march)
    with march.database.write(by=CLERK, today=march.today) as writer:
        undo_act(writer, submitted)
    march.step(2, Action.SUBMIT, happened_at="2025-03-12", progress="已清理完毕")
    correction = told(march)
    assert (correction.counts, correction.rates) == ((), ())
    assert (correction.average_before, correction.average_after) == (2, 3)
    (problem,) = correction.problems
    assert [(each.name, each.before, each.after) for each in problem.facts] == [
        ("整改完成", "2025-03-10", "2025-03-12")
    ]


def test_exceptions_are_told_by_problems_as_the_report_counts_them(march: Office) -> None:
    march.step(1, Action.RELAPSE, happened_at="2025-03-20", words="又堆了垃圾")
    march.step(1, Action.SUBMIT, happened_at="2025-03-22", progress="已清理完毕")
    march.step(1, Action.ACCEPT, happened_at="2025-03-23", actor="钱树")
    close(march)
    assert figures(march).excepted == 1
    march.step(2, Action.ASSIGN, happened_at="2025-03-30", unit="柳塘村")
    march.step(2, Action.SIGN_FOR, happened_at="2025-03-30", actor="赵春")
    march.step(2, Action.SUBMIT, happened_at="2025-03-31", progress="已清理完毕")
    march.step(2, Action.ACCEPT, happened_at="2025-03-31", actor="钱树")
    found = told(march).count("exceptions")
    assert found is not None
    assert (found.before, found.after) == (1, 2)


def test_patrols_written_later_are_told(march: Office, reach: int) -> None:
    close(march)
    march.patrol(1, reach, at="2025-03-12 09:00")
    (chief,) = told(march).duties
    assert {each.key: (each.before, each.after) for each in chief.figures}["done"] == (1, 2)
    march.do(patrols.void_patrol, patrols.VoidPatrol, id=2, words="重复登记")
    assert figures(march, APRIL).corrections == ()


def test_reopening_makes_the_next_edition_with_its_differences(
    march: Office, village: int, reach: int
) -> None:
    close(march)
    first = _printed(march)
    assert reopen(march).sentence == "重开2025年3月（第1版）：漏登一个问题"
    march.problem(village, reach, on="2025-03-28")
    assert figures(march).closing is None
    assert figures(march).stock.found == 5
    assert close(march).sentence == "月结2025年3月第2版"
    second = figures(march)
    assert second.closing is not None
    assert (second.closing.edition, second.closing.reason) == (2, "漏登一个问题")
    with march.database.read() as session:
        span = settings_of(session).month(*MARCH)
        held = close_of(session, span)
        assert held is not None
        differences = frozen_month(session, held).differences
        assert differences is not None
        assert [each.number for each in differences.problems] == ["砚2025-005"]
        assert render_pdf(produce(session, "monthly", today=march.today, span=span, edition=1)) == first
    assert figures(march, edition=1).stock.found == 4
    with pytest.raises(NotFound, match="没有第3版"):
        figures(march, edition=3)


def test_what_can_not_be_closed_is_refused(march: Office) -> None:
    with pytest.raises(Refusal, match="才结束"):
        close(march, APRIL)
    close(march)
    with pytest.raises(Refusal, match="已经月结（第1版）"):
        close(march)
    reopen(march)
    with march.database.read() as session:
        (record,) = closes(session)
    with pytest.raises(Refusal, match="已经重开过"):
        march.do(months.reopen, months.MonthReopening, id=record.key, reason="再开一次")


def test_a_closing_is_taken_back_like_any_act(march: Office) -> None:
    close(march)
    undo(march)
    assert figures(march).closing is None
    assert close(march).sentence == "月结2025年3月第1版"


def test_a_broken_stock_is_refused_with_its_rows(march: Office) -> None:
    with march.database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE problem_round SET exit = NULL WHERE problem_id = 1")
    with pytest.raises(Unbalanced, match="砚2025-001（新增1") as refused:
        close(march)
    assert refused.value.ids == (1,)
    with march.database.read() as session:
        found = imbalance(session, settings_of(session), *MARCH)
        assert found is not None
        assert found.ids == (1,)
        assert closes(session) == []


def test_a_changed_body_is_found(march: Office) -> None:
    close(march)
    assert verify(march.database, replayed=True).faults == []
    with march.database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql(
            "UPDATE frozen_body SET body = zeroblob(10) WHERE digest = (SELECT proof_digest FROM month_close)"
        )
    assert verify(march.database).faults == ["2025年3月第1版月结保存的内容丢失或被改动过。"]
    with march.database.read() as session:
        (held,) = closes(session)
        with pytest.raises(LedgerDamaged, match="用备份恢复"):
            frozen_body(session, held.proof_digest)
        assert frozen_body(session, held.digest)


def _printed(office: Office) -> bytes:
    with office.database.read() as session:
        span = settings_of(session).month(*MARCH)
        return render_pdf(produce(session, "monthly", today=office.today, span=span))
