"""The command line: the same jobs as the window, for scripts, schedules and checks from outside."""

from __future__ import annotations

import os

# Typer reads this when it is imported; the program ships without rich.
os.environ.setdefault("TYPER_USE_RICH", "0")

from river_chief.cli.program import app, main

__all__ = ["app", "main"]
