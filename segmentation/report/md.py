"""Markdown: the report in words."""

from __future__ import annotations

from segmentation.report.findings import Findings

HOLDS = "report"
MIME = "text/markdown"


def write(findings: Findings) -> bytes:
    """What was found, in sentences."""
    return findings.words.encode("utf-8")
