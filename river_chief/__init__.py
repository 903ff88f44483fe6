"""河长台账: the ledger of a township river-chief office. This package imports no Qt."""

__version__ = "0.1.0"
