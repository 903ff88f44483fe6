"""The definition of a saved report: kept as JSON and read back, and what a damaged one says."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.errors import InvalidInput, Refusal
from river_chief.fields.report_figures import PATROL_FIGURES, PROBLEM_FIGURES
from river_chief.figures.measures import DEADLINES, HANDLING, STOCK
from river_chief.figures.rates import RATES
from river_chief.terms import (
    Disposal,
    Grouping,
    ReportDays,
    ReportLedger,
    ReportShape,
    ReportSpan,
    Severity,
    State,
)
from river_chief.verbs.input import understood
from river_chief.verbs.report_definition import Conditions, Definition, columns_of, definition_of, kept

UNITS: dict[str, Any] = {
    "by": ["unit"],
    "columns": ["found", "closed", "overdue", "on_time_rate", "average_days"],
}


def defined(**values: Any) -> Definition:
    return understood(Definition, {**UNITS, **values})


def told(**values: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        defined(**values)
    return dict(refused.value.fields)


def test_the_figures_have_the_names_of_the_measures_and_rates() -> None:
    named = {
        **{each.key: each.name for each in (*STOCK, *DEADLINES, *HANDLING)},
        **{r.key: r.name for r in RATES},
    }
    assert named.keys() <= {field.key for field in PROBLEM_FIGURES}
    assert {key: PROBLEM_FIGURES[key].label for key in named} == named


def test_a_definition_comes_back_as_it_was_kept() -> None:
    definition = defined(
        days_of=ReportDays.REGISTERED,
        span=ReportSpan.FIXED,
        first=date(2025, 1, 1),
        last=date(2025, 3, 31),
        conditions={
            "groups": ("LD",),
            "states": (State.RECTIFYING, State.TO_CLOSE),
            "severities": (Severity.SERIOUS,),
            "disposals": tuple(Disposal)[:1],
            "found": (None, date(2025, 2, 28)),
            "overdue": True,
        },
        by=("unit", "village"),
        sort="overdue",
        descending=True,
        title="乱堆问题责任单位统计表",
        signatures=("制表人",),
    )
    stored = json.loads(json.dumps(kept(definition)))
    assert definition_of("乱堆", stored) == definition
    assert stored["form"] == 1


COLUMNS = st.sampled_from([field.key for field in PROBLEM_FIGURES])
ANY: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    by=st.lists(
        st.sampled_from([g for g in Grouping if g.ledger is ReportLedger.PROBLEMS]),
        min_size=1,
        max_size=2,
        unique=True,
    ),
    columns=st.lists(COLUMNS, min_size=1, max_size=12, unique=True),
    days_of=st.sampled_from(ReportDays),
    span=st.sampled_from([span for span in ReportSpan if span is not ReportSpan.FIXED]),
    totals=st.booleans(),
    upright=st.booleans(),
    title=st.text("乱堆统计表", max_size=20),
    conditions=st.builds(
        dict,
        villages=st.lists(st.integers(1, 99), max_size=3),
        states=st.lists(st.sampled_from(State), max_size=3),
        overdue=st.booleans(),
        found=st.none() | st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.none()),
    ),
)


@given(values=ANY)
def test_any_definition_comes_back(values: dict[str, Any]) -> None:
    definition = understood(Definition, values)
    assert definition_of("任一", json.loads(json.dumps(kept(definition)))) == definition


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(list(Definition.model_fields)), inner, max_size=6
        )
    ),
    max_leaves=12,
)


@given(stored=JSON, form=st.sampled_from([1, 2, None]))
def test_whatever_lies_in_the_ledger_is_read_or_refused_with_a_sentence(
    stored: Any, form: int | None
) -> None:
    if isinstance(stored, dict) and form is not None:
        stored = {**stored, "form": form}
    said = "自定义报表“月度”能读。"
    try:
        definition_of("月度", stored)
    except Refusal as refusal:
        said = refusal.sentence
    assert re.fullmatch("自定义报表“月度”.+。", said, re.DOTALL)


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ([], "自定义报表“月度”存的内容不完整，读不出来，请重新设定或停用。"),
        ({"columns": ["found"]}, "自定义报表“月度”存的内容不完整，读不出来，请重新设定或停用。"),
        ({"form": 2, "columns": ["found"]}, "自定义报表“月度”是用较新的程序保存的，请升级程序后再用。"),
        (
            {"form": 1, **UNITS, "colour": "red"},
            "自定义报表“月度”里有这个程序不认识的内容，请升级程序后再用，或重新设定。",
        ),
        (
            {"form": 1, **UNITS, "conditions": {"moon": True}},
            "自定义报表“月度”里有这个程序不认识的内容，请升级程序后再用，或重新设定。",
        ),
        (
            {"form": 1, "by": ["unit"], "columns": ["luck"]},
            "自定义报表“月度”的设定不能用：列：统计表里没有“luck”这一列，请去掉。请修改或停用。",
        ),
    ],
)
def test_what_a_damaged_definition_says(stored: Any, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        definition_of("月度", stored)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"by": []}, "by", "统计表至少要选一级分组"),
        ({"by": ["unit", "unit"]}, "by", "两级分组不能相同"),
        ({"by": ["walker"]}, "by", "问题不能按巡河人员分组"),
        ({"by": ["unit", "village", "source"]}, "by", "分组"),
        ({"columns": []}, "columns", "列至少要有 1 项"),
        ({"columns": ["found", "found"]}, "columns", "同一列选了两次"),
        ({"columns": ["brief"]}, "columns", "统计表里没有“brief”这一列"),
        ({"sort": "due"}, "sort", "只能按列出的列排序"),
        ({"conditions": {"levels": ["town"]}}, "conditions", "“层级”不是问题的条件"),
        ({"span": "fixed"}, "", "固定日期要填开始日期和结束日期"),
        ({"span": "fixed", "first": "2025-03-01", "last": "2025-02-01"}, "", "结束日期早于开始日期"),
        ({"signatures": [""]}, "signatures", "1 到 12 个字"),
        (
            {"ledger": "patrols", "by": ["walker"], "columns": ["logs"], "days_of": "closed"},
            "days_of",
            "巡河总是",
        ),
        ({"ledger": "patrols"}, "by", "巡河不能按责任单位分组"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(values: dict[str, Any], key: str, words: str) -> None:
    assert words in told(**values)[key]


def test_a_list_shows_the_fields_of_its_ledger() -> None:
    listed = defined(shape="list", by=[], columns=["number", "unit", "deadline"])
    assert listed.columns == ("number", "unit", "deadline")
    assert "number" in columns_of(ReportLedger.PROBLEMS, ReportShape.LIST)
    assert columns_of(ReportLedger.PATROLS, ReportShape.TABLE) is PATROL_FIGURES


def test_the_conditions_given_are_told() -> None:
    assert Conditions(overdue=True, groups=("LD",)).given == {"groups": ("LD",), "overdue": True}
