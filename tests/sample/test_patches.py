"""The patches of April 2025: 21 places, six real, fifteen not, each with its photo."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlmodel import Session, select

from river_chief.figures.campaigns import campaign_figures
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter
from river_chief.records import Patch, Problem
from river_chief.terms import Source, Verdict


def test_twenty_one_points_of_these_kinds(session: Session) -> None:
    points = session.exec(select(Patch)).all()
    assert Counter(point.shows for point in points) == {
        "桥梁": 11,
        "房屋": 2,
        "拦河堰": 3,
        "坑塘": 3,
        "光伏": 1,
        "其他": 1,
    }
    assert Counter(point.verdict for point in points) == {Verdict.REAL: 6, Verdict.NOT_REAL: 15}
    assert [point.number for point in points] == [f"TB2025-{n:03}" for n in range(1, 22)]


def test_the_real_ones_are_the_problems_found_from_above(session: Session) -> None:
    problems = session.exec(select(Problem).where(Problem.source == Source.SATELLITE)).all()
    points = session.exec(select(Patch).where(Patch.verdict == Verdict.REAL)).all()
    assert {(point.problem_id, point.number) for point in points} == {
        (problem.id, problem.patch_number) for problem in problems
    }


def test_every_point_has_a_photo_and_was_checked_in_time(session: Session) -> None:
    rows = PATCH_LEDGER.all(session, PatchFilter(), date(2026, 3, 31))
    assert all(row["photos"] == 1 and not row["exception"] for row in rows)
    assert all(row["handed_on"] <= row["checked_on"] <= row["due_on"] for row in rows)
    assert all(row["village_name"] and row["reach_name"] and row["words"] for row in rows)


def test_campaigns_have_their_target_days(session: Session) -> None:
    figures = {one.campaign.name: one for one in campaign_figures(session, date(2026, 3, 31))}
    assert str(figures["图斑核查"].campaign.target_on) == "2025-08-31"
    assert (figures["图斑核查"].progress.share, figures["图斑核查"].past_target) == (1.0, 0)
    assert figures["四乱"].campaign.keeps_clear
    assert figures["四乱"].campaign.note == "乱占、乱采、乱堆、乱建"
    assert figures["四乱"].progress.open > 0
    assert {part.name for part in figures["四乱"].disposals} >= {"清理", "拆除"}
