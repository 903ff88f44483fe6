"""A clerk who registers problems until killed; each number is printed once it is safe."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from river_chief.storage.database import Database
from river_chief.verbs import problems
from river_chief.verbs.input import understood

ENTRY = {
    "found_on": "2025-03-03",
    "source": "Y01",
    "category_code": "LD01",
    "description": "岸坡堆放生活垃圾约3立方米",
    "volume_m3": 3,
}


def main(folder: Path, village: int, reach: int) -> None:
    """Register problems in the ledger of *folder*, for ever."""
    database = Database.open(folder)
    entry = understood(problems.NewProblem, {**ENTRY, "village_id": village, "reach_id": reach})
    while True:
        with database.write(by="经办人", today=date(2025, 3, 31)) as writer:
            sentence = writer.do(problems.register, entry).sentence
        print(sentence.removeprefix("登记问题"), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
