"""Ctrl-C while a command of the shell still starts: one line, as later, instead of where the program was.

It is imported before all that takes long; `__main__` lets go of it once it can end in order.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

SAID = "Stopped."
STATUS = 130  # as shells have it


def at_once(*_: Any) -> None:
    os.write(2, f"{SAID}\n".encode())
    os._exit(STATUS)  # nothing is written yet, and nothing begun


def is_command() -> bool:
    """Whether this is a command's start: python -m segmentation …, or the script of that name."""
    called = sys.argv[0] if sys.argv else ""
    if called == "-m":  # as long as the package is imported
        return sys.orig_argv[-len(sys.argv)] == __package__
    return os.path.basename(called) == __package__  # noqa: PTH119 - pathlib is half of what is imported here


def in_order() -> None:
    """From now on Ctrl-C is an exception again."""
    if signal.getsignal(signal.SIGINT) is at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)


if is_command() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, at_once)
