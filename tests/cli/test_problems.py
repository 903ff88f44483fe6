from __future__ import annotations

from tests.cli.conftest import Cli, sets

NEW = [
    word
    for item in (
        "found_on=2025-03-12",
        "source=河长巡河",
        "village=柳塘村",
        "reach=柳塘河",
        "category=乱扔乱堆生活垃圾",
        "description=桥下堆放垃圾",
        "volume_m3=12",
        "happened_at=2025-03-12",
    )
    for word in ("--set", item)
]


def test_the_whole_loop_by_do(cli: Cli) -> None:
    made = cli.json("problem", "add", *NEW)
    assert made["sentence"] == "登记问题砚2025-004"
    assert (made["number"], made["state"]) == ("砚2025-004", "to_verify")
    steps = [
        (
            "verify",
            sets(happened_at="2025-03-12", severity="一般", severity_reason="当日已清走大半"),
            "to_assign",
        ),
        ("交办", sets(happened_at="2025-03-13", unit="柳塘村", officer="赵春"), "to_sign"),
        ("sign-for", sets(happened_at="2025-03-13", actor="赵春"), "rectifying"),
        (
            "submit",
            sets(happened_at="2025-03-15", progress="已清理", work__rubbish="12", work__出动人次="3"),
            "to_accept",
        ),
        ("reject", sets(happened_at="2025-03-16", words="还有残留"), "rectifying"),
        ("submit", sets(happened_at="2025-03-17", progress="已清理"), "to_accept"),
        ("accept", sets(happened_at="2025-03-18", actor="钱树、孙文"), "to_close"),
        (
            "close",
            sets(
                happened_at="2025-03-20",
                approver="县河长办",
                approval_number="县〔2025〕9号",
            ),
            "closed",
        ),
        ("look_back", sets(happened_at="2025-03-25"), "closed"),
        ("relapse", sets(happened_at="2025-03-28", words="又堆了"), "rectifying"),
    ]
    for action, given, state in steps:
        if action == "submit":
            said = cli.refused("problem", "do", "砚2025-004", action, *given)
            assert said.startswith("缺少：整改前照片、整改后照片"), said
        excuse = sets(exception="相机损坏，未拍照") if action == "submit" else []
        done = cli.json("problem", "do", "砚2025-004", action, *given, *excuse)
        assert done["state"] == state, action
        assert done["number"] == "砚2025-004"
    shown = cli.json("problem", "show", "砚2025-004")
    assert shown["work"] == {"rubbish": 12, "labour": 3}
    assert [item["origin"] for item in shown["rounds"]] == ["found", "relapse"]
    assert [item["action"] for item in shown["steps"]][:3] == ["register", "verify", "assign"]
    assert shown["actions"] == done["actions"]
    closing = next(step for step in shown["steps"] if step["action"] == "close")
    assert closing["details"] == {"approver": "县河长办", "approval_number": "县〔2025〕9号"}
    assert cli.json("verify", "--replay")["whole"]


def test_the_answer_of_do_says_what_may_follow(cli: Cli) -> None:
    text = cli("problem", "do", "砚2025-003", "verify", "--set", "severity=minor").stdout
    assert text.startswith("砚2025-003核实属实，一般。现为“待交办”，接下来可以：交办（assign）、")


def test_do_records_who_and_when(cli: Cli) -> None:
    cli("problem", "do", "砚2025-003", "verify", *sets(severity="一般", actor="孙文", words="现场核实"))
    step = cli.json("problem", "show", "砚2025-003")["steps"][-1]
    assert (step["actor"], step["words"], step["happened_at"]) == ("孙文", "现场核实", "2025-03-31T00:00:00")
    assert cli.json("problem", "history", "砚2025-003")["acts"][0]["by"] == "李海"


def test_an_action_out_of_order_is_refused_and_nothing_changes(cli: Cli) -> None:
    said = cli.refused("problem", "do", "砚2025-003", "close")
    assert said.startswith("砚2025-003现为“待核实”，不能销号；现在可以：核实属实、")
    assert cli.json("problem", "show", "砚2025-003")["state"] == "to_verify"


def test_what_does_not_fit_is_named_field_by_field(cli: Cli) -> None:
    said = cli.refused("problem", "add", *sets(found_on="2025-13-5", source="Y77", lon="abc", foo="1"))
    for part in (
        "发现时间“2025-13-5”不是日期",
        "问题来源“Y77”不在可选范围内",
        "经度“abc”应是数字",
        "没有“foo”这一项",
    ):
        assert part in said


def test_missing_fields_are_refused_but_a_draft_keeps_them(cli: Cli) -> None:
    assert cli.refused("problem", "add", *sets(found_on="2025-03-05")).startswith("请填写")
    draft = cli.json("problem", "add", "--draft", *sets(found_on="2025-03-05"))
    assert draft["state"] == "draft"
    number = draft["number"]
    cli("problem", "edit", number, *NEW[2:-2], *sets(found_on="2025-03-06"))
    done = cli.json("problem", "do", number, "register")
    assert (done["state"], done["number"]) == ("to_verify", "砚2025-004")


def test_names_that_are_not_in_the_ledger(cli: Cli) -> None:
    assert cli.refused("problem", "add", *sets(village="张村")) == "台账里没有村“张村”，请核对名称。"
    assert cli.refused("problem", "add", *sets(reach="北河")) == "台账里没有河段“北河”，请核对名称。"
    assert cli.refused("problem", "add", *sets(water="北河")) == "台账里没有河湖“北河”，请核对名称。"
    assert cli.refused("problem", "add", *sets(category="乱")) == "台账里没有问题子类“乱”，请核对名称。"
    assert cli.refused("problem", "add", *sets(campaign="无")) == "台账里没有专项“无”，请核对名称。"


def test_an_edit_changes_only_what_is_given(cli: Cli) -> None:
    before = cli.json("problem", "show", "砚2025-002")
    cli("problem", "edit", "砚2025-002", *sets(place="上溪桥北", area_m2="40"))
    after = cli.json("problem", "show", "砚2025-002")
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"place", "area_m2", "extent", "version"}
    cli("problem", "edit", "砚2025-002", *sets(reach="柳塘河", area_m2=""))
    after = cli.json("problem", "show", "砚2025-002")
    assert (after["water_name"], after["area_m2"]) == ("柳塘河", None)
    cli("problem", "edit", "砚2025-002", *sets(reach=""))
    after = cli.json("problem", "show", "砚2025-002")
    assert (after["water_name"], after["reach_name"]) == ("柳塘河", None)
    assert cli.refused("problem", "edit", "砚2025-002", *sets(severity="")) == (
        "核实过的问题要有严重程度，请填写（severity）"
    )
    cli("problem", "edit", "砚2025-003", *sets(severity=""))


def test_campaigns_are_given_by_name(cli: Cli) -> None:
    from river_chief.queries import choices
    from river_chief.storage.database import Database

    with Database.open(cli.ledger) as database, database.read() as session:
        first, second = choices.campaigns(session)[:2]
    cli("problem", "edit", "砚2025-001", *sets(campaign=f"{first.label}、{second.label}"))
    assert cli.json("problem", "show", "砚2025-001")["campaigns"] == f"{first.label}、{second.label}"
    found = cli.json("list", "ledger", "--filter", f"campaign={second.label}")["rows"]
    assert [row["number"] for row in found] == ["砚2025-001"]


def test_a_problem_goes_by_the_number_of_the_office_above(cli: Cli) -> None:
    assert cli.json("problem", "show", "县0071")["number"] == "砚2025-002"
    assert cli.refused("problem", "show", "县9") == "台账里没有问题县9，请核对编号。"


def test_show_for_a_person(cli: Cli) -> None:
    text = cli("problem", "show", "砚2025-001").stdout
    for part in ("所在村：柳塘村", "当前状态：已销号", "2025-03-10  签收  赵春", "交办单 ", "现为“已销号”"):
        assert part in text


def test_history_for_a_person(cli: Cli) -> None:
    text = cli("problem", "history", "砚2025-001").stdout
    assert (
        text.index("办理步骤：") < text.index("验收通过") < text.index("改动记录：") < text.index("登记问题")
    )


def test_problem_list_is_list_ledger(cli: Cli) -> None:
    here = cli.json("problem", "list")
    assert [row["number"] for row in here["rows"]] == ["砚2025-001", "砚2025-002", "砚2025-003"]
    assert here == cli.json("list", "ledger")


def test_what_waits_above_and_what_lacks_proof_are_listed(cli: Cli) -> None:
    def numbers(*filters: str) -> list[str]:
        asked = [word for each in filters for word in ("--filter", each)]
        return [row["number"] for row in cli.json("list", "ledger", *asked)["rows"]]

    cli("problem", "do", "砚2025-003", "verify", *sets(severity="较严重", severity_reason="靠近取水口"))
    cli("problem", "do", "砚2025-003", "assign", *sets(unit="柳塘村"))
    cli("problem", "do", "砚2025-003", "sign-for", *sets(actor="赵春"))
    assert "砚2025-003" in numbers("lacks_proof=yes")
    assert "砚2025-001" not in numbers("lacks_proof=yes")
    shown = cli("problem", "show", "砚2025-003").stdout
    assert "下一步还缺：整改前照片、整改后照片、" in shown
    cli("problem", "do", "砚2025-003", "submit", *sets(progress="已清", exception="手机损坏"))
    cli("problem", "do", "砚2025-003", "accept", *sets(actor="钱树、孙文"))
    assert "砚2025-003" in numbers("reported=yes", "state=待销号")
    said = cli.refused("problem", "do", "砚2025-003", "close", *sets(exception="电话批复"))
    assert said.startswith("该问题由县级河长办销号，收到批准后请填写批准销号的单位")
