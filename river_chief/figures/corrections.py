"""更正 reckoned: what edits since a closing make of the closed month, as far as no later closing has told it.

A closed month's proof, with the corrections that later closed months have told of it, is what has been reported.
Only what the journal wrote since can differ from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlmodel import Session

from river_chief.figures.correction import (
    ActTold,
    Correction,
    CountChanged,
    DutyChanged,
    ProblemChanged,
    WorkChanged,
)
from river_chief.figures.differences import (
    Names,
    Shift,
    changed_counts,
    changed_facts,
    changed_lines,
    changed_rates,
    corrected,
    shifts,
    term_names,
)
from river_chief.figures.duty import ChiefDuty, DutyFigures, duty_figures
from river_chief.figures.frozen import frozen_month, frozen_proof
from river_chief.figures.month import MonthFigures
from river_chief.figures.proof import Proof, Proven, prove, sums, without_counts
from river_chief.queries import choices
from river_chief.queries.month_closes import holding
from river_chief.queries.touched import TouchedSince, act_of, acts, touched_since
from river_chief.queries.work import work_done
from river_chief.records import MonthClose
from river_chief.rules.office import OfficeSettings
from river_chief.terms import WorkKind

_DUTY = {
    "owed": "应巡",
    "done": "实巡",
    "valid": "有效",
    "compliant": "达标",
    "patrols": "日志",
    "found": "发现",
}
# A duty of a year or half-year that ends in a month is reckoned from patrols so long before.
_LONGEST_DUTY = timedelta(days=370)


def corrections(session: Session, settings: OfficeSettings, before: date) -> tuple[Correction, ...]:
    """What differs of the closed months that begin before the day *before* and no later closing has told, oldest first."""
    held = holding(session)
    found = []
    names = _Names(session)
    since: dict[int, TouchedSince] = {}
    for close in sorted((each for each in held if each.first < before), key=lambda each: each.first):
        telling = [each for each in held if each.key > close.key and each.first > close.first]
        act = act_of(session, (telling or [close])[-1].head)
        if act not in since:
            since[act] = touched_since(session, act)
        told = [each for other in telling for each in _told_of(session, other, close)]
        correction = _Recount(session, settings, close, told, names).against(since[act])
        if not correction.is_empty:
            found.append(correction)
    return tuple(found)


def differences(
    session: Session, settings: OfficeSettings, close: MonthClose, after: MonthFigures
) -> Correction:
    """What a new edition of the month changes against the edition *close* that was reopened; *after* are its figures."""
    touched = touched_since(session, act_of(session, close.head))
    return _Recount(session, settings, close, [], _Names(session)).against(touched, everything=after)


def _told_of(session: Session, telling: MonthClose, close: MonthClose) -> Iterator[Correction]:
    """What the closing *telling* has told of the edition *close*."""
    for each in frozen_month(session, telling).figures.corrections:
        if (each.year, each.month, each.edition) == (close.year, close.month, close.edition):
            yield each


class _Names:
    """What villages, campaigns … are called; read when first asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def all(self) -> Names:
        """By dimension and key."""
        session = self.session
        categories = {each.code: each.label for each in choices.categories(session)}
        named: dict[str, Mapping[Any, str]] = {
            "villages": {each.id: each.label for each in choices.areas(session, retired=True)},
            "campaigns": {each.id: each.label for each in choices.campaigns(session, retired=True)},
            "waters": {each.id: each.label for each in choices.waters(session)},
            "reaches": {each.id: each.label for each in choices.reaches(session)},
            "categories": categories,
            "groups": categories,
        }
        return {**named, **term_names()}


class _Recount:
    """A closed month counted again; ``told`` are the corrections already reported of it."""

    def __init__(
        self,
        session: Session,
        settings: OfficeSettings,
        close: MonthClose,
        told: Sequence[Correction],
        names: _Names,
    ) -> None:
        self.session = session
        self.settings = settings
        self.close = close
        self.told = told
        self.names = names
        self.frozen = frozen_month(session, close).figures

    def against(self, touched: TouchedSince, everything: MonthFigures | None = None) -> Correction:
        """The correction that what was *touched* makes; *everything* are the figures where they are counted already."""
        before = self._reported()
        found = shifts(before, self._now(before, touched))
        after = corrected(before, found)
        old, new = sums(before.values()), sums(after.values())
        digits = self.settings.rate_digits
        return Correction(
            self.close.year,
            self.close.month,
            self.close.edition,
            changed_counts(old, new),
            changed_rates(old, new, digits),
            old.average_days,
            new.average_days,
            tuple(changed_lines(before, found, self.names.all, digits)) if found else (),
            tuple(self._problems(found, touched)),
            tuple(self._duties(touched, everything)),
            tuple(self._work()),
        )

    # Problems

    def _reported(self) -> Proof:
        """The proof as it was last reported."""
        proof = dict(frozen_proof(self.session, self.close))
        for correction in self.told:
            proof |= {each.id: each.after for each in correction.problems}
        return proof

    def _now(self, before: Proof, touched: TouchedSince) -> Iterator[Proven]:
        """How the problems that were written since are counted now; one that is gone is not counted."""
        found = prove(self.session, self.frozen.window, touched.problems.keys())
        for id in sorted(touched.problems):
            if id in found:
                yield found[id]
            elif id in before:
                yield without_counts(before[id])

    def _problems(self, found: Sequence[Shift], touched: TouchedSince) -> Iterator[ProblemChanged]:
        ids = {act for each in found for act in touched.problems[each.after.facts.id]}
        heads = acts(self.session, ids)
        for each in found:
            id = each.after.facts.id
            by = (heads[act] for act in sorted(touched.problems[id]))
            yield ProblemChanged(
                id,
                each.after.facts.number,
                each.counts,
                tuple(changed_facts(each, self.close.cut, self.names.all)),
                tuple(ActTold(act.at, act.by, act.sentence) for act in by),
                each.after,
            )

    # Patrols and work

    def _duties(self, touched: TouchedSince, everything: MonthFigures | None) -> Iterator[DutyChanged]:
        if everything is None and not (
            touched.duties or touched.patrolled(self.close.first - _LONGEST_DUTY, self.close.last)
        ):
            return
        now = (everything.patrols if everything else self._duty_now()).chiefs
        known = {each.tenure_id: each for each in (*self.frozen.patrols.chiefs, *now)}
        before = {each.tenure_id: _duty(each) for each in self.frozen.patrols.chiefs}
        for correction in self.told:
            for told in correction.duties:
                before[told.tenure_id] = before.get(told.tenure_id, _NO_DUTY) | {
                    each.key: each.after for each in told.figures
                }
        after = {each.tenure_id: _duty(each) for each in now}
        for tenure in sorted({*before, *after}):
            changed = tuple(_changed(before.get(tenure, _NO_DUTY), after.get(tenure, _NO_DUTY)))
            if changed:
                chief = known.get(tenure)
                yield DutyChanged(tenure, chief.name if chief else "", chief.area if chief else "", changed)

    def _duty_now(self) -> DutyFigures:
        return duty_figures(self.session, self.settings, self.frozen.window.span)

    def _work(self) -> Iterator[WorkChanged]:
        before = dict(self.frozen.work)
        for correction in self.told:
            before |= {each.kind: each.after for each in correction.work}
        after = work_done(self.session, self.frozen.window.known)
        for kind in WorkKind:
            was, now = before.get(kind, 0.0), after.get(kind, 0.0)
            if was != now:
                yield WorkChanged(kind, was, now)


def _duty(chief: ChiefDuty) -> dict[str, int]:
    values = {key: getattr(chief, key) for key in _DUTY if key != "compliant"}
    return values | {"compliant": chief.compliance.numerator}


_NO_DUTY = dict.fromkeys(_DUTY, 0)


def _changed(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[CountChanged]:
    for key, name in _DUTY.items():
        if before[key] != after[key]:
            yield CountChanged(key, name, before[key], after[key])
