"""The sample township by the command line, and the month of it reckoned again from its ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from river_chief.cli import app

NOT_REAL = {"unfounded", "merged", "handed_over", "voided"}


def answer(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == 0, result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("demo")
    made = answer("demo", str(folder / "示例"), "--until", "2025-03-31", "--json")
    assert Path(made["ledger"]) == folder / "示例" / "ledger"
    return ("--ledger", made["ledger"], "--today", made["present"])


@pytest.mark.parametrize("month", ["2024-12", "2025-03"])
def test_a_month_agrees_with_the_ledger_reckoned_by_hand(
    sample: tuple[str, ...], month: str, tmp_path: Path
) -> None:
    out = tmp_path / "x.json"
    answer(*sample, "list", "ledger", "-o", str(out), "--json")
    problems = json.loads(out.read_text("utf-8"))["rows"]
    report = answer(*sample, "report", "monthly", month, "--json")
    first, last = report["from"], report["to"]
    rounds = [item for problem in problems for item in problem["rounds"]]
    stock = {
        "opening": sum(r["opened_on"] < first and not out_by(r, before=first) for r in rounds),
        "found": sum(
            r["origin"] in ("found", "returned") and first <= r["opened_on"] <= last for r in rounds
        ),
        "relapsed": sum(r["origin"] == "relapse" and first <= r["opened_on"] <= last for r in rounds),
        "ending": sum(r["opened_on"] <= last and not out_by(r, on=last) for r in rounds),
    }
    for exit in ("closed", *NOT_REAL):
        stock[exit] = sum(r["exit"] == exit and first <= r["exit_on"] <= last for r in rounds)
    assert report["stock"] == stock
    known = [[r for r in problem["rounds"] if r["opened_on"] <= last] for problem in problems]
    newest = [own[-1] for own in known if own]
    real = [r for r in newest if not (r["exit"] in NOT_REAL and out_by(r, on=last))]
    closed = [r for r in real if r["exit"] == "closed" and out_by(r, on=last)]
    rate = next(item for item in report["rates"] if item["key"] == "closing_rate_cumulative")
    assert (rate["numerator"], rate["denominator"]) == (len(closed), len(real))


def out_by(round: dict[str, Any], *, on: str = "", before: str = "") -> bool:
    """Whether the round is out at the end of a day, or before it."""
    day = round["exit_on"]
    return day is not None and (day <= on if on else day < before)


def test_the_county_s_workbook_goes_in_and_out_again(sample: tuple[str, ...]) -> None:
    folder = Path(sample[1]).parent / "workbooks"
    (book,) = (str(path) for path in folder.iterdir() if "交办清单" in path.name)
    before = answer(*sample, "verify", "--json")["acts"]
    planned = answer(*sample, "import", "problems", book, "--dry-run", "--json")
    assert (planned["new"], planned["refused"], planned["header_rows"]) == (10, 4, [3, 4])
    refused = [cell for row in planned["rows"] if row["state"] == "refused" for cell in row["cells"]]
    assert {cell["value"] for cell in refused} >= {"2025.13.5", "枫林村"}
    assert all(cell["cell"] and cell["reason"] for cell in refused)
    assert answer(*sample, "verify", "--json")["acts"] == before
    done = answer(*sample, "import", "problems", book, "--json")
    assert done["applied"]["new"] == 10
    again = answer(*sample, "import", "problems", book, "--json")
    assert (again["new"], again["same"], "batch" in again) == (0, 10, False)
    answer(*sample, "undo", "--batch", str(done["batch"]), "--json")
    assert answer(*sample, "import", "problems", book, "--dry-run", "--json")["new"] == 10
    assert answer(*sample, "verify", "--replay", "--json")["whole"]


def test_a_sample_is_not_made_over_another(sample: tuple[str, ...]) -> None:
    folder = Path(sample[1]).parent
    result = CliRunner().invoke(app, ["demo", str(folder)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "已经有了，请另选文件夹" in result.stderr


def test_an_unknown_size(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["demo", str(tmp_path / "x"), "--size", "world"])
    assert result.exit_code == 4
    assert result.stderr.startswith("没有规模“world”，可用的有：township")
    assert not (tmp_path / "x").exists()
    early = CliRunner().invoke(app, ["demo", str(tmp_path / "x"), "--size", "city", "--until", "2025-01-01"])
    assert (early.exit_code, early.stderr) == (4, "--until 只用于 township。\n")
