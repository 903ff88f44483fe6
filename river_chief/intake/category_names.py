"""Categories by the words sheets use for them: a group (乱占), a leaf by name, code or alias."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from river_chief.intake.cell import CellValue, Unreadable, shown
from river_chief.intake.characters import compact


@dataclass(frozen=True, slots=True)
class CategoryName:
    """A category as an office's list has it; ``parent_code`` is empty for a group, ``alias`` split by ;."""

    code: str
    parent_code: str
    name: str
    alias: str = ""


class CategoryNames:
    """Finds a category by what a cell says; *names* are those in use."""

    def __init__(self, names: Iterable[CategoryName]) -> None:
        self._groups: dict[str, CategoryName] = {}
        self._leaves: dict[str, list[CategoryName]] = {}
        for one in names:
            for word in (one.code, one.name, *re.split(r"[;；]", one.alias)):
                key = _key(word)
                if key and not one.parent_code:
                    self._groups.setdefault(key, one)
                elif key and one not in self._leaves.setdefault(key, []):
                    self._leaves[key].append(one)

    def group(self, value: CellValue) -> CategoryName | Unreadable | None:
        """The group a cell names: 乱占, or a leaf's words in the column of the group. None if empty."""
        words = compact(shown(value))
        if not words:
            return None
        found = self._groups.get(_key(words))
        if found is not None:
            return found
        if len([part for part in re.split(r"[、,;/和]", words) if _key(part) in self._groups]) > 1:
            return Unreadable(f"“{words}”是几个类型，一行只填一个类型。")
        names = "、".join(dict.fromkeys(group.name for group in self._groups.values()))
        return Unreadable(f"没有“{words}”这个问题类型，请填 {names} 之一。")

    def leaf(self, value: CellValue, group: CategoryName | None = None) -> CategoryName | Unreadable | None:
        """The leaf a cell names; *group* tells two leaves of one name apart. None if empty."""
        words = compact(shown(value))
        if not words:
            return None
        found = self._leaves.get(_key(words), [])
        if group is not None:
            inside = [leaf for leaf in found if leaf.parent_code == group.code]
            if found and not inside:
                return Unreadable(f"“{words}”不属于“{group.name}”，请核对问题类型。")
            found = inside
        if len(found) == 1:
            return found[0]
        if found:
            return Unreadable(f"“{words}”在几个类型里都有，请同时填写问题大类。")
        return Unreadable(f"没有“{words}”这个问题子类，请按问题分类表的名称或代码填写。")


def _key(word: str) -> str:
    """*word* without spaces, stars, brackets and the words 类, 问题 and 四乱 around a name."""
    key = re.sub(r"[()（）*“”\"]", "", compact(word)).upper()
    return re.sub(r"^(四乱[-:—]?)|(类问题|问题|类)$", "", key) or key
