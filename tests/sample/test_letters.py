"""The letters of the sample's ladder: each stands in the steps of its problem, most were answered."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlmodel import Session, select

from river_chief.figures.escalation import proposed
from river_chief.queries.papers import LETTER_LEDGER, waiting_lists
from river_chief.records import LadderStep, Paper, Step
from river_chief.rules.workflow import REMINDERS
from river_chief.sample.agenda import CALENDAR, PRESENT
from river_chief.terms import PaperKind
from river_chief.verbs.office import settings_of
from river_chief.verbs.steps.reminding import PAPERS


def letters(session: Session) -> list[Paper]:
    """Those about single problems; the monthly circulars go to every village."""
    kinds = [kind for kind in PAPERS.values() if kind is not PaperKind.CIRCULATE]
    return [paper for paper in session.exec(select(Paper)) if paper.kind in kinds]


def test_every_letter_is_a_step_of_its_problem(session: Session) -> None:
    steps = [step for step in session.exec(select(Step)) if step.action in REMINDERS]
    assert Counter(PAPERS[step.action] for step in steps) == Counter(paper.kind for paper in letters(session))
    assert {step.details["paper_number"] for step in steps} == {paper.number for paper in letters(session)}


def test_letters_go_by_the_ladder_on_working_days(session: Session) -> None:
    names = {step.key: step.name for step in session.exec(select(LadderStep))}
    found = {(paper.kind, names.get(paper.ladder_step_id or 0)) for paper in letters(session)}
    assert found == {
        (PaperKind.REMIND, "到期提醒"),
        (PaperKind.URGE, "逾期催办"),
        (PaperKind.SUPERVISE, "逾期督办"),
        (PaperKind.SUMMON, None),
    }
    assert all(CALENDAR.is_working(paper.issued_on) for paper in letters(session))


def test_most_letters_are_answered_in_time_and_one_is_missed(session: Session) -> None:
    sent = letters(session)
    unanswered = [paper for paper in sent if paper.answered_on is None]
    assert 1 <= len(unanswered) <= len(sent) / 4
    for paper in sent:
        assert paper.due_on is not None
        assert paper.issued_on < (paper.answered_on or paper.due_on) <= paper.due_on
    late = LETTER_LEDGER.all(session, waiting_lists(PRESENT)["unanswered"][1], PRESENT)
    assert [row["kind"] for row in late] == [PaperKind.SUPERVISE]


def test_the_ladder_has_something_to_propose_at_the_present(session: Session) -> None:
    found = proposed(session, settings_of(session), PRESENT)
    assert Counter(each.rule.name for each in found) == {"逾期通报": 1, "逾期催办": 1, "到期提醒": 4}
    assert all(each.addressee for each in found)
    assert min(each.problems[0].deadline for each in found) == date(2026, 3, 4)
