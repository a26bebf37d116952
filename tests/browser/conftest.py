"""The real app in a real browser, started once in each process: a visitor for each test, and nothing may leave this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.install import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
HOME = {"localhost", "127.0.0.1", None}  # None: data: and blob:, which go nowhere
PATIENCE = 60_000  # ms a condition is waited for: the machine may be busy


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """While a file is here, long work ends only where somebody stops it (see `serve.py`)."""
    return tmp_path_factory.mktemp("held") / "held"


@pytest.fixture
def hold(held: Path) -> Iterator[Callable[[], None]]:
    """Call it, and from then on work takes long."""
    yield held.touch
    held.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, held: Path) -> Iterator[str]:
    """Address of the running app."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "log.txt"
    command = [sys.executable, "-m", "tests.browser.serve", str(held), "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(port, server, log)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_healthy(port: int, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not (path := chromium()):
        pytest.skip("there is no Chromium: run python -m tests.browser.install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visiting(app: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the app for one more visitor (with the context's options) and, at the end, looks at what they all did."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    wrong: list[str] = []

    def new(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        page = context.new_page()
        page.goto(app)
        return page

    yield new
    for context in contexts:
        context.close()
    assert [url for url in asked if urlsplit(url).hostname not in HOME] == [], "a request left this machine"
    assert wrong == [], "the browser complained"


@pytest.fixture
def visit(app: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the app for one more visitor; see `visiting`."""
    with visiting(app, browser) as new:
        yield new


@pytest.fixture(scope="module")
def stay(app: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """What somebody begins with, once for all tests of a file: each goes on where the one before left the page.

    Opening the app and a file takes longer than most of what is tested then. After a test that failed somebody else comes.
    """
    begun: dict[int, Any] = {}  # how many tests had failed → what was begun with then
    with visiting(app, browser) as new:

        def staying(begin: Callable[[Page], Any]) -> Any:
            failed = request.session.testsfailed
            if failed not in begun:
                begun[failed] = begin(new())
            return begun[failed]

        yield staying


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """One visitor at a desk."""
    return visit()
