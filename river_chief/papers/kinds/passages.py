"""The words of a report in four parts: generated from the figures, or as the office has written them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from river_chief.papers.document import Level, Paragraph
from river_chief.queries.report_texts import texts_of
from river_chief.rules.periods import Span
from river_chief.rules.report_numbers import Differing, differing
from river_chief.terms import ReportPart

Section = tuple[str, str]
"""A heading ("" where the part has only one) and its text."""
Words = Mapping[ReportPart, Sequence[Section]]
NUMERALS = "一二三四五六七八九十"
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；]{1,40}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of a report: a line for each paragraph, （一）… for the headings in it.

    ``generated`` are the words the figures give, ``written`` those of the office ("" where it has none),
    ``based_on`` the generated words it had before it, ``version`` that of its record.
    """

    part: ReportPart
    title: str
    generated: str
    written: str = ""
    based_on: str = ""
    version: int | None = None

    @property
    def text(self) -> str:
        """What is printed."""
        return self.written or self.generated

    @property
    def is_stale(self) -> bool:
        """Whether the figures say something else since the office has written."""
        return bool(self.written) and self.based_on != self.generated

    @property
    def differing(self) -> Differing:
        """The numbers in which the office's words differ from the generated ones."""
        return differing(self.generated, self.text)


def passages(
    session: Session, kind: str, span: Span, words: Words, titles: Mapping[ReportPart, str] | None = None
) -> tuple[Passage, ...]:
    """The parts of the report *kind* of *span*: generated *words*, and over them what the office has written."""
    written = texts_of(session, kind, span)
    found = []
    for part, sections in words.items():
        own = written.get(part)
        generated = "\n".join(_lines(sections))
        title = (titles or {}).get(part, part.label)
        if own is None:
            found.append(Passage(part, title, generated))
        else:
            found.append(Passage(part, title, generated, own.text, own.based_on, own.version))
    return tuple(found)


def paragraphs(parts: Iterable[Passage], first: int = 0) -> Iterator[Paragraph]:
    """一、总体情况 and the paragraphs under it, then the next part; numbered after the *first* ones."""
    for numeral, passage in zip(NUMERALS[first:], parts, strict=False):
        yield Paragraph(f"{numeral}、{passage.title}", Level.HEADING)
        yield from body(passage)


def remarks(parts: Iterable[Passage]) -> tuple[str, ...]:
    """What the clerk should look at: parts the figures have left behind."""
    titles = [f"“{passage.title}”" for passage in parts if passage.is_stale]
    return (f"{'、'.join(titles)}改写之后，统计数字有变化，请在“改写文字”里核对。",) if titles else ()


def body(passage: Passage) -> Iterator[Paragraph]:
    """The paragraphs of a part, its own headings among them."""
    for line in filter(None, map(str.strip, passage.text.splitlines())):
        yield Paragraph(line, Level.SUBHEADING if _SUBHEADING.fullmatch(line) else Level.BODY)


def _lines(sections: Sequence[Section]) -> Iterator[str]:
    for numeral, (heading, text) in zip(NUMERALS, sections, strict=False):
        if len(sections) > 1:
            yield f"（{numeral}）{heading}"
        yield text
