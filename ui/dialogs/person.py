"""A person: taken on with an office in one go, corrected, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.person_file import PersonFile
from river_chief.terms import Gender, Level, Role
from river_chief.verbs.appointments import Appointment, appoint
from river_chief.verbs.chiefs import PersonEdit, PersonRetirement, edit_person, retire_person
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField, TermField
from ui.forms.form import Form
from ui.forms.pickers import MultiPickField, PickField
from ui.workspace import Workspace


def appointment_dialog(parent: QWidget, workspace: Workspace) -> VerbDialog[Appointment]:
    """The dialog that adds a person with the tenure that begins."""
    today = workspace.today()
    with workspace.read() as session:
        areas, reaches = choices.areas(session), choices.reaches(session)
    form: Form[Appointment] = Form(Appointment)
    form.section("人员")
    form.add("name", LineField())
    form.add("phone", LineField())
    form.add("unit", LineField())
    form.add("title", LineField(hint="如 村党支部书记"))
    form.add("gender", TermField(Gender))
    form.add("code", LineField(hint="上级系统的编码，可不填"))
    form.section("任职")
    form.add("role", TermField(Role, empty=None))
    form.add("level", TermField(Level))
    form.add("area_id", PickField(areas))
    form.add("valid_from", DateField(year_of=today))
    form.add("reach_ids", MultiPickField(reaches, lines=5), span=2)
    form.add("note", LineField(), span=2)
    form.finish()
    narrow = _narrowing_areas(form)
    dialog = VerbDialog(parent, workspace, "新增人员和任职", form, appoint, width=720)
    dialog.load({"role": Role.CHIEF, "level": Level.VILLAGE, "valid_from": today})
    narrow()
    return dialog


def edit_dialog(parent: QWidget, workspace: Workspace, file: PersonFile) -> VerbDialog[PersonEdit]:
    """The dialog that corrects what the ledger says of a person."""
    with workspace.read() as session:
        areas = choices.areas(session)
    form: Form[PersonEdit] = Form(PersonEdit)
    form.add("name", LineField())
    form.add("phone", LineField())
    form.add("unit", LineField())
    form.add("title", LineField())
    form.add("gender", TermField(Gender))
    form.add("code", LineField())
    form.add("area_id", PickField(areas), span=2)
    form.add("note", LineField(), span=2)
    form.finish()
    fixed = {"id": file.id, "version": file.values["version"]}
    dialog = VerbDialog(
        parent, workspace, "修改人员资料", form, edit_person, fixed=fixed, accept_text="保存", width=680
    )
    dialog.load(file.values)
    return dialog


def retire_dialog(parent: QWidget, workspace: Workspace, file: PersonFile) -> VerbDialog[PersonRetirement]:
    """The dialog that retires a person."""
    form: Form[PersonRetirement] = Form(PersonRetirement, columns=1)
    form.add("on", DateField(year_of=workspace.today()))
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "停用人员",
        form,
        retire_person,
        fixed={"id": file.id},
        headline=f"停用后不再出现在选择列表里，{file.values['name']}的任职和巡河记录仍可查。",
        accept_text="停用",
        dangerous=True,
        width=460,
    )
    dialog.load({"on": workspace.today()})
    return dialog


def _narrowing_areas(form: Form[Any]) -> Callable[[], None]:
    """Offer only areas of the level chosen: a chief of a village answers for a village."""
    level, area = form.fields["level"], form.fields["area_id"]
    if not (isinstance(level, TermField) and isinstance(area, PickField)):
        raise TypeError("level is a term and area is picked")
    every = list(area.choices)

    def narrow() -> None:
        chosen = level.value()
        word = _AREA_WORDS[chosen] if isinstance(chosen, Level) else None
        area.set_choices([each for each in every if word is None or each.hint == word])

    level.changed.connect(narrow)
    return narrow


_AREA_WORDS = {Level.CITY: "市", Level.COUNTY: "县", Level.TOWN: "乡镇", Level.VILLAGE: "村"}
