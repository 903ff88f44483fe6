"""Which problems 砚溪镇 has: their leaf, severity, source, month and fate, before days and places.

The year 2025 has 120 new ones with fixed totals by month, group, severity and source; those with a
story stand one by one in ``_TOLD``, the rest (``_LOTS``) fill up the months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from river_chief.sample.walks import Walk
from river_chief.terms import Action, Bank, Proof, Severity, Source, State, WorkKind

YEAR = 2025
NEW_BY_MONTH = (6, 4, 11, 14, 13, 15, 14, 12, 9, 9, 8, 5)
SEVERITIES = {"m": Severity.MINOR, "s": Severity.SERIOUS, "M": Severity.MAJOR}
# How many of the untold minor ones come late, fail an acceptance (late or in time), get an extension.
_FORGIVING_MONTHS = (2, 3, 5, 6, 7, 8)
LATE_MINORS, LATE_REJECTED, TIMELY_REJECTED, EXTENDED_MINORS = 6, 3, 2, 2


@dataclass(eq=False, slots=True)
class Move:
    """A step to be taken: its action, when, and the other values of its input.

    ``work`` stands on the reports that were not sent back.
    """

    action: Action
    at: datetime
    values: dict[str, Any] = field(default_factory=dict)
    work: dict[WorkKind, float] | None = None

    @property
    def day(self) -> date:
        """The day on which it happens."""
        return self.at.date()


@dataclass(eq=False, slots=True)
class Case:
    """A problem of the story.

    ``days``       first and last day of the month on which it may be registered.
    ``hold``       the state in which it stays until ``resume`` (for good, when None).
    ``exit``       不属实, 移交 or 并案 in place of being put right.
    ``duration``   days from 交办 to the final 反馈完成; ``deadline_days`` natural days given.
    ``extra_days`` how much longer an extension gives.
    ``again``      when the work after a relapse is reported, where the story tells it.
    ``share``      how far down its reach it lies (0 to 1).
    ``measure``    the quantity its leaf is measured in.
    ``lacks``      the proof that is not there; the step that needs it says why.
    """

    leaf: str
    severity: Severity
    source: Source
    year: int
    month: int
    days: tuple[int, int] = (1, 31)
    reach: str = ""
    village: str = ""
    hold: State | None = None
    resume: date | None = None
    exit: State | None = None
    duration: int = 0
    deadline_days: int = 0
    extra_days: int = 0
    rejected: bool = False
    late: bool = False
    publicised: bool = False
    supervised: bool = False
    summoned: bool = False
    relapse: date | None = None
    relapse_days: int = 0
    again: date | None = None
    suspend_on: date | None = None
    handed_back: bool = False
    lacks: Proof | None = None
    walk: Walk | None = None
    found_on: date = date.min
    registered: date = date.min
    place: str = ""
    bank: Bank = Bank.LEFT
    share: float = 0.0
    measure: float = 0.0
    description: str = ""
    twin: Case | None = None
    moves: list[Move] = field(default_factory=list)
    id: int = 0
    number: str = ""

    @property
    def group(self) -> str:
        """The group its leaf belongs to."""
        return self.leaf[:2]

    @property
    def is_plain(self) -> bool:
        """Whether it is put right and struck off with nothing more to tell."""
        return not (
            self.hold or self.exit or self.relapse or self.duration or self.extra_days or self.rejected
        )

    @property
    def is_plain_length(self) -> bool:
        """Whether the story leaves open how long it takes."""
        return not (self.duration or self.exit)

    @property
    def deadline(self) -> date | None:
        """The approved deadline of its first round."""
        given = [
            move.values["deadline"] for move in self.moves if move.action in (Action.ASSIGN, Action.EXTEND)
        ]
        return given[-1] if given else None

    def day_of(self, action: Action) -> date | None:
        """The first day on which *action* is taken."""
        return next((move.day for move in self.moves if move.action is action), None)

    @property
    def submissions(self) -> list[Move]:
        """The reports of rectification that were not sent back, with their amounts of work."""
        return [move for move in self.moves if move.action is Action.SUBMIT and move.work is not None]


# leaf severity source month, then what is told of it
_TOLD = """
LD07 M Y04 3 duration=98 extra=45 rejected publicised supervised days=4-10
LZ10 M Y08 4 duration=76 extra=45 publicised supervised
LZ03 M Y05 5 duration=66 extra=45 publicised
LD02 M Y04 6 duration=105 extra=30 late publicised supervised summoned days=3-10
LJ02 s Y08 4 lacks=signed_scan
LJ05 s Y08 4 duration=42 extra=20
LJ08 s Y08 4
LZ11 m Y08 4
LZ11 m Y08 4
PW01 s Y09 5 duration=40 extra=20
SZ04 s Y12 8
LD02 s Y13 9 rejected
LD07 s Y06 10 duration=37 late rejected supervised days=9-15
PW06 s Y05 11 hold=to_close resume=2026-01-14 duration=21 days=3-7
LD01 s Y05 6
LJ06 m Y05 6
LJ10 m Y04 7 exit=unfounded
PW07 m Y11 6 exit=unfounded
LD06 m Y11 8 exit=unfounded
HD01 s Y01 5 exit=handed_over
LC01 m Y01 10 exit=handed_over days=9-20
BJ01 m Y02 12 hold=to_assign resume=2026-01-04 days=30-30
LD10 m Y01 12 hold=to_sign resume=2026-01-04 days=22-29 span=14
PW01 s Y01 11 hold=rectifying resume=2026-01-16 span=70 duration=52 days=17-28
SZ01 s Y01 11 hold=rectifying resume=2026-01-09 span=60 duration=44 days=17-28
LD01 m Y01 12 hold=rectifying resume=2026-01-05 span=14 days=22-26
PW07 m Y01 11 hold=rectifying resume=2026-03-05 days=10-20
SG01 s Y01 10 hold=rectifying suspend=2026-01-20 extra=20 duration=90 days=9-20 supervised
BJ04 m Y02 12 hold=to_accept resume=2026-01-05 duration=5 days=15-19 lacks=two_acceptors
LD02 s Y01 10 hold=to_accept resume=2026-01-06 span=60 duration=43 days=22-30
LZ13 m Y04 11 hold=to_close resume=2026-01-12 days=20-28
LD01 m Y01 4 relapse=2025-06-17 days=1-15
LZ13 m Y01 7 relapse=2025-12-18 span2=29 again=2026-01-08 days=1-20
BJ01 m Y02 5 relapse=2025-08-22
BP02 m Y03 7 reach=R09 village=白鹭洲村 days=14-25
BP02 m Y01 7 reach=R09 village=白鹭洲村 days=9-31
BP02 m Y04 11 reach=R02 village=南圩村 days=13-20
BP02 m Y04 11 reach=R04 village=砚溪社区 days=13-20
SZ05 s Y01 8
SZ01 s Y01 7
SZ02 s Y11 9 lacks=before_photo
PW01 s Y11 7 duration=38 late rejected supervised
PW03 s Y01 5
LZ03 m Y01 6
LZ04 m Y01 3
LZ09 m Y01 6
AH01 m Y04 3 reach=R13 lacks=after_photo
AH01 m Y01 3 reach=R12
AH01 m Y01 4 reach=R07
AH01 m Y01 4 reach=R13
AH01 m Y01 5 reach=R09
AH02 m Y03 6
LJ04 m Y01 4
"""
_LOTS = """
BJ01 m Y02 3|BJ01 m Y04 2|BJ01 m Y01 2|BJ02 m Y02 2|BJ02 m Y01 1|BJ03 m Y02 1|BJ03 m Y01 1|BJ04 m Y02 2
BJ04 m Y01 4|BJ05 m Y02 1|BJ05 m Y01 2|LD01 m Y02 4|LD01 m Y04 1|LD01 m Y11 1|LD01 m Y01 6|LD02 m Y03 1
LD02 m Y01 3|LD05 m Y01 4|LD07 m Y01 1|LD08 m Y01 1|LD10 m Y01 2|LJ04 m Y01 1|LJ06 m Y01 3|LJ10 m Y01 3
LZ13 m Y01 3|LZ12 m Y01 1|LC04 m Y01 1|AH02 m Y01 1|PW05 m Y04 1|PW05 m Y01 1|BP03 m Y03 2|BP04 m Y03 1
SG05 m Y03 1|SG03 m Y03 1|HD02 m Y01 1|QT01 m Y01 1
"""
_OPENING = """
LD02 s Y01 11 days=25-28 duration=44 span=60
PW01 s Y01 12 days=3-6 duration=49 span=60
SG01 s Y03 12 days=9-12 duration=46 span=60
LZ04 m Y01 12 days=23-26 duration=13 span=20
BJ01 m Y02 12 days=27-27 duration=6
LD01 m Y01 12 days=27-27 duration=7
"""
_RUNNING = """
LD01 m Y01 1
BJ01 m Y02 1
LD05 m Y01 1
PW05 m Y04 1
BP03 m Y03 1
BJ04 m Y01 1
LD10 m Y11 1 exit=merged days=12-23
SG01 s Y01 1 span=60 duration=80 hold=rectifying days=19-28
BJ01 m Y02 2 days=2-6
LZ13 m Y01 2 days=2-6
LD01 m Y01 2 days=2-11
LJ06 m Y01 2 hold=rectifying days=24-28
PW01 s Y04 2 hold=to_close duration=14 days=3-6
BJ05 m Y02 2 handed_back hold=rectifying days=25-28 span=35
BJ01 m Y02 3 days=2-4
BJ04 m Y02 3 hold=to_verify days=30-31
LJ10 m Y11 3 hold=to_verify days=31-31
LD01 m Y02 3 hold=to_assign days=30-30
LD02 m Y01 3 hold=to_sign days=25-26
LZ13 m Y01 3 hold=rectifying days=23-26
PW07 m Y11 3 hold=rectifying days=24-25
AH02 m Y03 3 hold=to_accept duration=4 days=18-23
BJ02 m Y02 3 hold=to_close duration=3 days=10-13
"""


def opening_cases() -> list[Case]:
    """The six that were found in 2024 and are still open when 2025 begins."""
    return [_told(line, YEAR - 1) for line in _OPENING.strip().splitlines()]


def cases_of_year(random: Random) -> list[Case]:
    """The 120 of 2025, in the order of their months."""
    cases = [_told(line, YEAR) for line in _TOLD.strip().splitlines()]
    free = Counter(dict(enumerate(NEW_BY_MONTH, 1)))
    free.subtract(case.month for case in cases)
    months = sorted(free.elements())
    random.shuffle(months)
    for (leaf, severity, source), month in zip(_lots(), months, strict=True):
        cases.append(Case(leaf, SEVERITIES[severity], Source(source), YEAR, month))
    _let_some_go_wrong(cases, random)
    return sorted(cases, key=lambda case: case.month)


def running_cases() -> list[Case]:
    """Those of January to March 2026, after the year that is summed up."""
    return [_told(line, YEAR + 1) for line in _RUNNING.strip().splitlines()]


def _lots() -> Iterator[tuple[str, str, str]]:
    for lot in _LOTS.replace("\n", "|").strip("|").split("|"):
        leaf, severity, source, count = lot.split()
        yield from [(leaf, severity, source)] * int(count)


def _told(line: str, year: int) -> Case:
    leaf, severity, source, month, *rest = line.split()
    case = Case(leaf, SEVERITIES[severity], Source(source), year, int(month))
    for word in rest:
        name, _, value = word.partition("=")
        attribute, read = _WORDS[name]
        setattr(case, attribute, read(value))
    return case


def _days(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    return int(first), int(last)


def _yes(_: str) -> bool:
    return True


_WORDS: dict[str, tuple[str, Callable[[str], object]]] = {
    "days": ("days", _days),
    "reach": ("reach", str),
    "village": ("village", str),
    "hold": ("hold", State),
    "resume": ("resume", date.fromisoformat),
    "exit": ("exit", State),
    "duration": ("duration", int),
    "span": ("deadline_days", int),
    "extra": ("extra_days", int),
    "relapse": ("relapse", date.fromisoformat),
    "span2": ("relapse_days", int),
    "again": ("again", date.fromisoformat),
    "lacks": ("lacks", Proof),
    "suspend": ("suspend_on", date.fromisoformat),
    **{
        name: (name, _yes)
        for name in ("rejected", "late", "publicised", "supervised", "summoned", "handed_back")
    },
}


def _let_some_go_wrong(cases: list[Case], random: Random) -> None:
    plain = [
        case
        for case in cases
        if case.severity is Severity.MINOR and case.is_plain and case.month in _FORGIVING_MONTHS
    ]
    chosen = random.sample(plain, LATE_MINORS + TIMELY_REJECTED + EXTENDED_MINORS)
    late, rest = chosen[:LATE_MINORS], chosen[LATE_MINORS:]
    for case in late:
        case.late = True
    for case in (*late[:LATE_REJECTED], *rest[:TIMELY_REJECTED]):
        case.rejected = True
    for case in rest[TIMELY_REJECTED:]:
        case.extra_days = 5
