"""零报告 asked for: four kinds of villages, in the months of the office."""

from __future__ import annotations

from datetime import date

import pytest

from river_chief.queries.zero_reports import ZeroFilter, report_id, zero_ledger, zero_month
from river_chief.terms import Action, ZeroState
from river_chief.verbs import office, waters, zero_reports
from river_chief.verbs.office import settings_of
from tests.builders import TODAY, Office


@pytest.fixture
def villages(empty: Office, village: int, reach: int) -> dict[str, int]:
    """柳塘村 found something, 上砚村 signed, 石桥村 signed and then found something, 新渡村 is silent."""
    made = {"柳塘村": village}
    for name, code in (("上砚村", 204), ("石桥村", 205), ("新渡村", 206)):
        made[name] = empty.village(name, f"990121103{code}")
    empty.problem(village, reach)
    empty.do(
        zero_reports.sign,
        zero_reports.ZeroSigning,
        area_ids=(made["上砚村"], made["石桥村"]),
        year=2025,
        month=3,
        signer="钱树",
    )
    empty.problem(made["石桥村"], reach, on="2025-03-31")
    return made


def told(made: Office, month: int = 3) -> dict[str, ZeroState]:
    with made.database.read() as session:
        found = zero_month(session, settings_of(session), 2025, month, TODAY)
    assert sum(found.counts.values()) == len(found.rows)
    return {row["village_name"]: row["state"] for row in found.rows}


def test_four_kinds_of_villages(empty: Office, villages: dict[str, int]) -> None:
    assert told(empty) == {
        "柳塘村": ZeroState.FOUND,
        "上砚村": ZeroState.SIGNED,
        "石桥村": ZeroState.CONTRADICTED,
        "新渡村": ZeroState.MISSING,
    }
    assert set(told(empty, 2).values()) == {ZeroState.MISSING}


def test_a_row_in_full(empty: Office, villages: dict[str, int]) -> None:
    with empty.database.read() as session:
        ledger = zero_ledger(settings_of(session), 2025, 3)
        ids = ledger.ids(session, ZeroFilter(states=(ZeroState.CONTRADICTED,)))
        (row,) = ledger.rows(session, ids, TODAY)
        assert report_id(session, row.id, 2025, 3) == 2
        assert report_id(session, villages["新渡村"], 2025, 3) is None
    assert (row.id, row.version) == (villages["石桥村"], 1)
    assert (row["found"], row["numbers"], row["signer"], row["signed_on"]) == (
        1,
        "砚2025-002",
        "钱树",
        date(2025, 3, 31),
    )


def test_what_turned_out_not_to_be_is_no_finding(empty: Office, villages: dict[str, int]) -> None:
    empty.step(2, Action.REFUTE, words="现场未见")
    assert told(empty)["石桥村"] is ZeroState.SIGNED


def test_a_withdrawn_report_is_none(empty: Office, villages: dict[str, int]) -> None:
    empty.do(zero_reports.void_zero, zero_reports.ZeroVoid, id=1, words="签错")
    assert told(empty)["上砚村"] is ZeroState.MISSING


def test_the_offices_own_months_and_villages_in_use(empty: Office, villages: dict[str, int]) -> None:
    empty.do(waters.retire_area, waters.Retirement, id=villages["新渡村"], on="2025-02-27")
    assert "新渡村" not in told(empty)
    assert "新渡村" in told(empty, 2)
    empty.do(office.change_settings, office.SettingChange, values={"period_start_day": 26})
    assert "新渡村" in told(empty)
    assert told(empty)["石桥村"] is ZeroState.SIGNED
    assert told(empty, 4)["石桥村"] is ZeroState.FOUND


def test_filters_and_order(empty: Office, villages: dict[str, int]) -> None:
    with empty.database.read() as session:
        ledger = zero_ledger(settings_of(session), 2025, 3)
        by_state = ledger.rows(session, ledger.ids(session, ZeroFilter(), sort="state"), TODAY)
        assert [row["state"] for row in by_state] == list(ZeroState)
        assert ledger.count(session, ZeroFilter(text="钱树")) == 2
        assert ledger.count(session, ZeroFilter(villages=(villages["新渡村"],))) == 1
