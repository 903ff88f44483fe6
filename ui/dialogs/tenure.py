"""A tenure: begun, ended, taken over by another, given more or fewer reaches, delegated."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.choices import Choice
from river_chief.queries.person_file import PersonFile, TenureFile
from river_chief.terms import Gender, Level, Role
from river_chief.verbs import chiefs
from river_chief.verbs.appointments import Succession, succeed
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField, TermField
from ui.forms.form import Form
from ui.forms.pickers import MultiPickField, PickField
from ui.workspace import Workspace


def begin_dialog(parent: QWidget, workspace: Workspace, file: PersonFile) -> VerbDialog[Any]:
    """Another tenure for a person of the ledger."""
    with workspace.read() as session:
        areas, reaches = choices.areas(session), choices.reaches(session)
    form: Form[chiefs.NewTenure] = Form(chiefs.NewTenure)
    form.add("role", TermField(Role, empty=None))
    form.add("level", TermField(Level))
    form.add("area_id", PickField(areas))
    form.add("title", LineField())
    form.add("valid_from", DateField(year_of=workspace.today()))
    form.add("valid_to", DateField(year_of=workspace.today()))
    form.add("reach_ids", MultiPickField(reaches, lines=5), span=2)
    form.add("note", LineField(), span=2)
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "新增任职",
        form,
        chiefs.begin_tenure,
        fixed={"person_id": file.id},
        headline=f"为{file.values['name']}新增一个任职。",
        width=700,
    )
    dialog.load({"role": Role.CHIEF, "valid_from": workspace.today(), "title": file.values["title"]})
    return dialog


def end_dialog(
    parent: QWidget, workspace: Workspace, file: PersonFile, tenure: TenureFile
) -> VerbDialog[Any]:
    """The last day of a tenure."""
    form: Form[chiefs.EndTenure] = Form(chiefs.EndTenure, columns=1)
    form.add("last_day", DateField(year_of=workspace.today()), label="最后一天")
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "结束任职",
        form,
        chiefs.end_tenure,
        fixed={"tenure_id": tenure.id, "version": tenure.version},
        headline=f"{file.values['name']}不再任{tenure.words}，名下河段同日交出。有人接任请用“更换”。",
        accept_text="结束任职",
        width=480,
    )
    dialog.load({"last_day": tenure.last or workspace.today()})
    return dialog


def succession_dialog(
    parent: QWidget, workspace: Workspace, file: PersonFile, tenure: TenureFile
) -> VerbDialog[Any]:
    """One chief takes over from another, with the same reaches."""
    today = workspace.today()
    with workspace.read() as session:
        persons = [each for each in choices.persons(session) if each.id != file.id]
    reaches = "、".join(reach.name for reach in tenure.reaches_on(today)) or "无"
    form: Form[Succession] = Form(Succession)
    form.add("valid_from", DateField(year_of=today), help="原任职到前一天为止")
    form.add("title", LineField())
    form.section("接任人")
    form.add("person_id", PickField(persons), span=2, help="台账里已有的人从这里选；没有的填下面一行")
    form.add("name", LineField(hint="台账里没有的人"))
    form.add("phone", LineField())
    form.add("unit", LineField())
    form.add("gender", TermField(Gender))
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        f"更换{tenure.words}",
        form,
        succeed,
        fixed={"tenure_id": tenure.id, "version": tenure.version},
        headline=f"接替{file.values['name']}任{tenure.words}，接管河段：{reaches}。",
        accept_text="更换",
        width=700,
    )
    dialog.load({"valid_from": today, "title": tenure.title})
    return dialog


def take_dialog(
    parent: QWidget, workspace: Workspace, file: PersonFile, tenure: TenureFile
) -> VerbDialog[Any]:
    """More reaches for a tenure, for good or until a day (代管)."""
    today = workspace.today()
    held = {reach.reach_id for reach in tenure.reaches_on(today)}
    with workspace.read() as session:
        others = [each for each in choices.reaches(session) if each.id not in held]
    form: Form[chiefs.ReachCharge] = Form(chiefs.ReachCharge)
    form.add("reach_ids", MultiPickField(others, lines=7), label="增加的河段", span=2)
    form.add("valid_from", DateField(year_of=today), label="开始日期")
    form.add("valid_to", DateField(year_of=today), label="结束日期", help="代管填结束日期，长期负责不填")
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "增加负责河段",
        form,
        chiefs.take_reaches,
        fixed={"tenure_id": tenure.id},
        headline=f"{file.values['name']}（{tenure.words}）",
        width=620,
    )
    dialog.load({"valid_from": today})
    return dialog


def leave_dialog(
    parent: QWidget, workspace: Workspace, file: PersonFile, tenure: TenureFile
) -> VerbDialog[Any]:
    """Fewer reaches for a tenure."""
    today = workspace.today()
    held = _held(tenure, today)
    form: Form[chiefs.LeaveReaches] = Form(chiefs.LeaveReaches, columns=1)
    form.add("reach_ids", MultiPickField(held, lines=5), label="交出的河段")
    form.add("last_day", DateField(year_of=today), label="负责到")
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "交出河段",
        form,
        chiefs.leave_reaches,
        fixed={"tenure_id": tenure.id},
        headline=f"{file.values['name']}（{tenure.words}）",
        width=520,
    )
    dialog.load({"last_day": today})
    return dialog


def delegate_dialog(
    parent: QWidget, workspace: Workspace, file: PersonFile, tenure: TenureFile
) -> VerbDialog[Any]:
    """Who patrols in the chief's place for a while."""
    today = workspace.today()
    with workspace.read() as session:
        persons = [each for each in choices.persons(session) if each.id != file.id]
    form: Form[chiefs.Delegation] = Form(chiefs.Delegation)
    form.add("delegate_id", PickField(persons), span=2, required=False, help="留空确定即取消委托")
    form.add("delegate_from", DateField(year_of=today))
    form.add("delegate_to", DateField(year_of=today))
    form.finish()
    dialog = DelegateDialog(
        parent,
        workspace,
        "委托巡河",
        form,
        chiefs.delegate,
        fixed={"tenure_id": tenure.id},
        headline=f"{file.values['name']}请假、外出时委托他人巡河，责任仍由本人承担。",
        width=560,
    )
    dialog.load(
        {
            "delegate_id": tenure.delegate_id,
            "delegate_from": tenure.delegate_from,
            "delegate_to": tenure.delegate_to,
        }
    )
    return dialog


class DelegateDialog(VerbDialog[chiefs.Delegation]):
    """An empty person calls the delegate back."""

    def submit(self) -> None:
        if self.form.values()["delegate_id"] is None:
            self.carry_out(self.form, self.verb, **self.fixed, delegate_id=None)
        else:
            super().submit()


def _held(tenure: TenureFile, day: date) -> list[Choice]:
    return [Choice(reach.reach_id, reach.name) for reach in tenure.reaches_on(day)]
