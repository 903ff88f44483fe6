"""办公室: a new ledger gets its office, its categories and rules; settings are read and changed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

from pydantic import Field, ValidationError
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import (
    Area,
    Campaign,
    Category,
    ClosingRule,
    DeadlineDefault,
    LadderStep,
    LightRule,
    LookBackRule,
    PatrolRule,
    ProofRule,
    Record,
    Setting,
)
from river_chief.resources import resource
from river_chief.rules.grades import check_grade_rule
from river_chief.rules.office import OfficeSettings
from river_chief.terms import AreaLevel, Measure, Term
from river_chief.verbs.input import Input, sentences
from river_chief.verbs.lookup import existing, unchanged
from river_chief.verbs.patrols import NewRule


class NewOffice(Input):
    """The office a new ledger belongs to."""

    place: str = Field(title="乡镇名称", min_length=1, max_length=30)
    area_code: str = Field("", title="行政区代码", pattern=r"^(\d{9}|\d{12})?$")
    short: str = Field("", title="简称", max_length=8)


def found_office(session: Session, entry: NewOffice, /, *, by: str, today: date) -> Changes:
    """Make the office, its township, and copy the shipped rules into the ledger."""
    if session.exec(select(Setting.id)).first() is not None:
        raise Refusal("这个台账已经有所属办公室。")
    settings = OfficeSettings.for_place(entry.place, entry.area_code)
    values = settings.model_dump(mode="json") | ({"short": entry.short} if entry.short else {})
    for name in ("office_name", "place_name", "short", "area_code"):
        session.add(Setting(name=name, value=values[name]))
    session.add(Area(name=entry.place, code=entry.area_code, level=AreaLevel.TOWN))
    for row in shipped("categories.csv"):
        session.add(_category(row))
    for row in shipped("rules/campaigns.csv"):
        session.add(Campaign(name=row["name"], note=row.get("note", "")))
    for row in shipped("rules/patrol_rules.csv"):
        rule = NewRule.model_validate({key: value for key, value in row.items() if value != ""})
        session.add(PatrolRule(**rule.model_dump()))
    copy_rules(session)
    session.flush()
    return Changes(f"建立{entry.place}台账")


RULE_FILES: dict[str, type[Record]] = {
    "closing_rules": ClosingRule,
    "proof_rules": ProofRule,
    "deadlines": DeadlineDefault,
    "ladder": LadderStep,
    "look_back": LookBackRule,
    "lights": LightRule,
}


def copy_rules(session: Session) -> list[str]:
    """Copy the shipped rows into every table of rules that has none; return which files were copied."""
    copied = []
    for name, kind in RULE_FILES.items():
        if session.exec(select(kind.id)).first() is not None:
            continue
        copied.append(name)
        session.add_all(_rule(kind, row) for row in shipped(f"rules/{name}.csv"))
    return copied


def _rule(kind: type[Record], row: dict[str, str]) -> Record:
    """A row of a shipped table; an empty cell leaves the column's default."""
    values: dict[str, Any] = {}
    for name, text in row.items():
        if text == "":
            continue
        annotation = kind.model_fields[name].annotation
        parts = set(get_args(annotation)) or {annotation}
        term = next((part for part in parts if isinstance(part, type) and issubclass(part, Term)), None)
        casts: list[Callable[[str], Any]] = [term] if term is not None else []
        casts += [cast for type_, cast in _CASTS if type_ in parts]
        values[name] = casts[0](text) if casts else text
    return kind(**values)


_CASTS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (bool, lambda text: text == "1"),
    (int, int),
    (float, float),
    (date, date.fromisoformat),
)


class RulesCompletion(Input):
    """Asks for the rules that came with a newer program."""


def complete_rules(session: Session, entry: RulesCompletion, /, *, by: str, today: date) -> Changes:
    """Give a ledger of an older program the tables of rules it does not have yet."""
    copied = copy_rules(session)
    return Changes("补入程序默认的规则表" if copied else "规则表已经齐全")


def lacks_rules(session: Session) -> bool:
    """Whether a table of rules is empty, as in a ledger that an older program made."""
    is_founded = session.exec(select(Setting.id)).first() is not None
    return is_founded and any(session.exec(select(kind.id)).first() is None for kind in RULE_FILES.values())


def shipped(name: str) -> list[dict[str, str]]:
    """Rows of a shipped rule table (resources/…csv) by its English heads."""
    with resource(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _category(row: dict[str, str]) -> Category:
    return Category(
        code=row["code"],
        parent_code=row["parent"],
        # A trailing asterisk marks a name from practice; it is not part of the name.
        name=row["name"].rstrip("*"),
        measure=Measure(row["measure"]) if row["measure"] else None,
        grade=row["g"],
        tags=row["tags"],
    )


def settings_of(session: Session) -> OfficeSettings:
    """Return the office's settings; what was never changed has its default."""
    rows = session.exec(select(Setting)).all()
    return OfficeSettings(**{row.name: row.value for row in rows if row.name in OfficeSettings.model_fields})


class SettingChange(Input):
    """New values by name; names are the fields of ``OfficeSettings``."""

    values: dict[str, Any]


def change_settings(session: Session, entry: SettingChange, /, *, by: str, today: date) -> Changes:
    """Change settings of the office; values that do not fit are refused, field by field."""
    unknown = [name for name in entry.values if name not in OfficeSettings.model_fields]
    if unknown:
        raise Refusal(f"没有“{'、'.join(unknown)}”这项设置，请核对名称。")
    current = settings_of(session).model_dump(mode="json")
    try:
        checked = OfficeSettings.model_validate({**current, **entry.values})
    except ValidationError as error:
        raise InvalidInput(sentences(OfficeSettings, error)) from None
    here = {row.name: row for row in session.exec(select(Setting))}
    after = checked.model_dump(mode="json")
    changed = [name for name in entry.values if after[name] != current[name]]
    for name in changed:
        if name in here:
            here[name].value = after[name]
        else:
            session.add(Setting(name=name, value=after[name]))
    labels = "、".join(str(OfficeSettings.model_fields[name].title or name) for name in changed)
    return Changes(f"修改设置：{labels}" if changed else "设置没有变化")


class NewCampaign(Input):
    """A campaign (专项) to be added."""

    name: str = Field(title="专项名称", min_length=1, max_length=60)
    starts_on: date | None = Field(None, title="开始日期")
    ends_on: date | None = Field(None, title="结束日期")
    target_on: date | None = Field(None, title="目标日期")
    keeps_clear: bool = Field(False, title="动态清零")
    note: str = Field("", title="备注", max_length=500)


class CampaignEdit(NewCampaign):
    """The new values of a campaign."""

    id: int
    version: int | None = None


def add_campaign(session: Session, entry: NewCampaign, /, *, by: str, today: date) -> Changes:
    """Add a campaign; its name must be new."""
    _check_campaign(session, entry, None)
    campaign = Campaign(**entry.model_dump())
    session.add(campaign)
    session.flush()
    return Changes(f"新增专项{campaign.name}", campaign.key)


def edit_campaign(session: Session, entry: CampaignEdit, /, *, by: str, today: date) -> Changes:
    """Change a campaign's name or days."""
    campaign = existing(session, Campaign, entry.id, "个专项")
    unchanged(campaign, entry.version, f"专项{campaign.name}")
    _check_campaign(session, entry, campaign.key)
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(campaign, name, value)
    return Changes(f"修改专项{campaign.name}", campaign.key)


def _check_campaign(session: Session, entry: NewCampaign, own: int | None) -> None:
    same = session.exec(select(Campaign).where(Campaign.name == entry.name)).first()
    if same is not None and same.id != own:
        gone = "，现已停用" if same.retired_on else ""
        raise Refusal(f"专项“{entry.name}”已经有了{gone}，请换一个名称。")
    if entry.starts_on is not None and entry.ends_on is not None and entry.ends_on < entry.starts_on:
        raise Refusal("专项的结束日期早于开始日期，请核对日期。")
    if entry.starts_on is not None and entry.target_on is not None and entry.target_on < entry.starts_on:
        raise Refusal("专项的目标日期早于开始日期，请核对日期。")


class CampaignRetirement(Input):
    """The campaign that is over (停用)."""

    id: int
    version: int | None = None


def retire_campaign(session: Session, entry: CampaignRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a campaign: its problems keep the tag, new ones can not get it."""
    campaign = existing(session, Campaign, entry.id, "个专项")
    unchanged(campaign, entry.version, f"专项{campaign.name}")
    if campaign.retired_on is not None:
        raise Refusal(f"专项“{campaign.name}”已经停用。")
    campaign.retired_on = today
    return Changes(f"停用专项{campaign.name}", campaign.key)


class CategoryEdit(Input):
    """What an office may change of a category: its name, other names, rule and standard; not the code."""

    id: int
    version: int | None = None
    name: str = Field(title="分类名称", min_length=1, max_length=60)
    alias: str = Field("", title="别名", max_length=200)
    grade: str = Field("", title="定级规则", max_length=120)
    standard: str = Field("", title="整治标准", max_length=500)


def edit_category(session: Session, entry: CategoryEdit, /, *, by: str, today: date) -> Changes:
    """Change a category's wording or rule."""
    category = existing(session, Category, entry.id, "个分类")
    unchanged(category, entry.version, f"分类{category.name}")
    check_grade_rule(entry.grade)
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(category, name, value)
    return Changes(f"修改分类{category.code}{category.name}", category.key)
