"""The app as `make run` starts it, for tests: what it asks of the outside is refused and written down."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.places import ROOT

PATIENCE = 60  # seconds until a server must answer: the machine may be busy
NOBODY = """
import os, socket

HOME = {"", "0.0.0.0", "::", "localhost", "127.0.0.1", "::1", None, b"localhost", b"127.0.0.1"}
asked = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
looked_up = {name: getattr(socket, name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")}


def refuse(host):
    with open(os.environ["ASKED"], "a") as file:
        file.write(f"{host!r}\\n")
    raise OSError(f"{host} is outside")


def guarded(act, at):
    def acting(*given, **named):
        address = given[at]
        host = address[0] if isinstance(address, tuple) else None if at else address  # a path is of this machine
        return refuse(host) if host not in HOME else act(*given, **named)
    return acting


for name, act in asked.items():
    setattr(socket.socket, name, guarded(act, -1 if name == "sendto" else 1))
for name, act in looked_up.items():
    setattr(socket, name, guarded(act, 0))
"""


@dataclass(frozen=True)
class Running:
    """A server: its port and process, and what it asked of the outside, a line each."""

    port: int
    pid: int
    asked: Path

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """An answer, its body read, to a request with such headers (`X_Y` is `X-Y`)."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        asking.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = asking.getresponse()
        answer.text = answer.read().decode(errors="replace")  # type: ignore[attr-defined]
        asking.close()
        return answer

    def talk(self, host: str = "", **given: str):
        """A websocket as the page opens one, closed on leaving; raises where it is refused."""
        url = f"ws://{host or f'localhost:{self.port}'}/_stcore/stream"
        line = socket.create_connection(("127.0.0.1", self.port))
        with connect(url, sock=line, subprotocols=[Subprotocol("streamlit")], **given) as talking:
            return talking.subprotocol


@contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
    """A server with options of `launch.py`; ended on leaving."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "sitecustomize.py").write_text(NOBODY)
    asked = folder / "asked.txt"
    asked.touch()
    paths = os.pathsep.join([str(folder), str(ROOT)])
    given = {**os.environ, "PYTHONPATH": paths, "ASKED": str(asked), **environment}
    log = folder / "log.txt"
    with log.open("w") as out:
        command = [sys.executable, "launch.py", "--port", str(port), *options]
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=out, stderr=subprocess.STDOUT)
    server = Running(port, process.pid, asked)
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Running, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            assert server.get("/_stcore/health").status == 200
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The app did not start:\n{log.read_text()}")
