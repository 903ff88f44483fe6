"""四比: the villages side by side in number found, quality of checks, speed of rectification and what came of it.

Every figure is one of those defined elsewhere (``figures.rates``, ``figures.measures``, ``figures.duty``); each of
the four comparisons ranks the villages by one of them, which the office chooses. Patrols are those of the villages'
own chiefs. A village with nothing to be judged by is 无任务 and not ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from river_chief.figures.breakdown import UNNAMED, Key
from river_chief.figures.duty import DutyFigures, DutyLine, duty_figures
from river_chief.figures.ranking import window_before
from river_chief.figures.ratio import Ratio
from river_chief.figures.tally import Counts, tally_by
from river_chief.figures.window import Window
from river_chief.queries import choices
from river_chief.queries.dimensions import Dimension
from river_chief.queries.rule_tables import light_table
from river_chief.rules.four_words import FOUR, SideWords
from river_chief.rules.lights import light_of
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, before_words, span_text
from river_chief.rules.ranking import change_text, places_up, rank_text, ranks
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Level, Light


@dataclass(frozen=True, slots=True)
class Mean:
    """``days`` in all over ``clocks`` of them."""

    days: int
    clocks: int

    @property
    def value(self) -> float | None:
        """The mean, unrounded; None without a clock."""
        return self.days / self.clocks if self.clocks else None

    @property
    def text(self) -> str:
        """The mean with one decimal; "—" without a clock."""
        return NOTHING if self.value is None else str(half_up(self.value, 1))

    @property
    def exact(self) -> Fraction | None:
        """The mean, exact."""
        return Fraction(self.days, self.clocks) if self.clocks else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A count; ``is_asked`` False where the village had nothing to count (无任务). ``signed``: +2, -1."""

    number: int
    is_asked: bool = True
    signed: bool = False

    @property
    def value(self) -> int:
        """The count."""
        return self.number

    @property
    def text(self) -> str:
        """The count as printed."""
        return f"{self.number:+d}" if self.signed and self.number else str(self.number)

    @property
    def exact(self) -> Fraction | None:
        """The count to rank by; None where nothing was to be counted."""
        return Fraction(self.number) if self.is_asked else None


Figure = Amount | Mean | Ratio


@dataclass(frozen=True, slots=True)
class Place:
    """Where a village stands in one comparison; ``light`` that of the leading figure, where it has limits."""

    rank: int | None
    before: int | None
    light: Light | None

    @property
    def rank_words(self) -> str:
        """The rank as printed; 无任务 without one."""
        return rank_text(self.rank)

    @property
    def change(self) -> int | None:
        """By how many places it rose (below zero: fell)."""
        return places_up(self.rank, self.before)

    @property
    def change_words(self) -> str:
        """The change as printed: ↑2, ↓1, 平, 新, —."""
        return change_text(self.rank, self.before)

    @property
    def light_words(self) -> str:
        """The light as printed: ● 绿."""
        return NOTHING if self.light is None else self.light.mark


@dataclass(frozen=True, slots=True)
class VillageFour:
    """A village (the office: 合计): its figures by key, its place in each comparison by the comparison's key.

    What lies in no village (``key`` None) and the office have no places. ``duty`` and ``tenures`` are those of the
    village's chiefs.
    """

    key: Key
    name: str
    figures: dict[str, Figure]
    places: dict[str, Place]
    duty: DutyLine | None = None
    tenures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FourFigures:
    """四比 of a period; ``leads`` are the figures that rank, by comparison.

    ``before`` is what the ranks are held against (上月), ``duty`` the patrol duty the figures of patrols are of.
    """

    window: Window
    office: str
    name: str
    before: str
    sides: tuple[SideWords, ...]
    leads: dict[str, str]
    villages: tuple[VillageFour, ...]
    total: VillageFour
    duty: DutyFigures

    def lead_name(self, side: SideWords) -> str:
        """What the villages are ranked by in *side*."""
        return side.figure(self.leads[side.key]).name


def four_figures(session: Session, settings: OfficeSettings, span: Span, today: date) -> FourFigures:
    """Compare the villages in *span* as seen on *today*; a span still to come is refused."""
    start_day = settings.period_start_day
    window = Window.of(span, today, start_day)
    now, total, duty = _counted(session, settings, window)
    before, _, _ = _counted(session, settings, window_before(settings, window))
    return FourFigures(
        window=window,
        office=settings.office_name,
        name=span_text(span, start_day),
        before=before_words(span, start_day),
        sides=FOUR,
        leads=settings.leads,
        villages=_placed(session, settings, now, before),
        total=total,
        duty=duty,
    )


def _counted(
    session: Session, settings: OfficeSettings, window: Window
) -> tuple[list[VillageFour], VillageFour, DutyFigures]:
    """Every village in use and others that have figures, without places; all together; and their patrol duty."""
    counted = tally_by(session, window, Dimension.VILLAGE).by[Dimension.VILLAGE]
    duty = duty_figures(session, settings, window.span)
    lines = {line.area_id: line for line in duty.by_village}
    names = _names(session, [key for key, counts in counted.items() if not counts.is_empty], lines)
    digits = settings.rate_digits
    villages = [
        VillageFour(
            key,
            name,
            _figures(counted.get(key, Counts()), lines.get(key), digits),
            {},
            lines.get(key),
            _tenures(duty, key),
        )
        for key, name in names.items()
    ]
    own = next((line for line in duty.by_level if line.level is Level.VILLAGE), None)
    figures = _figures(_summed(counted.values()), own, digits)
    return villages, VillageFour(None, "合计", figures, {}, own, _tenures(duty)), duty


def _names(
    session: Session, counted: Iterable[int | None], lines: Mapping[int | None, DutyLine]
) -> dict[int | None, str]:
    """Villages in use, then others with figures, then those of no village."""
    names: dict[int | None, str] = {}
    names.update((each.id, each.label) for each in choices.villages(session))
    others = {each.id: each.label for each in choices.areas(session, retired=True)}
    rest = {*counted, *lines} - {*names}
    names.update((key, others.get(key, str(key))) for key in sorted(key for key in rest if key is not None))
    if None in rest:
        names[None] = UNNAMED
    return names


def _tenures(duty: DutyFigures, area: Key = None) -> tuple[int, ...]:
    """The village chiefs whose logs are counted: those of *area*, or all."""
    return tuple(
        each.tenure_id for each in duty.chiefs if each.level is Level.VILLAGE and area in (None, each.area_id)
    )


def _summed(counted: Iterable[Counts]) -> Counts:
    total = Counts()
    for counts in counted:
        for key, count in counts.by_key.items():
            total.by_key[key] = total[key] + count
        total.days += counts.days
        total.clocks += counts.clocks
    return total


def _figures(counts: Counts, duty: DutyLine | None, digits: int) -> dict[str, Figure]:
    """Every figure of the four comparisons by its key (``rules.four_words``)."""

    def rate(key: str) -> Ratio:
        return Ratio(counts[f"{key}.numerator"], counts[f"{key}.denominator"], digits)

    own, closing, compliance = rate("own_finding_rate"), rate("closing_rate_cumulative"), Ratio(0, 0, digits)
    patrols = found = valid = done = zero_finding = 0
    if duty is not None:
        compliance, patrols, found = duty.compliance, duty.patrols, duty.found
        valid, done, zero_finding = duty.valid, duty.done, duty.zero_finding
    looks = bool(compliance.denominator or patrols or own.denominator)
    had_stock = bool(counts["opening"] or counts["ending"] or counts["found"])
    return {
        "found": Amount(own.denominator),
        "own_found": Amount(own.numerator, looks),
        "own_finding_rate": own,
        "patrols": Amount(patrols),
        "patrols_found": Amount(found),
        "finding_rate": Ratio(found, patrols, digits),
        "owed": Amount(compliance.denominator),
        "compliant": Amount(compliance.numerator),
        "compliance": compliance,
        "valid_rate": Ratio(valid, done, digits),
        "zero_finding": Amount(zero_finding, bool(patrols)),
        "looked_back": Amount(counts["look_back_relapse_rate.denominator"]),
        "rejection_rate": rate("rejection_rate"),
        "due": Amount(counts["due"]),
        "on_time": Amount(counts["on_time"]),
        "on_time_rate": rate("on_time_rate"),
        "average_days": Mean(counts.days, counts.clocks),
        "overdue": Amount(counts["overdue"]),
        "overdue_rate": rate("overdue_rate"),
        "ever_found": Amount(closing.denominator),
        "ever_closed": Amount(closing.numerator),
        "closing_rate_cumulative": closing,
        "relapse_rate": rate("relapse_rate"),
        "ending": Amount(counts["ending"]),
        "change": Amount(counts["ending"] - counts["opening"], had_stock, signed=True),
    }


def _placed(
    session: Session, settings: OfficeSettings, now: list[VillageFour], before: list[VillageFour]
) -> tuple[VillageFour, ...]:
    limits = light_table(session)
    places: dict[Key, dict[str, Place]] = {each.key: {} for each in now if each.key is not None}
    for side in FOUR:
        lead = settings.leads[side.key]
        earlier = _ranks(before, side, lead)
        for key, rank in _ranks(now, side, lead).items():
            part = next(each.figures[lead] for each in now if each.key == key)
            light = light_of(limits, lead, part.exact)
            places[key][side.key] = Place(rank, earlier.get(key), light)
    return tuple(replace(each, places=places.get(each.key, {})) for each in now)


def _ranks(villages: list[VillageFour], side: SideWords, lead: str) -> dict[Key, int | None]:
    own = [each for each in villages if each.key is not None]
    less = bool(side.figure(lead).less_is_better)
    places = ranks([each.figures[lead].exact for each in own], less_is_better=less)
    return {each.key: place for each, place in zip(own, places, strict=True)}
