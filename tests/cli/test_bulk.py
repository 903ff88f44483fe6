from __future__ import annotations

from tests.cli.conftest import Cli, sets


def test_a_plan_of_many_answers_and_changes_nothing(cli: Cli) -> None:
    cli("problem", "do", "砚2025-003", "verify", *sets(severity="一般"))
    document = cli.json("problem", "bulk", "assign", "砚2025-002", "砚2025-003", "--dry-run")
    assert (document["action"], document["doable"], document["refused"]) == ("assign", 1, 1)
    first, second = document["lines"]
    assert (first["number"], first["can"]) == ("砚2025-002", False)
    assert "不能交办" in first["reason"]
    assert second["sentence"].startswith("砚2025-003交办给柳塘村，限2025-04-")
    assert cli.json("problem", "show", "砚2025-003")["state"] == "to_assign"
    text = cli("problem", "bulk", "交办", "砚2025-002", "砚2025-003", "--dry-run").stdout
    assert "将办理\t砚2025-003\t砚2025-003交办给柳塘村" in text
    assert text.endswith("将办理 1 件，不能办理 1 件；没有办理。\n")


def test_done_as_one_batch_and_taken_back_by_one_undo(cli: Cli) -> None:
    said = cli("problem", "bulk", "tag", "砚2025-001", "砚2025-003", *sets(campaign="清河行动")).stdout
    assert said == "批量加入专项 2件。\n"
    assert cli.json("problem", "show", "砚2025-001")["campaigns"] == "清河行动"
    acts = [cli.json("problem", "show", number) for number in ("砚2025-001", "砚2025-003")]
    assert {item["campaigns"] for item in acts} == {"清河行动"}
    cli("undo")
    assert cli.json("problem", "show", "砚2025-001")["campaigns"] == ""
    assert cli.json("problem", "show", "砚2025-003")["campaigns"] == ""
    assert cli.json("verify", "--replay")["whole"]


def test_what_can_not_be_done_stops_all_unless_skipped(cli: Cli) -> None:
    words = ("problem", "bulk", "verify", "砚2025-001", "砚2025-003", *sets(severity="一般"))
    assert cli.refused(*words).startswith("砚2025-001不能办理。请改正，或选择跳过不能办理的。")
    assert cli.json("problem", "show", "砚2025-003")["state"] == "to_verify"
    text = cli(*words, "--skip").stdout
    assert text.startswith("批量核实属实 1件。\n跳过 1 件：\n  砚2025-001：砚2025-001现为“已销号”")
    assert cli.json("problem", "show", "砚2025-003")["state"] == "to_assign"


def test_chosen_by_a_filter(cli: Cli) -> None:
    document = cli.json(
        "problem", "bulk", "extend", "--filter", "village=上溪村", *sets(days="20", words="汛期"), "--dry-run"
    )
    assert [line.get("sentence") for line in document["lines"]] == ["砚2025-002延期至2025-04-09"]


def test_bad_usage_is_said(cli: Cli) -> None:
    assert "没有批量动作“merge”" in cli.refused("problem", "bulk", "merge", "砚2025-001", code=4)
    assert "二者选一" in cli.refused("problem", "bulk", "verify", code=4)
    both = ("problem", "bulk", "verify", "砚2025-001", "--filter", "village=柳塘村")
    assert "二者选一" in cli.refused(*both, code=4)
    assert "没有符合条件的问题" in cli.refused("problem", "bulk", "verify", "--filter", "text=无此字样")
    assert "没有问题砚2025-099" in cli.refused("problem", "bulk", "verify", "砚2025-099")
    assert "请填写原因说明" in cli.refused("problem", "bulk", "refute", "砚2025-003")
    assert "没有“unti”这一项" in cli.refused("problem", "bulk", "assign", "砚2025-003", *sets(unti="甲"))


def test_looking_back_is_due_and_ticked(cli: Cli) -> None:
    assert cli.json("look-back", "due", today="2025-04-09")["count"] == 0
    assert cli.json("look-back", "due", "--soon", today="2025-04-09")["count"] == 1
    (row,) = cli.json("look-back", "due", today="2025-04-12")["rows"]
    assert (row["number"], row["overdue"], row["dates"]) == (
        "砚2025-001",
        2,
        [{"months": 1, "due_on": "2025-04-10"}],
    )
    assert cli("look-back", "due", today="2025-04-12").stdout.splitlines()[1].startswith("砚2025-001\t柳塘村")
    planned = cli.json("look-back", "tick", "--dry-run", today="2025-04-12")
    assert planned["lines"] == [{"number": "砚2025-001", "can": True, "sentence": "砚2025-001回头看：未反弹"}]
    assert cli("look-back", "tick", today="2025-04-12").stdout == "批量回头看 1件。\n"
    step = cli.json("problem", "show", "砚2025-001")["steps"][-1]
    assert (step["action"], step["words"], step["actor"]) == ("look_back", "现场查看，未发现反弹", "李海")
    assert cli.json("look-back", "due", today="2025-04-12")["count"] == 0
    assert "没有到期要回头看的问题" in cli("look-back", "tick", code=2, today="2025-04-12").stderr


def test_looking_back_at_chosen_ones(cli: Cli) -> None:
    said = cli("look-back", "tick", "砚2025-001", *sets(words="已复查"), today="2025-03-31").stdout
    assert said == "批量回头看 1件。\n"
    rows = cli.json("look-back", "due", "--all", "--filter", "closed=2025-03", today="2025-03-31")["rows"]
    assert [(row["look_back"], row["looked_on"], row["looks"]) for row in rows] == [("held", "2025-03-31", 1)]
    assert "二者选一" in cli.refused("look-back", "tick", "砚2025-001", "--filter", "closed=2025", code=4)
    assert "只写一个" in cli.refused("look-back", "due", "--soon", "--all", code=4)
