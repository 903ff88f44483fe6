"""步骤: what is done with a problem in the closed loop, one verb for each action of the table.

Every verb checks the transition table, the version the clerk saw and the order of dates, notes an append-only
step, and moves the problem and its current round.
"""

from river_chief.verbs.steps.doings import DOINGS, Doing

__all__ = ["DOINGS", "Doing"]
