"""A form of the values many records share, laid out from the input that asks for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, get_args

from pydantic.fields import FieldInfo

from river_chief.queries import choices, suggestions
from river_chief.terms import Term
from river_chief.verbs.input import Input
from ui.forms.fields import DateField, FormField, LineField, MomentField, NumberField, TermField, TextField
from ui.forms.form import Form
from ui.forms.pickers import PickField
from ui.workspace import Workspace

FIRST = ("happened_at", "actor")
LAST = ("words", "exception")
# Each record's own: never the same for many.
OWN = frozenset({"problem_id", "version", "work", "assign_number", "officer_title", "officer_phone"})
SHORT = 200


def common_form(
    kind: type[Input], workspace: Workspace, hints: Mapping[str, str], without: Collection[str] = ()
) -> Form[Any]:
    """The form for *kind* but the fields *without*; *hints* say by key what an empty field stands for."""
    form: Form[Any] = Form(kind, columns=2)
    for key in _in_order(kind):
        if key in without:
            continue
        field = _field(key, kind.model_fields[key], workspace)
        if key in hints and isinstance(field, LineField | DateField):
            field.setPlaceholderText(hints[key])
        form.add(key, field, span=2 if isinstance(field, TextField) else 1)
    form.finish()
    return form


def _in_order(kind: type[Input]) -> list[str]:
    own = [key for key in kind.model_fields if key not in OWN]
    first = [key for key in FIRST if key in own]
    last = [key for key in LAST if key in own]
    return [*first, *(key for key in own if key not in (*first, *last)), *last]


def _field(key: str, info: FieldInfo, workspace: Workspace) -> FormField:
    today = workspace.today()
    if key == "campaign_id":
        with workspace.read() as session:
            return PickField(choices.campaigns(session))
    kinds = set(get_args(info.annotation)) or {info.annotation}
    term = next((each for each in kinds if isinstance(each, type) and issubclass(each, Term)), None)
    if term is not None:
        return TermField(term)
    if datetime in kinds:
        return MomentField(year_of=today)
    if date in kinds:
        return DateField(year_of=today)
    if int in kinds:
        return NumberField()
    longest = next((item.max_length for item in info.metadata if hasattr(item, "max_length")), 0)
    return TextField(lines=2) if longest > SHORT else _line(key, workspace)


def _line(key: str, workspace: Workspace) -> LineField:
    with workspace.read() as session:
        known = {
            "actor": lambda: [workspace.clerk, *suggestions.acceptors(session)],
            "unit": lambda: suggestions.units(session),
            "officer": lambda: suggestions.officers(session),
        }
        return LineField(suggestions=known[key]() if key in known else ())
