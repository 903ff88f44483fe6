from __future__ import annotations

import pytest

from river_chief.queries.dimensions import Dimension
from tests.cli.conftest import Cli

STOCK = ("opening", "found", "relapsed", "closed", "unfounded", "handed_over", "merged", "voided", "ending")


@pytest.mark.parametrize("dimension", Dimension)
def test_the_lines_of_a_dimension_and_the_rows_behind_them(cli: Cli, dimension: Dimension) -> None:
    whole = cli.json("report", "monthly", "2025-03")["stock"]
    found = cli.json("report", "by", dimension.value, "2025-03")
    assert (found["dimension"], found["name"]) == (dimension.value, dimension.label)
    assert (found["from"], found["to"], found["as_of"]) == ("2025-03-01", "2025-03-31", "2025-03-31")
    if found["adds_up"]:
        assert {key: sum(line[key] for line in found["lines"]) for key in STOCK} == whole
    for line in found["lines"]:
        name = line["name"].partition("（")[0] if dimension is Dimension.CHIEF else line["name"]
        for key in ("found", "ending"):
            behind = cli.json("report", "rows", "2025-03", key, "--only", f"{dimension.label}={name}")
            assert behind["count"] == line[key], (line["name"], key)
    if dimension is not Dimension.CAMPAIGN:
        assert any(line["found"] for line in found["lines"])


def test_a_breakdown_for_a_person(cli: Cli) -> None:
    text = cli("report", "by", "河长", "2025-03").stdout.splitlines()
    assert text[0] == "砚溪镇河长制办公室 2025-03-01 至 2025-03-31 按河长"
    assert text[1].startswith("河长\t期初\t新增\t反弹\t销号\t")
    assert text[-1] == "一个问题算给它所在河段的每一级河长（村级河长只算本村的），各行相加不等于全镇的数。"
    days = cli("report", "by", "village", "--from", "2025-03-01", "--to", "2025-03-10").stdout
    assert "2025-03-01 至 2025-03-10 按村（社区）" in days
    assert "各行相加" not in days


def test_several_lines_at_once(cli: Cli) -> None:
    here = cli.json("report", "rows", "2025-03", "found", "--only", "village=柳塘村")
    assert here == cli.json("report", "rows", "2025-03", "found", "--village", "柳塘村")
    both = cli.json(
        "report", "rows", "2025-03", "found", "--only", "village=柳塘村", "--only", "村（社区）=上溪村"
    )
    assert both["count"] == cli.json("report", "rows", "2025-03", "found")["count"] > here["count"] > 0


def test_what_there_is_not(cli: Cli) -> None:
    assert "没有分组“weather”" in cli.refused("report", "by", "weather", "2025-03", code=4)
    rows = ("report", "rows", "2025-03", "found", "--only")
    assert "请写成 分组=名称" in cli.refused(*rows, "unit", code=4)
    assert "严重程度没有“不小”" in cli.refused(*rows, "severity=不小", code=4)
    assert "台账里没有河湖“黄河”" in cli.refused(*rows, "water=黄河")
