"""The fixtures of the window's tests; see ``tests/ui/desk.py``."""

from __future__ import annotations

from tests.ui.desk import (
    filler,
    host,
    ledger,
    ledger_template,
    own_folder,
    qapp_cls,
    shown,
    workspace,
)

__all__ = ["filler", "host", "ledger", "ledger_template", "own_folder", "qapp_cls", "shown", "workspace"]
