"""The main job once through, on the sample: ``python -m river_chief.sample.demo_run out``.

Makes the ledger and the workbooks afresh, looks through the county's workbook without changing
anything, and writes the papers of March 2025. Only what it made itself is ever replaced.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from river_chief.errors import LedgerError, Refusal
from river_chief.intake.import_plan import plan
from river_chief.intake.plan import Plan, RowState
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.intake.sheet_reader import read_sheet
from river_chief.papers.kinds import KINDS, produce
from river_chief.papers.output import write
from river_chief.progress import Progress
from river_chief.sample.agenda import PRESENT
from river_chief.sample.county_sheet import FILE
from river_chief.sample.township import make
from river_chief.sample.workbooks import write_workbooks
from river_chief.storage.database import Database
from river_chief.terms import ImportKind
from river_chief.verbs.office import settings_of

MONTH = (2025, 3)
PAPERS = ("issue", "responsibility", "rectification", "sign-off", "monthly")
FORMS = (".xlsx", ".docx", ".pdf")
LEDGER, WORKBOOKS, MARK = "ledger", "workbooks", ".demo"
_EVERY = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it into the folder named (``out``); return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    folder = Path(given[0] if given else "out")
    try:
        run(folder)
    except LedgerError as error:
        print(error.sentence, file=sys.stderr)
        return error.exit_code
    return 0


def run(folder: Path) -> None:
    """Make ledger, workbooks and papers in *folder*, saying what was done and where it lies."""
    ledger = folder / LEDGER
    for part in (ledger, folder / WORKBOOKS):
        clear(part)
    _say("正在生成示例台账（虚构的砚溪镇，2024年11月至2026年3月）……")
    make(ledger, progress=Progress(report=_report))
    _mark(ledger)
    _say(f"示例台账：{ledger}")
    carry_through(folder)


def carry_through(folder: Path) -> None:
    """On the sample ledger in *folder*: the workbooks, a look through the county's, the month's papers."""
    workbooks = folder / WORKBOOKS
    write_workbooks(workbooks)
    _mark(workbooks)
    _say(f"可供导入的表格：{workbooks}")
    with Database.open(folder / LEDGER) as database:
        _try_import(database, workbooks / FILE)
        _write_papers(database, folder)


def _try_import(database: Database, file: Path) -> None:
    kind = ImportKind.PROBLEMS
    with database.read() as session:
        made = plan(session, read_sheet(file, SHEET_KINDS[kind]), kind, today=PRESENT)
    counts = "，".join(f"{state.label}{made.counts[state]}行" for state in RowState if made.counts[state])
    _say(f"预览导入“{file.name}”（不改动台账）：{counts}。")
    for line in _complaints(made):
        _say(f"    {line}")


def _complaints(made: Plan) -> list[str]:
    lines = [f"第{row.row}行{row.state.label}：{'；'.join(row.reasons)}" for row in made.rows if row.reasons]
    return lines + [f"台账里没有的{item.kind.label}：{item.name}" for item in made.missing]


def _write_papers(database: Database, folder: Path) -> None:
    year, month = MONTH
    with database.read() as session:
        span = settings_of(session).month(year, month)
        papers = {key: produce(session, key, today=PRESENT, span=span) for key in PAPERS}
    _say(f"{year}年{month}月的文书：")
    for key, paper in papers.items():
        files = [folder / f"{KINDS[key].name}（{year}年{month}月）{form}" for form in FORMS]
        for file in files:
            write(paper, file)
        _say(f"    {files[0].with_suffix('')}  {'  '.join(FORMS)}")


def clear(part: Path) -> None:
    """Remove what an earlier run made; refuse to touch anything else."""
    if not part.exists():
        return
    if not (part / MARK).exists():
        raise Refusal(f"“{part}”不是演示生成的，没有改动它；请换一个文件夹，或先把它移走。")
    shutil.rmtree(part)


def _mark(part: Path) -> None:
    (part / MARK).write_text("演示生成，每次运行都会重做，请勿在此录入正式数据。\n", encoding="utf-8")


def _report(done: int, total: int, words: str) -> None:
    if done % _EVERY == 0 and done < total:
        _say(f"    {done * 100 // total:3}%  {words}")


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
