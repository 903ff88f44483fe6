"""Off the straight way and in one go, by command line: the same as in the window's walk through part 1."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli, sets

FOUND = {
    "found_on": "2025-03-20",
    "source": "Y01",
    "village": "柳塘村",
    "reach": "柳塘河",
    "category": "LD01",
    "description": "岸坡堆放生活垃圾",
    "volume_m3": "2",
}


@pytest.fixture
def number(cli: Cli) -> str:
    """The number of a problem registered just now."""
    return str(cli.json("problem", "add", *sets(**FOUND))["number"])


def do(cli: Cli, number: str, action: str, **values: str) -> str:
    return str(cli.json("problem", "do", number, action, *sets(**values))["state"])


def test_handed_over_answered_and_back(cli: Cli, number: str) -> None:
    do(cli, number, "verify")
    assert do(cli, number, "hand_over", receiver="澜川县水利局", letter_number="砚移1号") == "handed_over"
    assert do(cli, number, "收到答复", reply="正在核实") == "handed_over"
    assert do(cli, number, "take-back", words="不属水利局管") == "to_assign"
    shown = cli.json("problem", "show", number)
    assert [item["origin"] for item in shown["rounds"]] == ["found", "returned"]
    assert (shown["handed_to"], shown["letter_number"]) == ("澜川县水利局", "砚移1号")


def test_held_and_resumed(cli: Cli, number: str) -> None:
    do(cli, number, "verify")
    do(cli, number, "assign", unit="柳塘村")
    do(cli, number, "sign_for", actor="赵春")
    said = cli.refused("problem", "do", number, "suspend", *sets(words="诉讼"))
    assert said == "请填写批准人（approver）；请填写挂账至（until）"
    held = {"approver": "县河长办", "until": "2025-06-30", "words": "诉讼"}
    assert do(cli, number, "挂账", **held) == "suspended"
    shown = cli.json("problem", "show", number)
    assert (shown["suspended_until"], shown["suspended_by"]) == ("2025-06-30", "县河长办")
    assert do(cli, number, "resume") == "rectifying"


def test_doubles_are_linked_both_ways(cli: Cli, number: str) -> None:
    other = str(cli.json("problem", "add", *sets(**FOUND))["number"])
    assert do(cli, other, "merge", into=number) == "merged"
    links = [cli.json("problem", "show", each)["links"] for each in (number, other)]
    assert links == [[{"words": "并入本问题", "number": other}], [{"words": "并入", "number": number}]]


def test_steps_in_one_go_and_one_undo(cli: Cli, number: str) -> None:
    cli("settings", "set", "merge_verify_assign=true", "merge_assign_sign=true")
    assert cli.refused("problem", "do", number, "verify", *sets(unit="柳塘村")) == "请填写签收人（signer）"
    assert do(cli, number, "verify", unit="柳塘村", signer="赵春") == "rectifying"
    steps = [step["action"] for step in cli.json("problem", "history", number)["steps"]]
    assert steps == ["register", "verify", "assign", "sign_for"]
    cli("undo")
    assert cli.json("problem", "show", number)["state"] == "to_verify"
    assert cli.json("problem", "do", number, "verify", "--only")["state"] == "to_assign"
