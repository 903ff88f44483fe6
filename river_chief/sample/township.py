"""The sample ledger: the fictional 砚溪镇 from November 2024 to March 2026, made through the verbs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from river_chief.progress import Progress
from river_chief.sample.agenda import FOUNDED, PRESENT, Agenda
from river_chief.sample.letters import put_letters
from river_chief.sample.patches import put_patches
from river_chief.sample.patrols import enter_patrols
from river_chief.sample.people import CLERK, enter_people
from river_chief.sample.photos import Album
from river_chief.sample.places import TOWN, TOWN_CODE, Places, make_places
from river_chief.sample.problems import Desk
from river_chief.sample.story import plan
from river_chief.sample.sweeps import put_sweeps, put_zero_reports
from river_chief.storage.database import Database, Writer
from river_chief.storage.paths import LedgerFolder
from river_chief.verbs import office

QUIET = Progress()


def make(
    folder: Path,
    *,
    seed: int = 1,
    password: str | None = None,
    until: date = PRESENT,
    progress: Progress = QUIET,
) -> None:
    """Make the sample ledger in *folder*, which must not hold one yet, with what was entered up to *until*.

    The same seed gives the same content, apart from uids. Without a password it opens freely.
    """
    story = plan(seed)
    agenda, places = Agenda(), Places()
    desk = Desk(story.staff, places, Album(LedgerFolder(folder)))

    def found(writer: Writer) -> None:
        writer.do(office.found_office, office.NewOffice(place=TOWN, area_code=TOWN_CODE))
        make_places(writer, places)
        desk.open_campaigns(writer)

    agenda.on(FOUNDED, found)
    enter_people(story.staff, agenda, places, FOUNDED)
    enter_patrols(story.walks, agenda, places)
    desk.put_into(agenda, story.cases)
    put_letters(agenda, story.cases, PRESENT)
    put_sweeps(agenda, story.staff, story.cases)
    put_zero_reports(agenda)
    put_patches(agenda, story.staff, places, story.cases, LedgerFolder(folder))
    database, _ = Database.create(folder, password=password)
    with database:
        database.set_office(TOWN_CODE)
        agenda.carry_out(database, by=CLERK, until=until, progress=progress)
        database.analyse()
