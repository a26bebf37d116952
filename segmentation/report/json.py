"""JSON: the study, which replays on next month's file."""

from __future__ import annotations

from segmentation.report.findings import Findings

HOLDS = "study"
MIME = "application/json"


def write(findings: Findings) -> bytes:
    """Every setting, as `Study.load` takes it."""
    return findings.study.to_json().encode("utf-8")
