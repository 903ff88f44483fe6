"""The month of a ledger counted once in a fresh process, or one walk of its rounds: prints milliseconds as JSON.

python -m benchmarks.cold_month FOLDER YEAR MONTH | walk
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from river_chief.figures.month import monthly
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of

TODAY = date(2024, 12, 31)


def main(folder: str, *asked: str) -> None:
    with Database.open(Path(folder)) as database, database.read() as session:
        settings = settings_of(session)
        wall, cpu = perf_counter(), process_time()
        if asked == ("walk",):
            session.connection().exec_driver_sql("SELECT sum(opened) FROM counted_round NOT INDEXED").one()
        else:
            year, month = map(int, asked)
            monthly(session, settings, settings.month(year, month), TODAY)
        spent = {"wall": 1000 * (perf_counter() - wall), "cpu": 1000 * (process_time() - cpu)}
    print(json.dumps(spent))


if __name__ == "__main__":
    main(*sys.argv[1:])
