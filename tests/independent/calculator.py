"""The figures of any days counted from ``list ledger -o x.json``, by the definitions printed under the tables.

Written as somebody outside would write it: two JSON files, plain Python, nothing of the program. Every
figure is the list of the numbers of the problems behind it, once for each time a problem counts.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

Problem = dict[str, Any]
# 河长巡河, 巡查员和保洁员, 乡镇自查
OWN_SOURCES = ("Y01", "Y02", "Y03")
RATES = (
    "closing_rate_cumulative",
    "completion_rate_cumulative",
    "rectification_rate",
    "on_time_rate",
    "overdue_rate",
    "relapse_rate",
    "look_back_relapse_rate",
    "own_finding_rate",
    "rejection_rate",
)
WAYS_OUT = ("closed", "unfounded", "handed_over", "merged", "voided")
STOCK = ("opening", "found", "relapsed", *WAYS_OUT, "ending")


class Turn(NamedTuple):
    """A round of a problem as it is known at the end of the last day: what came later has not happened."""

    number: str
    source: str | None
    origin: str
    is_newest: bool
    relapsed_later: bool
    opened: date
    assigned: date | None
    assigned_later: bool
    deadline: date | None
    reported_done: date | None
    asked_above: date | None
    way_out: str | None
    gone: date | None

    @property
    def done(self) -> date | None:
        """完成: the day of the report that was not sent back; of a case without it the day it was struck off."""
        return self.reported_done or (self.gone if self.way_out == "closed" else None)

    @property
    def is_real(self) -> bool:
        """Neither 不属实 nor 并案, 移交 or 作废."""
        return self.way_out in (None, "closed")

    def is_done_before(self, day: date) -> bool:
        """Whether it was finished before *day*."""
        return self.done is not None and self.done < day


@dataclass(frozen=True)
class Figures:
    """``behind`` names the problems of every count and of every rate's two counts; ``days`` from 交办 to 完成."""

    behind: dict[str, list[str]]
    days: list[int]
    late: list[tuple[str, date]]
    open: list[tuple[str, date | None]]

    def __getitem__(self, key: str) -> int:
        return len(self.behind[key])

    @property
    def average_days(self) -> Fraction | None:
        """平均整改天数."""
        return Fraction(sum(self.days), len(self.days)) if self.days else None

    @property
    def balances(self) -> bool:
        """期末 = 期初 + 新增 + 反弹 − 销号 − 不属实 − 移交 − 并案 − 作废."""
        came = self["opening"] + self["found"] + self["relapsed"]
        return self["ending"] == came - sum(self[way] for way in WAYS_OUT)

    def rate(self, key: str) -> tuple[int, int]:
        """Numerator and denominator."""
        return self[f"{key}.numerator"], self[f"{key}.denominator"]


def read_ledger(path: Path) -> list[Problem]:
    """The rows of ``list ledger -o x.json``."""
    rows: list[Problem] = json.loads(path.read_text("utf-8"))["rows"]
    return rows


def month_days(year: int, month: int, start_day: int = 1) -> tuple[date, date]:
    """The first and the last day of an office's month; from the 26th, it is 上月26日至本月25日."""
    if start_day == 1:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(*before, start_day), date(year, month, start_day - 1)


def printed(numerator: int, denominator: int, digits: int) -> str:
    """A rate as a table prints it: half up, never 100 below 100, "—" of nothing."""
    if denominator == 0:
        return "—"
    full = 100 * 10**digits
    units = (2 * full * numerator + denominator) // (2 * denominator)
    if numerator < denominator:
        units = min(units, full - 1)
    whole, rest = divmod(units, 10**digits)
    return f"{whole}.{rest:0{digits}}%" if digits else f"{whole}%"


def figures(problems: Iterable[Problem], first: date, last: date) -> Figures:
    """Count the days from *first* to *last*, as seen at the end of *last*."""
    listed = list(problems)
    turns = [turn for problem in listed for turn in turns_of(problem, last)]
    open_ones = [turn for turn in turns if turn.gone is None]
    unfinished = [turn for turn in open_ones if turn.reported_done is None]
    late = [turn for turn in unfinished if turn.deadline is not None and turn.deadline < last]
    finished = [turn for turn in turns if turn.is_real and turn.reported_done and turn.reported_done >= first]
    counted: dict[str, Sequence[Turn | str]] = {
        **_stock(turns, first),
        **_deadlines(turns, first, last),
        **_to_rectify(turns, first, last),
        **_so_far(turns),
        **_found(turns, first),
        **_steps(listed, first, last),
        "overdue": late,
        "overdue_rate.numerator": late,
        "overdue_rate.denominator": unfinished,
        "rectified": finished,
        "waiting_above": [turn for turn in open_ones if turn.asked_above is not None],
    }
    return Figures(
        {key: [_number(each) for each in found] for key, found in counted.items()},
        [
            (turn.reported_done - turn.assigned).days
            for turn in finished
            if turn.reported_done and turn.assigned
        ],
        sorted((turn.number, turn.deadline) for turn in late if turn.deadline),
        [(turn.number, turn.deadline) for turn in unfinished if not turn.assigned_later],
    )


def turns_of(problem: Problem, last: date) -> Iterator[Turn]:
    """The rounds of *problem* begun up to *last*; a draft has none."""
    begun = [item for item in problem["rounds"] if day_of(item["opened_on"], last)]
    for item in begun:
        gone = day_of(item["exit_on"], last)
        yield Turn(
            number=problem["number"],
            source=problem["source"],
            origin=item["origin"],
            is_newest=item is begun[-1],
            relapsed_later=any(other["ordinal"] == item["ordinal"] + 1 for other in begun),
            opened=date.fromisoformat(item["opened_on"]),
            assigned=day_of(item["assigned_on"], last),
            assigned_later=bool(item["assigned_on"]) and day_of(item["assigned_on"], last) is None,
            deadline=day_of(item["deadline"], None),
            reported_done=day_of(item["rectified_on"], last),
            asked_above=day_of(item["reported_on"], last),
            way_out=item["exit"] if gone else None,
            gone=gone,
        )


def day_of(text: str | None, last: date | None) -> date | None:
    """The day of *text*, unless it lies after *last* (None: whenever)."""
    found = date.fromisoformat(text[:10]) if text else None
    return None if found is None or (last is not None and found > last) else found


def _number(item: Turn | str) -> str:
    return item if isinstance(item, str) else item.number


def _stock(turns: list[Turn], first: date) -> dict[str, list[Turn]]:
    """期初, what came, what went, 期末. 转回 enters the stock anew."""
    came = [turn for turn in turns if turn.opened >= first]
    went = [turn for turn in turns if turn.gone is not None and turn.gone >= first]
    return {
        "opening": [
            turn
            for turn in turns
            if turn.opened < first and not (turn.gone is not None and turn.gone < first)
        ],
        "found": [turn for turn in came if turn.origin != "relapse"],
        "relapsed": [turn for turn in came if turn.origin == "relapse"],
        **{way: [turn for turn in went if turn.way_out == way] for way in WAYS_OUT},
        "ending": [turn for turn in turns if turn.gone is None],
    }


def _deadlines(turns: list[Turn], first: date, last: date) -> dict[str, list[Turn]]:
    """按期整改率: 整改时限在本期内的, and of these what was finished not later than it."""
    due = [turn for turn in turns if turn.is_real and turn.deadline and first <= turn.deadline <= last]
    on_time = [turn for turn in due if turn.done and turn.deadline and turn.done <= turn.deadline]
    return {
        "due": due,
        "on_time": on_time,
        "on_time_rate.denominator": due,
        "on_time_rate.numerator": on_time,
    }


def _to_rectify(turns: list[Turn], first: date, last: date) -> dict[str, list[Turn]]:
    """本月整改率: 应改 are due by the end and were not finished before the beginning."""
    owed = [
        turn
        for turn in turns
        if turn.is_real and turn.deadline and turn.deadline <= last and not turn.is_done_before(first)
    ]
    return {
        "rectification_rate.denominator": owed,
        "rectification_rate.numerator": [turn for turn in owed if turn.done is not None],
    }


def _so_far(turns: list[Turn]) -> dict[str, list[Turn]]:
    """The rates that count since the ledger began: every problem by its newest round, every 销号 for itself."""
    real = [turn for turn in turns if turn.is_newest and turn.is_real]
    closings = [turn for turn in turns if turn.way_out == "closed"]
    return {
        "closing_rate_cumulative.denominator": real,
        "closing_rate_cumulative.numerator": [turn for turn in real if turn.way_out == "closed"],
        "completion_rate_cumulative.denominator": real,
        "completion_rate_cumulative.numerator": [turn for turn in real if turn.done is not None],
        "relapse_rate.denominator": closings,
        "relapse_rate.numerator": [turn for turn in closings if turn.relapsed_later],
    }


def _found(turns: list[Turn], first: date) -> dict[str, list[Turn]]:
    """自查发现占比; what came back from another office was not found anew."""
    found = [turn for turn in turns if turn.opened >= first and turn.origin == "found" and turn.is_real]
    return {
        "own_finding_rate.denominator": found,
        "own_finding_rate.numerator": [turn for turn in found if turn.source in OWN_SOURCES],
    }


def _steps(problems: list[Problem], first: date, last: date) -> dict[str, list[str]]:
    """退回率 counts acceptances, 回头看反弹率 each problem once; 例外办理 each problem once."""
    done = [
        (problem["number"], step)
        for problem in problems
        for step in problem["steps"]
        if first <= date.fromisoformat(step["happened_at"][:10]) <= last
    ]
    looked = dict.fromkeys(number for number, step in done if step["action"] in ("look_back", "relapse"))
    fell_back = dict.fromkeys(number for number, step in done if step["action"] == "relapse")
    return {
        "rejection_rate.denominator": [n for n, step in done if step["action"] in ("accept", "reject")],
        "rejection_rate.numerator": [n for n, step in done if step["action"] == "reject"],
        "look_back_relapse_rate.denominator": list(looked),
        "look_back_relapse_rate.numerator": list(fell_back),
        "exceptions": list(dict.fromkeys(number for number, step in done if step["exception"])),
    }


def next_day(day: date) -> date:
    """The day after *day*."""
    return day + timedelta(days=1)
