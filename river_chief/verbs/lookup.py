"""Finding the records a verb works on, with a sentence when they are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, select

from river_chief.errors import Conflict, NotFound, Refusal
from river_chief.records import Area, NumberSeries, Person, Problem, Reach, Record, Tenure, Water
from river_chief.records.columns import col
from river_chief.terms import Role

RecordT = TypeVar("RecordT", bound=Record)
NAMED = 5


def existing(session: Session, kind: type[RecordT], id: int, what: str) -> RecordT:
    """Return the record with *id*; ``NotFound`` names *what* was looked for."""
    record = session.get(kind, id)
    if record is None:
        raise NotFound(f"台账里没有这{what}，请刷新后重试。")
    return record


def unchanged(record: Record, version: int | None, what: str) -> None:
    """Refuse when the clerk saw another version of *record* than the one in the ledger."""
    if version is not None and record.version != version:
        raise Conflict(what)


def problem_of(session: Session, id: int, version: int | None) -> Problem:
    """Return the problem with *id* as the clerk saw it."""
    problem = existing(session, Problem, id, "个问题")
    unchanged(problem, version, f"问题{problem.number}")
    return problem


def not_after(day: date | None, today: date, label: str) -> None:
    """Refuse a day that has not come yet."""
    if day is not None and day > today:
        raise Refusal(f"{label} {day.isoformat()} 晚于今天 {today.isoformat()}，请核对日期。")


def next_number(session: Session, series: str, year: int) -> int:
    """Draw the next number of *series* in *year*; a number is never given twice."""
    row = session.exec(
        select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
    ).first()
    if row is None:
        row = NumberSeries(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last


def free_number(
    session: Session,
    series: str,
    year: int,
    written: Callable[[int], str],
    column: ColumnElement[str],
    longest: int,
) -> str:
    """Draw from *series* until a number is not in *column* yet; one given by hand may stand in the way."""
    while True:
        number = written(next_number(session, series, year))
        if len(number) > longest:
            raise Refusal(f"编号“{number}”超过 {longest} 个字，请在设置中把编号格式改短。")
        if session.execute(select(column).where(column == number)).first() is None:
            return number


def home_area(session: Session) -> Area | None:
    """Return the township the ledger belongs to: the first one made; None before there is any."""
    from river_chief.terms import AreaLevel

    return session.exec(select(Area).where(Area.level == AreaLevel.TOWN).order_by(col(Area.id))).first()


def ids_exist(session: Session, kind: type[RecordT], ids: Iterable[int], what: str) -> list[RecordT]:
    """Return the records of *ids* in that order; ``NotFound`` when one is missing."""
    return [existing(session, kind, id, what) for id in ids]


def refuse_retired(record: Area | Person | Reach | Water, until: date | None) -> None:
    """Refuse a record that is out of use before the day *until* (None: for good)."""
    if record.retired_on is not None and (until is None or until > record.retired_on):
        raise Refusal(f"“{record.name}”已于 {record.retired_on.isoformat()} 停用，请另选。")


def listed(names: Sequence[str]) -> str:
    """The first few of *names* and how many there are: 甲、乙、丙、丁、戊等7个."""
    more = f"等{len(names)}个" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def village_chief(session: Session, area_id: int, day: date) -> str:
    """The name of the chief of a village (or another division) on *day*; empty when there is none."""
    query = (
        select(Person.name)
        .join(Tenure, col(Tenure.person_id) == col(Person.id))
        .where(
            Tenure.area_id == area_id,
            col(Tenure.role).in_([role for role in Role if role.is_chief]),
            Tenure.valid_from <= day,
            or_(col(Tenure.valid_to).is_(None), col(Tenure.valid_to) >= day),
        )
        .order_by(col(Tenure.id))
    )
    return session.exec(query).first() or ""
