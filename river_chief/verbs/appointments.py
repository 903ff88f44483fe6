"""任职变动: a person taken on with an office in one go; one chief taking over from another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Person, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Gender, Level, Role
from river_chief.verbs.chiefs import EndTenure, NewPerson, NewTenure, add_person, begin_tenure, end_tenure
from river_chief.verbs.input import EARLIEST, Input
from river_chief.verbs.lookup import existing, unchanged

ONE_DAY = timedelta(days=1)


class Appointment(Input):
    """A new person and the tenure that begins with them."""

    name: str = Field(title="姓名", min_length=1, max_length=40)
    gender: Gender | None = Field(None, title="性别")
    phone: str = Field("", title="联系电话", max_length=40)
    unit: str = Field("", title="单位", max_length=80)
    title: str = Field("", title="职务", max_length=80)
    code: str = Field("", title="人员编码", max_length=40)
    role: Role = Field(Role.CHIEF, title="角色")
    level: Level = Field(title="层级")
    area_id: int = Field(title="行政区域")
    valid_from: date = Field(title="任职起", ge=EARLIEST)
    valid_to: date | None = Field(None, title="任职止")
    reach_ids: tuple[int, ...] = Field((), title="负责河段")
    note: str = Field("", title="备注", max_length=500)


def appoint(session: Session, entry: Appointment, /, *, by: str, today: date) -> Changes:
    """Add a person and begin their tenure; both or neither."""
    person = _new_person(session, entry, entry.area_id, by=by, today=today)
    tenure = _given(entry, NewTenure)
    return begin_tenure(session, NewTenure(person_id=person, **tenure), by=by, today=today)


class Succession(Input):
    """Who takes over a tenure from a day on: a person of the ledger, or a new one by name."""

    tenure_id: int
    version: int | None = None
    valid_from: date = Field(title="接任日期", ge=EARLIEST)
    person_id: int | None = Field(None, title="接任人")
    name: str = Field("", title="新人员姓名", max_length=40)
    gender: Gender | None = Field(None, title="性别")
    phone: str = Field("", title="联系电话", max_length=40)
    unit: str = Field("", title="单位", max_length=80)
    title: str = Field("", title="职务", max_length=80)
    note: str = Field("", title="备注", max_length=500)


def succeed(session: Session, entry: Succession, /, *, by: str, today: date) -> Changes:
    """End a tenure on the day before and begin another in its place, with the same reaches.

    The reaches are those the tenure answers for on its last day for good; what it only looked after
    until a day stays as it is.
    """
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    before = existing(session, Person, tenure.person_id, "个人员")
    area = existing(session, Area, tenure.area_id, "个行政区")
    unchanged(tenure, entry.version, f"{before.name}的任职")
    if (entry.person_id is None) == (not entry.name):
        raise InvalidInput({"person_id": "请选择接任人，或在下面填写新人员的姓名，两者填一个"})
    if entry.person_id == tenure.person_id:
        raise InvalidInput({"person_id": "接任人就是原河长，请另选"})
    last_day = entry.valid_from - ONE_DAY
    if tenure.valid_to is not None and tenure.valid_to < last_day:
        raise Refusal(
            f"{before.name}的任职已于 {tenure.valid_to.isoformat()} 结束，请用“新增任职”登记接任的人。"
        )
    reaches = _kept_reaches(session, tenure, last_day)
    end_tenure(session, EndTenure(tenure_id=tenure.key, last_day=last_day), by=by, today=today)
    session.flush()
    person_id = entry.person_id or _new_person(session, entry, tenure.area_id, by=by, today=today)
    begun = begin_tenure(
        session,
        NewTenure(
            person_id=person_id,
            role=tenure.role,
            level=tenure.level,
            area_id=tenure.area_id,
            title=entry.title or tenure.title,
            valid_from=entry.valid_from,
            reach_ids=reaches,
            note=entry.note,
        ),
        by=by,
        today=today,
    )
    after = existing(session, Person, person_id, "个人员")
    what = f"{area.name}{tenure.level.label}{tenure.role.label}"
    return Changes(f"{after.name}自{entry.valid_from.isoformat()}接替{before.name}任{what}", begun.id)


def _kept_reaches(session: Session, tenure: Tenure, last_day: date) -> tuple[int, ...]:
    links = session.exec(
        select(TenureReach).where(TenureReach.tenure_id == tenure.key).order_by(col(TenureReach.id))
    ).all()
    return tuple(
        link.reach_id
        for link in links
        if link.valid_from <= last_day and (link.valid_to is None or link.valid_to == tenure.valid_to)
    )


def _new_person(
    session: Session, entry: Appointment | Succession, area_id: int, *, by: str, today: date
) -> int:
    values = _given(entry, NewPerson) | {"area_id": area_id, "note": ""}
    return add_person(session, NewPerson(**values), by=by, today=today).id


def _given(entry: Input, kind: type[Input]) -> dict[str, Any]:
    """The values of *entry* that *kind* knows too."""
    return {name: value for name, value in entry if name in kind.model_fields}
