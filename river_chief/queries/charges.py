"""Which chiefs answer for the problems of a reach in a village on a day: ``rounds.answers_for``, read once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.chiefs import CHIEF_ROLES, within_days
from river_chief.records import Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Level


class Charges:
    """The chiefs of every reach on a day, by person."""

    def __init__(self, session: Session, day: date) -> None:
        query = (
            select(col(TenureReach.reach_id), col(Tenure.level), col(Tenure.area_id), col(Tenure.person_id))
            .join(Tenure, col(Tenure.id) == col(TenureReach.tenure_id))
            .where(
                col(Tenure.role).in_(CHIEF_ROLES), *within_days(Tenure, day), *within_days(TenureReach, day)
            )
        )
        self._by_reach: dict[int, list[tuple[int | None, int]]] = {}
        for reach, level, area, person in session.execute(query):
            village = area if level is Level.VILLAGE else None
            self._by_reach.setdefault(reach, []).append((village, person))

    def of(self, reach: int | None, village: int | None) -> tuple[int | None, ...]:
        """The persons who answer there, each once; (None,) where nobody does."""
        chiefs = self._by_reach.get(reach, ()) if reach is not None else ()
        found = dict.fromkeys(
            person for own, person in chiefs if own is None or village is None or own == village
        )
        return tuple(found) or (None,)
