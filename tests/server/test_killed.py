"""The server killed in the middle of what somebody does: nothing is left of it, and a new one serves."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from platformdirs import user_cache_path
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.person import EDGE, Person
from tests.server.running import PATIENCE, Running, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is told by /proc")
LARGE = 200 << 20  # bytes, the most an upload may have
CUSTOMERS = 20_000
TOKEN = "0123456789abcdef" * 2
SALES = b"customer,date,amount\n" + b"".join(
    b"customer number %d,2026-%02d-%02d,%d\n" % (i, i % 12 + 1, i % 28 + 1, i % 900) for i in range(CUSTOMERS)
)


@dataclass
class Taker(Person):
    """Somebody who takes away the list of customers that a page offers."""

    offered: str = ""

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        button = answer.delta.new_element.download_button
        if button.label.startswith("Download"):
            self.offered = button.deferred_file_id

    async def place_of(self, file: str) -> str:
        """Where the server has what was offered."""
        wish, answer = BackMsg(), ForwardMsg()
        wish.backend_operation_request.request_id = "1"
        wish.backend_operation_request.session_id = self.session
        wish.backend_operation_request.deferred_file.file_id = file
        await self.stream.send(wish.SerializeToString())
        while answer.WhichOneof("type") != "backend_operation_response":
            answer.ParseFromString(await asyncio.wait_for(self.stream.recv(), PATIENCE))
        return answer.backend_operation_response.deferred_file.url


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    assert true()


def started(pid: int) -> Iterator[int]:
    """The processes that a process started."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # it has just ended
            yield from map(int, (thread / "children").read_text().split())


def killed(server: Running) -> list[int]:
    """The server is killed; the processes that are to end: its own, and those it started."""
    processes = [server.pid, *started(server.pid)]
    os.kill(server.pid, signal.SIGKILL)
    return processes


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def busy(pid: int) -> bool:
    """Whether a process apart has something to work on: what was brought is handed to it in memory without a name."""
    with suppress(OSError):
        return any("memfd:segment-lab" in str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir())
    return False


def spooled(pid: int, folder: Path) -> int:
    """Bytes that a process has in files of a folder which no longer stand in it."""
    total = 0
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if one.readlink().is_relative_to(folder):
                total += one.stat().st_size
    return total


async def in_an_upload(server: Running, folder: Path) -> list[int]:
    """Half of a file has come, and lies where uploads lie on their way."""
    person = await Person.arrive(server.port, patience=None)
    await person.open("data")
    place = urlsplit((await person._place_for("sales.csv")).upload_url).path
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="sales.csv"\r\n\r\n'.encode()
    asked = (
        f"PUT {place} HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: {LARGE}\r\nX-Xsrftoken: {TOKEN}\r\n"
        f"Cookie: _streamlit_xsrf={TOKEN}\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n\r\n"
    )
    line = socket.create_connection(("127.0.0.1", server.port))
    await asyncio.to_thread(line.sendall, asked.encode() + head + bytes(20 << 20))
    await asyncio.to_thread(until, lambda: spooled(server.pid, folder) > 10 << 20)
    processes = killed(server)
    line.close()
    return processes


async def in_a_download(server: Running, folder: Path) -> list[int]:
    """A list of customers is on its way to whoever asked for it."""
    person = await Taker.arrive(server.port, patience=None)
    await person.bring(SALES, "sales.csv")
    await person.open("segments")
    path = await person.place_of(person.offered)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    line.request("GET", path)
    answer = line.getresponse()
    assert answer.status == 200 and len(await asyncio.to_thread(answer.read, 1000)) == 1000
    processes = killed(server)
    line.close()
    return processes


async def in_reading(server: Running, folder: Path) -> list[int]:
    """A file has come and is being read, the customers are being made of it."""
    person = await Person.arrive(server.port, patience=None)
    doing = asyncio.ensure_future(person.bring(SALES, "sales.csv"))
    await asyncio.to_thread(until, lambda: any(map(busy, started(server.pid))))
    processes = killed(server)
    with suppress(Exception):
        await doing
    assert len(processes) > 1
    return processes


async def served(server: Running) -> int:
    """Somebody brings a file and looks at the segments; how often something went wrong."""
    person = await Person.arrive(server.port, patience=None)
    await person.bring(SALES[:4_000].rpartition(b"\n")[0], "sales.csv")
    await person.open("segments")
    await person.leave()
    return person.errors


def apart(doing: Awaitable[Any]) -> Any:
    """Done in a thread of its own: a browser test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, doing).result()


@pytest.mark.parametrize("middle", [in_an_upload, in_reading, in_a_download])
def test_killed_in_the_middle_the_server_leaves_nothing_and_a_new_one_serves(middle, tmp_path):
    spool, home = tmp_path / "spool", tmp_path / "home"
    spool.mkdir()
    home.mkdir()
    with suppress(FileNotFoundError):  # the charts' script, which takes two seconds to make
        shutil.copytree(user_cache_path("segment-lab"), home / ".cache" / "segment-lab")
    places = {"TMPDIR": str(spool), "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    with running(tmp_path, **places) as server:
        for one in apart(middle(server, spool)):
            until(lambda one=one: ended(one))
    assert list(spool.iterdir()) == []
    with running(tmp_path, **places) as server:
        assert apart(served(server)) == 0
    assert list(spool.iterdir()) == []
    left = [path.name for path in home.rglob("*") if path.is_file()]
    assert not [name for name in left if not re.fullmatch(r"charts-[\w.-]+\.js\.gz", name)], (
        "but for the charts' script"
    )
