"""The papers of a closed month: frozen with it, and given again exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from river_chief.papers.document import Document
from river_chief.papers.kinds.wanted import Wanted
from river_chief.queries.month_closes import close_of, frozen_body
from river_chief.storage.freezing import Freezer, classes_of

FROZEN_KINDS = ("monthly", "circular", "compare")
"""The papers that speak of the month's figures."""
_WITH_APPENDIX = ("monthly",)
_KEPT = 8


@lru_cache(maxsize=1)
def freezer() -> Freezer:
    """The freezer of papers."""
    return Freezer(classes_of(Document))


def freeze_papers(wanted: Wanted, makers: Mapping[str, Callable[[Wanted], Document]]) -> bytes:
    """Make every paper of the month *wanted*, in every form it is asked for, packed."""
    papers = {}
    for kind, make in makers.items():
        for form in _forms(wanted, kind):
            papers[_key(kind, form)] = make(form)
    return freezer().freeze(papers)


def _forms(wanted: Wanted, kind: str) -> Iterator[Wanted]:
    """Without and with the appendix, where the kind has one."""
    yield wanted
    if kind in _WITH_APPENDIX:
        yield replace(wanted, appendix=True)


def _key(kind: str, form: Wanted) -> str:
    return f"{kind} appendix" if form.appendix and kind in _WITH_APPENDIX else kind


def frozen_paper(wanted: Wanted, kind: str) -> Document | None:
    """The paper as it was frozen; None where the days wanted are no closed month or it was not frozen."""
    if kind not in FROZEN_KINDS or wanted.span is None or wanted.figures is not None:
        return None
    if wanted.village is not None or wanted.public:
        return None
    close = close_of(wanted.session, wanted.span, wanted.edition)
    if close is None:
        return None
    if close.papers_digest not in _thawed:
        while len(_thawed) >= _KEPT:
            _thawed.pop(next(iter(_thawed)))
        _thawed[close.papers_digest] = freezer().thaw(frozen_body(wanted.session, close.papers_digest))
    return _thawed[close.papers_digest].get(_key(kind, wanted))


# By digest: a frozen body never changes.
_thawed: dict[str, dict[str, Document]] = {}
