"""Tools for mail, CRM and advertising that take lists: one file each, discovered, never listed. To add one, copy a file and change it."""

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from segmentation.discovery import discover
from segmentation.later import later
from segmentation.tools.tool import WHAT, Tool

__all__ = ["TOOLS", "WHAT", "Tool"]

TOOLS: dict[str, Tool]


@lru_cache(maxsize=1)
def _all() -> dict[str, Tool]:
    """Name → tool; nobody needs them before there is somebody to write to."""
    return discover(sys.modules[__name__], Tool)


if not TYPE_CHECKING:
    __getattr__, __dir__ = later(__name__, {"TOOLS": _all})
