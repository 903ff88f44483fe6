"""Values given as ``--set key=value``: taken apart, and fitted to what a verb accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args

import typer
from pydantic.fields import FieldInfo

from river_chief.cli.speech import BadUsage
from river_chief.intake import labels
from river_chief.intake.cell import Unreadable
from river_chief.terms import Term
from river_chief.verbs.input import Input, InputT, understood

Values = dict[str, Any]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="项=值", help="填一项，例如 found_on=2025-03-05。")
]
_YES_NO = {"是": True, "否": False}
_SEPARATORS = str.maketrans("、，；;", ",,,,")

ItemT = TypeVar("ItemT")


def pairs(texts: Sequence[str] | None, option: str = "--set") -> dict[str, str]:
    """Values by key of *texts* such as ``found_on=2025-03-05``; BadUsage for a bad or doubled one."""
    found: dict[str, str] = {}
    for text in texts or ():
        key, mark, value = text.partition("=")
        key = key.strip()
        if not mark or not key:
            raise BadUsage(f"{option} 的“{text}”要写成“项=值”。")
        if key in found:
            raise BadUsage(f"{option} 的“{key}”写了两次。")
        found[key] = value.strip()
    return found


def nested(values: Mapping[str, str]) -> Values:
    """*values* with keys such as ``work.rubbish`` put into a mapping under ``work``."""
    found: Values = {}
    for key, value in values.items():
        outer, dot, inner = key.partition(".")
        if not dot:
            found[key] = value
            continue
        group = found.setdefault(outer, {})
        if not isinstance(group, dict):
            raise BadUsage(f"--set 的“{outer}”和“{key}”不能同时写。")
        group[inner] = value
    return found


def entry(kind: type[InputT], values: Mapping[str, Any]) -> InputT:
    """*values* as an input of *kind*: terms by label or code, lists by 、, 是 and 否, empty as nothing.

    Raises ``InvalidInput`` with a sentence for each field that does not fit.
    """
    return understood(kind, fitted(kind, values))


def fitted(kind: type[Input], values: Mapping[str, Any]) -> Values:
    """*values* in the forms pydantic takes for the fields of *kind*; what does not fit stays as it is."""
    return {
        key: _fit(kind.model_fields[key], value) if key in kind.model_fields else value
        for key, value in values.items()
    }


def separated(text: str) -> list[str]:
    """The items of a text such as 柳塘村、上溪村."""
    return [item.strip() for item in text.translate(_SEPARATORS).split(",") if item.strip()]


def each(text: str, find: Callable[[str], ItemT]) -> tuple[ItemT, ...]:
    """What *find* gives for every item of *text*."""
    return tuple(find(item) for item in separated(text))


def member(kind: type[Term], text: str) -> Term | None:
    """The member of a code list by label, code or a common other word; None when there is none."""
    found = labels.term(kind, text)
    return None if isinstance(found, Unreadable) else found


def _fit(field: FieldInfo, value: Any) -> Any:
    kinds = _kinds(field.annotation)
    terms = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Term)]
    if isinstance(value, dict):
        named = {name: member(terms[0], name) for name in value} if terms else {}
        return {named.get(name) or name: amount for name, amount in value.items()}
    if not isinstance(value, str):
        return value
    if value == "" and NoneType in kinds:
        return None
    if tuple in kinds:
        return separated(value)
    if terms:
        return member(terms[0], value) or value
    if bool in kinds:
        return _YES_NO.get(value, value)
    return value


def _kinds(annotation: Any) -> set[Any]:
    """The plain types an annotation is made of: date | None gives date and NoneType."""
    found = {getattr(annotation, "__origin__", annotation)}
    for part in get_args(annotation):
        found |= _kinds(part)
    return found
