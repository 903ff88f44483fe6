"""The story of 砚溪镇 as a whole, told from a seed before anything is entered."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from river_chief.sample.agenda import PRESENT
from river_chief.sample.amounts import measure_cases
from river_chief.sample.cases import Case, cases_of_year, opening_cases, running_cases
from river_chief.sample.patrols import note_small_findings
from river_chief.sample.people import Staff, plan_people
from river_chief.sample.sites import place_cases
from river_chief.sample.timelines import SERIOUS_DAYS, tell
from river_chief.sample.walks import Walk, plan_walks
from river_chief.sample.words import FOUND, ITEMS
from river_chief.terms import Bank, Measure, Severity, State

FOUND_MORE = "已报镇河长办，登记入问题台账"
OTHER_ITEM = 9


@dataclass(frozen=True, slots=True)
class Story:
    """Who is in office, who walks when, what is found and becomes of it."""

    staff: Staff
    walks: list[Walk]
    cases: list[Case]


def plan(seed: int) -> Story:
    """Tell the story of *seed*; the same seed tells the same story."""
    random = Random(seed)
    staff = plan_people(random)
    walks = plan_walks(staff, PRESENT, random)
    of_year = cases_of_year(random)
    days = list(SERIOUS_DAYS)
    random.shuffle(days)
    for case in of_year:
        if case.severity is Severity.SERIOUS and case.is_plain_length:
            case.duration = days.pop()
    cases = [*opening_cases(), *of_year, *running_cases()]
    place_cases(cases, walks, random)
    cases.sort(key=lambda case: case.registered)
    _double_up(cases)
    for case in cases:
        tell(case, PRESENT, random)
    measure_cases(cases, random)
    for case in cases:
        case.description = describe(case, random)
        if case.walk is not None:
            case.walk.finding, case.walk.handling = case.description, FOUND_MORE
            case.walk.item = ITEMS.get(case.group, OTHER_ITEM)
    note_small_findings(walks, random)
    return Story(staff, walks, cases)


def describe(case: Case, random: Random) -> str:
    """What the finder wrote of *case*."""
    quantities = {measure.value: f"{case.measure:g}" for measure in Measure}
    bank = Bank(case.bank).label
    return random.choice(FOUND[case.leaf]).format(place=case.place, bank=bank, **quantities)


def _double_up(cases: list[Case]) -> None:
    """Let a case that is merged be the same spot as an earlier one of its group."""
    for index, case in enumerate(cases):
        if case.exit is State.MERGED:
            twin = next(
                each for each in reversed(cases[:index]) if each.group == case.group and not each.exit
            )
            case.twin = twin
            for name in ("reach", "village", "place", "bank", "share"):
                setattr(case, name, getattr(twin, name))
