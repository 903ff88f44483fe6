"""Large ledgers for measuring: rows made as ready tuples and loaded in blocks, not through the verbs."""
