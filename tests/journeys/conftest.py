"""The window on a real ledger; see ``tests/ui/desk.py``."""

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
