"""The photos of the sample: small, drawn, the same each time, kept under their digest."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session, select

from river_chief.records import Attachment
from river_chief.sample.photos import HEIGHT, WIDTH, draw
from river_chief.sample.words import GOALS
from river_chief.storage.paths import LedgerFolder
from river_chief.terms import Phase

LARGEST = 25 * 1024
TAKEN = datetime(2025, 3, 5, 9, 12)


@pytest.mark.parametrize("group", GOALS)
def test_a_photo_is_small_and_always_the_same(group: str) -> None:
    before = draw("砚2025-031", group, Phase.BEFORE, TAKEN)
    assert len(before) <= LARGEST
    assert before == draw("砚2025-031", group, Phase.BEFORE, TAKEN)
    assert before != draw("砚2025-031", group, Phase.AFTER, TAKEN)
    with Image.open(BytesIO(before)) as picture:
        assert picture.size == (WIDTH, HEIGHT)


def test_photos_lie_in_the_ledger_with_their_times(session: Session, township: Path) -> None:
    photos = list(session.exec(select(Attachment)))
    assert Counter(photo.phase for photo in photos) == {Phase.BEFORE: 60, Phase.AFTER: 50}
    folder = LedgerFolder(township)
    for photo in photos:
        content = folder.photo(photo.sha256).read_bytes()
        assert sha256(content).hexdigest() == photo.sha256
        assert len(content) == photo.size <= LARGEST
        assert photo.taken_at is not None
        assert photo.taken_at.date() == photo.happened_on
