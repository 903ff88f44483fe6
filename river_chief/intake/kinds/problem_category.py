"""The category a row of problems names."""

from __future__ import annotations

from river_chief.intake.category_names import CategoryName
from river_chief.intake.cell import Unreadable
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow


def category_of(row: SheetRow, names: RecordNames) -> str:
    """The code of the leaf *row* names, of the group where it names no leaf; "" without either."""
    code = row.words("category_code").upper()
    if code:
        if code not in names.category_of:
            row.refuse("category_code", f"没有“{code}”这个分类代码，请按问题分类表填写。")
        return code
    cell = row.cell("category_group").value
    group = names.categories.group(cell)
    if isinstance(group, Unreadable):
        leaf = names.categories.leaf(cell)
        if isinstance(leaf, CategoryName):
            return leaf.code
        row.refuse("category_group", group.reason)
        return ""
    leaf = names.categories.leaf(row.cell("category_name").value, group)
    if isinstance(leaf, Unreadable):
        row.refuse("category_name", leaf.reason)
        return ""
    found = leaf or group
    return found.code if found is not None else ""
