from __future__ import annotations

import pytest

from river_chief.rules.closing_authority import Authority, closer_for
from river_chief.terms import Closer, Severity, Source

TABLE = {
    Source.CHIEF: Authority(Closer.TOWN, Closer.COUNTY, Closer.CITY),
    Source.PROSECUTION: Authority(Closer.ASSIGNER, Closer.ASSIGNER, Closer.ASSIGNER),
}


@pytest.mark.parametrize(
    ("source", "severity", "closer"),
    [
        (Source.CHIEF, Severity.MINOR, Closer.TOWN),
        (Source.CHIEF, Severity.SERIOUS, Closer.COUNTY),
        (Source.CHIEF, Severity.MAJOR, Closer.CITY),
        (Source.PROSECUTION, Severity.MINOR, Closer.ASSIGNER),
        (Source.MEDIA, Severity.MAJOR, Closer.TOWN),
        (Source.PROSECUTION, None, Closer.TOWN),
        (None, Severity.MAJOR, Closer.TOWN),
    ],
)
def test_the_cell_of_source_and_severity_decides(
    source: Source | None, severity: Severity | None, closer: Closer
) -> None:
    assert closer_for(TABLE, source, severity) is closer
