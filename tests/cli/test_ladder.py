from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.conftest import Cli, sets

LATE = "砚2025-002"


def test_what_is_proposed_is_issued_and_gone(cli: Cli) -> None:
    shown = cli.json("ladder", "show")
    assert shown["count"] == 1
    (proposal,) = shown["proposals"]
    assert proposal["step"] == "逾期督办"
    assert proposal["problems"] == [LATE]
    assert proposal["skipped"] == ["到期提醒", "逾期催办"]
    issued = cli.json("ladder", "issue", proposal["paper"], *proposal["problems"])
    assert issued["number"] == "砚河长办督〔2025〕1号"
    assert issued["sentence"] == f"印发督办单砚河长办督〔2025〕1号，主送上溪村，涉及{LATE}"
    assert cli.json("ladder", "show")["count"] == 0
    (row,) = cli.json("ladder", "list")["rows"]
    assert (row["step_name"], row["problem_numbers"]) == ("逾期督办", LATE)
    steps = cli.json("problem", "show", LATE)["steps"]
    assert (steps[-1]["action"], steps[-1]["words"]) == ("supervise", "时限2025-03-20，已逾期11天")


def test_the_answer_is_kept_with_its_scan(cli: Cli, tmp_path: Path) -> None:
    given = sets(issued_on="2025-03-21", answer_by="2025-03-25")
    number = cli.json("ladder", "issue", "督办单", LATE, *given)["number"]
    assert cli.json("ladder", "list", "--late")["count"] == 1
    scan = tmp_path / "答复.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    done = cli.json("ladder", "answer", number, "--scan", str(scan), *sets(answer="已拆除一半"))
    assert done["sentence"] == f"登记督办单{number}的答复"
    assert cli.json("ladder", "list", "--late")["count"] == 0
    (row,) = cli.json("ladder", "list")["rows"]
    assert (row["answer"], row["answer_state"]) == ("已拆除一半", "晚答复6天")


def test_one_issued_in_error_is_voided(cli: Cli) -> None:
    number = cli.json("ladder", "issue", "supervise", LATE, *sets(addressee="柳塘村"))["number"]
    assert "请填写作废原因" in cli.refused("ladder", "void", number)
    assert number in cli.json("ladder", "void", number, *sets(reason="主送写错"))["sentence"]
    assert cli.json("ladder", "show")["count"] == 1
    assert cli.json("ladder", "list", "--waiting")["count"] == 0


def test_a_village_is_written_to(cli: Cli) -> None:
    done = cli.json("ladder", "issue", "通报", "--village", "柳塘村", *sets(reason="连续两月未反馈"))
    assert done["sentence"] == "印发通报砚河长办通〔2025〕1号，主送柳塘村"


def test_what_is_wrong_is_said(cli: Cli) -> None:
    assert "没有督促文书“交办单”" in cli.refused("ladder", "issue", "交办单", LATE, code=4)
    assert "请写出涉及的问题编号" in cli.refused("ladder", "issue", "督办单", code=4)
    assert "没有督促文书砚督9号" in cli.refused("ladder", "answer", "砚督9号", *sets(answer="已改"))
    assert "不能催办" in cli.refused("ladder", "issue", "催办单", "砚2025-003", *sets(addressee="柳塘村"))


def test_a_single_step_does_the_same(cli: Cli) -> None:
    done = cli.json("problem", "do", LATE, "urge", *sets(addressee="上溪村村委会", words="请抓紧"))
    assert done["sentence"] == f"{LATE}催办：催办单砚河长办催〔2025〕1号"
    (row,) = cli.json("ladder", "list")["rows"]
    assert (row["addressee"], row["kind"]) == ("上溪村村委会", "urge")
