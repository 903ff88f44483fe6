"""The main job once through on the sample, and what it may replace."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from river_chief.sample.demo_run import FORMS, LEDGER, MARK, PAPERS, WORKBOOKS, carry_through, clear, main
from river_chief.storage.database import Database
from river_chief.storage.verify import verify

NAMES = ("问题清单", "责任清单", "整改清单", "销号签收单", "河长制工作月报")


def test_it_writes_the_papers_of_the_month_and_says_so(
    township_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    shutil.move(township_copy, out / LEDGER)
    with Database.open(out / LEDGER) as database:
        before = verify(database).head
    carry_through(out)
    for name in NAMES:
        for form in FORMS:
            file = out / f"{name}（2025年3月）{form}"
            assert file.stat().st_size > 5000, file
    assert len(PAPERS) == len(NAMES)
    issues = load_workbook(BytesIO((out / "问题清单（2025年3月）.xlsx").read_bytes())).active
    assert issues is not None
    texts = [str(cell.value) for row in issues.iter_rows() for cell in row]
    # of March: eleven new ones, and what was still open from before
    assert sum(text.startswith("砚2025-") for text in texts) >= 11
    said = capsys.readouterr().out
    assert "拒收4行" in said
    assert "C10：没有 13 月" in said
    assert "枫林村" in said
    with Database.open(out / LEDGER) as database:
        assert verify(database).head == before


def test_what_it_did_not_make_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / WORKBOOKS / "我的表.xlsx"
    own.parent.mkdir()
    own.write_text("mine")
    assert main([str(tmp_path)]) == 2
    assert "不是演示生成的" in capsys.readouterr().err
    assert own.read_text() == "mine"
    assert not (tmp_path / LEDGER).exists()


def test_what_it_made_is_cleared_away_for_the_next_run(tmp_path: Path) -> None:
    made = tmp_path / LEDGER
    made.mkdir()
    (made / MARK).write_text("demo")
    (made / "old").write_text("old")
    clear(made)
    assert not made.exists()
    clear(made)
