"""Names a person types for records: 柳塘村, 赵春, 乱扔乱堆生活垃圾 → their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.cli.given import Values, each
from river_chief.cli.speech import BadUsage
from river_chief.errors import NotFound, Refusal
from river_chief.queries import choices
from river_chief.queries.chiefs import CHIEF_LEDGER, ChiefFilter
from river_chief.queries.choices import Choice

SHOWN = 8


def pick(found: Sequence[Choice], wanted: str, what: str) -> Choice:
    """The one choice of that label or code, or with that id; ``NotFound``, or which of many is meant."""
    text = wanted.strip()
    tests: tuple[Callable[[Choice], bool], ...] = (
        lambda choice: choice.label == text,
        lambda choice: bool(text) and choice.code == text,
        lambda choice: text in (f"{choice.hint}{choice.label}", f"{choice.label}（{choice.hint}）"),
        lambda choice: str(choice.id) == text,
    )
    for fits in tests:
        hits = [choice for choice in found if fits(choice)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            named = "、".join(f"{choice.hint or choice.label}（{choice.id}）" for choice in hits[:SHOWN])
            raise Refusal(f"叫“{text}”的{what}有 {len(hits)} 个：{named}；请写括号里的编号。")
    raise NotFound(f"台账里没有{what}“{text}”，请核对名称。")


class Names:
    """Finds the records of one ledger by the names a person types."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today

    def village(self, text: str) -> int:
        return pick(choices.villages(self.session), text, "村").id

    def area(self, text: str) -> int:
        return pick(choices.areas(self.session), text, "行政区").id

    def water(self, text: str) -> int:
        return pick(choices.waters(self.session), text, "河湖").id

    def reach(self, text: str) -> int:
        return pick(choices.reaches(self.session), text, "河段").id

    def campaign(self, text: str) -> int:
        return pick(choices.campaigns(self.session), text, "专项").id

    def person(self, text: str) -> int:
        return pick(choices.persons(self.session), text, "人员").id

    def tenure(self, text: str) -> int:
        """The tenure of a person by name or id: one in force today, else the newest there was."""
        for filter in (ChiefFilter(on=self.today), ChiefFilter()):
            rows = CHIEF_LEDGER.rows(self.session, CHIEF_LEDGER.ids(self.session, filter), self.today)
            found = [
                Choice(row.id, row["name"], hint=f"{row['area_name']}{row['level'].label}{row['role'].label}")
                for row in rows
            ]
            if any(text.strip() in (choice.label, str(choice.id)) for choice in found):
                return pick(found, text, "任职").id
        raise NotFound(f"台账里没有“{text}”的任职，请核对姓名。")

    def group(self, text: str) -> str:
        """The code of a category group: 乱堆 or LD."""
        groups = [choice for choice in choices.categories(self.session) if choice.parent is None]
        return pick(groups, text, "问题大类").code

    def category(self, text: str) -> str:
        """The code of a category: 乱扔乱堆生活垃圾 or LD01."""
        leaves = [choice for choice in choices.categories(self.session) if choice.parent is not None]
        return pick(leaves, text, "问题子类").code

    def put(self, values: Values, **wanted: tuple[str, Callable[[str], Any]]) -> Values:
        """*values* with names replaced by ids: ``village=("village_id", names.village)``."""
        found = dict(values)
        for name, (key, find) in wanted.items():
            if name not in found:
                continue
            if key in found:
                raise BadUsage(f"“{name}”和“{key}”只要写一个。")
            text = str(found.pop(name))
            many = key.endswith("_ids")
            found[key] = each(text, find) if many else (find(text) if text else None)
        return found
