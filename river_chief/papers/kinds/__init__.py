"""One module for each paper of the office; ``produce`` makes any of them."""

from river_chief.papers.kinds.produce import KINDS, produce

__all__ = ["KINDS", "produce"]
