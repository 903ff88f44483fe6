"""巡河规则: how often who owes a patrol, when one counts, and which rule applies on a day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from river_chief.errors import Refusal
from river_chief.rules.periods import ONE_DAY
from river_chief.terms import DutyMethod, DutyUnit, Level, Period, Role, WaterKind

METHOD_SENTENCES: dict[DutyMethod, str] = {
    DutyMethod.CAPPED: "封顶计次：统计月内（周期长于一月的按周期）有效次数与应巡次数取小，多巡的不抵其他河段和其他月份",
    DutyMethod.WINDOWS: "逐窗口：每个周期按应巡次数等分为窗口，每个窗口至少一次有效巡河才算一次",
    DutyMethod.VALID_DAYS: "有效天数：每个周期内有有效巡河的天数与应巡次数取小，各周期互不相抵",
}
"""How each method counts, in the words printed under a table."""

# A patrol counts once a day, so no period can ask for more than its shortest length in days.
_MOST = {
    Period.WEEK: 7,
    Period.TEN_DAYS: 8,
    Period.HALF_MONTH: 13,
    Period.MONTH: 28,
    Period.QUARTER: 90,
    Period.HALF_YEAR: 181,
    Period.YEAR: 365,
}
_ALL_MONTHS = frozenset(range(1, 13))
_MONTHS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One rule, as ``records.PatrolRule`` keeps it; a rule that cannot hold is a Refusal.

    ``role`` None means every chief's role; ``kind`` None every water. ``flood_count`` None: as ``count``.
    ``months`` like "3-12" or "1-2;11-12", ``exempt_kinds`` water codes joined by ";".
    """

    name: str
    level: Level
    period: Period
    count: int
    valid_from: date
    valid_to: date | None = None
    unit: DutyUnit = DutyUnit.PER_REACH
    role: Role | None = None
    kind: WaterKind | None = None
    flood_count: int | None = None
    months: str = ""
    method: DutyMethod = DutyMethod.CAPPED
    min_minutes: int = 0
    min_km: float = 0.0
    min_gap_hours: int = 0
    exempt_kinds: str = ""
    active_months: frozenset[int] = field(init=False, repr=False, compare=False)
    exempt: frozenset[WaterKind] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        most = _MOST[self.period]
        for count in (self.count, self.flood_count or 0):
            if not 0 <= count <= most:
                raise Refusal(
                    f"巡河规则“{self.name}”每{self.period.label}{count}次不成立：同一天只计一次，次数应为0至{most}。"
                )
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise Refusal(f"巡河规则“{self.name}”的停用日期早于启用日期，请改正。")
        object.__setattr__(self, "active_months", parse_months(self.months))
        object.__setattr__(self, "exempt", parse_kinds(self.exempt_kinds))

    def __hash__(self) -> int:
        # Thousands of look-ups are not worth hashing sixteen fields each.
        return hash((self.name, self.valid_from))

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule is in force on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def fits(self, role: Role, level: Level, kind: WaterKind | None) -> bool:
        """Whether the rule speaks of this role, level and water."""
        if level is not self.level or self.kind not in (None, kind):
            return False
        return role.is_chief if self.role is None else role is self.role

    def counts(self, minutes: int | None, km: float | None, kind: WaterKind | None) -> bool:
        """Whether a patrol is long enough; what was not recorded is not long enough."""
        if self.min_minutes and (minutes is None or minutes < self.min_minutes):
            return False
        return not self.min_km or kind in self.exempt or (km is not None and km >= self.min_km)

    @property
    def sentence(self) -> str:
        """The rule in the words of a table's note."""
        who = self.role.label if self.role else "河长"
        where = f"（{self.kind.label}）" if self.kind else ""
        flood = "" if self.flood_count in (None, self.count) else f"，汛期{self.flood_count}次"
        months = f"，限{self.months}月" if self.months else ""
        return (
            f"{self.level.label}{who}{where}{self.unit.label}每{self.period.label}{self.count}次{flood}{months}"
            f"；{self._validity}；{METHOD_SENTENCES[self.method]}。"
        )

    @property
    def _validity(self) -> str:
        parts = []
        if self.min_minutes:
            parts.append(f"不少于{self.min_minutes}分钟")
        if self.min_km:
            spared = "、".join(kind.label for kind in WaterKind if kind in self.exempt)
            parts.append(f"不少于{self.min_km:g}公里" + (f"（{spared}不限里程）" if spared else ""))
        if self.min_gap_hours:
            parts.append(f"距上次有效巡河不少于{self.min_gap_hours}小时")
        return "有效巡河：" + ("、".join([*parts, "同日只计一次"]))


def parse_months(text: str) -> frozenset[int]:
    """The months of "3-12" or "1-2;11-12"; all of them when empty; else a Refusal."""
    if not text.strip():
        return _ALL_MONTHS
    months: set[int] = set()
    for part in re.split(r"[;；,，、]", text):
        found = _MONTHS.fullmatch(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= 12:
            raise Refusal(f"适用月份“{text}”看不懂，请写成 3-12，分段用分号，例如 1-2;11-12。")
        months.update(range(first, last + 1))
    return frozenset(months)


def parse_kinds(text: str) -> frozenset[WaterKind]:
    """The water kinds of codes or labels joined by ";"; none when empty; else a Refusal."""
    kinds: set[WaterKind] = set()
    for part in re.split(r"[;；,，、]", text):
        kind = WaterKind.of_label(part)
        if kind is not None:
            kinds.add(kind)
        elif part.strip():
            known = "、".join(each.label for each in WaterKind)
            raise Refusal(f"河湖类型“{part.strip()}”不认识，可用：{known}。")
    return frozenset(kinds)


Subject = tuple[Role, Level, WaterKind | None]
"""Whom and what a rule is looked up for."""


class RuleBook:
    """The rules of an office; the most special one in force applies.

    Kind and role beat kind, kind beats role, role beats level alone; of two equally special ones
    the younger applies.
    """

    def __init__(self, rules: Iterable[DutyRule]) -> None:
        order = sorted(rules, key=lambda rule: (_special(rule), rule.valid_from, rule.name), reverse=True)
        self.rules = tuple(order)
        changes = {rule.valid_from for rule in order}
        changes |= {rule.valid_to + ONE_DAY for rule in order if rule.valid_to and rule.valid_to < date.max}
        self._changes = sorted(changes)
        self._lines: dict[Subject, tuple[DutyRule | None, ...]] = {}

    def rule_on(self, day: date, subject: Subject) -> DutyRule | None:
        """The rule for *subject* on *day*; None when nothing is owed."""
        return self._line(subject)[bisect_right(self._changes, day)]

    def rules_between(self, first: date, last: date, subject: Subject) -> list[DutyRule | None]:
        """Every rule for *subject* from *first* to *last*, each once, in order of time."""
        line = self._line(subject)
        within = line[bisect_right(self._changes, first) : bisect_right(self._changes, last) + 1]
        return list(dict.fromkeys(within))

    def _line(self, subject: Subject) -> tuple[DutyRule | None, ...]:
        line = self._lines.get(subject)
        if line is None:
            fitting = [rule for rule in self.rules if rule.fits(*subject)]
            line = (None, *(_first_valid(fitting, day) for day in self._changes))
            self._lines[subject] = line
        return line


def _special(rule: DutyRule) -> int:
    return 2 * (rule.kind is not None) + (rule.role is not None)


def _first_valid(rules: Iterable[DutyRule], day: date) -> DutyRule | None:
    return next((rule for rule in rules if rule.is_valid_on(day)), None)
