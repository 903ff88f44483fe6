from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from river_chief.errors import Refusal
from river_chief.intake.sheet_guess import look_at
from river_chief.sample.county_sheet import FILE
from river_chief.sample.workbooks import AREAS, CHIEFS, PATROLS, WATERS, write_workbooks
from river_chief.terms import ImportKind

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("areas.xls", ImportKind.AREAS),
        ("waters.xls", ImportKind.WATERS),
        ("chiefs.xls", ImportKind.CHIEFS),
        ("patrols.xls", ImportKind.PATROLS),
        ("problems.xls", ImportKind.PROBLEMS),
        ("problems.ods", ImportKind.PROBLEMS),
    ],
)
def test_the_kind_of_a_countys_export(name: str, kind: ImportKind) -> None:
    assert look_at(DATA / name).kind is kind


def test_the_kinds_of_the_samples_workbooks(tmp_path: Path) -> None:
    write_workbooks(tmp_path)
    kinds = [look_at(tmp_path / name).kind for name in (FILE, AREAS, WATERS, CHIEFS, PATROLS)]
    assert kinds == [
        ImportKind.PROBLEMS,
        ImportKind.AREAS,
        ImportKind.WATERS,
        ImportKind.CHIEFS,
        ImportKind.PATROLS,
    ]


def test_a_workbook_without_known_heads_has_no_kind(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "乙"])
    book.create_sheet("空表")
    book.save(tmp_path / "别的.xlsx")
    look = look_at(tmp_path / "别的.xlsx")
    assert (look.sheets, look.kind) == (("Sheet",), None)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(Refusal, match="图片"):
        look_at(tmp_path / "表.xlsx")
