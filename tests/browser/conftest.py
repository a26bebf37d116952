"""The real app in a real browser, started once in each process: a visitor for each test, and nothing may leave this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.install import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
NAMED = "phones.localhost"  # another name of this machine, as of one in a network
HOME = {"localhost", "127.0.0.1", NAMED, None}  # None: data: and blob:, which go nowhere
NOTHING = "/_stcore/health"
DESK: ViewportSize = {"width": 1440, "height": 900}
PATIENCE = 60_000  # ms a condition is waited for: the machine may be busy
# What server and page tell each other can be held up (see Screen.unanswered), and it is known when they last did (see Screen.idle)
LATE = """() => { const listen = WebSocket.prototype.addEventListener, send = WebSocket.prototype.send
    WebSocket.prototype.addEventListener = function (kind, hear, ...more) {
        const heard = told => { window.heardAt = performance.now(); return hear.call(this, told) }
        const later = told => window.late ? window.late.push(Object.assign(() => heard(told), { told })) : heard(told)
        return listen.call(this, kind, kind === "message" ? later : hear, ...more) }
    WebSocket.prototype.send = function (...told) { window.askedAt = performance.now(); return send.apply(this, told) } }"""


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


class Tabs:
    """Tabs that were opened, and are opened anew for the next visitor.

    Most of what opening the app costs is compiling its scripts. A tab that has shown it before knows them: a third of the work.
    Between two visitors a tab forgets what it stored and stands on a page of the app's address that runs nothing. Where a test
    failed its tab is closed.
    """

    def __init__(self, browser: Browser, session: pytest.Session) -> None:
        self.browser, self.session = browser, session
        self.free: dict[str, list[Page]] = defaultdict(list)  # by what cannot be changed in a tab

    @contextmanager
    def one(self, size: ViewportSize, colours: Any, **options: Any) -> Iterator[Page]:
        """A tab for a visitor, of this size and in light or dark colours; its context has these options."""
        failed, free = self.session.testsfailed, self.free[str(options)]
        page = free.pop() if free else self._new(options)
        page.context.set_default_timeout(PATIENCE)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        yield page
        if self.session.testsfailed > failed:
            page.context.close()
            return
        for other in page.context.pages[1:]:
            other.close()
        page.goto(urlsplit(page.url)._replace(path=NOTHING, query="", fragment="").geturl())
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.context.clear_cookies()
        page.mouse.move(0, 0)
        free.append(page)

    def _new(self, options: dict[str, Any]) -> Page:
        context = self.browser.new_context(**options)
        context.add_init_script(f"({LATE})()")
        return context.new_page()


@pytest.fixture(scope="session")
def tabs(browser: Browser, request: pytest.FixtureRequest) -> Tabs:
    return Tabs(browser, request.session)


def sought(location: Any) -> bool:
    """Whether it is Streamlit's own search for its server: below the address of a page first, where it is not."""
    return "/_stcore/" in urlsplit(location["url"]).path.removeprefix("/_stcore/")


@contextmanager
def visiting(app: str, tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Opens the app, or what is at an address of it or of another, for one more visitor, and at the end looks at what they did."""
    asked: list[str] = []
    wrong: list[str] = []
    hears: dict[Any, Callable[[Any], None]] = {
        "request": lambda request: asked.append(request.url),
        "console": lambda said: wrong.append(said.text) if said.type == "error" and not sought(said.location) else None,
        "weberror": lambda error: wrong.append(str(error.error)),
    }

    @contextmanager
    def heard(page: Page, address: str) -> Iterator[Page]:
        for event, hear in hears.items():
            page.context.on(event, hear)
        page.goto(address)
        yield page
        for event, hear in hears.items():
            page.context.remove_listener(event, hear)

    with ExitStack() as leaving:

        def new(address: str = "", viewport: ViewportSize = DESK, color_scheme: str = "light", **options: Any) -> Page:
            page = leaving.enter_context(tabs.one(viewport, color_scheme, **options))
            return leaving.enter_context(heard(page, urljoin(app, address)))

        yield new
    assert [url for url in asked if urlsplit(url).hostname not in HOME] == [], "a request left this machine"
    assert wrong == [], "the browser complained"


@pytest.fixture
def visit(app: str, tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Opens the app for one more visitor; see `visiting`."""
    with visiting(app, tabs) as new:
        yield new


@pytest.fixture(scope="module")
def stay(app: str, tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """What somebody begins with, once for all tests of a file: each goes on where the one before left the page.

    Opening the app and a file takes longer than most of what is tested then. After a test that failed somebody else comes.
    """
    begun: dict[tuple[int, str], Any] = {}  # how many tests had failed, and who stays → what was begun with then
    with visiting(app, tabs) as new:

        def staying(begin: Callable[[Page], Any], who: str = "somebody", address: str = "") -> Any:
            key = request.session.testsfailed, who
            if key not in begun:
                begun[key] = begin(new(address))
            return begun[key]

        yield staying


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """One visitor at a desk."""
    return visit()
