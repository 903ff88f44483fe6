"""Tables: one model for every ledger, and the view around it."""
