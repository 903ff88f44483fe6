"""登记 and 修改 of a problem: a long form in sections; a draft may be saved incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from river_chief.fields.problems import PROBLEMS
from river_chief.queries import choices, suggestions
from river_chief.queries.choices import Choice
from river_chief.queries.problem_detail import ProblemDetail
from river_chief.storage.database import Writer
from river_chief.terms import Bank, Datum, Disposal, Measure, Phase, Severity, Source, State
from river_chief.verbs import problems
from river_chief.verbs.problems import REQUIRED, NewProblem, ProblemEdit, ProblemFields, Registration
from ui.buttons import push
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, FormField, LineField, NumberField, TermField, TextField
from ui.forms.form import Form
from ui.forms.photo_tray import PhotoTray
from ui.forms.pickers import PickField
from ui.forms.tags import TagsField
from ui.workspace import Workspace

AMOUNTS = dict(zip(("area_m2", "length_m", "volume_m3", "weight_t", "count_n"), Measure, strict=True))
WIDTH = 860
# What a photo of a problem being registered may show.
PHASES = (Phase.BEFORE, Phase.EVIDENCE, Phase.SCAN)
FieldsT = TypeVar("FieldsT", bound=ProblemFields)


def new_problem(
    parent: QWidget, workspace: Workspace, values: Mapping[str, Any] | None = None
) -> ProblemDialog[NewProblem]:
    """The dialog that registers a problem or saves it as a draft; *values* are filled in."""
    form = problem_form(NewProblem, workspace)
    dialog: ProblemDialog[NewProblem] = ProblemDialog(
        parent, workspace, "登记问题", form, problems.register, accept_text="登记"
    )
    dialog.add_draft_button("暂存草稿(&S)", dialog.save_draft)
    dialog.hold_photos(PhotoTray(workspace, PHASES, "problem_id", "登记问题"))
    dialog.load({"found_on": workspace.today(), "source": Source.TOWN, **(values or {})})
    dialog.begin("found_on")
    return dialog


def edit_problem(parent: QWidget, workspace: Workspace, detail: ProblemDetail) -> ProblemDialog[ProblemEdit]:
    """The dialog that corrects a problem; a draft can be registered from it."""
    form = problem_form(ProblemEdit, workspace)
    # The verb takes the whole record: what is not in the form stays as it is.
    kept = {
        key: detail.values[key]
        for key in ProblemEdit.model_fields
        if key not in form.fields and key in detail.values
    }
    is_draft = detail.state is State.DRAFT
    dialog: ProblemDialog[ProblemEdit] = ProblemDialog(
        parent,
        workspace,
        f"修改{detail.row['number']}",
        form,
        problems.edit,
        fixed={**kept, "id": detail.row.id, "version": detail.row.version},
        accept_text="登记" if is_draft else "保存",
    )
    if is_draft:
        dialog.registers = True
        dialog.add_draft_button("保存草稿(&S)", dialog.save_only)
    dialog.load(detail.values)
    dialog.begin("found_on")
    return dialog


def problem_form(kind: type[FieldsT], workspace: Workspace) -> Form[FieldsT]:
    """The fields of a problem, hand-laid in sections of three columns."""
    today = workspace.today()
    with workspace.read() as session:
        reaches, waters = choices.reaches(session), choices.waters(session)
        villages, campaigns = choices.villages(session), choices.campaigns(session)
        categories, units = _categories(choices.categories(session)), suggestions.units(session)
    form: Form[FieldsT] = Form(kind, columns=3)

    def add(key: str, field: FormField, **more: Any) -> None:
        unit = PROBLEMS[key].unit if key in PROBLEMS else ""
        form.add(key, field, required=key in REQUIRED, unit=unit, **more)

    form.section("发现")
    add("found_on", DateField(year_of=today))
    add("source", TermField(Source))
    add("finder", LineField())
    form.section("位置")
    add("reach_id", PickField(reaches))
    add("water_id", PickField(waters))
    add("village_id", PickField(villages))
    add("place", LineField(hint="如 老街桥上游50米"), span=2)
    add("stake", LineField(hint="如 K1+200"))
    add("bank", TermField(Bank))
    add("lon", NumberField())
    add("lat", NumberField())
    form.section("问题")
    add("category_code", PickField(categories, by_code=True, hint="输入名称或拼音首字母"), span=2)
    add("severity", TermField(Severity))
    add("description", TextField(lines=3), span=3)
    for key in AMOUNTS:
        add(key, NumberField())
    add("severity_reason", LineField(hint="不按建议等级时填写"))
    form.section("其他")
    add("party", LineField())
    add("unit", LineField(suggestions=units))
    add("outside_number", LineField())
    add("patch_number", LineField())
    add("goal", LineField(), span=2)
    add("datum", TermField(Datum))
    add("note", LineField(), span=2)
    add("disposal", TermField(Disposal))
    add("campaign_ids", TagsField(campaigns), span=2)
    _link_reach(form, reaches)
    form.finish()
    return form


class ProblemDialog(VerbDialog[FieldsT]):
    """Says what is missing before registering, each word a way to its field, and suggests the severity."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, width=WIDTH, **more)
        self.registers = False
        self.missing = QLabel()
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.missing.setWordWrap(True)
        self.missing.linkActivated.connect(self.form.focus)
        self.foot.insertWidget(0, self.missing, 1)
        self.suggested = QLabel()
        self.suggested.setProperty("role", "warn")
        self.foot.insertWidget(1, self.suggested)
        self.form.changed.connect(self.look_again)

    def add_draft_button(self, text: str, work: Any) -> None:
        """Add the button that saves without registering."""
        self.draft_button = push(text, work)
        self.foot.insertWidget(self.foot.count() - 1, self.draft_button)

    def begin(self, key: str) -> None:
        """Start work at the field *key*."""
        self.look_again()
        self.form.focus(key)

    def submit(self) -> None:
        """Register or save; a draft is saved and registered in one transaction."""
        if not self.registers:
            super().submit()
            return
        entry = None if self.is_over else self.form.entry(**self.fixed)
        if not isinstance(entry, ProblemEdit):
            return
        registration = Registration(problem_id=entry.id)

        def both(writer: Writer) -> None:
            writer.do(problems.edit, entry)
            writer.do(problems.register_draft, registration)

        self.save(both)

    def save_draft(self) -> None:
        """Keep a new problem as a draft, incomplete as it is."""
        entry = None if self.is_over else self.form.entry(**self.fixed)
        if isinstance(entry, NewProblem):
            given = entry
            self.save(lambda writer: writer.do(problems.save_draft, given), given.found_on)

    def save_only(self) -> None:
        """Save a draft without registering it."""
        super().submit()

    def look_again(self) -> None:
        """Say what is missing and which severity the category's rule suggests."""
        values = self.form.values()
        suggested = self._suggested(values)
        missing = [key for key in REQUIRED if values.get(key) in (None, "")]
        if (
            suggested is not None
            and values["severity"] not in (None, suggested)
            and not values["severity_reason"]
        ):
            missing.append("severity_reason")
        links = "、".join(f"<a href='{key}'>{_title(self.form.kind, key)}</a>" for key in missing)
        self.missing.setText(f"还缺：{links}" if links else "")
        differs = suggested is not None and suggested is not values["severity"]
        self.suggested.setText(f"建议等级：{suggested.label}" if suggested is not None and differs else "")

    def _suggested(self, values: Mapping[str, Any]) -> Severity | None:
        amounts = {
            measure: values[key] if isinstance(values[key], float) else None
            for key, measure in AMOUNTS.items()
        }
        with self.workspace.read() as session:
            return suggestions.severity_for(session, str(values["category_code"]), amounts)


def _categories(every: list[Choice]) -> list[Choice]:
    """Leaves as 乱堆·生活垃圾, and the groups themselves for what fits no leaf."""
    groups = {choice.code: choice.label for choice in every if choice.parent is None}
    return [
        Choice(
            choice.id,
            f"{groups[str(choice.parent)]}·{choice.label}" if choice.parent else choice.label,
            choice.code,
        )
        for choice in every
    ]


def _link_reach(form: Form[FieldsT], reaches: list[Choice]) -> None:
    """A reach brings its water; a water narrows the reaches offered."""
    reach, water = form.fields["reach_id"], form.fields["water_id"]
    if not (isinstance(reach, PickField) and isinstance(water, PickField)):
        raise TypeError("reach and water are picked")

    def on_reach() -> None:
        if reach.choice is not None:
            water.set_value(reach.choice.parent)
            form.changed.emit()

    def on_water() -> None:
        own = [choice for choice in reaches if water.choice is None or choice.parent == water.choice.id]
        reach.set_choices(own)

    reach.changed.connect(on_reach)
    water.changed.connect(on_water)


def _title(kind: type[ProblemFields], key: str) -> str:
    return str(kind.model_fields[key].title)
