"""Who went on a patrol: the tenure of that name and division on the day, or one to be added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.tenures import Post, Posts
from river_chief.intake.labels import level_in_role
from river_chief.intake.places_named import Found
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.terms import Level, Role
from river_chief.verbs import chiefs


def post_of(
    row: SheetRow, posts: Posts, name: str, area: Found, day: date, reaches: Sequence[int | Ref]
) -> Post | Ref | None:
    """The tenure a row means; the cell is refused, or the row doubtful, when it is not just one."""
    persons = posts.by_name.get(name, [])
    every = [post for person in persons for post in posts.of(int(person["id"]))]
    if area is not None:
        every = [post for post in every if area in (post.area, posts.persons[post.person]["area_id"])]
    found = [post for post in every if post.first <= day <= (post.last or date.max)]
    if not found:
        return _nobody(row, name, area, day, every, others=bool(persons))
    if len({post.person for post in found}) > 1:
        words = "、".join(post.words for post in found)
        row.doubt(f"台账里 {day.isoformat()} 在任的{name}有几位：{words}；请在“行政区”里写明是哪一位。")
        return None
    found = _narrowed(row, found, day, reaches)
    if len(found) > 1:
        words = "、".join(post.words for post in found)
        row.doubt(f"{name} {day.isoformat()} 有几个任职：{words}；请填写“角色”或“巡查河段”。")
        return None
    return found[0]


def adding_chief(
    missing: Missing, rows: Sequence[SheetRow], names: RecordNames, posts: Posts
) -> Sequence[Doing]:
    """The verbs that add a person and a tenure from the first patrol on; reaches are given later."""
    role, level, first = _facts(missing, rows, names, posts)
    found = names.areas.find(missing.within)
    area = found[0].id if found else Ref(MissingKind.VILLAGE.value, missing.within)
    person = Ref("person", missing.name, missing.within)
    tenure = {"person_id": person, "role": role, "level": level, "area_id": area, "valid_from": first}
    return (
        Doing(chiefs.add_person, chiefs.NewPerson, {"name": missing.name, "area_id": area}, person),
        Doing(chiefs.begin_tenure, chiefs.NewTenure, tenure, missing.ref),
    )


def chief_words(missing: Missing, rows: Sequence[SheetRow], names: RecordNames, posts: Posts) -> str:
    """What ``adding_chief`` adds: 赵春（柳塘村村级河长，自 2025-03-05 起）."""
    role, level, first = _facts(missing, rows, names, posts)
    return f"{missing.name}（{missing.within}{level.label}{role.label}，自 {first.isoformat()} 起，河段另行填写）"


def _facts(
    missing: Missing, rows: Sequence[SheetRow], names: RecordNames, posts: Posts
) -> tuple[Role, Level, date]:
    role = next((found for row in rows if isinstance(found := row.read("role"), Role)), Role.CHIEF)
    areas = names.areas.find(missing.within)
    level = Level(posts.levels[areas[0].id].value) if areas else Level.VILLAGE
    days = [start.date() for row in rows if isinstance(start := row.read("started_at"), datetime)]
    return role, level, min(days)


def _nobody(
    row: SheetRow, name: str, area: Found, day: date, every: Sequence[Post], *, others: bool
) -> Ref | None:
    where = row.words("area_name")
    if every:
        times = "、".join(f"{post.words} {post.first.isoformat()} 至 {post.last or '今'}" for post in every)
        row.refuse("person_name", f"{name} {day.isoformat()} 不在任（台账里是{times}），请核对日期或任职。")
    elif area is None:
        row.refuse("person_name", f"台账里没有河长“{name}”，请先登记，或填写他的行政区后在导入时一并新增。")
    elif others:
        row.refuse("person_name", f"台账里的{name}不在{where}任职，请核对行政区，或先登记他在{where}的任职。")
    else:
        within = area.name if isinstance(area, Ref) else where
        return row.need("person_name", Missing(MissingKind.CHIEF, name, within))
    return None


def _narrowed(row: SheetRow, found: list[Post], day: date, reaches: Sequence[int | Ref]) -> list[Post]:
    """*found* by the role, the level and the reaches of the row, and by having reaches at all."""
    role, level = row.read("role"), row.read("level") or level_in_role(row.cell("role").value)
    for fits in (
        lambda post: post.role is role,
        lambda post: post.level is level,
        lambda post: set(reaches) <= set(post.reaches_on(day)),
        lambda post: bool(post.reaches_on(day)),
        lambda post: post.role.is_chief,
    ):
        kept = [post for post in found if fits(post)]
        found = kept or found
    return found
