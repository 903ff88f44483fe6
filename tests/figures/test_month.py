"""A month of a real ledger made through the verbs, against figures counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from river_chief.errors import Refusal
from river_chief.figures.as_json import month_as_json
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import rows_behind
from river_chief.figures.stock import Stock
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span
from river_chief.terms import Action, WorkKind
from river_chief.verbs import problems
from river_chief.verbs.office import settings_of
from tests.builders import Office, new_office

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
APRIL = Span(date(2025, 4, 1), date(2025, 4, 30))


def figures(office: Office, span: Span = MARCH, today: date | None = None) -> MonthFigures:
    with office.database.read() as session:
        return monthly(session, settings_of(session), span, today or office.today)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A ledger with a month's work in two villages; the tests only read it."""
    office = new_office(tmp_path_factory.mktemp("month") / "ledger")
    with office.database:
        fill(office)
        yield office


def fill(empty: Office) -> None:
    village = empty.village("柳塘村", "990121103203")
    reach = empty.reach("柳塘河", village)
    tenure = empty.chief("赵春", village, reach)
    other = empty.village("石埠村", "990121103202")
    empty.village("杨湾村", "990121103204")
    empty.patrol(tenure, reach, at="2025-03-05 09:00")

    old = empty.problem(village, reach, on="2025-02-03")
    step(empty, old, Action.VERIFY, 3, month=2)
    step(empty, old, Action.ASSIGN, 4, month=2, unit="柳塘村", deadline="2025-02-20")
    step(empty, old, Action.SIGN_FOR, 5, month=2, actor="赵春")
    step(empty, old, Action.EXTEND, 18, month=2, deadline="2025-03-10", words="连续降雨")
    step(empty, old, Action.SUBMIT, 8, progress="已清理", work={"rubbish": 12, "labour": 5})
    step(empty, old, Action.REJECT, 9, words="还有残留")
    step(empty, old, Action.SUBMIT, 12, progress="再次清理", work={"rubbish": 1.5})
    step(empty, old, Action.ACCEPT, 13, actor="钱树、孙文")
    step(empty, old, Action.CLOSE, 14)
    step(empty, old, Action.RELAPSE, 25, words="又堆了垃圾", deadline="2025-04-05")

    quick = empty.problem(other, reach, on="2025-03-03", source="Y04", category_code="LJ01", severity="major")
    step(empty, quick, Action.VERIFY, 3)
    step(empty, quick, Action.ASSIGN, 3, unit="石埠村", deadline="2025-03-20")
    step(empty, quick, Action.SIGN_FOR, 3, actor="钱树")
    step(empty, quick, Action.SUBMIT, 9, progress="已拆除", work={"demolished": 30})
    step(empty, quick, Action.ACCEPT, 10, actor="孙文")
    step(empty, quick, Action.CLOSE, 11, approver="县河长办")

    late = empty.problem(other, reach, on="2025-03-04")
    step(empty, late, Action.VERIFY, 4)
    step(empty, late, Action.ASSIGN, 4, unit="石埠村", deadline="2025-03-11")

    false = empty.problem(other, reach, on="2025-03-05", source="Y11")
    step(empty, false, Action.REFUTE, 6, words="现场没有发现")
    gone = empty.problem(other, reach, on="2025-03-05")
    step(empty, gone, Action.HAND_OVER, 7, receiver="县水利局")
    empty.do(problems.save_draft, problems.NewProblem, description="待补充")


def step(office: Office, problem: int, action: Action, day: int, *, month: int = 3, **values: object) -> None:
    office.step(problem, action, happened_at=f"2025-{month:02}-{day:02}", **values)


def test_the_stock_and_its_flows(worked: Office) -> None:
    month = figures(worked)
    assert month.stock == Stock(
        opening=1, found=4, relapsed=1, closed=2, unfounded=1, handed_over=1, ending=2
    )
    assert month.balances
    assert month.office == "砚溪镇河长制办公室"


@pytest.mark.parametrize(
    ("key", "numerator", "denominator", "text"),
    [
        ("closing_rate_cumulative", 1, 3, "33.3%"),
        ("completion_rate_cumulative", 1, 3, "33.3%"),
        ("rectification_rate", 2, 3, "66.7%"),
        ("on_time_rate", 1, 3, "33.3%"),
        ("overdue_rate", 1, 2, "50.0%"),
        ("relapse_rate", 1, 2, "50.0%"),
        ("look_back_relapse_rate", 1, 1, "100.0%"),
        ("own_finding_rate", 1, 2, "50.0%"),
        ("rejection_rate", 1, 3, "33.3%"),
    ],
)
def test_rates(worked: Office, key: str, numerator: int, denominator: int, text: str) -> None:
    figure = figures(worked).rate(key)
    assert figure.ratio == Ratio(numerator, denominator)
    assert figure.text == text


def test_villages_are_ranked_and_one_without_problems_is_not(worked: Office) -> None:
    lines = {line.name: line for line in figures(worked).by_village}
    assert [line.rank for line in lines.values()] == [1, 2, None]
    assert list(lines) == ["石埠村", "柳塘村", "杨湾村"]
    assert lines["石埠村"].rate("closing_rate_cumulative").ratio == Ratio(1, 2)
    assert lines["柳塘村"].stock == Stock(opening=1, relapsed=1, closed=1, ending=1)
    assert (lines["石埠村"].due, lines["石埠村"].on_time, lines["石埠村"].overdue) == (2, 1, 1)
    assert lines["杨湾村"].rate("on_time_rate").note == "本月无到期问题"
    assert lines["柳塘村"].average_days == 36
    assert lines["石埠村"].average_days == 6


def test_categories_severities_and_sources_add_up_to_the_office(worked: Office) -> None:
    month = figures(worked)
    for lines in (month.by_village, month.by_category, month.by_severity, month.by_source):
        assert sum(line.stock.found for line in lines) == month.stock.found
        assert sum(line.stock.ending for line in lines) == month.stock.ending
    assert {line.name: line.stock.found for line in month.by_category if line.stock.found} == {
        "乱堆": 3,
        "乱建": 1,
    }
    assert [line.name for line in month.by_category[:4]] == ["乱占", "乱采", "乱堆", "乱建"]


def test_work_overdue_and_what_is_due_next(worked: Office) -> None:
    month = figures(worked)
    assert month.work == {WorkKind.RUBBISH: 13.5, WorkKind.DEMOLISHED: 30, WorkKind.LABOUR: 5}
    assert [(each.village, each.deadline) for each in month.overdue] == [("石埠村", date(2025, 3, 11))]
    assert [(each.village, each.deadline) for each in month.due_next] == [("柳塘村", date(2025, 4, 5))]


def test_the_list_behind_overdue_is_the_overdue_number(worked: Office) -> None:
    month = figures(worked)
    with worked.database.read() as session:
        ids = PROBLEM_LEDGER.ids(session, rows_behind(month.window, "overdue_rate.numerator"))
    assert ids == [each.id for each in month.overdue]
    assert month.rate("overdue_rate").ratio.numerator == len(ids)


def test_a_past_month_is_counted_as_it_ended(worked: Office) -> None:
    february = figures(worked, Span(date(2025, 2, 1), date(2025, 2, 28)))
    assert february.stock == Stock(found=1, ending=1)
    assert february.rate("relapse_rate").text == "—"
    assert february.rate("relapse_rate").note == "尚无销号问题"


def test_a_running_month_is_counted_up_to_today(worked: Office) -> None:
    month = figures(worked, today=date(2025, 3, 11))
    assert month.window.cut == date(2025, 3, 11)
    assert (month.stock.closed, month.stock.relapsed, month.stock.ending) == (1, 0, 2)
    assert month.overdue[0].deadline == date(2025, 3, 10)  # a deadline of today is not yet missed
    assert month.rate("on_time_rate").ratio.denominator == 2
    assert month.balances


def test_a_span_that_cannot_be_counted_is_refused(worked: Office) -> None:
    with pytest.raises(Refusal, match="还没有到"):
        figures(worked, APRIL)
    with pytest.raises(Refusal, match="早于起日"):
        figures(worked, Span(date(2025, 3, 2), date(2025, 3, 1)))


def test_march_against_february(worked: Office) -> None:
    compared = figures(worked).comparisons
    assert (compared.before.words, compared.before.name) == ("上月", "2025年2月")
    assert (compared.last_year.words, compared.last_year.name) == ("去年同期", "2024年3月")
    changes = {each.key: each for each in compared.before.counts}
    assert (changes["found"].difference, changes["found"].text) == (3, "上升300.0%")
    assert (changes["closed"].before, changes["closed"].text) == (0, "—")
    assert changes["ending"].text == "上升100.0%"
    rates = {each.key: each for each in compared.before.rates}
    assert rates["closing_rate_cumulative"].text == "上升33.3个百分点"
    assert rates["relapse_rate"].points is None
    assert rates["own_finding_rate"].text == "下降50.0个百分点"
    assert rates["overdue_rate"].text == "上升50.0个百分点"
    assert {each.text for each in compared.last_year.rates} == {"—"}


def test_other_days_are_compared_with_as_many_days_before(worked: Office) -> None:
    month = figures(worked, Span(date(2025, 2, 26), date(2025, 3, 25)))
    before, last_year = month.comparisons.before, month.comparisons.last_year
    assert before.span == Span(date(2025, 1, 29), date(2025, 2, 25))
    assert (before.words, before.name) == ("上期", "2025年1月29日至2月25日")
    assert last_year.span == Span(date(2024, 2, 26), date(2024, 3, 25))
    changes = {each.key: each for each in before.counts}
    assert (changes["found"].now, changes["found"].before) == (4, 1)
    assert month.zero_reports is None
    assert [each.deadline for each in month.due_next] == []
    assert month.window.next == Span(date(2025, 3, 26), date(2025, 3, 31))
    assert month.stock.found == 4


def test_the_json_has_the_keys_of_the_command_line(worked: Office) -> None:
    found = month_as_json(figures(worked))
    promised = (
        "from to office closed stock rates by_village by_category by_severity by_source by_campaign patrols "
        "work overdue due_next corrections"
    )
    assert set(promised.split()) <= set(found)
    assert (found["from"], found["to"], found["closed"]) == ("2025-03-01", "2025-03-31", False)
    assert set(found["stock"]) == set(Stock.__dataclass_fields__)
    assert found["rates"][0] == {
        "key": "closing_rate_cumulative",
        "name": "整改销号率",
        "sentence": found["rates"][0]["sentence"],
        "numerator": 1,
        "denominator": 3,
        "value": pytest.approx(100 / 3),
        "text": "33.3%",
        "note": "",
    }
    village = found["by_village"][0]
    line = "village opening found relapsed closed ending due on_time overdue rates rank"
    assert set(line.split()) <= set(village)
    assert village["rates"]["on_time_rate"]["text"] == "50.0%"
    assert found["by_severity"][2]["severity"] == "major"
    assert found["patrols"]["by_level"][0]["level"] == "village"
    assert found["overdue"][0]["deadline"] == "2025-03-11"
    assert found["work"]["rubbish"] == {"name": "清理垃圾", "amount": 13.5, "unit": "m³"}


def test_exceptions_and_what_waits_above_are_counted_apart_with_their_rows(worked: Office) -> None:
    month = figures(worked)
    assert month.excepted == 2
    assert [(step.action, step.day.day) for step in month.exceptions] == [
        (Action.SUBMIT, 8),
        (Action.SUBMIT, 9),
        (Action.ACCEPT, 10),
        (Action.CLOSE, 11),
        (Action.SUBMIT, 12),
    ]
    with worked.database.read() as session:
        assert PROBLEM_LEDGER.count(session, rows_behind(month.window, "exceptions")) == 2
        told = month_as_json(month)
    assert told["exceptions"]["count"] == 2
    first = told["exceptions"]["rows"][0]
    assert first["missing"] == ["before_photo", "after_photo"]
    assert first["reason"] == "现场无法拍照"
    assert told["waiting_above"] == {"count": 0, "numbers": []}
    before = figures(worked, Span(date(2025, 3, 1), date(2025, 3, 10)))
    assert len(before.waiting_above) == 1
    with worked.database.read() as session:
        rows = PROBLEM_LEDGER.all(session, rows_behind(before.window, "waiting_above"), worked.today)
    assert tuple(row["number"] for row in rows) == before.waiting_above


@pytest.mark.parametrize(
    ("span", "words", "before", "found"),
    [
        (Span(date(2025, 1, 1), MARCH.last), "上季度", "2024年四季度", (5, 0)),
        (Span(date(2025, 1, 1), date(2025, 6, 30)), "上个半年", "2024年下半年", (5, 0)),
        (Span(date(2025, 1, 1), date(2025, 12, 31)), "上年", "2024年", (5, 0)),
        (Span(date(2025, 2, 1), MARCH.last), "上期", "2024年12月—2025年1月", (5, 0)),
    ],
)
def test_any_period_is_compared_with_the_one_before(
    worked: Office, span: Span, words: str, before: str, found: tuple[int, int]
) -> None:
    compared = figures(worked, span).comparisons
    assert (compared.before.words, compared.before.name) == (words, before)
    changes = {each.key: each for each in compared.before.counts}
    assert (changes["found"].now, changes["found"].before, changes["found"].text) == (*found, "—")
    document = month_as_json(figures(worked, span))["comparisons"]
    assert set(document) == {"last_period", "last_year"}
    assert document["last_period"]["name"] == before
    assert set(month_as_json(figures(worked))["comparisons"]) == {"last_period", "last_month", "last_year"}
