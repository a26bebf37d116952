"""Tools for mail, CRM and advertising that take lists: one file each, discovered, never listed. To add one, copy a file and change it."""

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from segmentation.later import later
from segmentation.tools.tool import WHAT, Tool

__all__ = ["TOOLS", "WHAT", "Tool"]

TOOLS: dict[str, Tool]


def _declared(name: str) -> Tool:
    found = getattr(import_module(f"{__name__}.{name}"), name, None)
    if not isinstance(found, Tool):
        raise TypeError(f"{__name__}.{name} declares no Tool called {name}")
    return found


@lru_cache(maxsize=1)
def _all() -> dict[str, Tool]:
    """Name → tool; nobody needs them before there is somebody to write to."""
    return {
        name: _declared(name) for name in sorted(one.name for one in pkgutil.iter_modules(__path__)) if name != "tool"
    }


if not TYPE_CHECKING:
    __getattr__, __dir__ = later(__name__, {"TOOLS": _all})
