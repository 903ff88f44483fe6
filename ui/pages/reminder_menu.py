"""The submenu 督促: the letters of the ladder that may be issued about a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QMenu

from river_chief.rules.workflow import REMINDERS
from river_chief.terms import Action
from river_chief.verbs.steps.reminding import PAPERS


def add_reminders(menu: QMenu, actions: Iterable[Action], do: Callable[[Action], object]) -> None:
    """Add 督促 with the reminders among *actions*, the mildest first; nothing where there are none."""
    open_now = set(actions)
    offered = [action for action in REMINDERS if action in open_now]
    if not offered:
        return
    submenu = menu.addMenu("督促(&U)")
    for place, action in enumerate(offered, 1):
        submenu.addAction(f"{action.label}：{PAPERS[action].label}(&{place})…", partial(do, action))
