"""What speaks against a photo that is to prove a rectification: the same picture again, too old, taken elsewhere.

Inspectors accept by comparing the photos before and after, and catch those used twice. A warning never blocks: the
clerk looks at the photo and either takes another or says why this one is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from river_chief.rules.coordinates import Point, apart_m, distance_m
from river_chief.terms import Datum, Phase, Term

GREYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""The digits of a fingerprint, from black to white: each the grey of one field of the picture."""
# So many steps of grey no field may differ by in what is still one picture, saved again or smaller.
ALIKE_STEPS = 2
_GREY = {digit: step for step, digit in enumerate(GREYS)}
DEFAULT_METRES = 500


class Doubt(Term):
    """What may be wrong with a photo."""

    SAME_FILE = "same_file", "与已有照片相同"
    SAME_LOOKS = "same_looks", "与已有照片几乎一样"
    TOO_OLD = "too_old", "拍摄时间过早"
    TOO_LATE = "too_late", "拍摄时间晚于今天"
    ELSEWHERE = "elsewhere", "拍摄位置不符"
    USED_TWICE = "used_twice", "也用在别的问题"
    NO_TIME = "no_time", "没有拍摄时间"

    @property
    def is_mild(self) -> bool:
        """Whether it is only worth a note."""
        return self is Doubt.NO_TIME


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a problem: its file's digest and fingerprint, when and where it was taken, the day it speaks for.

    ``taken_at`` is local time, ``lon`` and ``lat`` are WGS84 degrees; None where the file does not say.
    """

    name: str
    sha256: str
    phase: Phase
    looks: str = ""
    taken_at: datetime | None = None
    happened_on: date | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def point(self) -> Point | None:
        """Where it was taken."""
        return None if self.lon is None or self.lat is None else Point(self.lon, self.lat)


@dataclass(frozen=True, slots=True)
class Run:
    """The days of one round: found (or relapsed), assigned, closed."""

    opened_on: date
    assigned_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What the photos of a problem have to fit: when it was found, its rounds in order, where it lies."""

    found_on: date | None = None
    runs: tuple[Run, ...] = ()
    place: Point | None = None
    datum: Datum | None = None


@dataclass(frozen=True, slots=True)
class PhotoWarning:
    """A doubt about a photo, and the sentence that says why."""

    doubt: Doubt
    sentence: str


# The photos that are to prove something, and those they must not repeat.
CHECKED: dict[Phase, tuple[Phase, ...]] = {
    Phase.AFTER: (Phase.BEFORE,),
    Phase.LOOK_BACK: (Phase.BEFORE, Phase.AFTER),
}


def warnings_of(
    photo: Photo,
    others: Sequence[Photo],
    site: Site,
    *,
    today: date,
    metres: int = DEFAULT_METRES,
    used_in: Sequence[str] = (),
) -> tuple[PhotoWarning, ...]:
    """What speaks against *photo*, the gravest first; nothing where it proves nothing (before, during, scans).

    ``others``  the other photos of the problem.  ``metres``  how far from the place it may have been taken.
    ``used_in``  numbers of other problems that show the same picture.
    """
    if photo.phase not in CHECKED:
        return ()
    return (
        *_repeated(photo, others),
        *_used_twice(used_in),
        *_out_of_time(photo, site, today),
        *_elsewhere(photo, others, site, metres),
        *_without_time(photo, others),
    )


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of one picture; a picture without one is like no other."""
    if not one or len(one) != len(other):
        return False
    return all(abs(_GREY[a] - _GREY[b]) <= ALIKE_STEPS for a, b in zip(one, other, strict=True))


def _repeated(photo: Photo, others: Sequence[Photo]) -> Iterator[PhotoWarning]:
    for other in others:
        if other.phase not in CHECKED[photo.phase]:
            continue
        named = f"{other.phase.label}照片“{other.name}”"
        if other.sha256 == photo.sha256:
            yield PhotoWarning(Doubt.SAME_FILE, f"与{named}是同一张")
            return
        if alike(other.looks, photo.looks):
            yield PhotoWarning(Doubt.SAME_LOOKS, f"与{named}几乎一样，可能是同一张")
            return


def _used_twice(used_in: Sequence[str]) -> Iterator[PhotoWarning]:
    if used_in:
        more = f"等{len(used_in)}个问题" if len(used_in) > 3 else ""
        yield PhotoWarning(Doubt.USED_TWICE, f"同一张照片也用在{'、'.join(used_in[:3])}{more}")


def _out_of_time(photo: Photo, site: Site, today: date) -> Iterator[PhotoWarning]:
    if photo.taken_at is None:
        return
    day, moment = photo.taken_at.date(), f"{photo.taken_at:%Y-%m-%d %H:%M}"
    if day > today:
        yield PhotoWarning(Doubt.TOO_LATE, f"拍摄时间 {moment} 晚于今天，相机的时间可能不准")
    for words, limit in _limits(photo, site):
        if limit is not None and day < limit:
            yield PhotoWarning(Doubt.TOO_OLD, f"拍摄时间 {moment} 早于{words} {limit.isoformat()}")
            return


def _limits(photo: Photo, site: Site) -> Iterator[tuple[str, date | None]]:
    """The days a photo must not be older than, the earliest first."""
    yield "发现时间", site.found_on
    speaks_for = photo.happened_on
    begun = [run for run in site.runs if speaks_for is None or run.opened_on <= speaks_for] or site.runs[:1]
    if not begun:
        return
    run = begun[-1]
    if run is not site.runs[0]:
        yield "反弹时间", run.opened_on
    closed = run.closed_on
    if photo.phase is Phase.LOOK_BACK and closed is not None and (speaks_for is None or closed <= speaks_for):
        yield "销号时间", closed
    elif photo.phase is Phase.AFTER:
        yield "交办时间", run.assigned_on


def _elsewhere(photo: Photo, others: Sequence[Photo], site: Site, metres: int) -> Iterator[PhotoWarning]:
    if photo.point is None:
        return
    if site.place is not None:
        apart, what = distance_m(photo.point, site.place, site.datum), "问题坐标"
    else:
        before = [other.point for other in others if other.phase is Phase.BEFORE and other.point is not None]
        if not before:
            return
        apart, what = min(apart_m(photo.point, point) for point in before), "整改前照片的拍摄位置"
    if apart > metres:
        yield PhotoWarning(Doubt.ELSEWHERE, f"拍摄位置离{what}约{_far(apart)}，超过{metres}米")


def _without_time(photo: Photo, others: Sequence[Photo]) -> Iterator[PhotoWarning]:
    if photo.taken_at is None and any(other.taken_at is not None for other in others):
        yield PhotoWarning(Doubt.NO_TIME, "照片里没有拍摄时间，本问题的其他照片有")


def _far(metres: float) -> str:
    return f"{metres:.0f}米" if metres < 1000 else f"{metres / 1000:.1f}公里"
