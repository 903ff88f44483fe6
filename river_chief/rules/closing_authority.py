"""销号权限: who may strike a problem off, by where it came from and how severe it is.

The shipped table follows the rule of counties that whoever handed a problem down strikes it off; every cell
of it is the office's to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from river_chief.terms import Closer, Severity, Source


@dataclass(frozen=True, slots=True)
class Authority:
    """Who strikes off the problems of one source, for each severity."""

    minor: Closer
    serious: Closer
    major: Closer

    def closer(self, severity: Severity) -> Closer:
        """The one who strikes off a problem of *severity*."""
        return {Severity.MINOR: self.minor, Severity.SERIOUS: self.serious, Severity.MAJOR: self.major}[
            severity
        ]


def closer_for(table: Mapping[Source, Authority], source: Source | None, severity: Severity | None) -> Closer:
    """Who strikes off a problem; the township where the table or the problem says nothing."""
    authority = table.get(source) if source is not None else None
    if authority is None or severity is None:
        return Closer.TOWN
    return authority.closer(severity)
