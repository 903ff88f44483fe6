from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief import terms
from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.labels import level_in_role, term
from river_chief.terms import (
    AreaLevel,
    Bank,
    Datum,
    Gender,
    Level,
    PatrolMode,
    Role,
    Severity,
    Source,
    Term,
    WaterClass,
)

CODE_LISTS = [
    one for one in vars(terms).values() if isinstance(one, type) and issubclass(one, Term) and one is not Term
]


@pytest.mark.parametrize("kind", CODE_LISTS, ids=lambda kind: kind.__name__)
def test_every_member_is_found_by_its_label_and_its_code(kind: type[Term]) -> None:
    for member in kind:
        assert term(kind, member.label) is member
        assert term(kind, f" {member.label}　") is member
        assert term(kind, member.value) is member


@pytest.mark.parametrize(
    ("kind", "words", "member"),
    [
        (Level, "镇级", Level.TOWN),
        (Level, "乡（镇）级", Level.TOWN),
        (Level, "村（社区）级", Level.VILLAGE),
        (Level, "县（市、区）级", Level.COUNTY),
        (AreaLevel, "乡（镇）", AreaLevel.TOWN),
        (AreaLevel, "社区", AreaLevel.VILLAGE),
        (Severity, "较重", Severity.SERIOUS),
        (Severity, "重大问题", Severity.MAJOR),
        (Source, "县级暗访", Source.COUNTY),
        (Source, "12345", Source.COMPLAINT),
        (Source, 12345.0, Source.COMPLAINT),
        (Source, "河长巡河 ", Source.CHIEF),
        (Bank, "左右岸", Bank.BOTH),
        (Datum, "2000国家大地坐标系", Datum.CGCS2000),
        (Datum, "gcj02", Datum.GCJ02),
        (Gender, "女", Gender.FEMALE),
        (WaterClass, "III类", WaterClass.III),
        (WaterClass, "Ⅲ", WaterClass.III),
        (WaterClass, "劣五类", WaterClass.WORSE),
        (WaterClass, 3.0, WaterClass.III),
        (PatrolMode, "步行", PatrolMode.WALK),
        (Role, "乡(镇)河长", Role.CHIEF),
        (Role, "村河长", Role.CHIEF),
        (Role, "县副总河长", Role.DEPUTY_GENERAL_CHIEF),
        (Role, "市第一总河长", Role.GENERAL_CHIEF),
        (Role, "村级河长", Role.CHIEF),
        (Role, "河长办", Role.OFFICER),
    ],
)
def test_other_words_for_a_member(kind: type[Term], words: CellValue, member: Term) -> None:
    assert term(kind, words) is member


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Severity, "严重"), (Source, "上级交办"), (Role, "乡镇管理所"), (Level, "国家级"), (Gender, True)],
)
def test_a_word_that_may_mean_two_is_refused_with_the_choices(kind: type[Term], words: CellValue) -> None:
    answer = term(kind, words)
    assert isinstance(answer, Unreadable)
    assert all(member.label in answer.reason for member in kind)


def test_an_empty_cell_names_no_member() -> None:
    assert term(Severity, " ") is None
    assert term(Severity, None) is None


@pytest.mark.parametrize("kind", CODE_LISTS, ids=lambda kind: kind.__name__)
def test_members_of_one_list_are_never_mixed_up_with_another(kind: type[Term]) -> None:
    for other in CODE_LISTS:
        for member in other:
            found = term(kind, member.label)
            assert found is None or isinstance(found, kind | Unreadable)


@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("乡(镇)河长", Level.TOWN),
        ("乡（镇）河长", Level.TOWN),
        ("镇级河长", Level.TOWN),
        ("村河长", Level.VILLAGE),
        ("县副总河长", Level.COUNTY),
        ("市第一总河长", Level.CITY),
        ("河长", None),
        ("巡查员", None),
        (None, None),
    ],
)
def test_the_level_in_the_name_of_a_role(role: str | None, level: Level | None) -> None:
    assert level_in_role(role) is level


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats()), st.sampled_from(CODE_LISTS))
def test_never_raises(cell: CellValue, kind: type[Term]) -> None:
    answer = term(kind, cell)
    assert answer is None or isinstance(answer, kind | Unreadable)
    assert level_in_role(cell) is None or isinstance(level_in_role(cell), Level)
