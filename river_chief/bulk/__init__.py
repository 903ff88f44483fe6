"""批量办理: one action on many problems, planned first, done as one batch, taken back as one."""

from river_chief.bulk.batch import Deed, carry_out

__all__ = ["Deed", "carry_out"]
