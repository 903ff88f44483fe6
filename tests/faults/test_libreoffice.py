"""LibreOffice recalculates the exported workbooks to the same values: every cell of every sheet is compared.

The values the formulas came to are taken out of a copy first, so that LibreOffice has to reckon each of them anew.
``dev.py faults`` tries the sample township and 24 random ledgers; the suite, without LibreOffice, reckons by itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from river_chief.papers.document import DataSheet
from river_chief.papers.kinds import produce
from river_chief.papers.xlsx import render_xlsx
from river_chief.rules.periods import month_range
from river_chief.storage.database import Database
from river_chief.verbs import office as office_verbs
from river_chief.verbs.office import settings_of
from tests.builders import Office, new_office
from tests.independent.histories import LAST
from tests.independent.ledgers import VILLAGES, fill
from tests.papers.kinds.books import facts_of, figure_tables
from tests.papers.reckoner import Reckoner

BOOKS = int(os.environ.get("RIVER_CHIEF_BOOKS", "0"))
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MONTHS = ((2025, 3), (2025, 8), (2025, 12), (2026, 3))
PRESENT = date(2026, 3, 31)
_RESULT = re.compile(r'(<c r="[A-Z]+\d+"[^>]*?)(?: t="str")?>(<f>[^<]*</f>)<v>[^<]*</v></c>')

pytestmark = [
    pytest.mark.skipif(not BOOKS, reason="tried by dev.py faults"),
    pytest.mark.skipif(
        SOFFICE is None,
        reason="LibreOffice (soffice) is needed: install libreoffice-calc. 需要 LibreOffice，请安装 libreoffice-calc。",
    ),
]


def without_results(workbook: bytes) -> tuple[bytes, int]:
    """*workbook* without what its formulas came to, and how many formulas there are."""
    made, count = BytesIO(), 0
    with ZipFile(BytesIO(workbook)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, removed = _RESULT.subn(r"\1>\2</c>", data.decode())
                data, count = text.encode(), count + removed
            target.writestr(name, data)
    return made.getvalue(), count


def recalculated(workbook: bytes, folder: Path) -> Workbook:
    """*workbook* as LibreOffice writes it after reckoning it."""
    folder.mkdir(parents=True)
    source, made = folder / "in.xlsx", folder / "made"
    source.write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made), str(source))
    assert SOFFICE is not None
    subprocess.run((SOFFICE, profile, "--headless", *form), check=True, capture_output=True, timeout=600)
    return load_workbook(made / "in.xlsx", data_only=True)


def check(workbook: bytes, folder: Path) -> int:
    """Compare every cell with what LibreOffice makes of it; how many formulas there were."""
    bare, count = without_results(workbook)
    formulas = sum(
        cell.data_type == "f"
        for sheet in load_workbook(BytesIO(workbook)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    assert count == formulas
    theirs = recalculated(bare, folder)
    ours = load_workbook(BytesIO(workbook), data_only=True)
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        other = theirs[sheet.title]
        different = {
            cell.coordinate: (cell.value, other[cell.coordinate].value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value != other[cell.coordinate].value
        }
        assert not different, sheet.title
    return count


@pytest.mark.parametrize("month", MONTHS)
def test_the_reports_of_the_sample(township: Path, tmp_path: Path, month: tuple[int, int]) -> None:
    with Database.open(township) as database, database.read() as session:
        span = settings_of(session).month(*month)
        document = produce(session, "monthly", span=span, today=PRESENT)
    print(f"{month}: {check(render_xlsx(document), tmp_path / 'book')} formulas alike")


def test_a_changed_detail(township: Path, tmp_path: Path) -> None:
    """Rows moved to another village and marks taken away: LibreOffice and the tests' reckoner follow alike."""
    with Database.open(township) as database, database.read() as session:
        span = settings_of(session).month(2026, 3)
        document = produce(session, "monthly", span=span, today=PRESENT)
    (detail,) = [
        each for each in document.workings if isinstance(each, DataSheet) and each.name == "计数明细"
    ]
    chance, reckoner = Random(9), Reckoner(render_xlsx(document))
    first = 4 + len(detail.notes)
    before = {at: reckoner.at(*at) for at in reckoner.formulas()}
    for row in chance.sample(range(first, first + len(detail.rows)), 40):
        reckoner.put("计数明细", f"C{row}", str(chance.choice(detail.rows)[2]))
        column = chance.choice(
            [at for at, cell in enumerate(detail.rows[row - first]) if cell == 1 and at > 12]
        )
        reckoner.book["计数明细"].cell(row, column + 1).value = None
    changed = BytesIO()
    reckoner.book.save(changed)
    theirs = recalculated(changed.getvalue(), tmp_path / "book")
    ours = {at: reckoner.at(*at) for at in reckoner.formulas()}
    assert sum(before[at] != value for at, value in ours.items()) > 100
    assert {at: theirs[at[0]][at[1]].value for at in ours} == ours


def offices(folder: Path, seed: int) -> Iterator[tuple[date, date]]:
    """Fill the ledger in *folder* by *seed*; the months to try, each with the day on which it is seen."""
    chance = Random(seed)
    office = new_office(folder)
    fill(office, seed, by_verbs=10, at_once=chance.choice((0, 40, 300, 1_200)))
    with office.database.read() as session:
        areas = {
            line.name: line.key for line in facts_of(session, month_range(2024, 3), LAST).figures.by_village
        }
    for at, name in enumerate(VILLAGES):
        area = areas[name]
        assert isinstance(area, int)
        _patrolled(office, chance, area, at)
    values: dict[str, object] = {
        "period_start_day": chance.choice((1, 1, 26)),
        "rate_digits": chance.choice((1, 1, 2)),
    }
    values["official_rate"] = chance.choice(("closing_rate_cumulative", "on_time_rate", "rectification_rate"))
    office.do(office_verbs.change_settings, office_verbs.SettingChange, values=values)
    office.database.close()
    for _ in range(2):
        first = date(2025, chance.randint(1, 12), 1)
        yield first, chance.choice((LAST, date(2025, first.month, chance.randint(1, 28))))


def _patrolled(office: Office, chance: Random, area: int, at: int) -> None:
    reach = office.reach(f"{at}号沟", area, level="village", kind="creek")
    tenure = office.chief(f"赵{at}", area, reach)
    for number in chance.sample(range(365), chance.randint(0, 6)):
        day = date(2025, 1, 1) + timedelta(days=number)
        office.patrol(tenure, reach, at=f"{day.isoformat()}T09:00")


@pytest.mark.parametrize("seed", range(BOOKS))
def test_random_ledgers(tmp_path: Path, seed: int) -> None:
    held = 0
    for at, (first, today) in enumerate([*offices(tmp_path / "ledger", seed)]):
        with Database.open(tmp_path / "ledger") as database, database.read() as session:
            span = settings_of(session).month(first.year, first.month)
            document = figure_tables(facts_of(session, span, max(today, span.first)))
        held += check(render_xlsx(document), tmp_path / f"book{at}")
    assert held > 500
    print(f"ledger {seed}: {held} formulas alike")
