from __future__ import annotations

import csv

import pytest

from river_chief.intake.category_names import CategoryName, CategoryNames
from river_chief.intake.cell import Unreadable
from river_chief.resources import resource


@pytest.fixture(scope="module")
def names() -> CategoryNames:
    with resource("categories.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shipped = [CategoryName(row["code"], row["parent"], row["name"]) for row in rows]
    return CategoryNames([*shipped, CategoryName("XX01", "LD", "自定子类", "河边堆柴；柴堆")])


@pytest.mark.parametrize("words", ["乱堆", " 乱堆 ", "乱堆类", "乱堆问题", "LD", "“乱堆”"])
def test_a_group_by_its_name(names: CategoryNames, words: str) -> None:
    group = names.group(words)
    assert isinstance(group, CategoryName)
    assert group.code == "LD"


def test_a_leaf_by_name_code_or_alias(names: CategoryNames) -> None:
    for words, code in [
        ("围垦湖泊", "LZ01"),
        ("lz13", "LZ13"),
        ("河滩开垦种菜(零星)", "LZ13"),
        ("柴堆", "XX01"),
    ]:
        leaf = names.leaf(words)
        assert isinstance(leaf, CategoryName)
        assert leaf.code == code


def test_an_empty_cell_names_nothing(names: CategoryNames) -> None:
    assert names.group("") is None
    assert names.leaf(None) is None


def test_two_types_in_a_cell_and_unknown_ones_are_refused(names: CategoryNames) -> None:
    two = names.group("乱占、乱堆")
    assert isinstance(two, Unreadable)
    assert "一行只填一个类型" in two.reason
    unknown = names.group("乱停")
    assert isinstance(unknown, Unreadable)
    assert "乱占" in unknown.reason
    assert isinstance(names.leaf("没有的子类"), Unreadable)


def test_a_leaf_outside_its_group_is_refused(names: CategoryNames) -> None:
    group = names.group("乱堆")
    assert isinstance(group, CategoryName)
    answer = names.leaf("围垦湖泊", group)
    assert isinstance(answer, Unreadable)
    assert "不属于“乱堆”" in answer.reason


def test_two_leaves_of_one_name_need_the_group() -> None:
    names = CategoryNames(
        [
            CategoryName("AA", "", "甲"),
            CategoryName("BB", "", "乙"),
            CategoryName("AA01", "AA", "其他"),
            CategoryName("BB01", "BB", "其他"),
        ]
    )
    assert isinstance(names.leaf("其他"), Unreadable)
    group = names.group("乙")
    assert isinstance(group, CategoryName)
    leaf = names.leaf("其他", group)
    assert isinstance(leaf, CategoryName)
    assert leaf.code == "BB01"
