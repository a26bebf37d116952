"""The node that comes with Playwright: `python -m tests.javascript.node` says whether every JavaScript file can be read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import playwright

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file for folder in ("pages", "segmentation") for file in (ROOT / folder).rglob("*.js"))


def node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run it; both streams come back as text."""
    program = shutil.which("node", path=Path(playwright.__file__).parent / "driver")
    assert program, "Playwright is installed without its node"
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def unreadable() -> list[str]:
    """What node says of each file that is no module; nothing where all are."""
    return [told.stderr for file in FILES if (told := node("--check", file)).returncode]


if __name__ == "__main__":
    sys.exit("\n".join(unreadable()) or None)
