"""通报 to the villages, and the sheet of one village."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.papers.document import Document, FormTable, Level, Paragraph, Style, Table
from river_chief.papers.kinds import produce
from river_chief.papers.pdf import render_pdf
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of
from tests.builders import Office
from tests.papers.kinds.conftest import APRIL_2, MARCH, March
from tests.papers.reading import packed, pages_of


def circular(session: Session, village: int | None = None) -> Document:
    return produce(session, "circular", span=MARCH, today=APRIL_2, village=village)


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def table_of(document: Document, caption: str = "") -> Table:
    return next(
        each for each in document.tables if isinstance(each, Table) and each.caption.startswith(caption)
    )


def test_its_parts(session: Session) -> None:
    document = circular(session)
    assert document.title == "关于2025年3月河长制工作情况的通报"
    assert document.style is Style.LETTER
    parts = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert (parts[0].level, parts[0].text) == (Level.ADDRESS, "各村（社区）：")
    headings = [part.text for part in parts if part.level is Level.HEADING]
    assert headings == ["一、总体情况", "二、排名情况", "三、存在问题", "四、工作要求"]
    assert (parts[-1].level, parts[-1].text) == (Level.SIGNED, "砚溪镇河长制办公室\n2025年4月2日")


def test_the_ranking_names_the_counts_behind_the_rate(session: Session) -> None:
    table = table_of(circular(session))
    assert [[cell.text for cell in row[:7]] for row in table.cell_rows] == [
        ["1", "平", "■ 红", "柳塘村", "3", "6", "50.0%"],
        ["2", "平", "■ 红", "上砚村", "1", "3", "33.3%"],
    ]
    assert [cell.text for cell in table.total[4:7]] == ["4", "9", "44.4%"]
    assert "整改销号率＝" in table.notes[0]


@pytest.mark.parametrize(
    "said",
    [
        "各村（社区）按整改销号率排名。",
        "评为红色的上砚村（33.3%）、柳塘村（50.0%），请查找原因，抓紧整改。",
        "逾期未完成整改的问题1个：柳塘村1个，最长已逾期11天。",
        "本月应巡而一次未完成的村级河长1名：上砚村孙国。",
        "没有完成应巡任务的村级河长共2人，欠巡9次。",
        "于2025年4月9日前把整改情况报镇河长办。",
        "下月到期的问题2个：柳塘村1个、上砚村1个，最早的4月6日到期",
    ],
)
def test_what_it_says(session: Session, said: str) -> None:
    assert said in words(circular(session))


def test_nobody_is_praised_for_a_red_light(session: Session) -> None:
    assert "表扬" not in words(circular(session))


def test_villages_without_a_task_are_named_but_not_ranked(march: March) -> None:
    march.office.village("新村", "990121103209")
    with march.office.database.read() as session:
        document = circular(session)
    last = list(table_of(document).cell_rows)[-1]
    assert [cell.text for cell in last[:7]] == ["无任务", "—", "—", "新村", "0", "0", "—"]
    assert "新村没有可计算的问题，不参加排名。" in words(document)


def test_levels_above_the_villages_are_not_told_off(march: March) -> None:
    office = march.office
    town = office.reach("砚溪", march.villages[0])
    office.chief("郑总", 1, town, level="town")
    with office.database.read() as session:
        text = words(circular(session))
    assert "郑总" not in text
    assert "共2人，欠巡9次" in text


def test_the_sheet_of_a_village(session: Session, march: March) -> None:
    document = circular(session, march.villages[0])
    assert document.title == "柳塘村2025年3月河长制工作情况"
    assert "整改销号率50.0%（3/6），在2个参加排名的村（社区）中列第1位。" in words(document)
    form = next(each for each in document.tables if isinstance(each, FormTable))
    texts = [cell.text for row in form.rows for cell in row]
    values = dict(zip(texts[::2], texts[1::2], strict=True))
    assert (values["期末存量"], values["逾期"], values["等次"]) == ("3", "1", "■ 红")
    overdue = table_of(document, "逾期")
    assert [row[1].text for row in overdue.cell_rows] == ["砚2025-007"]
    assert [row[1].text for row in table_of(document, "下月到期").cell_rows] == ["砚2025-009"]
    owing = table_of(document, "没有完成应巡任务")
    assert {row[1].text for row in owing.cell_rows} == {"赵春"}
    assert "柳塘村" in packed("".join(pages_of(render_pdf(document))))


def test_a_place_that_is_no_village_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="没有这个村"):
        circular(session, 1)


def test_a_new_ledger_has_a_circular(empty: Office) -> None:
    with empty.database.read() as session:
        document = circular(session)
    text = words(document)
    assert "不作排名" in text
    assert "本月没有逾期问题，村级河长巡河均已达标。" in text
    assert document.title in pages_of(render_pdf(document))[0]


def test_sixty_villages_with_long_names_fit(empty: Office) -> None:
    for number in range(60):
        empty.village(f"柳树湾回族满族民族联合行政村第{number + 1}社区", f"990121103{300 + number}")
    with empty.database.read() as session:
        document = circular(session)
    pages = pages_of(render_pdf(document))
    assert sum(page.count("无任务") for page in pages) >= 60
    assert "柳树湾回族满族民族联合行政村第60社区" in packed("".join(pages))
    assert "不作排名" in "".join(pages)


def test_villages_of_the_sample_that_stand_first_are_praised(township: Path) -> None:
    with Database.open(township) as database, database.read() as session:
        span = settings_of(session).month(2025, 3)
        document = produce(session, "circular", span=span, today=date(2026, 3, 31))
        other = produce(session, "circular", span=Span(span.first, span.last), today=date(2026, 3, 31))
    assert document == other
    assert "排在前列的砚溪社区（100.0%）" in words(document)
