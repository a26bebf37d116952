"""A reload, a server that was killed, an undo: a person is back where she was."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.screen import Screen
from tests.places import ROOT


class Host:
    """A server that keeps work in a folder; it can be killed and started anew on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        environment = {**os.environ, "SEGMENT_LAB_DATA": str(self.folder / "kept")}
        command = [sys.executable, "launch.py", "--port", str(self.port)]
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
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    host.start()
    yield host
    host.kill()


@pytest.fixture
def opened(browser: Browser, host: Host) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)

    def go(address: str = "") -> Page:
        page = context.new_page()
        page.goto(address or f"http://localhost:{host.port}")
        return page

    yield go
    context.close()


def test_after_a_reload_and_a_killed_server_all_is_there_and_can_be_undone_and_forgotten(
    host: Host, opened: Callable[..., Page]
) -> None:
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
    again = opened(address)
    again.goto(address.replace("/segments", "/"))
    Screen(again).says("no longer kept here")
