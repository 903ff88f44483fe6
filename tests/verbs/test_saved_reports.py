"""自定义报表: saved, changed, renamed, retired and brought back; every act can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.records import SavedReport
from river_chief.storage import undo
from river_chief.verbs import saved_reports
from tests.builders import CLERK, TODAY, Office

UNITS: dict[str, Any] = {"by": ["unit"], "columns": ["found", "closed"], "days_of": "registered"}


def saved(made: Office, name: str = "责任单位统计", **values: Any) -> int:
    return made.do(saved_reports.save, saved_reports.NewReport, **{**UNITS, "name": name, **values}).id


def report(made: Office, id: int) -> SavedReport:
    with made.database.read() as session:
        return session.exec(select(SavedReport).where(SavedReport.id == id)).one()


def test_a_report_is_kept_under_its_name(empty: Office) -> None:
    done = empty.do(
        saved_reports.save, saved_reports.NewReport, name=" 责任单位统计 ", note="每月打印", **UNITS
    )
    assert done.sentence == "保存自定义报表“责任单位统计”"
    kept = report(empty, done.id)
    assert (kept.name, kept.note, kept.retired_on) == ("责任单位统计", "每月打印", None)
    assert kept.definition == {
        "form": 1,
        "by": ["unit"],
        "columns": ["found", "closed"],
        "days_of": "registered",
    }


def test_a_name_stands_once(empty: Office) -> None:
    saved(empty)
    with pytest.raises(InvalidInput, match="自定义报表“责任单位统计”已经有了；请换一个名称"):
        saved(empty)
    other = saved(empty, "按村统计")
    with pytest.raises(InvalidInput, match="已经有了"):
        empty.do(saved_reports.rename, saved_reports.ReportRename, id=other, name="责任单位统计")
    empty.do(saved_reports.retire, saved_reports.ReportChoice, id=other)
    with pytest.raises(InvalidInput, match="现已停用，可以恢复使用"):
        saved(empty, "按村统计")


def test_a_report_is_changed_as_a_whole(empty: Office) -> None:
    id = saved(empty)
    values = {
        **UNITS,
        "id": id,
        "version": 1,
        "name": "单位月报",
        "columns": ["found", "overdue"],
        "sort": "overdue",
    }
    done = empty.do(saved_reports.edit, saved_reports.ReportEdit, **values)
    assert done.sentence == "修改自定义报表“责任单位统计”，改名为“单位月报”"
    assert report(empty, id).definition["sort"] == "overdue"
    with pytest.raises(Conflict):
        empty.do(saved_reports.edit, saved_reports.ReportEdit, **values)
    again = empty.do(
        saved_reports.edit,
        saved_reports.ReportEdit,
        **{**values, "version": 2, "columns": ["found"], "sort": ""},
    )
    assert again.sentence == "修改自定义报表“单位月报”"


def test_a_report_is_renamed(empty: Office) -> None:
    id = saved(empty)
    done = empty.do(saved_reports.rename, saved_reports.ReportRename, id=id, version=1, name="单位")
    assert done.sentence == "自定义报表“责任单位统计”改名为“单位”"


def test_a_report_goes_out_of_use_and_comes_back(empty: Office) -> None:
    id = saved(empty)
    assert (
        empty.do(saved_reports.retire, saved_reports.ReportChoice, id=id).sentence
        == "停用自定义报表“责任单位统计”"
    )
    assert report(empty, id).retired_on == TODAY
    with pytest.raises(Refusal, match="已经停用"):
        empty.do(saved_reports.retire, saved_reports.ReportChoice, id=id)
    done = empty.do(saved_reports.reuse, saved_reports.ReportChoice, id=id)
    assert done.sentence == "恢复使用自定义报表“责任单位统计”"
    with pytest.raises(Refusal, match="没有停用"):
        empty.do(saved_reports.reuse, saved_reports.ReportChoice, id=id)
    with pytest.raises(NotFound):
        empty.do(saved_reports.retire, saved_reports.ReportChoice, id=99)


def test_every_act_is_undone(empty: Office) -> None:
    def back() -> str:
        with empty.database.write(by=CLERK, today=TODAY) as writer:
            return undo.undo_last(writer)

    id = saved(empty)
    before = report(empty, id).definition
    empty.do(
        saved_reports.edit,
        saved_reports.ReportEdit,
        **{**UNITS, "id": id, "name": "单位", "columns": ["due"]},
    )
    back()
    assert (report(empty, id).name, report(empty, id).definition) == ("责任单位统计", before)
    empty.do(saved_reports.retire, saved_reports.ReportChoice, id=id)
    back()
    assert report(empty, id).retired_on is None
    assert back() == "撤销：保存自定义报表“责任单位统计”"
    with empty.database.read() as session:
        assert session.exec(select(SavedReport)).all() == []
