"""What draws pictures as files. To begin with it reserves room for good, far more than the memory it ever takes.

In a process that is held to limits that room is no part of what a piece of work may take: `around` lifts them meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

around: Callable[[], AbstractContextManager[Any]] = nullcontext
NOTHING = '{"data": {"values": []}, "mark": "point"}'


def to_svg(chart: str) -> str:
    """A Vega-Lite specification, drawn."""
    return _engine().vegalite_to_svg(chart)


def to_png(chart: str, scale: float) -> bytes:
    """A Vega-Lite specification, drawn at so many times its size."""
    return _engine().vegalite_to_png(chart, scale=scale)


@cache
def _engine() -> Any:
    import vl_convert  # not before something is drawn

    with around():
        vl_convert.vegalite_to_svg(NOTHING)
    return vl_convert
