"""What draws pictures as files. To begin with it reserves room for good, far more than the memory it ever takes.

In a process that is held to limits that room is no part of what a piece of work may take: `around` lifts them meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from segmentation.report import fonts

around: Callable[[], AbstractContextManager[Any]] = nullcontext
ONE_LETTER = '{"data": {"values": [{}]}, "mark": {"type": "text", "text": "a"}}'  # whose letter has the fonts looked up


def to_svg(chart: str) -> str:
    """A Vega-Lite specification, drawn; its parts are numbered from 0, however many were drawn before: the same chart is
    the same text."""
    numbers: dict[str, int] = {}

    def anew(found: re.Match[str]) -> str:
        return f"{found[1]}{numbers.setdefault(found[2], len(numbers))}"

    return re.sub(r'((?:id="|url\(#)(?:clip|gradient_))(\d+)', anew, _engine().vegalite_to_svg(chart))


def to_png(drawn: str, scale: float) -> bytes:
    """What `to_svg` has drawn, at so many times its size."""
    return _engine().svg_to_png(drawn, scale=scale)


@cache
def _engine() -> Any:
    import vl_convert  # not before something is drawn

    with around(), fonts.others():
        vl_convert.vegalite_to_svg(ONE_LETTER)
    return vl_convert
