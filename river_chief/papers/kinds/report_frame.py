"""What every report of the office has around its own words: heads, 署名, 附件."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from river_chief.papers.document import (
    Block,
    Document,
    Labelled,
    Level,
    Orientation,
    Paragraph,
    Style,
    Turn,
)
from river_chief.papers.kinds.passages import Passage, paragraphs, remarks
from river_chief.papers.kinds.wanted import Wanted
from river_chief.rules.periods import day_text


def signed(wanted: Wanted) -> Paragraph:
    """署名 and 成文日期."""
    return Paragraph(f"{wanted.settings.office_name}\n{day_text(wanted.today)}", Level.SIGNED)


def report(
    wanted: Wanted,
    title: str,
    subtitle: str,
    parts: Sequence[Passage],
    attached: str,
    tables: Iterable[Block],
    notes: Iterable[str] = (),
) -> Document:
    """A report in the manner of GB/T 9704-2012: text, 附件说明, 署名; then its tables on turned pages as 附件."""
    settings = wanted.settings
    return Document(
        title=title,
        subtitle=subtitle,
        office=settings.office_name,
        dated=wanted.today,
        head=(
            Labelled("填报单位", settings.office_name),
            Labelled("报送日期", day_text(wanted.today)),
            Labelled("填报人", _PEN),
            Labelled("审核人", _PEN),
        ),
        blocks=(
            *paragraphs(parts),
            Paragraph(f"附件：{attached}", Level.ATTACHED),
            signed(wanted),
            Turn(Orientation.LANDSCAPE),
            Paragraph("附件", Level.ATTACHMENT),
            *tables,
        ),
        notes=(*notes, *_closed(wanted)),
        remarks=remarks(parts),
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )


def _closed(wanted: Wanted) -> Iterator[str]:
    """Of a closed month: its edition, and the journal's head by which it can be checked."""
    closing = wanted.figures.closing if wanted.figures is not None else None
    if closing is not None:
        why = f"，重开原因：{closing.reason}" if closing.reason else ""
        yield f"本表为{closing.text}月结（{closing.closer}，{day_text(closing.closed_on)}{why}），日志校验码 {closing.code}。"


_PEN = "　" * 6
"""Room for the pen."""
