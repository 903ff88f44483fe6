from __future__ import annotations

from datetime import date

import pytest

from river_chief.figures.month import monthly
from river_chief.papers.closing_checks import ClosingCheck, Concern, closing_checks
from river_chief.papers.month_closing import close_month
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.terms import Action, ReportPart
from river_chief.verbs import report_texts, zero_reports
from river_chief.verbs.office import settings_of
from tests.builders import CLERK, Office

APRIL_2 = date(2025, 4, 2)


def checks(office: Office, month: int = 3) -> dict[Concern, ClosingCheck]:
    with office.database.read() as session:
        settings = settings_of(session)
        figures = monthly(session, settings, settings.month(2025, month), office.today)
        return {each.concern: each for each in closing_checks(session, settings, figures, office.today)}


def rows(office: Office, check: ClosingCheck) -> int:
    assert check.filter is not None
    with office.database.read() as session:
        return PROBLEM_LEDGER.count(session, check.filter)


@pytest.fixture
def march(empty: Office, village: int, reach: int) -> Office:
    """Three problems of March: one struck off without proof, one verified, one not; seen on 2 April."""
    tenure = empty.chief("赵春", village, reach)
    for day in (3, 4, 5):
        empty.problem(village, reach, on=f"2025-03-{day:02}")
    empty.close(1)
    empty.step(2, Action.VERIFY, happened_at="2025-03-06")
    for walked in ("03", "10", "17", "24"):
        empty.patrol(tenure, reach, at=f"2025-03-{walked} 09:00")
    empty.today = APRIL_2
    return empty


def test_what_is_left_open_is_told_with_its_problems(march: Office) -> None:
    found = checks(march)
    assert found[Concern.TO_VERIFY].sentence == "1 个问题还没有核实，按在账统计。"
    assert rows(march, found[Concern.TO_VERIFY]) == 1
    assert found[Concern.EXCEPTIONS].sentence.endswith("按例外办理，月报里另行列出。")
    assert rows(march, found[Concern.EXCEPTIONS]) == int(found[Concern.EXCEPTIONS].sentence.split()[0])
    assert Concern.DRAFTS not in found
    assert Concern.EARLIER not in found


def test_what_is_put_right_is_told_no_more(march: Office) -> None:
    march.step(3, Action.VERIFY, happened_at="2025-03-07")
    assert Concern.TO_VERIFY not in checks(march)


def test_patrols_that_are_owed(march: Office) -> None:
    owing = checks(march)[Concern.PATROLS]
    assert owing.sentence == "还欠巡河 1 次，日志没有录完的先补录。"
    assert owing.filter is None


def test_an_earlier_month_that_is_open(march: Office) -> None:
    march.today = date(2025, 5, 2)
    assert checks(march, 4)[Concern.EARLIER].sentence == "2025年3月还没有月结，先结上月，环比才固定得下来。"
    with march.database.write(by=CLERK, today=march.today) as writer:
        close_month(writer, 2025, 3)
    assert Concern.EARLIER not in checks(march, 4)


def test_villages_that_told_nothing_or_the_contrary(march: Office, reach: int) -> None:
    signing = march.village("石桥村", "990121103204")
    march.village("新渡村", "990121103205")
    assert Concern.ZERO_REPORTS not in checks(march)
    march.do(
        zero_reports.sign, zero_reports.ZeroSigning, area_ids=(signing,), year=2025, month=3, signer="周敏"
    )
    assert checks(march)[Concern.ZERO_REPORTS].sentence == "1 个村没有发现问题，也没有报零报告。"
    march.problem(signing, reach, on="2025-03-28")
    assert checks(march)[Concern.ZERO_REPORTS].sentence == "1 个村报了零报告，当月却有问题。"


def test_words_written_before_the_figures_changed(march: Office) -> None:
    march.do(
        report_texts.put,
        report_texts.OwnWords,
        kind="monthly",
        first=date(2025, 3, 1),
        last=date(2025, 3, 31),
        part=ReportPart.LACKING,
        text="个别村整改不及时。",
        based_on="无",
    )
    assert "存在问题" in checks(march)[Concern.WORDS].sentence
