from __future__ import annotations

from datetime import date

import pytest

from river_chief.cli.filters import Asked, span_of
from river_chief.cli.speech import BadUsage
from river_chief.rules.office import OfficeSettings
from tests.cli.conftest import Cli

SETTINGS = OfficeSettings.for_place("砚溪镇")
FROM_26 = SETTINGS.model_copy(update={"period_start_day": 26})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2025-2", "2025-02-01", "2025-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-03-05", "2025-03-05", "2025-03-05"),
        ("2025-03-05..2025-03-08", "2025-03-05", "2025-03-08"),
        ("2025-01..2025-03", "2025-01-01", "2025-03-31"),
        ("2025-03-05..", "2025-03-05", None),
        ("..2025-03", None, "2025-03-31"),
    ],
)
def test_spans(text: str, first: str | None, last: str | None) -> None:
    found = tuple(day and day.isoformat() for day in span_of(SETTINGS, "found", text))
    assert found == (first, last)


def test_a_month_is_the_office_s_own() -> None:
    assert span_of(FROM_26, "found", "2025-03") == (date(2025, 2, 26), date(2025, 3, 25))
    assert span_of(FROM_26, "found", "2025") == (date(2024, 12, 26), date(2025, 12, 25))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("三月", "--filter 的“found=三月”不是日期，请写成 2025-03、2025-03-05 或 2025-03-01..2025-03-31。"),
        ("..", "--filter 的“found=..”不是日期，请写成 2025-03、2025-03-05 或 2025-03-01..2025-03-31。"),
        ("2025-02-30", "--filter 的“found=2025-02-30”不是日期"),
        ("2025-13", "--filter found 的“2025-13”不是月份，请写成 2025-03 的样子。"),
        ("0000", "--filter 的“found=0000”不是日期"),
        ("2025-03..2025-01", "--filter 的“found=2025-03..2025-01”止日早于起日，请核对。"),
    ],
)
def test_spans_that_are_none(text: str, sentence: str) -> None:
    with pytest.raises(BadUsage) as refused:
        span_of(SETTINGS, "found", text)
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("filter", "numbers"),
    [
        ("state=整改中", "2"),
        ("state=整改中、待核实", "2 3"),
        ("state=closed", "1"),
        ("stock=yes", "2 3"),
        ("village=柳塘村", "1 3"),
        ("village=990121103201", "2"),
        ("water=上溪", "2"),
        ("reach=柳塘河", "1 3"),
        ("group=乱堆", "1 3"),
        ("group=LJ", "2"),
        ("category=LJ01", "2"),
        ("severity=较重", "2"),
        ("source=县级督查暗访", "2"),
        ("source=Y01", "1 3"),
        ("found=2025-03", "1 2 3"),
        ("found=2025-03-04", "2"),
        ("registered=2025-03-01..2025-03-04", "1 2"),
        ("closed=2025-03", "1"),
        ("closed=2025-02", ""),
        ("deadline=2025-03-20", "2"),
        ("overdue=yes", "2"),
        ("text=棚房 上溪", "2"),
        ("number=砚2025-003", "3"),
        ("month=2025-02", ""),
        ("month=2025-03", "1 2 3"),
    ],
)
def test_filters_of_problems(cli: Cli, filter: str, numbers: str) -> None:
    rows = cli.json("list", "ledger", "--filter", filter)["rows"]
    assert " ".join(row["number"].removeprefix("砚2025-00") for row in rows) == numbers


def test_filters_hold_together(cli: Cli) -> None:
    both = ["--filter", "village=柳塘村", "--filter", "state=待核实"]
    assert cli.json("list", "ledger", *both)["count"] == 1


def test_a_month_s_list_holds_what_was_in_stock_on_any_of_its_days(cli: Cli) -> None:
    cli("problem", "add", "--set", "found_on=2025-03-31", *_problem(), today="2025-03-31")
    for month, numbers in (("2025-03", [1, 2, 3, 4]), ("2025-04", [2, 3, 4]), ("2025-02", [])):
        rows = cli.json("list", "issue", "--filter", f"month={month}", today="2025-04-30")["rows"]
        assert [row["number"] for row in rows] == [f"砚2025-00{n}" for n in numbers], month


def test_drafts_are_listed_only_when_asked_for(cli: Cli) -> None:
    cli("problem", "add", "--draft", "--set", "found_on=2025-03-31")
    assert cli.json("list", "ledger")["count"] == 3
    assert cli.json("list", "ledger", "--filter", "state=草稿")["count"] == 1


@pytest.mark.parametrize(
    ("name", "filter", "count"),
    [
        ("patrols", "month=2025-03", 1),
        ("patrols", "date=2025-02-20", 1),
        ("patrols", "chief=钱树", 1),
        ("patrols", "village=柳塘村", 1),
        ("patrols", "level=村", 2),
        ("patrols", "reach=上溪", 1),
        ("patrols", "finding=yes", 1),
        ("patrols", "entry=手工录入", 2),
        ("patrols", "text=垃圾", 1),
        ("chiefs", "role=河长", 2),
        ("chiefs", "role=总河长", 0),
        ("chiefs", "area=上溪村", 1),
        ("chiefs", "on=2023-12-31", 0),
        ("chiefs", "on=all", 2),
        ("chiefs", "reach=上溪", 1),
        ("waters", "kind=溪沟", 1),
        ("waters", "text=柳塘", 1),
        ("reaches", "village=上溪村", 2),
        ("reaches", "water=柳塘河", 1),
        ("reaches", "level=乡级", 2),
        ("areas", "level=村", 2),
    ],
)
def test_filters_of_the_other_ledgers(cli: Cli, name: str, filter: str, count: int) -> None:
    assert cli.json("list", name, "--filter", filter)["count"] == count


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ledger", "state=整"], "--filter 的“state”没有“整”，可选：草稿、待核实、"),
        (["ledger", "severity=严重"], "--filter 的“severity”没有“严重”，可选：一般、较严重、重大。"),
        (["ledger", "overdue=no"], "--filter 的“overdue”只能写 yes；不问就不写。"),
        (["ledger", "village="], "--filter 的“village”没有写值。"),
        (["ledger", "month=3月"], "--filter month 的“3月”不是月份，请写成 2025-03 的样子。"),
        (["due", "deadline=2025-03"], "临期问题的时限由设置决定"),
        (["overdue", "overdue=yes"], "逾期清单已经只列逾期的"),
        (["chiefs", "on=2025-03"], "--filter 的“on”要写一天"),
        (["waters", "village=柳塘村"], "--filter 没有“village”这一项，可用的有：text、kind、retired。"),
        (["patrols", "area=柳塘村", "village=柳塘村"], "--filter 的“village”和前面的条件重复，只写一个。"),
    ],
)
def test_each_mistake_has_its_sentence(cli: Cli, words: list[str], sentence: str) -> None:
    filters = [part for filter in words[1:] for part in ("--filter", filter)]
    assert cli.refused("list", words[0], *filters, code=4).startswith(sentence)


def test_a_name_not_in_the_ledger_is_refused(cli: Cli) -> None:
    assert cli.refused("list", "ledger", "--filter", "village=张村") == "台账里没有村“张村”，请核对名称。"
    assert cli.refused("list", "ledger", "--filter", "group=乱写") == "台账里没有问题大类“乱写”，请核对名称。"


def test_filters_can_be_asked_without_the_program(cli: Cli) -> None:
    from river_chief.storage.database import Database

    with Database.open(cli.ledger) as database, database.read() as session:
        asked = Asked.of(session, date(2025, 3, 31)).problems({"month": "2025-03"})
    assert asked.rounds is not None
    assert asked.rounds.stock_during == (date(2025, 3, 1), date(2025, 3, 31))
    assert not asked.drafts


def _problem() -> list[str]:
    values = ("source=Y01", "village=柳塘村", "reach=柳塘河", "category=LD01", "description=垃圾")
    return [word for value in values for word in ("--set", value)]
