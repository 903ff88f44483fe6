"""The foot of a Word page: the number of a letter as GB/T 9704-2012, 7.5 has it, or page X of Y of a list."""

from __future__ import annotations

from river_chief.papers.document import Document, Orientation, SignOn
from river_chief.papers.layout import MM, SHEET_MM, margins, room
from river_chief.papers.word_xml import NAMESPACE, Face, Setting, field, paragraph, run, spread, tab

_SMALL = Face("宋体", 9)
_NUMBER = Face("宋体", 14)
_UNDER_TEXT = 7.0
"""From the text to the number, in millimetres."""
FOOT_DISTANCE = {"list": 8.0, "letter": 35 - _UNDER_TEXT - 14 * 1.3 / MM}
"""From the lower edge of the paper to the foot, in millimetres."""


def list_foot(document: Document, width: float, small: Face) -> list[str]:
    """The signature row where every page has it; title, 第 1 页　共 2 页 and the foot's words."""
    rows = _signatures(document, width, small)
    number = (
        run("第 ", _SMALL),
        field("PAGE", _SMALL),
        run(" 页　共 ", _SMALL),
        field("NUMPAGES", _SMALL),
        run(" 页", _SMALL),
    )
    runs = [run(document.title, _SMALL), tab(_SMALL), *number, tab(_SMALL), run(document.foot, _SMALL)]
    stops = Setting(before=3, tabs=(("center", width / 2), ("right", width)))
    return [*rows, paragraph(runs, stops, _SMALL)]


def letter_foot(document: Document, orientation: Orientation, small: Face, *, even: bool) -> list[str]:
    """— 1 — one character from the outer edge; on a turned page where the others have it, at its left."""
    width, _ = room(document, orientation)
    rows = _signatures(document, width, small)
    number = (run("— ", _NUMBER), field("PAGE", _NUMBER), run(" —", _NUMBER))
    if orientation is Orientation.LANDSCAPE:
        words = [run(document.foot, _SMALL)] if document.foot else []
        return [*rows, paragraph([*words, _turned(document, number, even=even)], Setting(), _SMALL)]
    if even:
        runs = [*number, tab(_SMALL), run(document.foot, _SMALL)] if document.foot else [*number]
        return [*rows, paragraph(runs, Setting(left=1, tabs=(("right", width),)), _NUMBER)]
    if not document.foot:
        return [*rows, paragraph(number, Setting("right", right=1), _NUMBER)]
    stop = Setting(tabs=(("right", width - _NUMBER.size),))
    return [*rows, paragraph([run(document.foot, _SMALL), tab(_SMALL), *number], stop, _NUMBER)]


def _signatures(document: Document, width: float, small: Face) -> list[str]:
    if not document.signatures or document.sign_on is not SignOn.EVERY_PAGE:
        return []
    return [spread([str(item) for item in document.signatures], width, small, even=True)]


def _turned(document: Document, number: tuple[str, ...], *, even: bool) -> str:
    """A frame at the left of a turned page, its text read from above downwards."""
    _, height = SHEET_MM[Orientation.LANDSCAPE]
    edge = margins(document, Orientation.LANDSCAPE)
    thick = 1.5 * _NUMBER.size
    left = (edge.left - _UNDER_TEXT) * MM - thick
    setting = Setting(left=1) if even else Setting("right", right=1)
    inner = paragraph(number, setting, _NUMBER).replace(f" {NAMESPACE}", "", 1)
    style = (
        f"position:absolute;margin-left:{left:.1f}pt;margin-top:{edge.top * MM:.1f}pt;"
        f"width:{thick:.1f}pt;height:{(height - edge.top - edge.bottom) * MM:.1f}pt;z-index:1;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    return (
        '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
        f'style="{style}" filled="f" stroked="f">'
        '<v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent>'
        f"{inner}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
