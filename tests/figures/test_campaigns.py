"""The progress of campaigns: counts, their rows, 动态清零, parts, patches."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from river_chief.figures.campaigns import (
    CampaignFigure,
    Count,
    Progress,
    campaign_figures,
    patches_behind,
    rows_behind,
)
from river_chief.queries.patches import PATCH_LEDGER
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.rounds import RoundFilter
from river_chief.storage.database import Database
from river_chief.terms import Action, Disposal, Exit, Verdict
from river_chief.verbs import office, problems
from tests.builders import Office
from tests.verbs.test_patches import check
from tests.verbs.test_patches import patch as add_patch


@pytest.fixture
def campaign(empty: Office) -> int:
    """清渠行动, to be done by 2025-03-20 and kept clear."""
    values = {"name": "清渠行动", "starts_on": "2025-03-01", "target_on": "2025-03-20", "keeps_clear": True}
    return empty.do(office.add_campaign, office.NewCampaign, **values).id


def figure(of: Office, id: int, day: str = "2025-03-31") -> CampaignFigure:
    with of.database.read() as session:
        return next(
            one for one in campaign_figures(session, date.fromisoformat(day)) if one.campaign.id == id
        )


def count_rows(of: Office, id: int, count: Count, **only: Any) -> int:
    with of.database.read() as session:
        return PROBLEM_LEDGER.count(session, rows_behind(of.today, count, id, **only))


def test_a_campaign_counts_its_real_problems_once_each(
    empty: Office, village: int, reach: int, campaign: int
) -> None:
    tagged: dict[str, Any] = {"campaign_ids": (campaign,)}
    other = empty.village("石埠村", "990121103202")
    closed = empty.problem(village, reach, disposal="demolish", **tagged)
    empty.close(closed)
    late = empty.problem(village, reach, disposal="demolish", **tagged)
    empty.step(late, Action.VERIFY, happened_at="2025-03-04")
    empty.step(late, Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村", deadline="2025-03-12")
    empty.problem(other, reach, **tagged)
    refuted = empty.problem(village, reach, **tagged)
    empty.step(refuted, Action.REFUTE, words="已办手续")
    empty.problem(village, reach)
    found = figure(empty, campaign)
    assert found.progress == Progress(total=3, closed=1, open=2, overdue=1)
    assert found.progress.share == pytest.approx(1 / 3)
    assert (found.past_target, found.days_left) == (2, -11)
    assert {part.name: part.progress.total for part in found.villages} == {"石埠村": 1, "柳塘村": 2}
    assert {part.key: part.progress.open for part in found.disposals} == {Disposal.DEMOLISH: 1, None: 1}
    for count in Count:
        assert count_rows(empty, campaign, count) == getattr(found.progress, count)
        for part in found.villages:
            assert isinstance(part.key, int)
            assert count_rows(empty, campaign, count, villages=(part.key,)) == getattr(part.progress, count)
        for part in found.disposals:
            assert isinstance(part.key, Disposal | None)
            assert count_rows(empty, campaign, count, disposals=(part.key,)) == getattr(part.progress, count)


def test_it_stands_clear_until_one_is_found_or_relapses(
    empty: Office, village: int, reach: int, campaign: int
) -> None:
    assert figure(empty, campaign).clear_words == "已清零（没有问题）"
    id = empty.problem(village, reach, campaign_ids=(campaign,))
    assert figure(empty, campaign).clear_words == "未清零，还剩 1 个"
    empty.close(id, on="2025-03-10")
    assert figure(empty, campaign).clear_words == "已清零（2025-03-10 起）"
    assert figure(empty, campaign, "2025-03-09").clear_words == "未清零，还剩 1 个"
    empty.step(id, Action.RELAPSE, happened_at="2025-03-20", words="又有倾倒")
    assert figure(empty, campaign).clear_words == "未清零，还剩 1 个"
    assert figure(empty, campaign, "2025-03-19").clear_words == "已清零（2025-03-10 起）"
    assert (figure(empty, campaign).progress.total, count_rows(empty, campaign, Count.TOTAL)) == (1, 1)


def test_a_tag_that_is_taken_off_counts_no_more(
    empty: Office, village: int, reach: int, campaign: int
) -> None:
    id = empty.problem(village, reach, campaign_ids=(campaign,))
    edit = {"id": id, "found_on": "2025-03-03", "source": "Y01", "village_id": village, "reach_id": reach}
    words = {"category_code": "LD01", "description": "堆放垃圾", "campaign_ids": ()}
    empty.do(problems.edit, problems.ProblemEdit, **edit, **words)
    assert figure(empty, campaign).progress == Progress()
    assert figure(empty, campaign).progress.share is None


def test_patches_count_with_their_campaign(empty: Office, village: int, campaign: int) -> None:
    for number, verdict in (("TB1", "real"), ("TB2", "not_real"), ("TB3", "")):
        id = add_patch(empty, village, number=number, campaign_id=campaign)
        if verdict:
            check(empty, id, verdict, exception="" if verdict == "real" else "远望")
    found = figure(empty, campaign)
    assert (dict(found.patches), found.unchecked) == ({None: 1, Verdict.REAL: 1, Verdict.NOT_REAL: 1}, 1)
    with empty.database.read() as session:
        for verdict_, count in found.patches.items():
            assert PATCH_LEDGER.count(session, patches_behind(campaign, verdict_)) == count


def test_the_sample_adds_up_campaign_by_campaign(township: Path) -> None:
    """Closed and open are all there are, and what is open is the stock of the tag."""
    day = date(2026, 3, 31)
    with Database.open(township) as database, database.read() as session:
        figures = campaign_figures(session, day)
        assert sum(one.progress.total for one in figures) > 100
        for one in figures:
            parts = sum((part.progress for part in one.villages), Progress())
            assert parts == one.progress == sum((part.progress for part in one.disposals), Progress())
            assert one.progress.total == one.progress.closed + one.progress.open
            tagged = RoundFilter(campaigns=(one.campaign.id,), last_on=day)
            unreal = RoundFilter(
                campaigns=(one.campaign.id,),
                last_on=day,
                exits=(Exit.UNFOUNDED, Exit.MERGED, Exit.HANDED_OVER, Exit.VOIDED),
            )
            counts = [
                PROBLEM_LEDGER.count(
                    session, rows_behind(day, Count.TOTAL, one.campaign.id).only(rounds=rounds)
                )
                for rounds in (tagged, unreal)
            ]
            assert one.progress.total == counts[0] - counts[1]
