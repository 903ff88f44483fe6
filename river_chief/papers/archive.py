"""Files that are ZIP archives (Word), without the moment they were packed: equal papers give equal bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day every part bears: the first that an archive can tell."""


def timeless(archive: bytes) -> bytes:
    """*archive* with its parts in the same order, each bearing the same day."""
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, FIRST_DAY), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
