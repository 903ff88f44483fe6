"""Photos and scans of a record, and what speaks against those that are to prove a rectification."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.ledger_query import CHUNK, plain
from river_chief.records import Attachment, Problem, Round
from river_chief.records.columns import col
from river_chief.rules.coordinates import Point
from river_chief.rules.photo_checks import CHECKED, Photo, PhotoWarning, Run, Site, warnings_of
from river_chief.terms import Exit, Phase, State
from river_chief.verbs.office import settings_of

# A problem that was entered twice, or in error, may show the photo of the one it stands for.
_NO_OTHER_USE = (State.VOIDED, State.MERGED)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A photo or scan of a record, as in ``records.documents.Attachment``.

    ``warnings`` speak against a photo of a problem; ``settled`` are the clerk's words on them.
    """

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    phase: Phase
    taken_at: datetime | None
    happened_on: date | None
    recorded_at: datetime | None
    lon: float | None
    lat: float | None
    looks: str
    note: str
    settled: str
    warnings: tuple[PhotoWarning, ...] = ()

    @property
    def photo(self) -> Photo:
        """What the rules compare."""
        return Photo(*(getattr(self, name) for name in _COMPARED))

    @property
    def is_doubtful(self) -> bool:
        """Whether it waits for the clerk to look at it."""
        return not self.settled and any(not item.doubt.is_mild for item in self.warnings)


_COMPARED = tuple(Photo.__dataclass_fields__)
_KEPT = tuple(name for name in AttachmentRow.__dataclass_fields__ if name != "warnings")
_ORDER = {phase: place for place, phase in enumerate(Phase)}


def attachments_of(session: Session, owner: Mapping[str, int], today: date) -> tuple[AttachmentRow, ...]:
    """What is attached to the record *owner* (``{"problem_id": 7}``), by phase and then by time taken.

    Those of a problem come with their warnings as of *today*.
    """
    [(key, id)] = owner.items()
    rows = _attached(session, key, [id]).get(id, [])
    if key != "problem_id":
        return tuple(rows)
    return tuple(_warned(session, {id: rows}, today)[id])


def warnings_about(
    session: Session, problem_id: int | None, photos: Sequence[Photo], today: date
) -> list[tuple[PhotoWarning, ...]]:
    """What will speak against each of *photos* once attached to the problem (None: one not registered yet)."""
    kept = [] if problem_id is None else _attached(session, "problem_id", [problem_id]).get(problem_id, [])
    others = [row.photo for row in kept]
    site = Site() if problem_id is None else _sites(session, [problem_id]).get(problem_id, Site())
    uses = _uses(session, [photo.sha256 for photo in photos])
    metres = settings_of(session).photo_metres
    return [
        warnings_of(
            photo,
            [*others, *(other for other in photos if other is not photo)],
            site,
            today=today,
            metres=metres,
            used_in=_elsewhere(uses, photo.sha256, problem_id),
        )
        for photo in photos
    ]


def doubtful(session: Session, today: date, ids: Sequence[int] = ()) -> dict[int, list[AttachmentRow]]:
    """The photos that wait to be looked at, by problem (of *ids*, or of all): warned of and not settled."""
    query = (
        select(col(Attachment.problem_id))
        .where(
            col(Attachment.phase).in_(CHECKED),
            col(Attachment.problem_id).is_not(None),
            col(Attachment.voided_on).is_(None),
            col(Attachment.settled) == "",
        )
        .distinct()
        .order_by(col(Attachment.problem_id))
    )
    wanted = set(ids)
    problems = [id for id in session.execute(query).scalars() if id is not None and (not ids or id in wanted)]
    found: dict[int, list[AttachmentRow]] = {}
    for start in range(0, len(problems), CHUNK):
        warned = _warned(session, _attached(session, "problem_id", problems[start : start + CHUNK]), today)
        for id, rows in warned.items():
            if waiting := [row for row in rows if row.is_doubtful]:
                found[id] = waiting
    return found


def photo_json(row: AttachmentRow) -> dict[str, Any]:
    """An attachment in plain values."""
    return {name: plain(getattr(row, name)) for name in _KEPT if name != "looks"}


def warnings_json(rows: Sequence[AttachmentRow]) -> list[dict[str, Any]]:
    """Every warning about *rows* in plain values, each with the id of its attachment."""
    return [
        {
            "attachment": row.id,
            "name": row.name,
            "phase": row.phase.value,
            "doubt": item.doubt.value,
            "mild": item.doubt.is_mild,
            "sentence": item.sentence,
            "settled": row.settled,
        }
        for row in rows
        for item in row.warnings
    ]


def _attached(session: Session, key: str, ids: Sequence[int]) -> dict[int, list[AttachmentRow]]:
    owner = col(getattr(Attachment, key))
    query = (
        select(owner, *(col(getattr(Attachment, name)) for name in _KEPT))
        .where(owner.in_(ids), col(Attachment.voided_on).is_(None))
        .order_by(col(Attachment.id))
    )
    found: dict[int, list[AttachmentRow]] = {id: [] for id in ids}
    for id, *values in session.execute(query):
        found[id].append(AttachmentRow(*values))
    for rows in found.values():
        rows.sort(key=lambda row: (_ORDER[row.phase], row.taken_at or datetime.max, row.id))
    return found


def _warned(
    session: Session, rows: Mapping[int, list[AttachmentRow]], today: date
) -> dict[int, list[AttachmentRow]]:
    checked = {row.sha256 for each in rows.values() for row in each if row.phase in CHECKED}
    if not checked:
        return dict(rows)
    metres = settings_of(session).photo_metres
    sites, uses = _sites(session, list(rows)), _uses(session, checked)
    return {
        id: [
            replace(
                row,
                warnings=warnings_of(
                    row.photo,
                    [other.photo for other in each if other is not row],
                    sites.get(id, Site()),
                    today=today,
                    metres=metres,
                    used_in=_elsewhere(uses, row.sha256, id),
                ),
            )
            if row.phase in CHECKED
            else row
            for row in each
        ]
        for id, each in rows.items()
    }


def _sites(session: Session, ids: Sequence[int]) -> dict[int, Site]:
    runs: dict[int, list[Run]] = {}
    rounds = (
        select(
            col(Round.problem_id),
            col(Round.opened_on),
            col(Round.assigned_on),
            col(Round.exit),
            col(Round.exit_on),
        )
        .where(col(Round.problem_id).in_(ids))
        .order_by(col(Round.problem_id), col(Round.ordinal))
    )
    for id, opened, assigned, exit, exit_on in session.execute(rounds):
        closed = exit_on if exit is Exit.CLOSED else None
        runs.setdefault(id, []).append(Run(opened, assigned, closed))
    problems = select(
        col(Problem.id), col(Problem.found_on), col(Problem.lon), col(Problem.lat), col(Problem.datum)
    ).where(col(Problem.id).in_(ids))
    return {
        id: Site(
            found_on,
            tuple(runs.get(id, ())),
            None if lon is None or lat is None else Point(lon, lat),
            datum,
        )
        for id, found_on, lon, lat, datum in session.execute(problems)
    }


def _uses(session: Session, digests: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """The problems that show each file: their ids and numbers."""
    found: dict[str, list[tuple[int, str]]] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), CHUNK):
        query = (
            select(col(Attachment.sha256), col(Problem.id), col(Problem.number))
            .join(Problem, col(Problem.id) == col(Attachment.problem_id))
            .where(
                col(Attachment.sha256).in_(wanted[start : start + CHUNK]),
                col(Attachment.voided_on).is_(None),
                col(Problem.state).not_in(_NO_OTHER_USE),
            )
            .distinct()
            .order_by(col(Problem.id))
        )
        for digest, id, number in session.execute(query):
            found.setdefault(digest, []).append((id, number))
    return found


def _elsewhere(uses: Mapping[str, list[tuple[int, str]]], digest: str, id: int | None) -> list[str]:
    return [number for other, number in uses.get(digest, ()) if other != id]


def paired(rows: Sequence[AttachmentRow]) -> Iterator[tuple[AttachmentRow | None, AttachmentRow | None]]:
    """Photos before and after side by side; the shorter side ends in None."""
    before, after = (
        [row for row in rows if row.phase is phase and row.media_type.startswith("image/")]
        for phase in (Phase.BEFORE, Phase.AFTER)
    )
    for place in range(max(len(before), len(after))):
        yield (
            before[place] if place < len(before) else None,
            after[place] if place < len(after) else None,
        )
