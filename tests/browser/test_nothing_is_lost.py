"""A reload, a server that was killed, an undo: a person is back where she was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from segmentation import METHODS
from segmentation.formats import ordinal
from tests.browser.conftest import DESK, NAMED, PATIENCE, Tabs
from tests.browser.screen import Screen
from tests.places import ROOT


class Host:
    """A server that keeps work in a folder; it can be killed and started anew on the same port."""

    process: subprocess.Popen | None = None

    def __init__(self, folder: Path, *more: str, port: int = 0) -> None:
        self.folder, self.more = folder, more
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = port or free.getsockname()[1]

    def start(self) -> None:
        environment = {**os.environ, "SEGMENT_LAB_DATA": str(self.folder / "kept")}
        command = [sys.executable, "launch.py", "--port", str(self.port), *self.more]
        with (self.folder / "log.txt").open("a") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/_stcore/health", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.folder / "log.txt").read_text())

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(20)
        self.process = None

    @contextmanager
    def another(self, folder: Path, *more: str) -> Iterator[Host]:
        """A server of another kind in the place of this one: a browser knows the scripts that come from there."""
        self.kill()
        other = Host(folder, *more, port=self.port)
        try:
            other.start()
            yield other
        finally:
            other.kill()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Where a server can be."""
    place = Host(tmp_path_factory.mktemp("host"))
    yield place
    place.kill()


@pytest.fixture
def host(place: Host) -> Host:
    if not place.process:
        place.start()
    return place


@pytest.fixture
def opened(tabs: Tabs, host: Host) -> Iterator[Callable[[str], Page]]:
    """Opens an address in one more tab of one browser."""
    with tabs.one(DESK, "light") as first:
        unused = [first]

        def go(address: str = "") -> Page:
            page = unused.pop() if unused else first.context.new_page()
            page.goto(address or f"http://localhost:{host.port}")
            return page

        yield go


def test_after_a_reload_and_a_killed_server_all_is_there_and_can_be_undone_and_forgotten(
    host: Host, opened: Callable[..., Page]
) -> None:
    """The first to use the server: no other work needs the file that is forgotten."""
    screen = Screen(opened()).sample().go("Segments")
    screen.choose("method", "BCG matrix").idle()
    screen.until(lambda: "Stars" in screen.table(), True)
    before = screen.table()
    thumb = screen.key("bcg.growth").get_by_role("slider")
    thumb.focus()
    for _ in range(4):
        screen.page.keyboard.press("ArrowRight")
    screen.idle().until(lambda: screen.table() != before, True)
    after = screen.idle().table()
    expect(screen.page).to_have_url(re.compile("work="))

    screen.page.reload()
    screen.until(screen.table, after)

    host.kill()
    host.start()
    screen.page.goto(screen.page.url)
    screen.until(screen.table, after)

    screen.page.keyboard.press("Control+z")
    screen.until(lambda: screen.table() != after, True)
    screen.idle().page.keyboard.press("Control+Shift+z")
    screen.until(screen.table, after)

    address = screen.page.url
    screen.page.get_by_role("button", name="Settings").click()
    screen.page.get_by_role("button", name="Forget this file and what I did with it").click()
    screen.says("It is forgotten")
    assert not list((host.folder / "kept" / "files").iterdir())
    Screen(opened(address.replace("/segments", "/"))).says("no longer kept here")


def test_what_three_methods_found_is_there_after_a_kill_and_of_two_tabs_the_later_wins(
    host: Host, opened: Callable[..., Page]
) -> None:
    screen = Screen(opened()).sample().go("Segments")
    keep = screen.page.get_by_role("button", name="Keep this")
    for at, method in enumerate(("lifecycle", "vip", "abc_classes"), 1):
        screen.choose("method", METHODS[method].title).idle()
        keep.click()
        screen.says(f"Kept as the {ordinal(at)} cell")
        screen.idle()
    screen.until(lambda: set(screen.table()), {"A", "B", "C"})
    for at in (4, 5):
        had = screen.table()
        screen.handle("a").focus()
        screen.page.keyboard.press("ArrowLeft")
        screen.until(lambda had=had: screen.idle().table() != had, True)
        screen.page.wait_for_timeout(500)  # as long as keys are gathered
        keep.click()
        screen.says(f"Kept as the {ordinal(at)} cell")
    screen.idle()
    before, address = screen.table(), screen.page.url
    host.kill()
    host.start()
    screen.page.goto(address)
    screen.until(screen.table, before)
    screen.page.get_by_test_id("stTopNavLink").filter(has_text="Notebook").click()
    expect(screen.page.get_by_role("button", name="Delete this cell")).to_have_count(5)

    screen.page.goto(address)
    one, other = screen, Screen(opened(address))
    for tab, key in ((one, "ArrowLeft"), (other, "ArrowRight"), (one, "ArrowLeft")):
        tab.until(lambda tab=tab: set(tab.table()), {"A", "B", "C"})
        had = tab.idle().table()
        tab.handle("a").focus()
        tab.page.keyboard.press(key)
        tab.until(lambda tab=tab, had=had: tab.idle().table() != had, True)
        tab.page.wait_for_timeout(500)  # as long as keys are gathered
    one.page.keyboard.press("ArrowLeft")
    one.says("This work is open in another tab too")
    one.page.wait_for_timeout(500)
    latest = one.idle().table()
    again = Screen(opened(address))
    again.until(again.table, latest)


def test_of_two_tabs_the_other_says_at_once_that_the_work_was_changed_and_nobody_else_does(
    opened: Callable[..., Page],
) -> None:
    said = "This work is open in another tab too"
    one = Screen(opened()).sample().go("Segments")
    one.choose("method", METHODS["abc_classes"].title).idle()
    one.until(lambda: set(one.table()), {"A", "B", "C"})
    other, stranger = Screen(opened(one.page.url)), Screen(opened()).sample().go("Segments")
    other.until(lambda: set(other.table()), {"A", "B", "C"})
    before = other.idle().table()

    one.handle("a").focus()
    one.page.keyboard.press("ArrowLeft")
    other.says(said)
    assert other.idle().table() == before, "what it shows stays, until it is reloaded"
    one.page.wait_for_timeout(500)  # as long as keys are gathered
    after = one.idle().table()
    for tab in (one, stranger):
        expect(tab.page.get_by_text(said)).to_have_count(0)
    other.page.reload()
    other.until(other.table, after)

    other.handle("a").focus()
    other.page.keyboard.press("ArrowRight")
    one.says(said)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB on which work is kept."""
    (tmp_path / "kept").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(tmp_path / "kept")]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be had as root alone")
    yield tmp_path / "kept"
    subprocess.run(["umount", "--lazy", str(tmp_path / "kept")], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on a disk; the file that takes it."""
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as out:
        while True:
            out.write(bytes(1024))
    return disk / "filler"


def test_a_disk_that_fills_up_is_said_once_and_the_visit_goes_on(
    tabs: Tabs, place: Host, tmp_path: Path, small: Path
) -> None:
    said = "Your work cannot be kept in"
    with place.another(tmp_path) as host, tabs.one(DESK, "light") as page:
        page.goto(f"http://localhost:{host.port}/")
        screen = Screen(page).sample().go("Segments")
        screen.choose("method", METHODS["abc_classes"].title).idle()
        screen.until(lambda: set(screen.table()), {"A", "B", "C"})
        before = screen.table()
        filler = fill(small)
        screen.handle("a").focus()
        page.keyboard.press("ArrowLeft")
        screen.says(said)
        expect(page.get_by_text(said)).to_have_count(1)
        screen.until(lambda: screen.idle().table() != before, True)

        page.get_by_test_id("stTopNavLink").filter(has_text="Data").click()
        screen.says("See the segments")
        expect(page.get_by_text(said)).to_have_count(0)
        lines = "".join(f"C{i % 999},2024-01-{i % 28 + 1:02},{i}\n" for i in range(90_000))
        screen.upload("large.csv", f"customer,date,amount\n{lines}".encode())
        screen.says("999 customers")
        assert not list((small / "files").iterdir()), "what has no room leaves no half of it"
        screen.go("Segments").idle()
        screen.until(lambda: bool(screen.table()), True)
        expect(page.get_by_text(said)).to_have_count(0)

        page.reload()
        screen.until(screen.table, before)  # as it was when the last of it was kept
        screen.go("Data").upload("large.csv", f"customer,date,amount\n{lines}".encode())
        screen.says("999 customers")
        filler.unlink()
        screen.go("Segments").idle()
        screen.until(lambda: sum(screen.table().values()), 999)
        for key in ("ArrowLeft", "ArrowLeft"):  # the first is kept with all there is, the next as ever
            had = screen.idle().table()
            screen.handle("a").focus()
            page.keyboard.press(key)
            screen.until(lambda had=had: screen.idle().table() != had, True)
            page.wait_for_timeout(500)  # as long as keys are gathered
        latest = screen.idle().table()
        page.reload()
        screen.until(screen.table, latest)
        expect(page.get_by_text(said)).to_have_count(0)


def test_phones_are_shown_a_code_where_they_can_reach_the_app(tabs: Tabs, place: Host, tmp_path: Path) -> None:
    with place.another(tmp_path, "--host", NAMED) as host, tabs.one(DESK, "light") as page:
        page.goto(f"http://{NAMED}:{host.port}/")
        screen = Screen(page).sample().go("Segments")
        page.get_by_role("button", name="Keep this").click()
        screen.says("cell of the notebook")
        page.get_by_test_id("stTopNavLink").filter(has_text="Notebook").click()
        page.get_by_role("button", name="Present").click()
        page.get_by_role("button", name="For phones").click()
        code = page.get_by_alt_text("The link as a code for a phone")
        screen.until(lambda: code.evaluate("one => one.naturalWidth > 0 && one.clientWidth > 200"), True)
