"""SVG: a picture a file."""

from __future__ import annotations

import vl_convert

from segmentation.report.findings import Findings
from segmentation.report.pictures import specification

HOLDS = "picture"
MIME = "image/svg+xml"


def write(findings: Findings) -> bytes:
    """The one picture that the findings are narrowed to."""
    [chart] = findings.pictures.values()
    return vl_convert.vegalite_to_svg(specification(chart)).encode("utf-8")
