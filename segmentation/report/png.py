"""PNG: a picture a file, at twice its size, ink on white."""

from __future__ import annotations

from segmentation.report import engine
from segmentation.report.findings import Findings
from segmentation.report.pictures import specification

HOLDS = "picture"
MIME = "image/png"


def write(findings: Findings) -> bytes:
    """The one picture that the findings are narrowed to."""
    [chart] = findings.pictures.values()
    return engine.to_png(specification(chart), scale=2)
