"""Patrol rules, categories, campaigns and users: added, changed, retired."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from river_chief.errors import Refusal
from river_chief.queries.office_tables import values_of
from river_chief.rules.grades import check_grade_rule, parse_grade_rule
from river_chief.terms import DutyMethod, DutyUnit, Level, Period, Role, UserRole, WaterKind
from river_chief.verbs import office, patrols, users
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, FlagField, LineField, NumberField, TermField, TextField
from ui.forms.form import Form
from ui.forms.office_fields import KindsField
from ui.workspace import Workspace


def rule_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A new patrol rule, or the change of the one with *id*."""
    today = workspace.today()
    form: Form[Any] = Form(patrols.RuleEdit if id else patrols.NewRule)
    form.section("对谁")
    form.add("name", LineField())
    form.add("level", TermField(Level, empty=None))
    form.add("role", TermField(Role, empty="各类河长"))
    form.add("kind", TermField(WaterKind, empty="各类河湖"))
    form.section("多少次")
    form.add("period", TermField(Period, empty=None))
    form.add("count", NumberField())
    form.add("unit", TermField(DutyUnit, empty=None))
    form.add("flood_count", NumberField(hint="与平时相同可不填"))
    form.add("method", TermField(DutyMethod, empty=None))
    form.add("months", LineField(hint="如 3-12，全年不填"))
    form.section("怎样算有效")
    form.add("min_minutes", NumberField())
    form.add("min_km", NumberField())
    form.add("min_gap_hours", NumberField())
    form.add("exempt_kinds", KindsField(), label="不限里程", span=2)
    form.add("valid_from", DateField(year_of=today))
    form.add("valid_to", DateField(year_of=today))
    form.add("note", LineField(), span=2)
    form.finish()
    start = {"level": Level.VILLAGE, "period": Period.WEEK, "unit": DutyUnit.PER_REACH, "valid_from": today}
    return _dialog(
        parent,
        workspace,
        "巡河规则",
        form,
        (patrols.add_rule, patrols.edit_rule),
        _values(workspace, "patrol_rule", id),
        start,
        headline="次数有变时，请填上旧规则的停用日期再新增一条，以免改动以前月份的应巡次数。" if id else "",
        width=780,
    )


def category_dialog(parent: QWidget, workspace: Workspace, id: int) -> VerbDialog[Any]:
    """The change of a category's words and rule."""
    values = _values(workspace, "category", id)
    form: Form[Any] = Form(office.CategoryEdit, columns=1)
    form.add("name", LineField())
    form.add("alias", LineField(hint="上级表格里的其他叫法"), help="多个别名用顿号隔开，导入时按别名认出")
    grade, words = LineField(hint="如 A>=5000:3|A>=1000:2|1"), QLabel()
    words.setProperty("role", "warn")
    form.add(
        "grade",
        grade,
        label="定级规则",
        help="A 面积、L 长度、V 体积、W 重量、N 数量；1 一般、2 较严重、3 重大；不填则不建议等级",
    )
    form.add_wide(words)

    def say() -> None:
        """Tell the rule in words while it is typed."""
        words.setText(_grade_words(grade.value()))

    grade.changed.connect(say)
    form.add("standard", TextField(lines=3, hint="验收时对照的整治标准"))
    form.finish()
    headline = f"{values['code']}　{values['name']}。代码不变，已登记的问题随之改名。"
    dialog = _dialog(
        parent,
        workspace,
        "问题分类",
        form,
        (None, office.edit_category),
        values,
        {},
        headline=headline,
        width=640,
    )
    say()
    return dialog


def _grade_words(text: str) -> str:
    """The rule in words, or why it can not be read."""
    try:
        check_grade_rule(text)
    except Refusal as refusal:
        return refusal.sentence
    found = parse_grade_rule(text).words
    return f"建议等级：{found}" if found else "不建议等级"


def campaign_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A new campaign, or the change of the one with *id*."""
    today = workspace.today()
    form: Form[Any] = Form(office.CampaignEdit if id else office.NewCampaign)
    form.add("name", LineField(), span=2)
    form.add("starts_on", DateField(year_of=today))
    form.add("ends_on", DateField(year_of=today))
    form.add("target_on", DateField(year_of=today), help="到这天应全部销号")
    form.add("keeps_clear", FlagField("发现一个销一个，在账应为零"))
    form.add("note", LineField(), span=2)
    form.finish()
    verbs = (office.add_campaign, office.edit_campaign)
    return _dialog(parent, workspace, "专项", form, verbs, _values(workspace, "campaign", id), {})


def user_dialog(parent: QWidget, workspace: Workspace, id: int = 0) -> VerbDialog[Any]:
    """A new user, or another role for the one with *id*."""
    values = _values(workspace, "user", id)
    form: Form[Any] = Form(users.RoleChange if id else users.NewUser, columns=1)
    if not id:
        form.add("name", LineField())
    form.add("role", TermField(UserRole, empty=None))
    form.finish()
    return _dialog(
        parent,
        workspace,
        "用户",
        form,
        (users.add_user, users.change_role),
        values,
        {"role": UserRole.CLERK},
        headline=f"用户{values['name']}" if values else "",
        width=460,
    )


def retire_dialog(parent: QWidget, workspace: Workspace, what: str, id: int) -> VerbDialog[Any]:
    """The retirement of a rule, a campaign or a user (*what* says which)."""
    ledger, kind, verb, words = _RETIRE[what]
    values = _values(workspace, ledger, id)
    form: Form[Any] = Form(kind, columns=1)
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        f"停用{what}",
        form,
        verb,
        fixed={"id": id, "version": values["version"]},
        headline=f"停用“{values['name']}”？{words}",
        accept_text="停用",
        dangerous=True,
        width=460,
    )


_RETIRE: dict[str, tuple[str, Any, Any, str]] = {
    "巡河规则": (
        "patrol_rule",
        patrols.RuleRetirement,
        patrols.retire_rule,
        "停用后以前的月份也不再按它计算；只想到某天为止，请修改它的停用日期。",
    ),
    "专项": (
        "campaign",
        office.CampaignRetirement,
        office.retire_campaign,
        "停用后不能再选，已标记的问题不变。",
    ),
    "用户": ("user", users.UserRetirement, users.retire_user, "停用后仍保留其操作记录。"),
}


def _values(workspace: Workspace, ledger: str, id: int) -> dict[str, Any]:
    if not id:
        return {}
    with workspace.read() as session:
        return values_of(session, ledger, id)


def _dialog(
    parent: QWidget,
    workspace: Workspace,
    what: str,
    form: Form[Any],
    verbs: tuple[Any, Any],
    values: dict[str, Any],
    start: dict[str, Any],
    *,
    headline: str = "",
    width: int = 620,
) -> VerbDialog[Any]:
    add, edit = verbs
    dialog: VerbDialog[Any] = VerbDialog(
        parent,
        workspace,
        f"修改{what}" if values else f"新增{what}",
        form,
        edit if values else add,
        fixed={"id": values["id"], "version": values["version"]} if values else {},
        headline=headline,
        accept_text="保存" if values else "确定",
        width=width,
    )
    dialog.load(values or start)
    return dialog
