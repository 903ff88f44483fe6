"""专项: how far each campaign has come, by village and by the way its problems are disposed of.

A campaign counts the problems that carry its tag and are real, each once, by its newest round as of the
day: closed, or still open. The rows behind a number are those of the same filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from river_chief.figures.breakdown import UNNAMED
from river_chief.queries import campaign_counts, choices
from river_chief.queries.campaign_counts import CampaignRow
from river_chief.queries.patches import PatchFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.round_counts import Family, counted_in_campaigns
from river_chief.queries.rounds import RoundFilter
from river_chief.terms import Disposal, Verdict

Counted = tuple[int | None, Disposal | None, "Progress"]
"""The counts in a village with one way of disposal."""


class Count(StrEnum):
    """What is counted of a campaign."""

    TOTAL = "total"
    CLOSED = "closed"
    OPEN = "open"
    OVERDUE = "overdue"


def filters(day: date) -> dict[Count, RoundFilter]:
    """The filter of each count as of the end of *day*, for all campaigns."""
    total = RoundFilter(real_on=day, last_on=day)
    unfinished = replace(total, stock_on=day, unfinished_on=day)
    return {
        Count.TOTAL: total,
        Count.CLOSED: replace(total, closed_on=day),
        Count.OPEN: replace(total, stock_on=day),
        Count.OVERDUE: replace(unfinished, overdue_on=day),
    }


def rows_behind(
    day: date,
    count: Count,
    campaign: int,
    *,
    villages: tuple[int | None, ...] = (),
    disposals: tuple[Disposal | None, ...] = (),
) -> ProblemFilter:
    """The problems counted of *campaign*, of some villages or ways of disposal only."""
    counted = replace(filters(day)[count], campaigns=(campaign,), villages=villages)
    return ProblemFilter(rounds=counted, disposals=disposals)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a campaign or a part of it; closed and open make up the total."""

    total: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def share(self) -> float | None:
        """The closed among all, 0 to 1; None where there are none."""
        return self.closed / self.total if self.total else None

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.total + other.total,
            self.closed + other.closed,
            self.open + other.open,
            self.overdue + other.overdue,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a campaign: a village (its id, None: of none) or a disposal, with its name."""

    key: int | Disposal | None
    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class CampaignFigure:
    """One campaign as of ``day``.

    ``cleared_on``  the day the last of its problems left, where none is open; None where there never was one.
    ``patches``     its patches by verdict (None: not checked yet).
    """

    campaign: CampaignRow
    day: date
    progress: Progress
    villages: tuple[Part, ...]
    disposals: tuple[Part, ...]
    cleared_on: date | None
    patches: Mapping[Verdict | None, int] = field(default_factory=dict)

    @property
    def past_target(self) -> int:
        """Problems still open though the target day has passed."""
        target = self.campaign.target_on
        return self.progress.open if target is not None and target < self.day else 0

    @property
    def days_left(self) -> int | None:
        """Days to the target day, negative once it has passed; None without one."""
        target = self.campaign.target_on
        return None if target is None else (target - self.day).days

    @property
    def is_clear(self) -> bool:
        """Whether nothing of it is open: 清零."""
        return self.progress.open == 0

    @property
    def clear_words(self) -> str:
        """动态清零 in words: 已清零 since when, or how many are left; "" where it is not asked for."""
        if not self.campaign.keeps_clear:
            return ""
        if not self.is_clear:
            return f"未清零，还剩 {self.progress.open} 个"
        if self.cleared_on is None:
            return "已清零（没有问题）"
        return f"已清零（{self.cleared_on.isoformat()} 起）"

    @property
    def unchecked(self) -> int:
        """Patches not checked yet."""
        return self.patches.get(None, 0)


def campaign_figures(session: Session, day: date, *, retired: bool = False) -> tuple[CampaignFigure, ...]:
    """Every campaign in use (with *retired*: and those that were), in the order of the register."""
    rows = _counted(session, day)
    cleared = campaign_counts.last_exits(session, day)
    patches = campaign_counts.verdicts(session)
    villages: dict[int | None, str] = {each.id: each.label for each in choices.areas(session, retired=True)}
    villages[None] = UNNAMED
    return tuple(
        _figure(campaign, day, rows.get(campaign.id, []), villages, cleared, patches)
        for campaign in campaign_counts.campaigns(session, retired=retired)
    )


def _figure(
    campaign: CampaignRow,
    day: date,
    rows: Sequence[Counted],
    villages: Mapping[int | None, str],
    cleared: Mapping[int, date],
    patches: Mapping[int, Mapping[Verdict | None, int]],
) -> CampaignFigure:
    progress = sum((counts for _, _, counts in rows), Progress())
    ways: dict[Disposal | None, str] = {**{each: each.label for each in Disposal}, None: UNNAMED}
    return CampaignFigure(
        campaign=campaign,
        day=day,
        progress=progress,
        villages=_parts(((village, counts) for village, _, counts in rows), villages),
        disposals=_parts(((disposal, counts) for _, disposal, counts in rows), ways),
        cleared_on=cleared.get(campaign.id) if progress.open == 0 else None,
        patches=patches.get(campaign.id, {}),
    )


def _counted(session: Session, day: date) -> dict[int, list[Counted]]:
    """By campaign: the counts in each village with each way of disposal."""
    asked = filters(day)
    family = Family(asked[Count.TOTAL], {count.value: filter for count, filter in asked.items()})
    found: dict[int, list[Counted]] = {}
    for (campaign, village, disposal), counts in counted_in_campaigns(session, family):
        found.setdefault(campaign, []).append((village, disposal, Progress(*counts)))
    return found


def patches_behind(campaign: int, verdict: Verdict | None) -> PatchFilter:
    """The patches of *campaign* with that verdict (None: not checked yet)."""
    return PatchFilter(campaigns=(campaign,), verdicts=(verdict,))


def _parts(rows: Iterable[tuple[Any, Progress]], names: Mapping[Any, str]) -> tuple[Part, ...]:
    """The sums of *rows* by key, in the order of *names*; those without a name are of none."""
    sums: dict[Any, Progress] = {}
    for key, counts in rows:
        known = key if key in names else None
        sums[known] = sums.get(known, Progress()) + counts
    return tuple(Part(key, name, sums[key]) for key, name in names.items() if key in sums and sums[key].total)
