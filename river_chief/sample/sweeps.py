"""Two sweeps of 砚溪镇, one finished and one half answered, and the zero reports of its villages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from river_chief.queries.sweeps import ANSWER_LEDGER, SWEEP_LEDGER, AnswerFilter, SweepFilter
from river_chief.queries.zero_reports import zero_month
from river_chief.rules.periods import month_range
from river_chief.sample.agenda import ONE_DAY, PRESENT, Agenda, after, office_day
from river_chief.sample.cases import YEAR, Case
from river_chief.sample.people import Staff
from river_chief.storage.database import Writer
from river_chief.terms import Level, SweepReply, ZeroState
from river_chief.verbs import sweeps, zero_reports
from river_chief.verbs.office import settings_of

BOARDS = "BP02"
_EARLY = date(YEAR, 12, 26)
_MONTHS = ((YEAR + 1, 1), (YEAR + 1, 2))
# One village always forgets; of the present month only the first have signed.
_ALL_BUT_ONE, _BY_NOW = slice(None, -1), slice(2)
_SEEN = "已到现场逐处查看"


def put_sweeps(agenda: Agenda, staff: Staff, cases: Sequence[Case]) -> None:
    """Put both sweeps and their answers into the agenda."""
    boards = sorted(
        (case for case in cases if case.leaf == BOARDS and (case.year, case.month) == (YEAR, 7)),
        key=lambda case: case.moves[0].at,
    )
    origin, found = boards[0], boards[-1]
    done_on = after(found.registered, 1)
    _ask(agenda, origin, origin.registered)
    agenda.on(found.registered, _answers(staff, origin, lambda name: name != found.village))
    agenda.on(done_on, lambda writer: _found(writer, staff, origin, found))
    open_one = next(
        case
        for case in cases
        if (case.year, case.month) == (YEAR + 1, 3) and case.exit is None and case.moves
    )
    asked_on = office_day(open_one.registered)
    _ask(agenda, open_one, asked_on, max(asked_on, PRESENT - ONE_DAY * 4))
    half = _answers(staff, open_one, lambda name: sum(name.encode()) % 3 != 0)
    agenda.on(min(after(asked_on, 3), PRESENT), half)


def put_zero_reports(agenda: Agenda) -> None:
    """Put the zero reports into the agenda; December's come early, before the month's last find."""
    agenda.on(_EARLY, partial(_sign, month=(YEAR, 12), which=_ALL_BUT_ONE))
    for year, month in _MONTHS:
        last = month_range(year, month).last
        while office_day(last) != last:
            last -= ONE_DAY
        agenda.on(last, partial(_sign, month=(year, month), which=_ALL_BUT_ONE))
    this = (PRESENT.year, PRESENT.month)
    agenda.on(PRESENT - ONE_DAY, partial(_sign, month=this, which=_BY_NOW))


def _ask(agenda: Agenda, case: Case, asked_on: date, due_on: date | None = None) -> None:
    def ask(writer: Writer) -> None:
        entry = sweeps.NewSweep(problem_id=case.id, asked_on=writer.today, due_on=due_on)
        writer.do(sweeps.ask, entry)

    agenda.on(asked_on, ask)


def _answers(staff: Staff, case: Case, wanted: Callable[[str], bool]) -> Callable[[Writer], None]:
    """已查无此类问题 from the villages *wanted*, each told by its chief."""

    def enter(writer: Writer) -> None:
        for id, village in _open(writer, case):
            if wanted(village):
                writer.do(
                    sweeps.answer,
                    sweeps.Answering(
                        answer_ids=(id,),
                        reply=SweepReply.NONE,
                        answerer=_chief(staff, village, writer.today),
                        words=_SEEN,
                    ),
                )

    return enter


def _found(writer: Writer, staff: Staff, case: Case, found: Case) -> None:
    for id, village in _open(writer, case):
        if village == found.village:
            entry = sweeps.Answering(
                answer_ids=(id,),
                reply=SweepReply.FOUND,
                answerer=_chief(staff, village, writer.today),
                problem_id=found.id,
            )
            writer.do(sweeps.answer, entry)


def _open(writer: Writer, case: Case) -> list[tuple[int, str]]:
    """Ids and villages of the answers still open to the sweep of *case*."""
    (sweep,) = SWEEP_LEDGER.ids(writer.session, SweepFilter(problems=(case.id,)))
    asked = AnswerFilter(sweeps=(sweep,), unanswered=True)
    return [(row.id, row["place"]) for row in ANSWER_LEDGER.all(writer.session, asked, writer.today)]


def _chief(staff: Staff, village: str, day: date) -> str:
    return next(
        (
            charge.post.human.name
            for charge in staff.charges
            if charge.post.level is Level.VILLAGE and charge.post.area == village and charge.holds(day)
        ),
        "",
    )


def _sign(writer: Writer, month: tuple[int, int], which: slice) -> None:
    """Have those villages sign that have found nothing and not signed yet, *which* of them."""
    found = zero_month(writer.session, settings_of(writer.session), *month, writer.today)
    ids = [row.id for row in found.rows if row["state"] is ZeroState.MISSING][which]
    if ids:
        entry = zero_reports.ZeroSigning(area_ids=tuple(ids), year=month[0], month=month[1])
        writer.do(zero_reports.sign, entry)
