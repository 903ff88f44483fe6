"""The office's own words of a report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, Refusal
from river_chief.papers.month_closing import close_month
from river_chief.queries.report_texts import OwnText, texts_of
from river_chief.records import MonthClose, ReportText
from river_chief.rules.periods import Span
from river_chief.storage.record_words import in_words
from river_chief.storage.undo import undo_last
from river_chief.terms import ReportPart
from river_chief.verbs.months import MonthReopening, reopen
from river_chief.verbs.report_texts import GeneratedWords, OwnWords, put, restore
from tests.builders import Office

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
OF_MARCH: dict[str, Any] = {
    "kind": "monthly",
    "first": MARCH.first,
    "last": MARCH.last,
    "part": "lacking",
}


def written(office: Office, kind: str = "monthly") -> dict[ReportPart, OwnText]:
    with office.database.read() as session:
        return texts_of(session, kind, MARCH)


def write(office: Office, text: str = "还有差距。", **values: Any) -> None:
    office.do(put, OwnWords, **{**OF_MARCH, "text": text, "based_on": "没有差距。", **values})


def test_words_are_kept_and_replaced(empty: Office) -> None:
    write(empty)
    assert written(empty)[ReportPart.LACKING][:2] == ("还有差距。", "没有差距。")
    write(empty, "差距不小。", based_on="差距1处。")
    assert written(empty)[ReportPart.LACKING][:2] == ("差距不小。", "差距1处。")
    assert written(empty, "circular") == {}


def test_generated_words_come_back_and_can_be_replaced_again(empty: Office) -> None:
    write(empty)
    empty.do(restore, GeneratedWords, **OF_MARCH)
    assert written(empty) == {}
    write(empty, "又写一次。")
    assert written(empty)[ReportPart.LACKING].text == "又写一次。"
    with empty.database.read() as session:
        assert len(session.exec(select(ReportText)).all()) == 1


def test_words_are_called_by_their_report_and_taken_back(empty: Office) -> None:
    write(empty)
    write(empty, "差距不小。")
    with empty.database.read() as session:
        called = in_words(session.connection(), "report_text", 1)
    assert called == "2025-03-01至2025-03-31报告的“存在问题”文字"
    with empty.database.write(by="经办人", today=empty.today) as writer:
        undo_last(writer)
    assert written(empty)[ReportPart.LACKING].text == "还有差距。"


def test_nothing_written_can_not_be_restored(empty: Office) -> None:
    with pytest.raises(Refusal, match="没有改写过"):
        empty.do(restore, GeneratedWords, **OF_MARCH)


def test_another_clerk_s_words_are_not_lost(empty: Office) -> None:
    write(empty)
    version = written(empty)[ReportPart.LACKING].version
    write(empty, "别人改的。")
    with pytest.raises(Conflict):
        write(empty, "我改的。", version=version)
    assert written(empty)[ReportPart.LACKING].text == "别人改的。"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"text": " "}, "text"),
        ({"text": "长" * 8001}, "text"),
        ({"kind": "duty"}, ""),
        ({"last": date(2025, 2, 1)}, ""),
        ({"part": "ending"}, "part"),
    ],
)
def test_bad_input_is_refused(empty: Office, values: dict[str, Any], key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write(empty, **values)
    assert list(refused.value.fields) == [key]


def _close(office: Office) -> None:
    with office.database.write(by="经办人", today=office.today) as writer:
        close_month(writer, 2025, 3)


def _reopen(office: Office) -> None:
    with office.database.read() as session:
        ids = session.exec(select(MonthClose.id)).all()
    office.do(reopen, MonthReopening, id=ids[-1], reason="漏报一个问题")


@pytest.mark.parametrize("kind", ["monthly", "circular"])
def test_a_closed_month_keeps_its_words(empty: Office, kind: str) -> None:
    write(empty, kind=kind)
    _close(empty)
    with pytest.raises(Refusal, match=r"已经月结（第1版）.*先重新打开"):
        write(empty, "改一改。", kind=kind)
    with pytest.raises(Refusal, match="已经月结"):
        empty.do(restore, GeneratedWords, **{**OF_MARCH, "kind": kind})
    assert written(empty, kind)[ReportPart.LACKING].text == "还有差距。"


def test_a_longer_report_and_a_reopened_month_are_open(empty: Office) -> None:
    _close(empty)
    write(empty, kind="half-year")
    _reopen(empty)
    write(empty)
    _close(empty)
    with pytest.raises(Refusal, match="第2版"):
        write(empty, "再改。")
