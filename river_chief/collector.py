"""Python's collector of cycles, held back where much is made that has none.

A report makes some hundred thousand numbers and small records at once. Every few ten thousand of them the collector
would walk all that the program has loaded, which takes longer than the counting.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Collect nothing meanwhile; what is no longer referred to goes at once as always."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
