"""SVG: a picture a file."""

from __future__ import annotations

from segmentation.report.findings import Findings

HOLDS = "picture"
MIME = "image/svg+xml"


def write(findings: Findings) -> bytes:
    """The one picture that the findings are narrowed to."""
    [drawn] = findings.drawn.values()
    return drawn.encode("utf-8")
