"""SVG: a picture a file."""

from __future__ import annotations

import re

from segmentation.report import engine
from segmentation.report.findings import Findings
from segmentation.report.pictures import specification

HOLDS = "picture"
MIME = "image/svg+xml"


def write(findings: Findings) -> bytes:
    """The one picture that the findings are narrowed to."""
    [chart] = findings.pictures.values()
    return _counted_anew(engine.to_svg(specification(chart))).encode("utf-8")


def _counted_anew(drawn: str) -> str:
    """A picture whose parts are numbered from 0, however many were drawn before it: the same chart is the same bytes."""
    numbers: dict[str, int] = {}

    def anew(found: re.Match[str]) -> str:
        return f"{found[1]}{numbers.setdefault(found[2], len(numbers))}"

    return re.sub(r'((?:id="|url\(#)(?:clip|gradient_))(\d+)', anew, drawn)
