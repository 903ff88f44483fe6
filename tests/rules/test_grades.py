from __future__ import annotations

import csv
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.errors import Refusal
from river_chief.resources import resource
from river_chief.rules.grades import check_grade_rule, parse_grade_rule, suggested_severity
from river_chief.terms import Measure, Severity

CROPS = "A>=5000:3|A>=1000:2|1"


@pytest.mark.parametrize(
    ("rule", "area", "severity"),
    [
        (CROPS, 5000, Severity.MAJOR),
        (CROPS, 4999.99, Severity.SERIOUS),
        (CROPS, 1000, Severity.SERIOUS),
        (CROPS, 999, Severity.MINOR),
        (CROPS, 0, Severity.MINOR),
        ("A>5000:3|A>=1000:2|1", 5000, Severity.SERIOUS),
        ("A>5000:3|A>=1000:2|1", 5000.5, Severity.MAJOR),
        ("A<10:1|A<=20:2|3", 20, Severity.SERIOUS),
        ("A<10:1|A<=20:2|3", 9.9, Severity.MINOR),
        ("A>=0.1:2|1", 0.1, Severity.SERIOUS),
        ("Ａ≥５０００：３｜１", 6000, Severity.MAJOR),
        (" a >= 5000 : 3 | 1 ", 6000, Severity.MAJOR),
        ("A>=1000:3", 10, None),
    ],
)
def test_the_first_band_that_holds_wins(rule: str, area: float, severity: Severity | None) -> None:
    assert suggested_severity(rule, {Measure.AREA: area}) is severity


@pytest.mark.parametrize("amounts", [{}, {Measure.VOLUME: 9000}, {Measure.AREA: None}])
def test_nothing_is_suggested_while_the_measure_is_missing(amounts: dict[Measure, float | None]) -> None:
    assert suggested_severity(CROPS, amounts) is None


def test_a_constant_rule_needs_no_measure() -> None:
    assert suggested_severity("3", {}) is Severity.MAJOR


def test_an_empty_rule_suggests_nothing() -> None:
    assert suggested_severity("", {Measure.AREA: 9000}) is None


def test_a_rule_names_its_measures() -> None:
    assert parse_grade_rule("A>=5000:3|V>=100:2|1").measures == {Measure.AREA, Measure.VOLUME}


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("4", "4"),
        ("A>=x:3|1", "A>=X:3"),
        ("1|A>=5000:3", "1"),
        ("A>=5000:3||1", ""),
        ("B>=5:3|1", "B>=5:3"),
        ("A=5:3|1", "A=5:3"),
        ("A>=5:0|1", "A>=5:0"),
        ("A>=-5:3", "A>=-5:3"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_with_the_part(rule: str, part: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_grade_rule(rule)
    assert f"“{part}”看不懂" in refusal.value.sentence
    assert "A>=5000:3|A>=1000:2|1" in refusal.value.sentence


def test_every_shipped_rule_can_be_read() -> None:
    with resource("categories.csv").open(encoding="utf-8", newline="") as file:
        leaves = [row for row in csv.DictReader(file) if row["parent"]]
    assert len(leaves) == 83
    for leaf in leaves:
        rule = parse_grade_rule(leaf["g"])
        assert rule.otherwise is not None, leaf["code"]
        assert {measure.value for measure in rule.measures} <= {leaf["measure"]}, leaf["code"]
        check_grade_rule(leaf["g"])


def test_every_shipped_rule_grades_more_never_lower() -> None:
    order = list(Severity)
    with resource("categories.csv").open(encoding="utf-8", newline="") as file:
        leaves = [row for row in csv.DictReader(file) if row["parent"]]
    banded = [leaf for leaf in leaves if parse_grade_rule(leaf["g"]).bands]
    assert len(banded) > 15
    for leaf in banded:
        rule, measure = parse_grade_rule(leaf["g"]), Measure(leaf["measure"])
        limits = sorted({float(band.limit) for band in rule.bands})
        tried = sorted(
            {0.0, *limits, *(limit + 0.01 for limit in limits), *(limit - 0.01 for limit in limits)}
        )
        found = [rule.suggest({measure: amount}) for amount in tried]
        places = [order.index(severity) for severity in found if severity is not None]
        assert len(places) == len(tried), leaf["code"]
        assert places == sorted(places), leaf["code"]
        assert {band.severity for band in rule.bands} | {rule.otherwise} == set(found), leaf["code"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CROPS, "面积≥5000㎡ 重大；≥1000㎡ 较严重；其余一般"),
        ("A>5000:3|A>=1000:2|1", "面积>5000㎡ 重大；≥1000㎡ 较严重；其余一般"),
        ("W>=0.5:3|V<10:1|2", "重量≥0.5t 重大；体积<10m³ 一般；其余较严重"),
        ("A>=1000:3", "面积≥1000㎡ 重大；其余不建议"),
        ("3", "一律重大"),
        ("", ""),
    ],
)
def test_a_rule_in_words(rule: str, words: str) -> None:
    assert parse_grade_rule(rule).words == words


@pytest.mark.parametrize(
    ("rule", "idle"),
    [
        ("A>=1000:2|A>=5000:3|1", 2),
        ("A>=5000:3|A>=1000:2|A>1000:2|1", 3),
        ("A<20:2|A<=10:1|3", 2),
        ("A>=5:3|A>=5:2|1", 2),
        ("A>5:3|A>=5:2|1", None),
        ("A>=5000:3|V>=5000:2|1", None),
        ("A<10:1|A>=5:3|2", None),
    ],
)
def test_a_band_that_can_never_hold_is_found(rule: str, idle: int | None) -> None:
    assert parse_grade_rule(rule).idle_band == idle
    if idle is None:
        check_grade_rule(rule)
    else:
        with pytest.raises(Refusal, match=f"第{idle}段总被前面的段先占去"):
            check_grade_rule(rule)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_is_never_graded_lower(one: float, other: float) -> None:
    order = list(Severity)
    less, more = sorted((one, other))
    low, high = (suggested_severity(CROPS, {Measure.AREA: area}) for area in (less, more))
    assert low is not None
    assert high is not None
    assert order.index(low) <= order.index(high)


@given(st.text(alphabet="ALVWN<>=|:0123456789. ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refusal):
        parse_grade_rule(text).suggest(dict.fromkeys(Measure, 1.0))
