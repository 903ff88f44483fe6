"""人员与任职: persons, their tenures and the reaches they answer for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from pydantic import Field
from sqlalchemy import func
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Patrol, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.rules.periods import ONE_DAY
from river_chief.terms import Gender, Level, Role
from river_chief.verbs.input import EARLIEST, Input
from river_chief.verbs.lookup import existing, ids_exist, listed, not_after, refuse_retired, unchanged


class NewPerson(Input):
    """A person to be added."""

    name: str = Field(title="姓名", min_length=1, max_length=40)
    code: str = Field("", title="人员编码", max_length=40)
    gender: Gender | None = Field(None, title="性别")
    phone: str = Field("", title="联系电话", max_length=40)
    unit: str = Field("", title="单位", max_length=80)
    title: str = Field("", title="职务", max_length=80)
    area_id: int | None = Field(None, title="行政区域")
    note: str = Field("", title="备注", max_length=500)


class PersonEdit(NewPerson):
    """The new values of a person."""

    id: int
    version: int | None = None


def add_person(session: Session, entry: NewPerson, /, *, by: str, today: date) -> Changes:
    """Add a person; one who can not be told from another in the ledger is refused as the same."""
    _check_person(session, entry, None)
    person = Person(**entry.model_dump())
    session.add(person)
    session.flush()
    return Changes(f"新增人员{person.name}", person.key)


def edit_person(session: Session, entry: PersonEdit, /, *, by: str, today: date) -> Changes:
    """Change a person's values."""
    person = existing(session, Person, entry.id, "个人员")
    unchanged(person, entry.version, f"人员{person.name}")
    _check_person(session, entry, person)
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(person, name, value)
    return Changes(f"修改人员{person.name}", person.key)


def _check_person(session: Session, entry: NewPerson, own: Person | None) -> None:
    """Persons of one name and area differ by code, by phone or, where that is not known, by unit."""
    if entry.area_id is not None:
        area = existing(session, Area, entry.area_id, "个行政区")
        if own is None or own.area_id != area.key:
            refuse_retired(area, None)
    others = select(Person).where(col(Person.retired_on).is_(None))
    if own is not None:
        others = others.where(Person.id != own.key)
    twins = others.where(
        Person.name == entry.name, Person.area_id == entry.area_id, Person.phone == entry.phone
    )
    alike = [
        twin for twin in session.exec(twins) if not (entry.code and twin.code and entry.code != twin.code)
    ]
    if any(entry.phone or twin.unit == entry.unit for twin in alike):
        same = "电话" if entry.phone else "单位，都没有电话；如确是另一人，请填写电话"
        raise Refusal(f"“{entry.name}”已在台账里（同一行政区、同一{same}），不必重复新增。")
    if entry.code:
        holder = session.exec(others.where(Person.code == entry.code)).first()
        if holder is not None:
            raise InvalidInput({"code": f"人员编码 {entry.code} 已用于“{holder.name}”，请核对"})


class NewTenure(Input):
    """A tenure to begin: the person takes the role, at a level for an area, with these reaches."""

    person_id: int = Field(title="人员")
    role: Role = Field(Role.CHIEF, title="角色")
    level: Level = Field(title="层级")
    area_id: int = Field(title="行政区域")
    title: str = Field("", title="职务", max_length=80)
    valid_from: date = Field(title="任职起", ge=EARLIEST)
    valid_to: date | None = Field(None, title="任职止")
    reach_ids: tuple[int, ...] = Field((), title="负责河段")
    note: str = Field("", title="备注", max_length=500)


def begin_tenure(session: Session, entry: NewTenure, /, *, by: str, today: date) -> Changes:
    """Begin a tenure; the same role for the same area on overlapping days is refused.

    So is a second 河长 of one level and area for a reach: a successor begins when the one before has
    ended. 总河长, patrollers and others may share a reach.
    """
    person = existing(session, Person, entry.person_id, "个人员")
    area = existing(session, Area, entry.area_id, "个行政区")
    _in_order(entry.valid_from, entry.valid_to, "任职止早于任职起，请核对日期。")
    refuse_retired(person, entry.valid_to)
    refuse_retired(area, entry.valid_to)
    if entry.role.is_chief and entry.level.value != area.level.value:
        raise InvalidInput(
            {"area_id": f"{area.name}不是{entry.level.label}{entry.role.label}的行政区域，请核对"}
        )
    for other in session.exec(select(Tenure).where(Tenure.person_id == person.key)):
        same = (other.role, other.level, other.area_id) == (entry.role, entry.level, area.key)
        if same and _overlap(other.valid_from, other.valid_to, entry.valid_from, entry.valid_to):
            raise Refusal(f"{person.name}在这段时间已任{area.name}{entry.level.label}{entry.role.label}。")
    tenure = Tenure(**entry.model_dump(exclude={"reach_ids"}))
    session.add(tenure)
    session.flush()
    _charge(session, tenure, entry.reach_ids, entry.valid_from, entry.valid_to)
    session.flush()
    return Changes(f"{person.name}任{area.name}{entry.level.label}{entry.role.label}", tenure.key)


def _charge(
    session: Session, tenure: Tenure, reach_ids: Iterable[int], first: date, last: date | None
) -> list[Reach]:
    """Let *tenure* answer for the reaches on these days."""
    reaches = ids_exist(session, Reach, dict.fromkeys(reach_ids), "个河段")
    for reach in reaches:
        refuse_retired(reach, last)
        _refuse_second_chief(session, tenure, reach, first, last)
        query = select(TenureReach).where(
            TenureReach.tenure_id == tenure.key,
            TenureReach.reach_id == reach.key,
            TenureReach.valid_from == first,
        )
        link = session.exec(query).first()
        if link is None:
            link = TenureReach(tenure_id=tenure.key, reach_id=reach.key, valid_from=first)
            session.add(link)
        link.valid_to = last
    return reaches


def _refuse_second_chief(
    session: Session, tenure: Tenure, reach: Reach, first: date, last: date | None
) -> None:
    """Refuse when another 河长 of the tenure's level and area answers for *reach* on one of the days."""
    if tenure.role is not Role.CHIEF:
        return
    query = (
        select(Person, TenureReach)
        .join(Tenure, col(Tenure.person_id) == col(Person.id))
        .join(TenureReach, col(TenureReach.tenure_id) == col(Tenure.id))
        .where(
            Tenure.role == tenure.role,
            Tenure.level == tenure.level,
            Tenure.area_id == tenure.area_id,
            Tenure.id != tenure.key,
            TenureReach.reach_id == reach.key,
        )
    )
    for other, link in session.exec(query):
        if _overlap(link.valid_from, link.valid_to, first, last):
            raise Refusal(
                f"{reach.name}在这段时间已由{other.name}任{tenure.level.label}{tenure.role.label}，"
                "请先结束其任职或由其移交河段。"
            )


class EndTenure(Input):
    """The tenure to end and its last day."""

    tenure_id: int
    last_day: date = Field(title="任职止")
    version: int | None = None


def end_tenure(session: Session, entry: EndTenure, /, *, by: str, today: date) -> Changes:
    """End a tenure with its last day, and with it what it answers for; the day can be corrected."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    unchanged(tenure, entry.version, f"{person.name}的任职")
    _in_order(tenure.valid_from, entry.last_day, "任职止早于任职起，请核对日期。")
    _refuse_patrols_after(session, tenure, person, entry.last_day)
    before = tenure.valid_to
    if before is not None and before < entry.last_day:
        refuse_retired(person, entry.last_day)
    tenure.valid_to = entry.last_day
    for link in session.exec(select(TenureReach).where(TenureReach.tenure_id == tenure.key)).all():
        if link.valid_to is not None and link.valid_to == before and link.valid_to < entry.last_day:
            reach = existing(session, Reach, link.reach_id, "个河段")
            _refuse_second_chief(session, tenure, reach, link.valid_from, entry.last_day)
            link.valid_to = entry.last_day
        end_charge(link, entry.last_day)
    if tenure.delegate_to is not None and tenure.delegate_to > entry.last_day:
        tenure.delegate_to = entry.last_day
        if tenure.delegate_from is not None and tenure.delegate_from > entry.last_day:
            tenure.delegate_id = tenure.delegate_from = tenure.delegate_to = None
    return Changes(f"{person.name}任职至{entry.last_day.isoformat()}", tenure.key)


def end_charge(link: TenureReach, last_day: date) -> None:
    """Let a charge end on *last_day*; one that was yet to begin is left without a day."""
    if link.valid_to is None or link.valid_to > last_day:
        link.valid_to = max(last_day, link.valid_from - ONE_DAY)


def _refuse_patrols_after(session: Session, tenure: Tenure, person: Person, last_day: date) -> None:
    query = select(func.count(), func.max(Patrol.started_at)).where(
        Patrol.tenure_id == tenure.key,
        col(Patrol.voided_on).is_(None),
        Patrol.started_at >= datetime.combine(last_day + ONE_DAY, time.min),
    )
    count, newest = session.exec(query).one()
    if count:
        raise Refusal(
            f"{person.name}在 {last_day.isoformat()} 之后还有 {count} 条巡河记录（最晚 {newest:%Y-%m-%d}），"
            "请先核对日期或作废这些记录。"
        )


class ReachCharge(Input):
    """Reaches a tenure takes over from a day, until a day or for good."""

    tenure_id: int
    reach_ids: tuple[int, ...] = Field(title="负责河段", min_length=1)
    valid_from: date = Field(title="起", ge=EARLIEST)
    valid_to: date | None = Field(None, title="止")


def take_reaches(session: Session, entry: ReachCharge, /, *, by: str, today: date) -> Changes:
    """Let a tenure answer for more reaches, for instance during a vacancy (代管)."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    first, last = entry.valid_from, entry.valid_to or tenure.valid_to
    _within_tenure(tenure, person, first, last)
    _in_order(first, last, "截止日期早于起始日期，请核对日期。")
    held = select(TenureReach).where(
        TenureReach.tenure_id == tenure.key, col(TenureReach.reach_id).in_(entry.reach_ids)
    )
    for row in session.exec(held).all():
        if _overlap(row.valid_from, row.valid_to, first, last):
            reach = existing(session, Reach, row.reach_id, "个河段")
            raise Refusal(f"{person.name}在这段时间已经负责{reach.name}。")
    reaches = _charge(session, tenure, entry.reach_ids, first, last)
    return Changes(f"{person.name}负责{listed([reach.name for reach in reaches])}", tenure.key)


class LeaveReaches(Input):
    """Reaches a tenure gives up, with the last day it answered for them."""

    tenure_id: int
    reach_ids: tuple[int, ...] = Field(title="负责河段", min_length=1)
    last_day: date = Field(title="止")


def leave_reaches(session: Session, entry: LeaveReaches, /, *, by: str, today: date) -> Changes:
    """End a tenure's charge of some reaches; the tenure itself goes on."""
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    reaches = ids_exist(session, Reach, dict.fromkeys(entry.reach_ids), "个河段")
    for reach in reaches:
        links = session.exec(
            select(TenureReach).where(TenureReach.tenure_id == tenure.key, TenureReach.reach_id == reach.key)
        ).all()
        running = [
            link
            for link in links
            if link.valid_from <= entry.last_day and (link.valid_to is None or link.valid_to > entry.last_day)
        ]
        if not running:
            day = entry.last_day.isoformat()
            raise Refusal(f"{person.name}在 {day} 及之后并不负责{reach.name}，请核对河段和日期。")
        for link in running:
            link.valid_to = entry.last_day
    return Changes(f"{person.name}不再负责{listed([reach.name for reach in reaches])}", tenure.key)


class Delegation(Input):
    """Who patrols in a chief's place, and between which days."""

    tenure_id: int
    delegate_id: int | None = Field(title="受托人")
    delegate_from: date | None = Field(None, title="委托起")
    delegate_to: date | None = Field(None, title="委托止")


def delegate(session: Session, entry: Delegation, /, *, by: str, today: date) -> Changes:
    """Let another person patrol in a chief's place for a while; the duty stays the chief's.

    Without a delegate the one before is called back.
    """
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    if entry.delegate_id is None:
        tenure.delegate_id = tenure.delegate_from = tenure.delegate_to = None
        return Changes(f"{person.name}取消委托巡河", tenure.key)
    first, last = entry.delegate_from, entry.delegate_to
    if first is None or last is None or last < first:
        raise Refusal("请填写委托的起止日期，止不早于起。")
    if entry.delegate_id == tenure.person_id:
        raise Refusal("受托人不能是河长本人，请另选。")
    other = existing(session, Person, entry.delegate_id, "个人员")
    refuse_retired(other, last)
    _within_tenure(tenure, person, first, last)
    tenure.delegate_id, tenure.delegate_from, tenure.delegate_to = other.key, first, last
    days = f"{first.isoformat()}至{last.isoformat()}"
    return Changes(f"{person.name}委托{other.name}巡河（{days}）", tenure.key)


class PersonRetirement(Input):
    """The person to be retired (停用)."""

    id: int
    on: date | None = Field(None, title="停用日期")


def retire_person(session: Session, entry: PersonRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a person who holds no open tenure and patrols for nobody."""
    person = existing(session, Person, entry.id, "个人员")
    if person.retired_on is not None:
        raise Refusal(f"{person.name}已于 {person.retired_on.isoformat()} 停用。")
    not_after(entry.on, today, "停用日期")
    day = entry.on or today
    for tenure in session.exec(select(Tenure).where(Tenure.person_id == person.key)):
        if tenure.valid_to is None or tenure.valid_to > day:
            raise Refusal(f"{person.name}还有在任职务，请先结束任职。")
    trusting = select(Tenure.id).where(Tenure.delegate_id == person.key, col(Tenure.delegate_to) > day)
    if session.exec(trusting).first() is not None:
        raise Refusal(f"{person.name}还在受托巡河，请先取消委托。")
    person.retired_on = day
    return Changes(f"停用人员{person.name}", person.key)


def _in_order(first: date, last: date | None, sentence: str) -> None:
    if last is not None and last < first:
        raise Refusal(sentence)


def _within_tenure(tenure: Tenure, person: Person, first: date, last: date | None) -> None:
    if first < tenure.valid_from or (tenure.valid_to is not None and tenure.valid_to < (last or date.max)):
        until = tenure.valid_to.isoformat() if tenure.valid_to else "今"
        raise Refusal(
            f"{person.name}的任职是 {tenure.valid_from.isoformat()} 至 {until}，请把日期填在任职期内。"
        )


def _overlap(from_a: date, to_a: date | None, from_b: date, to_b: date | None) -> bool:
    """Whether two inclusive ranges share a day; a charge left without a day shares none."""
    last_a, last_b = to_a or date.max, to_b or date.max
    return max(from_a, from_b) <= min(last_a, last_b)
