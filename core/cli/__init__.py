"""The command line: ``kehu``. The only room that prints, and that ends the process.

This page imports next to nothing, so that ``kehu --help`` answers at once; each command loads what it needs.
"""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command that was typed, and end with its exit code: 0 done, 1 refused, 2 mistyped, 130 stopped."""
    from .running import run

    sys.exit(run(sys.argv[1:]))
