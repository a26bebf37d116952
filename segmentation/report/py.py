"""Python: a script that finds every number again, on this file or on next month's."""

from __future__ import annotations

from segmentation.report.findings import Findings
from segmentation.report.steps import called, steps

HOLDS = "replay"
MIME = "text/x-python"


def write(findings: Findings) -> bytes:
    """Each step under a comment; the files are named behind the script, else they are those of the findings."""
    done = steps(findings, "sys.argv[1:] or ")
    parts = [f"# {called(findings)}", "import sys", *(f"# {step.words}\n{step.code}" for step in done)]
    return ("\n\n".join(parts) + "\n").encode("utf-8")
