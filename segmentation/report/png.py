"""PNG: a picture a file, at twice its size, ink on white."""

from __future__ import annotations

from segmentation.report import engine
from segmentation.report.findings import Findings

HOLDS = "picture"
MIME = "image/png"


def write(findings: Findings) -> bytes:
    """The one picture that the findings are narrowed to."""
    [drawn] = findings.drawn.values()
    return engine.to_png(drawn, scale=2)
