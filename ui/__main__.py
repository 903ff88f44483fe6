"""``python -m ui``: open the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window; return the exit code."""
    from ui.app import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
