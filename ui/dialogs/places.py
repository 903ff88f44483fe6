"""Reaches, waters and divisions: added, corrected, retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.choices import Choice
from river_chief.queries.place_details import AreaDetail, ReachDetail, WaterDetail
from river_chief.terms import AreaLevel, Bank, Level, WaterClass, WaterKind
from river_chief.verbs import waters
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField, NumberField, TermField
from ui.forms.form import Form
from ui.forms.ordered_picks import OrderedPickField
from ui.forms.pickers import PickField
from ui.workspace import Workspace


def reach_dialog(parent: QWidget, workspace: Workspace, detail: ReachDetail | None = None) -> VerbDialog[Any]:
    """A new reach, or the correction of *detail*."""
    with workspace.read() as session:
        every, known = choices.reaches(session), choices.waters(session)
        villages = choices.villages(session)
    own = detail.row.id if detail else None
    form: Form[Any] = Form(waters.ReachEdit if detail else waters.NewReach)
    form.add("water_id", PickField(known))
    form.add("name", LineField(hint="如 砚溪柳塘段"))
    form.add("kind", TermField(WaterKind, empty=None))
    form.add("level", TermField(Level, empty=None), help="最高一级河长的层级")
    form.add("code", LineField(hint="不填则自动编码"))
    form.add("length_km", NumberField(), unit="公里")
    form.add("from_place", LineField())
    form.add("to_place", LineField())
    form.add("bank", TermField(Bank))
    form.add("target_class", TermField(WaterClass))
    form.add("area_ids", OrderedPickField(_and_past(villages, detail), hint="按上游到下游逐个选村"), span=2)
    form.add("downstream_id", PickField([each for each in every if each.id != own]))
    form.add("note", LineField())
    form.finish()
    return _dialog(
        parent,
        workspace,
        "河段",
        form,
        (waters.add_reach, waters.edit_reach),
        detail,
        {"kind": WaterKind.RIVER, "level": Level.TOWN},
    )


def water_dialog(parent: QWidget, workspace: Workspace, detail: WaterDetail | None = None) -> VerbDialog[Any]:
    """A new water, or the correction of *detail*."""
    form: Form[Any] = Form(waters.WaterEdit if detail else waters.NewWater, columns=3)
    form.section("基本情况")
    form.add("name", LineField())
    form.add("kind", TermField(WaterKind, empty=None))
    form.add("code", LineField(hint="没有编码可不填"))
    form.add("system", LineField())
    form.add("basin", LineField())
    form.add("bank", LineField())
    form.add("length_km", NumberField(), unit="公里")
    form.add("catchment_km2", NumberField(), unit="平方公里")
    form.add("note", LineField())
    form.section("上级河流和起止")
    form.add("upper_name", LineField())
    form.add("upper_code", LineField(), span=2)
    form.add("source_place", LineField())
    form.add("source_lon", NumberField())
    form.add("source_lat", NumberField())
    form.add("mouth_place", LineField())
    form.add("mouth_lon", NumberField())
    form.add("mouth_lat", NumberField())
    form.finish()
    verbs = (waters.add_water, waters.edit_water)
    return _dialog(parent, workspace, "河湖", form, verbs, detail, {"kind": WaterKind.RIVER}, width=900)


def area_dialog(parent: QWidget, workspace: Workspace, detail: AreaDetail | None = None) -> VerbDialog[Any]:
    """A new division, or the correction of *detail*."""
    today = workspace.today()
    with workspace.read() as session:
        others = [each for each in choices.areas(session) if detail is None or each.id != detail.row.id]
    form: Form[Any] = Form(waters.AreaEdit if detail else waters.NewArea)
    form.add("name", LineField())
    form.add("level", TermField(AreaLevel, empty=None))
    form.add("parent_id", PickField(others))
    form.add("code", LineField(hint="12 位统计用区划代码"))
    form.add("population", NumberField(), unit="人")
    form.add("valid_from", DateField(year_of=today))
    if detail is not None:
        form.add("valid_to", DateField(year_of=today))
        form.add("merged_into_id", PickField(others))
    form.finish()
    town = next((each.id for each in others if each.hint == AreaLevel.TOWN.label), None)
    start = {"level": AreaLevel.VILLAGE, "parent_id": town}
    return _dialog(parent, workspace, "行政区", form, (waters.add_area, waters.edit_area), detail, start)


def retire_dialog(
    parent: QWidget, workspace: Workspace, detail: ReachDetail | WaterDetail | AreaDetail
) -> VerbDialog[Any]:
    """The retirement of a reach, a water or a division."""
    verb: Any = waters.retire_area
    if isinstance(detail, ReachDetail):
        verb = waters.retire_reach
    elif isinstance(detail, WaterDetail):
        verb = waters.retire_water
    form: Form[waters.Retirement] = Form(waters.Retirement, columns=1)
    form.add("on", DateField(year_of=workspace.today()))
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        f"停用{detail.row['name']}",
        form,
        verb,
        fixed={"id": detail.row.id},
        headline=f"停用后“{detail.row['name']}”不再出现在选择列表里，已登记的问题和巡河记录仍可查。",
        accept_text="停用",
        dangerous=True,
        width=480,
    )
    dialog.load({"on": workspace.today()})
    return dialog


def _dialog(
    parent: QWidget,
    workspace: Workspace,
    what: str,
    form: Form[Any],
    verbs: tuple[Any, Any],
    detail: ReachDetail | WaterDetail | AreaDetail | None,
    start: Mapping[str, Any],
    *,
    width: int = 760,
) -> VerbDialog[Any]:
    """The dialog that adds by the first verb, or corrects by the second."""
    add, edit = verbs
    if detail is None:
        dialog: VerbDialog[Any] = VerbDialog(parent, workspace, f"新增{what}", form, add, width=width)
        dialog.load(start)
        return dialog
    dialog = VerbDialog(
        parent,
        workspace,
        f"修改{what}",
        form,
        edit,
        fixed={"id": detail.row.id, "version": detail.row.version},
        accept_text="保存",
        width=width,
    )
    dialog.load(detail.values)
    return dialog


def _and_past(villages: list[Choice], detail: ReachDetail | None) -> list[Choice]:
    """Villages in use, and those of the reach that are no longer."""
    known = {each.id for each in villages}
    past = [Choice(id, name) for id, name in (detail.villages if detail else ()) if id not in known]
    return [*villages, *past]
