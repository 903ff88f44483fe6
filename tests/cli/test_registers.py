from __future__ import annotations

from tests.cli.conftest import Cli, sets


def test_a_village_is_added_under_the_township(cli: Cli) -> None:
    made = cli.json("area", "add", *sets(name="青石村", code="990121103205", population="812"))
    assert made["sentence"] == "新增行政区青石村"
    shown = cli.json("area", "show", "青石村")
    assert (shown["level"], shown["parent_name"], shown["population"]) == ("village", "砚溪镇", 812)
    cli("area", "edit", "青石村", *sets(population="820"))
    assert cli.json("area", "show", "990121103205")["population"] == 820
    cli("area", "retire", "青石村", *sets(on="2025-03-01"))
    assert cli.refused("area", "show", "青石村") == "台账里没有行政区“青石村”，请核对名称。"


def test_an_area_above_the_township(cli: Cli) -> None:
    cli("area", "add", *sets(name="云岭县", level="县"))
    assert cli.json("area", "show", "云岭县")["parent_name"] is None
    cli("area", "edit", "砚溪镇", *sets(parent="云岭县"))
    assert cli.json("area", "show", "砚溪镇")["parent_name"] == "云岭县"


def test_an_area_of_that_name_is_refused(cli: Cli) -> None:
    assert cli.refused("area", "add", *sets(name="柳塘村")) == "“柳塘村”已经在台账里，不必重复新增。"


def test_waters(cli: Cli) -> None:
    cli("water", "add", *sets(name="青石水库", kind="水库", length_km="1.2"))
    shown = cli.json("water", "show", "青石水库")
    assert (shown["kind"], shown["length_km"], shown["code"]) == ("reservoir", 1.2, "H003")
    cli("water", "edit", "H003", *sets(length_km="", basin="淮河"))
    shown = cli.json("water", "show", "青石水库")
    assert (shown["length_km"], shown["basin"], shown["kind"]) == (None, "淮河", "reservoir")
    assert cli("water", "show", "青石水库").stdout.startswith("编号：3\n河湖编码：H003\n")
    cli("water", "retire", "青石水库")
    assert cli.json("list", "waters", "--filter", "retired=yes")["count"] == 3
    assert "还有在用河段（柳塘河），请先停用河段。" in cli.refused("water", "retire", "柳塘河")


def test_reaches(cli: Cli) -> None:
    cli(
        "reach",
        "add",
        *sets(
            water="柳塘河",
            name="柳塘河下段",
            villages="上溪村、柳塘村",
            downstream="上溪",
            level="县级",
            bank="左岸",
        ),
    )
    shown = cli.json("reach", "show", "柳塘河下段")
    assert (shown["village_names"], shown["downstream_name"]) == ("上溪村、柳塘村", "上溪")
    assert (shown["level"], shown["bank"], shown["code"]) == ("county", "left", "H001-02")
    cli("reach", "edit", "柳塘河下段", *sets(length_km="2.5"))
    shown = cli.json("reach", "show", "柳塘河下段")
    assert (shown["length_km"], shown["village_names"]) == (2.5, "上溪村、柳塘村")
    cli("reach", "retire", "柳塘河下段")
    assert cli.refused("reach", "show", "柳塘河下段").startswith("台账里没有河段")


def test_a_chief_is_added_with_the_tenure(cli: Cli) -> None:
    made = cli.json(
        "chief",
        "add",
        *sets(
            name="孙文",
            area="砚溪镇",
            level="镇级",
            title="副镇长",
            phone="000",
            valid_from="2025-01-01",
            reaches="柳塘河、上溪",
        ),
    )
    assert made["sentence"] == "孙文任砚溪镇乡级河长"
    shown = cli.json("chief", "show", "孙文")
    assert (shown["title"], shown["reach_names"], shown["level"]) == ("副镇长", "柳塘河、上溪", "town")
    assert cli.json("reach", "show", "上溪")["town_chief"] == "孙文"


def test_a_tenure_that_does_not_fit_leaves_no_person_behind(cli: Cli) -> None:
    said = cli.refused("chief", "add", *sets(name="孙文", area="砚溪镇", level="镇级"))
    assert said == "请填写任职起（valid_from）"
    assert (
        cli.refused("chief", "add", *sets(person="孙文", area="砚溪镇"))
        == "台账里没有人员“孙文”，请核对名称。"
    )


def test_a_person_of_the_ledger_takes_another_role(cli: Cli) -> None:
    given = sets(person="赵春", area="柳塘村", level="村", role="保洁员", valid_from="2025-03-01")
    assert cli.json("chief", "add", *given)["sentence"] == "赵春任柳塘村村级保洁员"
    said = cli.refused("chief", "show", "赵春")
    assert said.startswith("叫“赵春”的任职有 2 个：柳塘村村级河长（1）、柳塘村村级保洁员（3）")
    assert cli.json("chief", "show", "3")["role"] == "cleaner"


def test_the_end_of_a_tenure(cli: Cli) -> None:
    cli("chief", "end", "赵春", *sets(last_day="2025-03-15"))
    assert cli.json("chief", "show", "赵春")["valid_to"] == "2025-03-15"
    assert [row["name"] for row in cli.json("list", "chiefs")["rows"]] == ["钱树"]
    assert cli.refused("chief", "end", "孙文") == "台账里没有“孙文”的任职，请核对姓名。"


def test_charge_of_reaches_and_delegation(cli: Cli) -> None:
    cli("chief", "take", "赵春", *sets(reaches="上溪", valid_from="2025-02-01"))
    assert cli.json("chief", "show", "赵春")["reach_names"] == "柳塘河、上溪"
    cli("chief", "leave", "赵春", *sets(reaches="柳塘河", last_day="2025-03-01"))
    assert cli.json("chief", "show", "赵春")["reach_names"] == "上溪"
    given = sets(delegate="钱树", delegate_from="2025-03-01", delegate_to="2025-04-30")
    assert cli.json("chief", "delegate", "赵春", *given)["sentence"].startswith("赵春委托钱树巡河")
    own = sets(delegate="赵春", delegate_from="2025-03-01", delegate_to="2025-04-30")
    assert "不能是河长本人" in cli.refused("chief", "delegate", "赵春", *own)


def test_a_person_s_values_are_edited(cli: Cli) -> None:
    cli("chief", "edit", "赵春", *sets(phone="111", area="上溪村"))
    assert cli.json("chief", "show", "赵春")["phone"] == "111"


def test_patrols(cli: Cli) -> None:
    made = cli.json(
        "patrol",
        "add",
        *sets(
            chief="赵春",
            reaches="柳塘河、上溪",
            started_at="2025-03-12 09:00",
            ended_at="2025-03-12 09:45",
            km="2.1",
            mode="步行",
            performer="本人",
            check__3="水面有漂浮物",
        ),
    )
    shown = cli.json("patrol", "show", str(made["id"]))
    assert (shown["person_name"], shown["minutes"], shown["reach_names"]) == ("赵春", 45, "柳塘河、上溪")
    assert shown["checks"] == [{"item": 3, "answer": "no", "note": "水面有漂浮物"}]
    assert "里程(km)：2.10" in cli("patrol", "show", str(made["id"])).stdout
    cli("patrol", "void", str(made["id"]), *sets(words="录错人"))
    assert cli.json("patrol", "show", str(made["id"]))["voided_on"] == "2025-03-31"
    assert cli.json("list", "patrols")["count"] == 2
    assert cli.json("list", "patrols", "--filter", "voided=yes")["count"] == 3


def test_a_patrol_out_of_office_is_refused(cli: Cli) -> None:
    said = cli.refused("patrol", "add", *sets(chief="赵春", reach="柳塘河", started_at="2023-03-12 09:00"))
    assert said == "赵春在 2023-03-12 不在任，请核对日期或任职。"
    assert cli.refused("patrol", "show", "99") == "台账里没有巡河记录 99，请核对编号。"


def test_each_register_lists_itself(cli: Cli) -> None:
    for noun, name in (
        ("patrol", "patrols"),
        ("chief", "chiefs"),
        ("water", "waters"),
        ("reach", "reaches"),
        ("area", "areas"),
    ):
        assert cli.json(noun, "list") == cli.json("list", name)
