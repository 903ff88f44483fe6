from __future__ import annotations

from pathlib import Path

import pytest

from river_chief.papers.charts.period import CHARTS
from tests.cli.conftest import Cli

STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_is_told_in_numbers(cli: Cli, kind: str) -> None:
    told = cli.json("report", "chart", kind, "2025-03")
    assert told["kind"] == kind
    assert told["title"]
    lines = cli("report", "chart", kind, "2025-03").stdout.splitlines()
    assert lines == [told["title"], *(f"{each['name']}\t{each['text']}" for each in told["data"])]


def test_the_numbers_are_those_of_the_report(cli: Cli) -> None:
    report = cli.json("report", "monthly", "2025-03")
    stock = {each["name"]: each["value"] for each in cli.json("report", "chart", "stock", "2025-03")["data"]}
    for name, key in (("期末存量", "ending"), ("新增", "found"), ("销号", "closed")):
        assert stock[f"2025年3月{name}"] == report["stock"][key]
    villages = cli.json("report", "chart", "villages", "2025-03")["data"]
    rates = {
        line["village"]: line["rates"]["closing_rate_cumulative"]["value"] for line in report["by_village"]
    }
    assert {each["name"]: each["value"] for each in villages} == rates
    states = cli.json("report", "chart", "states", "2025-03")["data"]
    assert sum(each["value"] for each in states) == report["stock"]["ending"]
    days = cli.json("report", "chart", "patrols", "2025-03")["data"]
    assert [each["name"] for each in days if each["value"]] == ["2025-03-05"]


@pytest.mark.parametrize("suffix", STARTS)
def test_a_chart_is_written_as_a_picture(cli: Cli, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"图{suffix}"
    result = cli("report", "chart", "states", "2025-03", "-o", str(out))
    assert (result.stdout, result.stderr) == ("", f"图表已写入 {out}。\n")
    assert out.read_bytes().startswith(STARTS[suffix])


def test_what_can_not_be_drawn_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert "没有图“pie”，可用的有：stock、" in cli.refused("report", "chart", "pie", "2025-03", code=4)
    out = str(tmp_path / "图.gif")
    assert ".svg、.png、.pdf 结尾" in cli.refused("report", "chart", "states", "2025-03", "-o", out, code=4)
    assert "2025-04-01 开始，现在还没有到" in cli.refused("report", "chart", "states", "2025-04")
    assert list(tmp_path.glob("图*")) == []
