"""河长制工作月报: its words and tables say what the figures say."""

from __future__ import annotations

from sqlmodel import Session

from river_chief.papers.document import Paragraph
from river_chief.papers.kinds import produce
from tests.papers.kinds.conftest import APRIL_2, MARCH


def test_words(session: Session) -> None:
    document = produce(session, "monthly", span=MARCH, today=APRIL_2)
    text = "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "累计排查问题9个，已销号4个，整改销号率44.4%" in text
    assert document.title == "砚溪镇河长制工作月报（2025年3月）"
