"""The window: Qt Widgets over the ledger."""
