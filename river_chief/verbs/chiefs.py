"""人员与任职: persons, their tenures and the reaches they answer for."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Area, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Gender, Level, Role
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, ids_exist, unchanged


class NewPerson(Input):
    """A person to be added."""

    name: str = Field(title="姓名", min_length=1, max_length=40)
    code: str = Field("", title="用户编码", max_length=40)
    gender: Gender | None = Field(None, title="性别")
    phone: str = Field("", title="手机", max_length=40)
    unit: str = Field("", title="单位", max_length=80)
    title: str = Field("", title="职务", max_length=80)
    area_id: int | None = Field(None, title="行政区域")
    note: str = Field("", title="备注", max_length=500)


class PersonEdit(NewPerson):
    """The new values of a person."""

    id: int
    version: int | None = None


def add_person(session: Session, entry: NewPerson, /, *, by: str, today: date) -> Changes:
    """Add a person; one of the same name, area and phone is refused as the same person."""
    twins = session.exec(
        select(Person).where(
            Person.name == entry.name,
            Person.area_id == entry.area_id,
            Person.phone == entry.phone,
            col(Person.retired_on).is_(None),
        )
    ).all()
    if twins:
        raise Refusal(f"“{entry.name}”已在台账里（同一行政区、同一电话），不必重复新增。")
    if entry.area_id is not None:
        existing(session, Area, entry.area_id, "个行政区")
    person = Person(**entry.model_dump())
    session.add(person)
    session.flush()
    return Changes(f"新增人员{person.name}", person.key)


def edit_person(session: Session, entry: PersonEdit, /, *, by: str, today: date) -> Changes:
    """Change a person's values."""
    person = existing(session, Person, entry.id, "个人员")
    unchanged(person, entry.version, f"人员{person.name}")
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(person, name, value)
    return Changes(f"修改人员{person.name}", person.key)


class NewTenure(Input):
    """A tenure to begin: the person takes the role, at a level for an area, with these reaches."""

    person_id: int = Field(title="人员")
    role: Role = Field(Role.CHIEF, title="角色")
    level: Level = Field(title="层级")
    area_id: int = Field(title="行政区域")
    title: str = Field("", title="职务", max_length=80)
    valid_from: date = Field(title="任职起")
    valid_to: date | None = Field(None, title="任职止")
    reach_ids: tuple[int, ...] = Field((), title="负责河段")
    note: str = Field("", title="备注", max_length=500)


def begin_tenure(session: Session, entry: NewTenure, /, *, by: str, today: date) -> Changes:
    """Begin a tenure; the same role for the same area on overlapping days is refused."""
    person = existing(session, Person, entry.person_id, "个人员")
    area = existing(session, Area, entry.area_id, "个行政区")
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise Refusal("任职止早于任职起，请核对日期。")
    for other in session.exec(select(Tenure).where(Tenure.person_id == person.key)):
        same = (other.role, other.level, other.area_id) == (entry.role, entry.level, area.key)
        if same and _overlap(other.valid_from, other.valid_to, entry.valid_from, entry.valid_to):
            raise Refusal(f"{person.name}在这段时间已任{area.name}{entry.level.label}{entry.role.label}。")
    tenure = Tenure(**entry.model_dump(exclude={"reach_ids"}))
    session.add(tenure)
    session.flush()
    for reach in ids_exist(session, Reach, dict.fromkeys(entry.reach_ids), "个河段"):
        session.add(
            TenureReach(
                tenure_id=tenure.key, reach_id=reach.key, valid_from=entry.valid_from, valid_to=entry.valid_to
            )
        )
    session.flush()
    return Changes(f"{person.name}任{area.name}{entry.level.label}{entry.role.label}", tenure.key)


class EndTenure(Input):
    """The tenure to end and its last day."""

    tenure_id: int
    last_day: date = Field(title="任职止")
    version: int | None = None


def end_tenure(session: Session, entry: EndTenure, /, *, by: str, today: date) -> Changes:
    """End a tenure with its last day, and with it what it answers for."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    unchanged(tenure, entry.version, f"{person.name}的任职")
    if entry.last_day < tenure.valid_from:
        raise Refusal("任职止早于任职起，请核对日期。")
    tenure.valid_to = entry.last_day
    for link in session.exec(select(TenureReach).where(TenureReach.tenure_id == tenure.key)):
        if link.valid_to is None or link.valid_to > entry.last_day:
            link.valid_to = max(entry.last_day, link.valid_from - timedelta(days=1))
    return Changes(f"{person.name}任职至{entry.last_day.isoformat()}", tenure.key)


class ReachCharge(Input):
    """Reaches a tenure takes over from a day, until a day or for good."""

    tenure_id: int
    reach_ids: tuple[int, ...] = Field(title="负责河段", min_length=1)
    valid_from: date = Field(title="起")
    valid_to: date | None = Field(None, title="止")


def take_reaches(session: Session, entry: ReachCharge, /, *, by: str, today: date) -> Changes:
    """Let a tenure answer for more reaches, for instance during a vacancy (代管)."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    reaches = ids_exist(session, Reach, dict.fromkeys(entry.reach_ids), "个河段")
    for reach in reaches:
        here = session.exec(
            select(TenureReach).where(TenureReach.tenure_id == tenure.key, TenureReach.reach_id == reach.key)
        ).all()
        if any(_overlap(row.valid_from, row.valid_to, entry.valid_from, entry.valid_to) for row in here):
            raise Refusal(f"{person.name}在这段时间已经负责{reach.name}。")
        session.add(
            TenureReach(
                tenure_id=tenure.key, reach_id=reach.key, valid_from=entry.valid_from, valid_to=entry.valid_to
            )
        )
    return Changes(f"{person.name}负责{'、'.join(reach.name for reach in reaches)}", tenure.key)


class LeaveReaches(Input):
    """Reaches a tenure gives up, with the last day it answered for them."""

    tenure_id: int
    reach_ids: tuple[int, ...] = Field(title="负责河段", min_length=1)
    last_day: date = Field(title="止")


def leave_reaches(session: Session, entry: LeaveReaches, /, *, by: str, today: date) -> Changes:
    """End a tenure's charge of some reaches; the tenure itself goes on."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    links = session.exec(
        select(TenureReach).where(
            TenureReach.tenure_id == tenure.key, col(TenureReach.reach_id).in_(entry.reach_ids)
        )
    ).all()
    open_links = [link for link in links if link.valid_to is None or link.valid_to > entry.last_day]
    if not open_links:
        raise Refusal(f"{person.name}在这一天并不负责这些河段，请核对。")
    for link in open_links:
        if link.valid_from > entry.last_day:
            raise Refusal("截止日早于开始负责的日期，请核对。")
        link.valid_to = entry.last_day
    return Changes(f"{person.name}不再负责{len(open_links)}个河段", tenure.key)


class Delegation(Input):
    """Who patrols in a chief's place, and between which days."""

    tenure_id: int
    delegate_id: int | None = Field(title="受托人")
    delegate_from: date | None = Field(None, title="委托起")
    delegate_to: date | None = Field(None, title="委托止")


def delegate(session: Session, entry: Delegation, /, *, by: str, today: date) -> Changes:
    """Let another person patrol in a chief's place for a while; the duty stays the chief's."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    if entry.delegate_id is not None:
        existing(session, Person, entry.delegate_id, "个人员")
        if entry.delegate_id == tenure.person_id:
            raise Refusal("受托人不能是河长本人，请另选。")
        if (
            entry.delegate_from is None
            or entry.delegate_to is None
            or entry.delegate_to < entry.delegate_from
        ):
            raise Refusal("请填写委托的起止日期，止不早于起。")
    for name in ("delegate_id", "delegate_from", "delegate_to"):
        setattr(tenure, name, getattr(entry, name))
    return Changes(f"{person.name}委托巡河", tenure.key)


class PersonRetirement(Input):
    """The person to be retired (停用)."""

    id: int
    on: date | None = Field(None, title="停用日期")


def retire_person(session: Session, entry: PersonRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a person who holds no open tenure."""
    person = existing(session, Person, entry.id, "个人员")
    day = entry.on or today
    for tenure in session.exec(select(Tenure).where(Tenure.person_id == person.key)):
        if tenure.valid_to is None or tenure.valid_to > day:
            raise Refusal(f"{person.name}还有在任职务，请先结束任职。")
    person.retired_on = day
    return Changes(f"停用人员{person.name}", person.key)


def _overlap(from_a: date, to_a: date | None, from_b: date, to_b: date | None) -> bool:
    return (to_a is None or from_b <= to_a) and (to_b is None or from_a <= to_b)
