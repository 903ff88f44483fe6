from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.fields.areas import AREAS
from river_chief.fields.chiefs import CHIEFS
from river_chief.fields.field import Field, FieldSet, Value
from river_chief.fields.patrols import PATROLS
from river_chief.fields.problems import PROBLEMS
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.intake.cell import CellValue, Unreadable, shown
from river_chief.intake.cells import Context, read
from river_chief.terms import Level, Role, Severity

EVERY_FIELD = [field for fields in (AREAS, WATERS, REACHES, CHIEFS, PATROLS, PROBLEMS) for field in fields]


@pytest.mark.parametrize(
    ("fields", "key", "cell", "context", "value"),
    [
        (PROBLEMS, "found_on", "3月5日", Context(year=2025), date(2025, 3, 5)),
        (PROBLEMS, "first_deadline", "2025年4月30日前", Context(), date(2025, 4, 30)),
        (PROBLEMS, "area_m2", "1.5", Context(unit="亩"), pytest.approx(1000)),
        (PROBLEMS, "area_m2", "约120平方米", Context(), 120.0),
        (PROBLEMS, "officer_phone", 12000000001.0, Context(), "12000000001"),
        (PROBLEMS, "outside_number", 20250031.0, Context(), "20250031"),
        (PROBLEMS, "severity", "较重", Context(), Severity.SERIOUS),
        (PROBLEMS, "lon", "118°28′30.5″", Context(), 118.475139),
        (PROBLEMS, "description", " 岸坡堆放垃圾 ", Context(), "岸坡堆放垃圾"),
        (PROBLEMS, "on_time", "是", Context(), True),
        (WATERS, "length_km", "2300米", Context(), 2.3),
        (WATERS, "source_lat", 29.05, Context(), 29.05),
        (REACHES, "level", "镇级", Context(), Level.TOWN),
        (CHIEFS, "role", "乡(镇)河长", Context(), Role.CHIEF),
        (AREAS, "population", "2,600人", Context(), 2600),
        (AREAS, "population", 2600.5, Context(), Unreadable("不是整数，请写成 12 这样的整数。")),
        (AREAS, "code", 990121103200.0, Context(), "990121103200"),
        (PATROLS, "minutes", "1小时20分", Context(), 80),
        (PATROLS, "minutes", 1.5, Context(unit="小时"), 90),
        (PATROLS, "km", "1.2公里", Context(), 1.2),
        (PATROLS, "started_at", "2025.3.5 8:30", Context(), datetime(2025, 3, 5, 8, 30)),
        (PATROLS, "ended_at", "9:15", Context(on=date(2025, 3, 5)), datetime(2025, 3, 5, 9, 15)),
    ],
)
def test_a_cell_is_read_as_its_field_keeps_it(
    fields: FieldSet, key: str, cell: CellValue, context: Context, value: Value
) -> None:
    assert read(fields[key], cell, context) == value


@given(
    st.sampled_from(EVERY_FIELD),
    st.one_of(
        st.none(),
        st.text(),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
)
def test_any_cell_under_any_field_gives_a_value_or_a_reason(field: Field, cell: CellValue) -> None:
    answer = read(field, cell, Context(year=2025))
    assert answer != ""
    if isinstance(answer, Unreadable):
        assert answer.reason.endswith("。")


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: field.key)
@pytest.mark.parametrize("empty", [None, "", " ", "　\n"])
def test_an_empty_cell_is_none_under_every_field(field: Field, empty: CellValue) -> None:
    assert read(field, empty) is None


def test_a_cell_is_shown_as_the_clerk_saw_it() -> None:
    assert [shown(cell) for cell in (45721.0, True, None, datetime(2025, 3, 5, 8, 30), "x ")] == [
        "45721",
        "TRUE",
        "",
        "2025-03-05 08:30",
        "x ",
    ]
