"""Make sure there is a Chromium for the tests: python -m tests.browser.install"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [  # headless, and asking nothing of the outside
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADVICE = "install Chromium (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM to the path of one"


def chromium() -> str:
    """Path of a Chromium: CHROMIUM of the environment, one on the PATH, or Playwright's own; "" where there is none."""
    named = [os.environ.get("CHROMIUM", ""), *NAMES]
    found = (shutil.which(name) for name in named if name)
    return next((path for path in found if path), "") or _playwrights_own()


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def install() -> str:
    """Install a Chromium: through apt-get as root, else Playwright's own. What failed, or "" when all went well."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        return _run("apt-get", "update") or _run("apt-get", "install", "-y", "chromium")
    return _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> str:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"{' '.join(command)}: {last}" if done.returncode else ""


def main() -> int:
    if path := chromium():
        print(f"The browser for the tests is {path}.")
        return 0
    trouble = install()
    if path := chromium():
        print(f"The browser for the tests was installed: {path}.")
        return 0
    print(f"There is no browser for the tests ({trouble or 'the installed one is not on the PATH'}): {ADVICE}.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
