"""Charts in the window: drawn by Qt from the same shapes as on paper."""
