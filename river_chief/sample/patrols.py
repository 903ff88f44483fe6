"""The patrols of 砚溪镇 entered as logs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random

from river_chief.sample.agenda import Agenda
from river_chief.sample.people import NEVER_FIND
from river_chief.sample.places import BY_KEY, Places
from river_chief.sample.walks import Walk
from river_chief.sample.words import SMALL_FINDINGS
from river_chief.storage.database import Writer
from river_chief.terms import Answer, Level
from river_chief.verbs import patrols

FINDING_SHARE = 0.12
VOIDED = 2


def may_find(walk: Walk) -> bool:
    """Whether something can have been found: on a whole walk, by one who ever finds anything."""
    return not walk.brief and walk.post.key not in NEVER_FIND


def note_small_findings(walks: list[Walk], random: Random) -> None:
    """Let so many walks of each year have a finding as the story says; small ones are seen to on the spot."""
    for year in {walk.day.year for walk in walks}:
        of_year = [walk for walk in walks if walk.day.year == year]
        missing = round(len(of_year) * FINDING_SHARE) - sum(bool(walk.finding) for walk in of_year)
        quiet = [walk for walk in of_year if may_find(walk) and not walk.finding]
        for walk in random.sample(quiet, max(missing, 0)):
            small = random.choice(SMALL_FINDINGS)
            place = random.choice(BY_KEY[walk.reaches[0]].ends)
            walk.item, walk.finding, walk.handling = (
                small.item,
                small.finding.format(place=place),
                small.handling,
            )


def enter_patrols(walks: list[Walk], agenda: Agenda, places: Places) -> None:
    """Put the logs into the agenda, each on the day it is entered."""
    for walk in walks:
        agenda.on(walk.entered, partial(_enter, walk=walk, places=places))
    doubles = [walk for walk in walks if walk.is_double]
    for walk in doubles[:VOIDED]:
        agenda.on(walk.entered, partial(_void, walk=walk))


def _enter(writer: Writer, walk: Walk, places: Places) -> None:
    stretch = BY_KEY[walk.reaches[0]]
    checks = (patrols.Check(item=walk.item, answer=Answer.NO, note=walk.finding[:80]),) if walk.item else ()
    entry = patrols.NewPatrol(
        tenure_id=walk.post.id,
        reach_ids=tuple(places.reaches[key] for key in walk.reaches),
        started_at=walk.started_at,
        ended_at=walk.started_at + timedelta(minutes=walk.minutes),
        km=walk.km,
        performer=walk.performer,
        companions="镇河长办工作人员" if walk.post.level is not Level.VILLAGE else "",
        from_place=stretch.ends[0],
        to_place=stretch.ends[1],
        mode=walk.mode,
        weather=walk.weather,
        entry=walk.entry,
        checks=checks,
        has_finding=bool(walk.finding),
        finding=walk.finding,
        handling=walk.handling,
    )
    walk.id = writer.do(patrols.record_patrol, entry).id


def _void(writer: Writer, walk: Walk) -> None:
    writer.do(patrols.void_patrol, patrols.VoidPatrol(id=walk.id, words="与上一条重复录入"))
