"""巡河: logs entered, corrected, voided; the rules of how often a patrol is owed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Patrol, PatrolCheck, PatrolReach, PatrolRule, Person, Reach, Tenure
from river_chief.records.columns import col
from river_chief.rules.patrol_rule import DutyRule
from river_chief.terms import (
    Answer,
    DutyMethod,
    DutyUnit,
    Entry,
    Level,
    PatrolMode,
    Performer,
    Period,
    Role,
    WaterKind,
)
from river_chief.verbs.input import EARLIEST, Input
from river_chief.verbs.lookup import existing, ids_exist, listed, not_after, refuse_retired, unchanged

ITEMS = 9
LONGEST = timedelta(hours=24)
NOTE_LENGTH = 500


class Check(Input):
    """The answer to one of the nine items of the log; YES means it is in order."""

    item: int = Field(title="巡查项目", ge=1, le=ITEMS)
    answer: Answer = Field(title="是否正常")
    note: str = Field("", title="具体情况", max_length=500)


class NewPatrol(Input):
    """A patrol log; ``minutes`` may be left out when both times are given. Items not listed are in order."""

    tenure_id: int = Field(title="巡河河长")
    reach_ids: tuple[int, ...] = Field(title="河段", min_length=1)
    started_at: datetime = Field(title="开始时间", ge=datetime.combine(EARLIEST, time.min))
    ended_at: datetime | None = Field(None, title="结束时间")
    minutes: int | None = Field(None, title="巡河时长", ge=0, le=1440)
    km: float | None = Field(None, title="巡河里程", ge=0, lt=1000)
    performer: Performer = Field(Performer.SELF, title="由谁巡查")
    companions: str = Field("", title="同行人员", max_length=200)
    from_place: str = Field("", title="起点", max_length=120)
    to_place: str = Field("", title="终点", max_length=120)
    mode: PatrolMode = Field(PatrolMode.WALK, title="巡河方式")
    weather: str = Field("", title="天气", max_length=20)
    entry: Entry = Field(Entry.TYPED, title="录入方式")
    checks: tuple[Check, ...] = Field((), title="巡查项目")
    has_finding: bool = Field(False, title="发现问题")
    finding: str = Field("", title="问题情况", max_length=2000)
    handling: str = Field("", title="处理过程及结果", max_length=2000)
    note: str = Field("", title="备注", max_length=500)


class PatrolEdit(NewPatrol):
    """The new values of a patrol log."""

    id: int
    version: int | None = None


def record_patrol(session: Session, entry: NewPatrol, /, *, by: str, today: date) -> Changes:
    """Enter a patrol log; the same chief at the same time is refused as entered twice."""
    tenure, person = _who(session, entry, today)
    _not_twice(session, tenure, entry, None)
    reaches = _reaches(session, entry, set())
    patrol = Patrol(person_id=person.key, minutes=_minutes(entry), **_values(entry))
    session.add(patrol)
    session.flush()
    session.add_all(PatrolReach(patrol_id=patrol.key, reach_id=reach.key) for reach in reaches)
    _set_checks(session, patrol, entry.checks)
    session.flush()
    where = listed([reach.name for reach in reaches])
    return Changes(f"{person.name}{entry.started_at:%Y-%m-%d}巡查{where}", patrol.key)


def edit_patrol(session: Session, entry: PatrolEdit, /, *, by: str, today: date) -> Changes:
    """Correct a patrol log; reaches may be added, a wrong log is voided and entered again."""
    patrol = existing(session, Patrol, entry.id, "条巡河记录")
    unchanged(patrol, entry.version, "这条巡河记录")
    if patrol.voided_on is not None:
        raise Refusal("这条巡河记录已经作废，不能修改；请重新登记。")
    tenure, person = _who(session, entry, today)
    _not_twice(session, tenure, entry, patrol.key)
    for name, value in _values(entry).items():
        setattr(patrol, name, value)
    patrol.person_id = person.key
    patrol.minutes = _minutes(entry)
    here = set(session.exec(select(PatrolReach.reach_id).where(PatrolReach.patrol_id == patrol.key)))
    if here - set(entry.reach_ids):
        raise Refusal("已登记的河段不能去掉；如录错河段，请作废这条记录后重新登记。")
    for reach in _reaches(session, entry, here):
        if reach.key not in here:
            session.add(PatrolReach(patrol_id=patrol.key, reach_id=reach.key))
    _set_checks(session, patrol, entry.checks)
    return Changes(f"修改{person.name}{entry.started_at:%Y-%m-%d}的巡河记录", patrol.key)


class VoidPatrol(Input):
    """The log entered in error."""

    id: int
    words: str = Field(title="作废原因", min_length=1, max_length=400)
    version: int | None = None


def void_patrol(session: Session, entry: VoidPatrol, /, *, by: str, today: date) -> Changes:
    """Void a patrol log entered in error; it no longer counts."""
    patrol = existing(session, Patrol, entry.id, "条巡河记录")
    unchanged(patrol, entry.version, "这条巡河记录")
    if patrol.voided_on is not None:
        raise Refusal("这条巡河记录已经作废。")
    note = f"{patrol.note} 作废：{entry.words}".strip()
    if len(note) > NOTE_LENGTH:
        room = NOTE_LENGTH - len(note) + len(entry.words)
        raise Refusal(f"作废原因记在备注里，备注只容得下 {max(room, 0)} 个字的原因，请写短些或先精简备注。")
    patrol.voided_on = today
    patrol.note = note
    return Changes(f"作废{patrol.started_at:%Y-%m-%d}的巡河记录：{entry.words}", patrol.key)


class NewRule(Input):
    """A patrol rule (see ``records.patrols.PatrolRule``)."""

    name: str = Field(title="规则名称", min_length=1, max_length=60)
    level: Level = Field(title="层级")
    role: Role | None = Field(None, title="角色")
    kind: WaterKind | None = Field(None, title="河湖类型")
    unit: DutyUnit = Field(DutyUnit.PER_REACH, title="计次单位")
    period: Period = Field(title="周期")
    count: int = Field(title="次数", ge=0, le=366)
    flood_count: int | None = Field(None, title="汛期次数", ge=0, le=366)
    months: str = Field("", title="适用月份", max_length=40)
    method: DutyMethod = Field(DutyMethod.CAPPED, title="达标口径")
    min_minutes: int = Field(0, title="最少分钟", ge=0, le=1440)
    min_km: float = Field(0.0, title="最少公里", ge=0, lt=1000)
    min_gap_hours: int = Field(0, title="最少间隔小时", ge=0, le=8784)
    exempt_kinds: str = Field("", title="里程豁免类型", max_length=120)
    valid_from: date = Field(title="启用日期", ge=EARLIEST)
    valid_to: date | None = Field(None, title="停用日期")
    note: str = Field("", title="备注", max_length=500)


class RuleEdit(NewRule):
    """The new values of a patrol rule."""

    id: int
    version: int | None = None


def add_rule(session: Session, entry: NewRule, /, *, by: str, today: date) -> Changes:
    """Add a patrol rule; one that can not hold is refused."""
    _check_rule(session, entry, None)
    rule = PatrolRule(**entry.model_dump())
    session.add(rule)
    session.flush()
    return Changes(f"新增巡河规则{rule.name}", rule.key)


def edit_rule(session: Session, entry: RuleEdit, /, *, by: str, today: date) -> Changes:
    """Change a patrol rule."""
    rule = existing(session, PatrolRule, entry.id, "条巡河规则")
    unchanged(rule, entry.version, f"巡河规则{rule.name}")
    _check_rule(session, entry, rule.key)
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(rule, name, value)
    return Changes(f"修改巡河规则{rule.name}", rule.key)


class RuleRetirement(Input):
    """The rule that no longer counts for any day (停用); to end one on a day, set its last day."""

    id: int
    version: int | None = None


def retire_rule(session: Session, entry: RuleRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a patrol rule: nothing is owed by it any more, nor was it before."""
    rule = existing(session, PatrolRule, entry.id, "条巡河规则")
    unchanged(rule, entry.version, f"巡河规则{rule.name}")
    if rule.retired_on is not None:
        raise Refusal(f"巡河规则“{rule.name}”已经停用。")
    rule.retired_on = today
    return Changes(f"停用巡河规则{rule.name}", rule.key)


def _check_rule(session: Session, entry: NewRule, own: int | None) -> None:
    DutyRule(**entry.model_dump(exclude={"id", "version", "note"}))
    same = session.exec(
        select(PatrolRule).where(PatrolRule.name == entry.name, PatrolRule.valid_from == entry.valid_from)
    ).first()
    if same is not None and same.id != own:
        gone = "，现已停用" if same.retired_on else ""
        raise Refusal(
            f"巡河规则“{entry.name}”自 {entry.valid_from.isoformat()} 起已经有了{gone}，请换名称或启用日期。"
        )


def _who(session: Session, entry: NewPatrol, today: date) -> tuple[Tenure, Person]:
    tenure = existing(session, Tenure, entry.tenure_id, "个任职")
    person = existing(session, Person, tenure.person_id, "个人员")
    day = entry.started_at.date()
    not_after(day, today, "巡河日期")
    if day < tenure.valid_from or (tenure.valid_to is not None and day > tenure.valid_to):
        raise Refusal(f"{person.name}在 {day.isoformat()} 不在任，请核对日期或任职。")
    if entry.ended_at is not None and not entry.started_at <= entry.ended_at <= entry.started_at + LONGEST:
        raise Refusal("结束时间应在开始时间之后的 24 小时内，请核对。")
    if entry.ended_at is not None:
        not_after(entry.ended_at.date(), today, "结束时间")
    return tenure, person


def _reaches(session: Session, entry: NewPatrol, here: set[int]) -> list[Reach]:
    """The reaches walked; a new one must have been in use on the day."""
    reaches = ids_exist(session, Reach, dict.fromkeys(entry.reach_ids), "个河段")
    for reach in reaches:
        if reach.key not in here:
            refuse_retired(reach, entry.started_at.date())
    return reaches


def _not_twice(session: Session, tenure: Tenure, entry: NewPatrol, own: int | None) -> None:
    """Refuse a second patrol at one time; logs that give no hour (midnight) must differ by reach."""
    same = select(Patrol.id).where(
        Patrol.person_id == tenure.person_id,
        Patrol.started_at == entry.started_at,
        Patrol.id != own,
        col(Patrol.voided_on).is_(None),
    )
    if entry.started_at.time() == time.min:
        same = same.join(PatrolReach, col(PatrolReach.patrol_id) == col(Patrol.id)).where(
            col(PatrolReach.reach_id).in_(entry.reach_ids)
        )
    if session.exec(same).first() is not None:
        raise Refusal(f"{entry.started_at:%Y-%m-%d %H:%M} 的这次巡河已经登记过，不必重复录入。")


def _minutes(entry: NewPatrol) -> int | None:
    if entry.minutes is None and entry.ended_at is not None:
        return int((entry.ended_at - entry.started_at).total_seconds() // 60)
    return entry.minutes


def _values(entry: NewPatrol) -> dict[str, Any]:
    values = entry.model_dump(exclude={"reach_ids", "checks", "minutes", "id", "version"})
    values["has_finding"] = entry.has_finding or bool(entry.finding)
    return values


def _set_checks(session: Session, patrol: Patrol, checks: tuple[Check, ...]) -> None:
    """Keep the answers; an item that is simply in order is kept only where it was not before."""
    given = {check.item: check for check in checks}
    if len(given) < len(checks):
        raise InvalidInput({"checks": "同一巡查项目填了两次，请只留一个"})
    for row in session.exec(select(PatrolCheck).where(PatrolCheck.patrol_id == patrol.key)).all():
        check = given.pop(row.item, None)
        row.answer = check.answer if check else Answer.YES
        row.note = check.note if check else ""
    session.add_all(
        PatrolCheck(patrol_id=patrol.key, item=check.item, answer=check.answer, note=check.note)
        for check in given.values()
        if check.answer is not Answer.YES or check.note
    )
